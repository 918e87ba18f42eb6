"""How is an archive's database reached? SQLite in one file, or PostgreSQL.

One writer, many readers. On SQLite the write-ahead log lets readers go on beside the writer,
a writer waits for the other (`BUSY_S`), and every commit is on the disk before it returns.
On PostgreSQL writers take turns by an advisory lock, so that both behave alike.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from dateline.errors import ArchiveError, MissingArchive

# Before this, two connections that write can corrupt a database with a write-ahead log.
OLDEST_SQLITE = (3, 51, 3)
BUSY_S = 120
CACHE_KIB = 65536
# A writer's indexes are touched all over: what of them it holds, it does not read and write back again.
WRITER_CACHE_KIB = 262_144
# The log is written back to the file once it has so many pages of 4 KiB: a page that many batches
# change is then written back once. Every commit is on the disk, in the log, before it returns.
CHECKPOINT_PAGES = 16_000
# "dtln": tells an archive from other SQLite files.
APPLICATION_ID = 0x64746C6E
# Key of the advisory lock that writers to one PostgreSQL database hold in turn.
WRITER_LOCK = 0x64746C6E


def database_url(name: str) -> URL:
    """The database that a user named: a file, `sqlite:///FILE` or `postgresql://…`. Raises `ArchiveError`."""
    if "://" not in name:
        return URL.create("sqlite", database=name)
    try:
        url = make_url(name)
    except ArgumentError:
        raise ArchiveError(f"{name!r} is no database; give a file, or postgresql://user@host/name") from None
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        return URL.create("sqlite", database=url.database)
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise ArchiveError(f"{url.render_as_string()} is neither a file nor postgresql://…")


def sqlite_driver() -> ModuleType:
    """A SQLite that is new enough: pysqlite3's own, else the standard library's. Raises `ArchiveError`."""
    for name in ("pysqlite3.dbapi2", "sqlite3"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        if module.sqlite_version_info >= OLDEST_SQLITE:
            return module
    wanted = ".".join(map(str, OLDEST_SQLITE))
    raise ArchiveError(f"SQLite {wanted} or newer is needed; install pysqlite3 0.6.1 or newer")


def connect(url: URL, *, create: bool) -> Engine:
    """An engine for the database. Raises `MissingArchive` for a file that is not there unless `create`."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=4, max_overflow=8)
    path = Path(str(url.database))
    if not path.exists() and not create:
        raise MissingArchive(f"no archive at {path}; make one with: dateline add SOURCE… --db {path}")
    if not path.absolute().parent.is_dir():
        raise MissingArchive(f"no folder {path.absolute().parent} to keep the archive in")
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder, not an archive")
    engine = create_engine(url, module=sqlite_driver(), connect_args={"timeout": BUSY_S, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_S * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("dateline_writes", False)
    connection.exec_driver_sql(f"PRAGMA cache_size = {-(WRITER_CACHE_KIB if writes else CACHE_KIB)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def take_turn(connection: Connection) -> None:
    """Wait until no other writer is at work; SQLite's `BEGIN IMMEDIATE` has waited already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
