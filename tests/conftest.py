import pytest
from hypothesis import settings

from dateline.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(threads=1)


# A busy machine is no failure: properties are tested without a deadline.
settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")
