"""Runs: which command took what in, how far it came, what failed, and what is remembered of addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, select

from dateline.archive.store import Archive
from dateline.archive.tables import failures, fetches, runs
from dateline.archive.versions import in_utc

# The sources and the writer are loaded by whoever takes something in: a look into the archive does not wait for them.
if TYPE_CHECKING:
    from dateline.archive.write import Done
    from dateline.sources.fetch import Answer, Remembered

Became = Literal["added", "corrected", "reread", "unchanged", "withheld", "killed", "failed"]
COUNTED: tuple[Became, ...] = ("added", "corrected", "reread", "unchanged", "withheld", "killed", "failed")


def start(connection: Connection, command: str, sources: Sequence[str]) -> tuple[int, int]:
    """A new run, and how many reports an earlier one of the same sources had taken in before it was broken off."""
    broken = connection.execute(
        select(runs.c.id, runs.c.sources, runs.c.added, runs.c.corrected, runs.c.unchanged).where(
            runs.c.command == command, runs.c.state == "running"
        )
    ).all()
    same = [row for row in broken if row.sources == list(sources)]
    for row in same:
        connection.execute(runs.update().where(runs.c.id == row.id).values(state="stopped"))
    begun = connection.execute(
        runs.insert().values(command=command, sources=list(sources), started=datetime.now(UTC), state="running")
    )
    assert begun.inserted_primary_key
    return int(begun.inserted_primary_key[0]), sum(r.added + r.corrected + r.unchanged for r in same)


def count(connection: Connection, run_id: int, done: Sequence[Done]) -> None:
    """Add a batch to a run's counts, in the batch's own transaction, and keep what failed."""
    became = Counter(d.became for d in done)
    if became:
        connection.execute(
            runs.update().where(runs.c.id == run_id).values({n: runs.c[n] + became[n] for n in COUNTED if became[n]})
        )
    failed = [
        {"run_id": run_id, "whence": d.key, "code": d.code, "message": d.message} for d in done if d.became == "failed"
    ]
    if failed:
        connection.execute(failures.insert(), failed)


def finish(connection: Connection, run_id: int, *, whole: bool) -> None:
    """A run is over: done, or stopped before the end of its sources. A watch that met nothing leaves no trace."""
    if whole:
        nothing = [runs.c[n] == 0 for n in COUNTED]
        gone = connection.execute(runs.delete().where(runs.c.id == run_id, runs.c.command == "watch", *nothing))
        if gone.rowcount:
            return
    connection.execute(
        runs.update()
        .where(runs.c.id == run_id)
        .values(state="done" if whole else "stopped", finished=datetime.now(UTC))
    )


def remember(connection: Connection, answers: Sequence[Answer]) -> None:
    """Keep what servers said of keeping; only after all that came of the address is on the disk."""
    for a in answers:
        values = {
            "etag": a.keep.etag, "last_modified": a.keep.last_modified, "status": a.status, "fetched": datetime.now(UTC),
            "fresh_until": a.keep.fresh_until,
        }  # fmt: skip
        if a.status == 0:
            continue
        if not connection.execute(fetches.update().where(fetches.c.url == a.asked).values(values)).rowcount:
            connection.execute(fetches.insert().values(url=a.asked, **values))


class ArchiveMemory:
    """What the archive remembers of addresses (`dateline.sources.fetch.Memory`)."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def recall(self, url: str) -> Remembered | None:
        """What was said when this address was last taken in whole."""
        from dateline.sources.fetch import Remembered

        with self._archive.reading() as connection:
            row = connection.execute(select(fetches).where(fetches.c.url == url)).one_or_none()
        return Remembered(row.etag, row.last_modified, in_utc(row.fresh_until)) if row else None
