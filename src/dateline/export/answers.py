"""Answers (`dateline.archive.ask`) as a table for people, CSV, JSON, JSON Lines or Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import Field, fields
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from dateline.export.cells import write_csv
from dateline.export.parquet import write_parquet

FORMATS = ("table", "csv", "json", "jsonl", "parquet")
_TYPES = {"str": "VARCHAR", "date": "DATE", "float": "DOUBLE", "int": "BIGINT", "bool": "BOOLEAN"}


def columns(line: type) -> dict[str, str]:
    """Column -> DuckDB type, from the fields of a line's dataclass."""
    found: Sequence[Field[Any]] = fields(line)
    return {f.name: _TYPES[str(f.type).removesuffix(" | None")] for f in found}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def write_text(out: IO[str], kind: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """CSV, JSON (one list) or JSON Lines; the number of rows."""
    if kind == "csv":
        return write_csv(out, [names], rows)
    count = 0
    for row in rows:
        text = json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False)
        if kind == "json":
            out.write(("[\n" if not count else ",\n") + text)
        else:
            out.write(text + "\n")
        count += 1
    if kind == "json":
        out.write("\n]\n" if count else "[]\n")
    return count


def write_lines(out: IO[str], kind: str, line: type, lines: Iterable[Any]) -> int:
    """Lines of one dataclass as text."""
    return write_text(out, kind, list(columns(line)), map(attrgetter(*columns(line)), lines))


def lines_to_parquet(path: Path, line: type, lines: Iterable[Any]) -> int:
    """Lines of one dataclass as Parquet. Raises `ExportError`."""
    return write_parquet(path, columns(line), map(attrgetter(*columns(line)), lines))
