"""What did the user name, and which reader takes it? Files, folders, addresses, `-` for standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from dateline.errors import DatelineError, EmptySource, MissingSource, SourceError
from dateline.record import Record
from dateline.report import Report
from dateline.sources.fetch import Answer, Fetcher, Memory
from dateline.sources.formats import (
    SUFFIXES,
    format_of_body,
    format_of_kind,
    format_of_name,
    read_body,
    read_warc_file,
)
from dateline.sources.jsonl import Item, read_jsonl
from dateline.sources.limits import MOST_BYTES, check_characters, check_size
from dateline.sources.plain import check_text

# Standard input is held whole.
MOST_STDIN = 512 * 2**20


@dataclass(frozen=True, slots=True)
class Taken:
    """A report, or the error that stands in its place; `where` names the file and line.

    `record` is the report's record where the source holds one that was read before. `answer`
    follows the last report of an address, for whoever remembers what was fetched.
    """

    where: str
    report: Report | None = None
    error: DatelineError | None = None
    record: Record | None = None
    answer: Answer | None = None


def read_sources(
    names: Sequence[str],
    published: date | None = None,
    *,
    fetcher: Fetcher | None = None,
    memory: Memory | None = None,
    follow: bool = False,
) -> Iterator[Taken]:
    """Everything that the names hold, in the order given (a folder's files by name), one at a time.

    `published` is the publication date of reports that bring none. With `memory`, an address that
    has not changed gives nothing. With `follow`, a feed gives the pages that its items link to.
    """
    for name in names:
        if name.startswith(("http://", "https://")):
            fetcher = fetcher or Fetcher()
            for taken in _read_address(name, fetcher, memory, follow):
                yield _dated(taken, published)
        else:
            for taken in _read_name(name):
                yield _dated(taken, published)


def _dated(taken: Taken, published: date | None) -> Taken:
    if taken.report is None or taken.record is not None or published is None or taken.report.published is not None:
        return taken
    return Taken(taken.where, report=taken.report.model_copy(update={"published": published}))


def _read_name(name: str) -> Iterator[Taken]:
    if name == "-":
        body = sys.stdin.buffer.read(MOST_STDIN + 1)
        try:
            check_size(len(body), "standard input", MOST_STDIN)
        except DatelineError as error:
            yield Taken("-", error=error)
            return
        yield from _taken(read_body(body, format_of_body(body), "-"), "-")
        return
    path = Path(name)
    if path.is_dir():
        files = sorted(
            p for p in path.rglob("*") if p.is_file() and format_of_name(p.name) and not p.name.startswith(".")
        )
        if not files:
            yield Taken(
                name, error=MissingSource(f"no report in the folder {name}; it takes {' '.join(sorted(SUFFIXES))}")
            )
        for p in files:
            yield from _read_file(p)
    elif path.exists():
        yield from _read_file(path)
    else:
        yield Taken(name, error=MissingSource(f"no such file or folder: {name}"))


def _read_file(path: Path) -> Iterator[Taken]:
    where = str(path)
    try:
        with path.open("rb") as file:
            if not file.seekable():
                body = file.read(MOST_STDIN)
                yield from _taken(read_body(body, format_of_body(body), where), where)
                return
            format_ = format_of_name(path.name) or format_of_body(_peek(file))
            if format_ == "warc":
                yield from _taken(read_warc_file(file, where), where)
            elif format_ == "jsonl" and not _peek(file).startswith((b"\xff\xfe", b"\xfe\xff")):
                yield from _read_lines(file, where)
            else:
                body = file.read(MOST_BYTES + 1)
                check_size(len(body) if len(body) <= MOST_BYTES else path.stat().st_size, where)
                yield from _taken(read_body(body, format_, where), where)
    except DatelineError as error:
        yield Taken(where, error=error)
    except OSError as error:
        yield Taken(where, error=SourceError(f"cannot read {path}: {error.strerror}"))


def _peek(file: IO[bytes]) -> bytes:
    head = file.read(4096)
    file.seek(0)
    return head


def _read_lines(file: IO[bytes], where: str) -> Iterator[Taken]:
    """A file of lines, never held whole."""
    count = 0
    for taken in _taken(read_jsonl(_lines(file), where), where):
        count += 1
        yield taken
    if not count:
        yield Taken(where, error=EmptySource(f"{where} is empty"))


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Lines, each at most one byte longer than an item may be: the rest of a longer one is passed over."""
    while line := file.readline(MOST_BYTES + 1):
        if len(line) > MOST_BYTES and not line.endswith(b"\n"):
            while (rest := file.readline(2**20)) and not rest.endswith(b"\n"):
                pass
        yield line


def _read_address(name: str, fetcher: Fetcher, memory: Memory | None, follow: bool) -> Iterator[Taken]:
    try:
        answer = fetcher.fetch(name, memory.recall(name) if memory else None)
    except DatelineError as error:
        yield Taken(name, error=error)
        return
    if answer.body is not None:
        format_ = format_of_kind(answer.kind) or format_of_body(answer.body)
        items = list(_taken(read_body(answer.body, format_, name, charset=answer.charset, address=answer.url), name))
        for item in items:
            link = item.report.url if item.report else None
            if follow and format_ == "xml" and link and link.startswith(("http://", "https://")):
                yield from _follow(item, link, fetcher, memory)
            else:
                yield item
    if memory:
        yield Taken(name, answer=answer)


def _follow(item: Taken, link: str, fetcher: Fetcher, memory: Memory | None) -> Iterator[Taken]:
    """The page that a feed's item links to, under the item's own id and dates; the item itself where none can be had."""
    assert item.report
    for taken in _read_address(link, fetcher, memory, False):
        if taken.report:
            keep = {k: getattr(item.report, k) for k in ("id", "named", "title", "published", "outlet", "extra")}
            text = taken.report.text
            yield Taken(item.where, report=item.report.model_copy(update={**keep, "text": text}))
        elif taken.error:
            yield item
            yield taken
        else:
            yield taken


def _taken(items: Iterator[Item | DatelineError], where: str) -> Iterator[Taken]:
    for item in items:
        yield _checked(item, where)


def _checked(item: Item | DatelineError, where: str) -> Taken:
    if isinstance(item, DatelineError):
        return Taken(where, error=item)
    record = item if isinstance(item, Record) else None
    report = report_of(item) if isinstance(item, Record) else item
    at = f"{where} ({report.id[:200]})" if report.id != where else where
    try:
        check_characters(report, at)
        if record is None and report.state == "usable":
            check_text(report.text, at)
    except DatelineError as error:
        return Taken(report.id[:2000], error=error)
    return Taken(report.id, report=report, record=record)


def report_of(record: Record) -> Report:
    """The report that a record was read from."""
    known = record.report
    return Report(
        id=known.id, text=known.text, published=known.published, title=known.title, url=known.url, outlet=known.outlet,
        language=known.language,
    )  # fmt: skip
