"""One file of one format: whole, or what was there before."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from dateline.archive.ask.question import EVERYTHING, Question
from dateline.archive.store import Archive
from dateline.errors import ExportError
from dateline.export import acled, gdelt, geojson, hxl, notes, plover, polecat, table, ucdp
from dateline.export.cells import write_csv, write_tsv
from dateline.export.facts import Fact, facts
from dateline.export.parquet import write_parquet
from dateline.export.whole import whole_file

FORMATS = ("acled", "ucdp", "polecat", "plover", "gdelt", "geojson", "hxl", "parquet", "annotations")


@dataclass
class Written:
    """How many rows were written, and why facts were left out of a shape that has no room for them."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def write(
    archive: Archive, format_: str, path: Path, question: Question = EVERYTHING, *, events: bool = False,
    tell: Callable[[int], None] = lambda _: None,
) -> Written:  # fmt: skip
    """Write what answers a question; `events`: a row for each event of each report, though there be incidents.

    `tell` hears of each fact. Raises `ExportError`, `UnknownActor`, `UnknownPlace`; what was
    under the path before is then left as it was.
    """
    if format_ not in FORMATS:
        raise ExportError(f"{format_!r} is no format; formats are {', '.join(FORMATS)}")
    done = Written()
    with whole_file(path) as made:
        if format_ == "annotations":
            with made.open("w", encoding="utf-8", newline="\n") as out:
                done.rows = _json_list(
                    out,
                    {"@context": notes.CONTEXT},
                    "@graph",
                    _told(notes.notes(archive, question), tell),
                )
        else:
            _ROWS[format_](made, _told(facts(archive, question, events=events), tell), done)
    return done


def _told(found: Iterable[Any], tell: Callable[[int], None]) -> Iterator[Any]:
    for n, x in enumerate(found, 1):
        yield x
        tell(n)


def _kept(found: Iterable[Fact], left_out: Callable[[Fact], str | None], done: Written) -> Iterator[Fact]:
    for f in found:
        why = left_out(f)
        if why is None:
            yield f
        else:
            done.left_out[why] += 1


def _csv(shape: Any, *more: list[str]) -> Callable[[Path, Iterable[Fact], Written], None]:
    def write_it(path: Path, found: Iterable[Fact], done: Written) -> None:
        with path.open("w", encoding="utf-8", newline="") as out:
            done.rows = write_csv(out, [shape.COLUMNS, *more], map(shape.row, _kept(found, shape.left_out, done)))

    return write_it


def _tsv(shape: Any, header: bool, null: str) -> Callable[[Path, Iterable[Fact], Written], None]:
    def write_it(path: Path, found: Iterable[Fact], done: Written) -> None:
        with path.open("w", encoding="utf-8", newline="") as out:
            rows = map(shape.row, _kept(found, shape.left_out, done))
            done.rows = write_tsv(out, shape.COLUMNS if header else None, rows, null)

    return write_it


def _plover(path: Path, found: Iterable[Fact], done: Written) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for f in _kept(found, plover.left_out, done):
            out.write(json.dumps(plover.line(f), ensure_ascii=False) + "\n")
            done.rows += 1


def _geojson(path: Path, found: Iterable[Fact], done: Written) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        kept = map(geojson.feature, _kept(found, geojson.left_out, done))
        done.rows = _json_list(out, {"type": "FeatureCollection"}, "features", kept)


def _parquet(path: Path, found: Iterable[Fact], done: Written) -> None:
    done.rows = write_parquet(path, table.COLUMNS, map(table.row, _kept(found, table.left_out, done)))


def _json_list(out: IO[str], head: Mapping[str, Any], name: str, items: Iterable[Any]) -> int:
    """One JSON object whose last member is a long list, an item a line; the number of items."""
    out.write(json.dumps(head, ensure_ascii=False)[:-1] + f', "{name}": [')
    count = 0
    for item in items:
        out.write(("\n" if not count else ",\n") + json.dumps(item, ensure_ascii=False))
        count += 1
    out.write("\n]}\n")
    return count


_ROWS: Mapping[str, Callable[[Path, Iterable[Fact], Written], None]] = {
    "acled": _csv(acled), "ucdp": _csv(ucdp), "hxl": _csv(hxl, list(hxl.TAGS.values())), "polecat": _tsv(polecat, True, polecat.NULL),
    "gdelt": _tsv(gdelt, False, ""), "plover": _plover, "geojson": _geojson, "parquet": _parquet,
}  # fmt: skip
