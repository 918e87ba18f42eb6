"""The archive itself: opened, read from, and written to in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import OperationalError

from dateline.archive import tables
from dateline.archive.engine import connect, database_url, take_turn
from dateline.archive.full_text import find
from dateline.archive.migrate import bring_up
from dateline.archive.pack import unpack
from dateline.errors import ArchiveError

if TYPE_CHECKING:
    from dateline.record import Record

# Rows fetched at a time.
_AT_ONCE = 200


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
        """One transaction, alone among the writers: on the disk when the block ends, undone when it fails.

        Raises `ArchiveError` when the database cannot write: locked for too long, full, gone.
        """
        try:
            with self.engine.connect().execution_options(dateline_writes=True) as connection, connection.begin():
                take_turn(connection)
                yield connection
        except OperationalError as error:
            if (getattr(error.orig, "sqlstate", None) or "08")[:2] in ("22", "54"):
                raise  # the data is at fault, not the database
            raise ArchiveError(f"the archive cannot be written: {str(error.orig).strip().splitlines()[0]}") from None

    def record(self, key: str) -> Record | None:
        """The record in view of one report, or None."""
        c = tables.reports.c
        query = select(tables.records.c.json).join(tables.reports, c.record_id == tables.records.c.id)
        with self.reading() as connection:
            body = connection.execute(query.where(c.key == key, c.state == "usable")).scalar_one_or_none()
        return unpack(body) if body is not None else None

    def records(self, keys: Iterable[str] | None = None) -> Iterator[Record]:
        """The records in view, in the order of their reports' keys; all, or those of some reports.

        Reads a few at a time, so that a large archive is never held whole.
        """
        with self.reading() as connection:
            for body in _bodies(connection, sorted(keys) if keys is not None else None):
                yield unpack(body)

    def search(self, words: str, most: int = 100) -> list[str]:
        """Keys of the reports in view that hold the words, the best first: `truce "car bomb" -syria`, `azaz or aleppo`."""
        with self.reading() as connection:
            ids = find(connection, words, most)
            c = tables.reports.c
            keys = {id_: key for id_, key in connection.execute(select(c.id, c.key).where(c.id.in_(ids)))}
        return [keys[i] for i in ids]


def _bodies(connection: Connection, keys: Sequence[str] | None) -> Iterator[bytes]:
    c = tables.reports.c
    query = (
        select(tables.records.c.json)
        .join(tables.reports, c.record_id == tables.records.c.id)
        .where(c.state == "usable")
        .order_by(c.key.collate("C") if connection.dialect.name == "postgresql" else c.key)
    )
    if keys is None:
        yield from connection.execution_options(yield_per=_AT_ONCE).execute(query).scalars()
        return
    for start in range(0, len(keys), _AT_ONCE):
        yield from connection.execute(query.where(c.key.in_(keys[start : start + _AT_ONCE]))).scalars()


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
