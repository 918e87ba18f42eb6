"""What did the user name, and which reader takes it? Files, folders, `-` for standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.errors import DatelineError, MissingSource, SourceError, UnknownFormat
from dateline.report import Report
from dateline.sources.jsonl import read_jsonl
from dateline.sources.page import read_html
from dateline.sources.plain import check_text, decode

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A report, or the error that stands in its place; `where` names the file and line."""

    where: str
    report: Report | None = None
    error: DatelineError | None = None


def read_sources(names: Sequence[str], published: date | None = None) -> Iterator[Taken]:
    """Everything that the names hold, in the order given (a folder's files by name).

    `published` is the publication date of reports that bring none.
    """
    for name in names:
        yield from _read_name(name, published)


def _read_name(name: str, published: date | None) -> Iterator[Taken]:
    if name == "-":
        yield from _read_body(sys.stdin.buffer.read(), "-", None, published)
        return
    path = Path(name)
    if path.is_dir():
        files = sorted(
            p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES and not p.name.startswith(".")
        )
        if not files:
            yield Taken(
                name, error=MissingSource(f"no report in the folder {name}; it takes {' '.join(sorted(SUFFIXES))}")
            )
        for p in files:
            yield from _read_file(p, published)
    elif path.exists():
        yield from _read_file(path, published)
    else:
        yield Taken(name, error=MissingSource(f"no such file or folder: {name}"))


def _read_file(path: Path, published: date | None) -> Iterator[Taken]:
    try:
        body = path.read_bytes()
    except OSError as error:
        yield Taken(str(path), error=SourceError(f"cannot read {path}: {error.strerror}"))
        return
    yield from _read_body(body, str(path), SUFFIXES.get(path.suffix.lower()), published)


def _format(text: str) -> str:
    """Format of a body without a telling suffix, by its first characters."""
    head = text.lstrip()[:200].lower()
    if head.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body")):
        return "html"
    return "jsonl" if head.startswith('{"') else "text"


def _read_body(body: bytes, where: str, kind: str | None, published: date | None) -> Iterator[Taken]:
    try:
        text = decode(body, where)
        kind = kind or _format(text)
        if kind == "jsonl":
            if not text.strip():
                check_text(text, where)
            for item in read_jsonl(text, where):
                yield _checked(item, where, published)
        elif kind == "html":
            yield _checked(read_html(text, where), where, published)
        elif kind == "text":
            yield _checked(Report(id=where, text=text), where, published)
        else:
            raise UnknownFormat(f"{where}: no reader for {kind}")
    except DatelineError as error:
        yield Taken(where, error=error)


def _checked(item: Report | DatelineError, where: str, published: date | None) -> Taken:
    if isinstance(item, DatelineError):
        return Taken(where, error=item)
    try:
        check_text(item.text, f"{where} ({item.id})" if item.id != where else where)
    except DatelineError as error:
        return Taken(item.id, error=error)
    if item.published is None and published is not None:
        item = item.model_copy(update={"published": published})
    return Taken(item.id, report=item)
