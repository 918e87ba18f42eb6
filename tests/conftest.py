import pytest

from dateline.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(threads=1)
