"""JSON: one report a line, `{"id", "text", "published", "title", "url", "outlet"}`; other keys are kept.

A line may also hold a ninjs item, or a record that was read before (`"schema": "dateline/1"`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from dateline.errors import BadMarkup, BadRecord, DatelineError
from dateline.record import Record
from dateline.report import Report
from dateline.sources.limits import MOST_NAME_BYTES, check_size
from dateline.sources.ninjs import is_ninjs, read_ninjs
from dateline.sources.plain import decode

KNOWN = ("id", "text", "published", "title", "url", "outlet", "language")
_RECORD = b'{"schema":"dateline/1"'
# One report, or the record of one that was read before.
Item = Report | Record


def read_jsonl(lines: Iterable[bytes], where: str) -> Iterator[Item | DatelineError]:
    """Reports in order; a line that is none comes out as the error, and the next line is read."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield read_line(line, f"{where}:{number}")
            except DatelineError as error:
                yield error


def read_json(body: bytes, where: str) -> Iterator[Item | DatelineError]:
    """A file that holds one object or a list of them, else one object a line."""
    try:
        whole = json.loads(decode(body, where))
    except (ValueError, RecursionError):
        yield from read_jsonl(body.split(b"\n"), where)
        return
    items = whole if isinstance(whole, list) else [whole]
    for number, item in enumerate(items, 1):
        try:
            yield read_item(item, where if not isinstance(whole, list) else f"{where}:{number}")
        except DatelineError as error:
            yield error


def read_line(line: bytes, where: str) -> Item:
    """One line. Raises `BadRecord`, naming everything that is wrong with it, or another `SourceError`."""
    check_size(len(line), where)
    if line.startswith(_RECORD):
        # As `read` writes them: four times as fast as by way of Python's own JSON, and as strict.
        try:
            return _named_shortly(Record.model_validate_json(line), where)
        except ValidationError:
            pass  # told in full below
    try:
        item = json.loads(decode(line, where))
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"{where} is not JSON ({str(error)[:200]})") from None
    return read_item(item, where)


def read_item(item: Any, where: str) -> Item:
    """One JSON value: a record, a ninjs item or a report. Raises `BadRecord`, `BadMarkup`."""
    if not isinstance(item, dict):
        raise BadRecord(f"{where} is {type(item).__name__}, not an object")
    if item.get("schema") == "dateline/1":
        return _record(item, where)
    if is_ninjs(item):
        report = read_ninjs(item, where)
        if any(_halved(t) for t in (report.id, report.text, report.title, report.outlet) if t):
            raise BadMarkup(f"{where} holds half of a surrogate pair")
        return report
    return _report(item, where)


def _record(item: Mapping[str, Any], where: str) -> Record:
    try:
        record = Record.model_validate(item)
        record.to_json()
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:10])
        raise BadRecord(f"{where} is no record of dateline/1: {wrong}") from None
    except ValueError:
        raise BadRecord(f"{where} holds half of a surrogate pair") from None
    return _named_shortly(record, where)


def _named_shortly(record: Record, where: str) -> Record:
    """The record, unless a name in it is longer than a database's index takes."""
    names = [a.name for a in record.actors] + [p.name for p in record.places]
    if any(len(n) > MOST_NAME_BYTES // 4 for n in names):
        raise BadRecord(f"{where} names an actor or a place with more than {MOST_NAME_BYTES // 4} characters")
    return record


def _halved(text: str) -> bool:
    return re.search(r"[\ud800-\udfff]", text) is not None


def _report(item: Mapping[str, Any], where: str) -> Report:
    problems: list[str] = []
    text = item.get("text")
    if not isinstance(text, str):
        problems.append("`text` must be a string")
    elif _halved(text):
        problems.append("`text` holds half of a surrogate pair")
    day = _day(item.get("published"), problems)
    values = {k: item[k] for k in ("title", "url", "outlet", "language") if item.get(k) is not None}
    problems += [f"`{k}` must be a string" for k, v in values.items() if not isinstance(v, str)]
    id_ = item.get("id")
    if id_ is not None and not isinstance(id_, str | int | float):
        problems.append("`id` must be a string")
    problems += [
        f"`{k}` holds half of a surrogate pair"
        for k, v in {**values, "id": id_}.items()
        if isinstance(v, str) and _halved(v)
    ]
    if problems:
        raise BadRecord(f"{where}: " + "; ".join(problems))
    assert isinstance(text, str)
    extra: dict[str, Any] = {k: v for k, v in item.items() if k not in KNOWN}
    return Report(
        id=str(id_) if id_ is not None else where,
        named=id_ is not None,
        text=text,
        published=day,
        extra=extra,
        **values,
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
