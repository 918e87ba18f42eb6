"""Take reports in: look up what is there, read what is new, write it, and only then say so.

A batch is one transaction. What has been said to be taken in is on the disk; a run that is
broken off anywhere is begun again with the same command, and passes over what is there.
"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sqlalchemy.exc import DatabaseError, OperationalError, StatementError

from dateline.archive import runs
from dateline.archive.standing import reader_row, standings
from dateline.archive.store import Archive
from dateline.archive.write import Arrival, Done, take
from dateline.batch import Outcome
from dateline.errors import DatelineError, UnstorableReport
from dateline.record import ReaderVersion
from dateline.sources import Taken, read_sources
from dateline.sources.fetch import Answer, Fetcher

# Records that were read before are written this many at a time: pages of the indexes that a batch
# touches again and again are written once.
BATCH = 1024
# Their texts hold no more than this many characters, so that long ones are not held all at once.
BATCH_CHARACTERS = 8 * 2**20
# Reading takes its time: this many reports a process, then what is read is put on the disk.
READ_AT_ONCE = 8
# A slow source does not keep what it gave from the disk for longer than this.
BATCH_S = 2.0


class Reads(Protocol):
    """Whoever reads reports: `dateline.batch.ReadingRoom`."""

    jobs: int

    @property
    def version(self) -> ReaderVersion:
        """What its records will say of their reader."""

    def read(self, taken: Sequence[Taken]) -> list[Outcome]:
        """Outcomes in the order of the reports."""


@dataclass(frozen=True)
class Summary:
    """What became of everything that a run met."""

    run_id: int
    # How many an earlier run had taken in before it was broken off; 0 when none was.
    resumed_after: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def failed(self) -> int:
        return self.counts["failed"]


def add(
    archive: Archive,
    sources: Sequence[str],
    room: Reads,
    *,
    published: date | None = None,
    reread: bool = False,
    follow: bool = False,
    fetcher: Fetcher | None = None,
    command: str = "add",
    on_done: Callable[[Sequence[Done]], None] = lambda done: None,
    on_start: Callable[[Summary], None] = lambda summary: None,
) -> Summary:
    """Take in all that the sources hold; `on_done` hears of each batch once it is on the disk.

    With `reread`, a report that is there is read again unless this very reader has read it.
    Raises `ArchiveError` when the archive fails, `ModelError` when nothing can be read at all.
    """
    taken = read_sources(sources, published, fetcher=fetcher, memory=runs.ArchiveMemory(archive), follow=follow)
    with archive.writing() as connection:
        run_id, before = runs.start(connection, command, sources)
    summary = Summary(run_id, before)
    on_start(summary)
    whole = False
    try:
        with _few_collections():
            for batch in _batches(taken, READ_AT_ONCE * room.jobs):
                done = _take_batch(archive, batch, room, run_id, reread)
                summary.counts.update(d.became for d in done)
                on_done(done)
        whole = True
    finally:
        with archive.writing() as connection:
            runs.finish(connection, run_id, whole=whole)
    return summary


@contextmanager
def _few_collections() -> Iterator[None]:
    """Python looks for cycles less often: records are many small objects without any, and it takes a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(2_000_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _batches(taken: Iterable[Taken], read_at_once: int) -> Iterator[list[Taken]]:
    batch: list[Taken] = []
    to_read, characters, began = 0, 0, time.monotonic()
    for one in taken:
        batch.append(one)
        to_read += one.report is not None and one.record is None
        characters += len(one.report.text) if one.report else 0
        if (
            len(batch) >= BATCH
            or to_read >= read_at_once
            or characters >= BATCH_CHARACTERS
            or time.monotonic() - began > BATCH_S
        ):
            yield batch
            batch, to_read, characters, began = [], 0, 0, time.monotonic()
    if batch:
        yield batch


def _take_batch(archive: Archive, batch: Sequence[Taken], room: Reads, run_id: int, reread: bool) -> list[Done]:
    unread = _unread(archive, [t for t in batch if t.report is not None and t.record is None], room, reread)
    outcomes = dict(zip(unread, room.read(list(unread.values())), strict=True))
    failed: list[Done] = []
    arrivals: list[Arrival] = []
    answers: list[Answer] = []
    for one in batch:
        error = one.error
        record = one.record
        if id(one) in outcomes:
            record, error = outcomes[id(one)].record, outcomes[id(one)].error
        if one.answer:
            answers.append(one.answer)
        elif error or one.report is None:
            failed.append(_failed(one.where, error))
        else:
            arrivals.append(Arrival(one.report, record, one.where))
    return _write(archive, arrivals, failed, answers, run_id)


def _unread(archive: Archive, taken: Sequence[Taken], room: Reads, reread: bool) -> dict[int, Taken]:
    """Those that need reading, by identity: usable, and not there, or there without a record."""
    if not taken:
        return {}
    usable = [t for t in taken if t.report and t.report.state == "usable"]
    with archive.reading() as connection:
        there = standings(connection, [t.report for t in usable if t.report])
        reader = reader_row(connection, room.version) if reread else None
    wanted: dict[int, Taken] = {}
    for one in usable:
        assert one.report
        _, standing = there.of(one.report)
        version = standing.version_of(one.report) if standing else None
        if (
            standing is None
            or version is None
            or standing.record_of(version) is None
            or (reread and (version.id, reader) not in standing.records)
        ):
            wanted[id(one)] = one
    return wanted


def _failed(where: str, error: DatelineError | None) -> Done:
    message = str(error) if error else f"{where} holds no report"
    return Done(_printable(where), "failed", error.code if error else "DL-S00", _printable(message))


def _printable(text: str) -> str:
    """What strangers wrote, as any database and any terminal takes it."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text[:2000])


def _write(
    archive: Archive, arrivals: Sequence[Arrival], failed: list[Done], answers: Sequence[Answer], run_id: int
) -> list[Done]:
    try:
        with archive.writing() as connection:
            done = take(connection, arrivals, run_id) + failed
            runs.count(connection, run_id, done)
            runs.remember(connection, answers)
            return done
    except (DatabaseError, StatementError, OverflowError, ValueError) as error:
        if not arrivals or not _is_of_the_data(error):
            raise
        if len(arrivals) == 1:
            reason = UnstorableReport(f"{arrivals[0].whence} cannot be kept ({str(error)[:300]})")
            return _write(archive, [], [*failed, _failed(arrivals[0].report.id, reason)], [], run_id)
    # One of them cannot be kept: half and half again, so that the others are.
    half = len(arrivals) // 2
    done = _write(archive, arrivals[:half], [], [], run_id)
    return done + _write(archive, arrivals[half:], failed, answers, run_id)


def _is_of_the_data(error: Exception) -> bool:
    """Whether a database refuses what it is given, rather than failing itself (SQLSTATE 22…, 54…: data, limits)."""
    state = str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
    return not isinstance(error, OperationalError) or state.startswith(("22", "54"))
