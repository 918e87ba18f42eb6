"""The archive itself: opened, read from, and written to in turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType

from sqlalchemy import Connection, Engine

from dateline.archive.engine import connect, database_url, take_turn
from dateline.archive.migrate import bring_up


@dataclass(frozen=True)
class Archive:
    """A database that is an archive of the newest revision. Close it, or use it in a `with` block."""

    engine: Engine

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose every query sees the archive as it was at the first one."""
        connection = self.engine.connect()
        if not self.is_sqlite:
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, alone among the writers: on the disk when the block ends, undone when it fails."""
        with self.engine.connect().execution_options(dateline_writes=True) as connection, connection.begin():
            take_turn(connection)
            yield connection


def open_archive(name: str, *, create: bool = True) -> Archive:
    """The archive in a file or database (`dateline.db`, `postgresql://user@host/name`), at the newest revision.

    Raises `MissingArchive` when `create` is false and there is none, `NewerArchive` when a newer
    Dateline wrote it, `NotAnArchive` when it holds something else, `ArchiveError` when it cannot be reached.
    """
    engine = connect(database_url(name), create=create)
    try:
        bring_up(engine)
    except BaseException:
        engine.dispose()
        raise
    return Archive(engine)
