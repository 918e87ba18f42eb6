"""Many reports: read in order, in one process or several, one failure never stopping the rest."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.pool import Pool
from pathlib import Path
from types import TracebackType

from dateline.errors import DatelineError, ReadError, Withdrawn
from dateline.reader import Reader
from dateline.record import ReaderVersion, Record
from dateline.sources import Taken

_reader: Reader | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one report: its record, or the error that stands in its place."""

    where: str
    record: Record | None = None
    error: DatelineError | None = None


def read_all(
    taken: Iterable[Taken],
    jobs: int = 1,
    model_folder: Path | None = None,
    least_confidence: float = 0.0,
    packs: tuple[Path, ...] = (),
) -> Iterator[Outcome]:
    """Outcomes in the order of the reports, the same for any number of jobs."""
    if jobs <= 1:
        reader = Reader(model_folder, least_confidence=least_confidence, packs=packs)
        for t in taken:
            yield _read(reader, t)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs, initializer=_start, initargs=(model_folder, least_confidence, packs)) as pool:
        yield from pool.imap(_read_in_worker, taken, chunksize=4)


def _start(model_folder: Path | None, least_confidence: float, packs: tuple[Path, ...]) -> None:
    global _reader
    _reader = Reader(model_folder, threads=1, least_confidence=least_confidence, packs=packs)


def _read_in_worker(taken: Taken) -> Outcome:
    assert _reader is not None
    return _read(_reader, taken)


def _read(reader: Reader, taken: Taken) -> Outcome:
    if taken.report is None:
        return Outcome(taken.where, error=taken.error)
    if taken.report.state == "killed":
        return Outcome(taken.where, error=Withdrawn(f"{taken.where} is killed by its publisher and not read"))
    try:
        return Outcome(taken.where, record=reader.read(taken.report))
    except DatelineError:
        raise  # the model or the knowledge is broken: no report can be read
    except Exception as error:
        return Outcome(
            taken.where,
            error=ReadError(f"{taken.where} could not be read ({type(error).__name__}: {error}); please report it"),
        )


class ReadingRoom:
    """Readers kept at work over many batches: one in this process, or several in their own. Loaded when first needed."""

    def __init__(
        self, jobs: int = 1, model_folder: Path | None = None, prepare: Callable[[], None] = lambda: None
    ) -> None:
        self.jobs = jobs
        self._prepare: Callable[[], None] | None = prepare
        self._folder = model_folder
        self._reader: Reader | None = None
        self._pool: Pool | None = None

    def __enter__(self) -> ReadingRoom:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool:
            self._pool.terminate()
            self._pool.join()

    @property
    def version(self) -> ReaderVersion:
        """What its records will say of their reader."""
        return self._own().version

    def _own(self) -> Reader:
        if self._reader is None:
            self._reader = Reader(self._folder)
        return self._reader

    def read(self, taken: Sequence[Taken]) -> list[Outcome]:
        """Outcomes in the order of the reports, the same for any number of jobs."""
        if not taken:
            return []
        if self._prepare:
            self._prepare()
            self._prepare = None
        if self.jobs <= 1:
            return [_read(self._own(), t) for t in taken]
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = context.Pool(self.jobs, initializer=_start, initargs=(self._folder, 0.0, ()))
        return list(self._pool.imap(_read_in_worker, taken, chunksize=1))
