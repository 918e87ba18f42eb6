"""JSON Lines: one report a line, `{"id", "text", "published", "title", "url", "outlet"}`; other keys are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from dateline.errors import BadRecord, DatelineError
from dateline.report import Report

KNOWN = ("id", "text", "published", "title", "url", "outlet", "language")


def read_jsonl(body: str, where: str) -> Iterator[Report | DatelineError]:
    """Reports in order; a line that is none comes out as the error, and the next line is read."""
    for number, line in enumerate(body.split("\n"), 1):
        if line.strip():
            try:
                yield read_line(line, f"{where}:{number}")
            except DatelineError as error:
                yield error


def read_line(line: str, where: str) -> Report:
    """One line. Raises `BadRecord`, naming everything that is wrong with it."""
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"{where} is not JSON ({error})") from None
    if not isinstance(item, dict):
        raise BadRecord(f"{where} is {type(item).__name__}, not an object")
    problems: list[str] = []
    text = item.get("text")
    if not isinstance(text, str):
        problems.append("`text` must be a string")
    elif re.search(r"[\ud800-\udfff]", text):
        problems.append("`text` holds half of a surrogate pair")
    day = _day(item.get("published"), problems)
    values = {k: item[k] for k in ("title", "url", "outlet", "language") if item.get(k) is not None}
    problems += [f"`{k}` must be a string" for k, v in values.items() if not isinstance(v, str)]
    if problems:
        raise BadRecord(f"{where}: " + "; ".join(problems))
    assert isinstance(text, str)
    extra: dict[str, Any] = {k: v for k, v in item.items() if k not in KNOWN}
    return Report(
        id=str(item["id"]) if item.get("id") is not None else where, text=text, published=day, extra=extra, **values
    )


def _day(value: object, problems: list[str]) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            pass
    problems.append(f"`published` must be a date such as 2016-02-20, not {value!r}")
    return None
