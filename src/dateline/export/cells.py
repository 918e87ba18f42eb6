"""How does a value become a cell that is safe in a spreadsheet and true in a program?

A text that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab or carriage return
first, after any spaces) gets an apostrophe before it: OWASP, "CSV Injection". Numbers are never
texts here, so a longitude of -1.5 stays a number; codes are texts and keep their zeros.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO

Value = str | int | float | bool | date | None
_FORMULA = re.compile(r"[ \u00a0\ufeff]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# What ends a line or a cell, and what no table shows.
_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")


def defused(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it."""
    return "'" + text if _FORMULA.match(text) else text


def number(value: float) -> str:
    """Shortest decimal that gives the number back; whole numbers without a point."""
    if not math.isfinite(value):
        return ""
    if isinstance(value, int) or value == int(value):
        return str(int(value))
    return repr(float(value))


def cell(value: Value, null: str = "") -> str:
    """A value as CSV writes it: dates as 2016-02-20, truth as true and false."""
    if value is None:
        return null
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, date):
        return value.isoformat()
    return defused(_CONTROL.sub("", value))


def flat(value: Value, null: str = "") -> str:
    """The same on one line, for tables without quoting: tabs and line breaks become one space."""
    return _BREAKS.sub(" ", cell(value, null))


def write_csv(out: IO[str], header: Sequence[Sequence[str]], rows: Iterable[Sequence[Value]]) -> int:
    """RFC 4180 with LF; the header lines as they are. The number of rows."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")  # so that a cell with either of the two is quoted

    def write(row: Sequence[str]) -> None:
        writer.writerow(row)
        out.write(line.getvalue().removesuffix("\r\n") + "\n")
        line.seek(0)
        line.truncate()

    for names in header:
        write(names)
    count = 0
    for row in rows:
        write([cell(v) for v in row])
        count += 1
    return count


def write_tsv(out: IO[str], header: Sequence[str] | None, rows: Iterable[Sequence[Value]], null: str = "") -> int:
    """Tabs without quoting; the number of rows."""
    lines: Iterator[Sequence[str]] = ([flat(v, null) for v in row] for row in rows)
    if header is not None:
        out.write("\t".join(header) + "\n")
    count = 0
    for line in lines:
        out.write("\t".join(line) + "\n")
        count += 1
    return count
