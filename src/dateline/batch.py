"""Many reports: read in order, in one process or several, one failure never stopping the rest."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DatelineError, ReadError
from dateline.reader import Reader
from dateline.record import Record
from dateline.sources import Taken

_reader: Reader | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one report: its record, or the error that stands in its place."""

    where: str
    record: Record | None = None
    error: DatelineError | None = None


def read_all(
    taken: Iterable[Taken], jobs: int = 1, model_folder: Path | None = None, packs: tuple[Path, ...] = ()
) -> Iterator[Outcome]:
    """Outcomes in the order of the reports, the same for any number of jobs."""
    if jobs <= 1:
        reader = Reader(model_folder, packs=packs)
        for t in taken:
            yield _read(reader, t)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs, initializer=_start, initargs=(model_folder, packs)) as pool:
        yield from pool.imap(_read_in_worker, taken, chunksize=4)


def _start(model_folder: Path | None, packs: tuple[Path, ...]) -> None:
    global _reader
    _reader = Reader(model_folder, threads=1, packs=packs)


def _read_in_worker(taken: Taken) -> Outcome:
    assert _reader is not None
    return _read(_reader, taken)


def _read(reader: Reader, taken: Taken) -> Outcome:
    if taken.report is None:
        return Outcome(taken.where, error=taken.error)
    try:
        return Outcome(taken.where, record=reader.read(taken.report))
    except DatelineError:
        raise  # the model or the knowledge is broken: no report can be read
    except Exception as error:
        return Outcome(
            taken.where,
            error=ReadError(f"{taken.where} could not be read ({type(error).__name__}: {error}); please report it"),
        )
