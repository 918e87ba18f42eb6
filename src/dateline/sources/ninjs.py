"""ninjs 1.x, 2.x and 3.x (IPTC): news as JSON. A higher `version` of the same `uri` corrects, `canceled` kills."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dateline.errors import BadMarkup
from dateline.report import Report, State
from dateline.sources.markup import day, html_text, when, with_title

# Each name of 1.x beside the camelCase of 2.x and 3.x.
_NAMES = {
    "firstCreated": "firstcreated", "versionCreated": "versioncreated", "contentCreated": "contentcreated",
    "embargoedUntil": "embargoed", "pubStatus": "pubstatus", "infoSources": "infosource", "copyrightHolder": "copyrightholder",
}  # fmt: skip
STATES: Mapping[str, State] = {"usable": "usable", "withheld": "withheld", "canceled": "killed", "cancelled": "killed"}
_BODY_KINDS = ("text/plain", "text/html", "application/xhtml+xml")
_USED = frozenset(("uri", "headline", "headlines", "bodies", "language", "version", *_NAMES, *_NAMES.values()))


def is_ninjs(item: Mapping[str, Any]) -> bool:
    """Whether an object is a news item rather than a line of Dateline's own (which has `text`)."""
    return isinstance(item.get("uri"), str) and "text" not in item


def read_ninjs(item: Mapping[str, Any], where: str, now: datetime | None = None) -> Report:
    """The report in a news item. Raises `BadMarkup`, naming all that is wrong with it.

    One under embargo is withheld until its hour: `now` is the time of taking in.
    """
    problems: list[str] = []
    state = _state(item, now or datetime.now(UTC), problems)
    title = _headline(item, problems)
    body = _body(item, where, problems)
    created = _text(item, "contentCreated", problems) or _text(item, "firstCreated", problems)
    revised = _text(item, "versionCreated", problems)
    language = _text(item, "language", problems) or "en"
    outlet = _outlet(item) or _text(item, "copyrightHolder", problems)
    version = _version(item, problems)
    if problems:
        raise BadMarkup(f"{where}: " + "; ".join(problems))
    return Report(
        id=item["uri"], text=with_title(title, body) if body else (title or ""), title=title, outlet=outlet,
        published=day(created) or day(revised), language=language[:16], state=state, version=version, revised=when(revised),
        url=item["uri"] if item["uri"].startswith(("http://", "https://")) else None,
        extra={k: v for k, v in item.items() if k not in _USED and not k.startswith("body_")},
    )  # fmt: skip


def _get(item: Mapping[str, Any], name: str) -> Any:
    value = item.get(name)
    return item.get(_NAMES.get(name, name.lower())) if value is None else value


def _text(item: Mapping[str, Any], name: str, problems: list[str]) -> str | None:
    value = _get(item, name)
    if value is None or isinstance(value, str):
        return value or None
    problems.append(f"`{name}` must be a string, not {type(value).__name__}")
    return None


def _state(item: Mapping[str, Any], now: datetime, problems: list[str]) -> State:
    said = _text(item, "pubStatus", problems) or "usable"
    word = said.rpartition(":")[2].lower()
    if word not in STATES:
        problems.append(f"`pubStatus` must be usable, withheld or canceled, not {said[:40]!r}")
        return "usable"
    until = when(_text(item, "embargoedUntil", problems))
    if until and STATES[word] == "usable" and (until if until.tzinfo else until.replace(tzinfo=UTC)) > now:
        return "withheld"
    return STATES[word]


def _version(item: Mapping[str, Any], problems: list[str]) -> int | None:
    value = item.get("version")
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31):
        return value
    problems.append("`version` must be a whole number")
    return None


def _headline(item: Mapping[str, Any], problems: list[str]) -> str | None:
    for one in _list(item, "headlines", problems):
        if one.get("role") in (None, "main") and isinstance(one.get("value"), str):
            return str(one["value"]).strip() or None
    for one in _list(item, "headlines", []):
        if isinstance(one.get("value"), str):
            return str(one["value"]).strip() or None
    title = _text(item, "headline", problems)
    return title.strip() or None if title else None


def _body(item: Mapping[str, Any], where: str, problems: list[str]) -> str:
    """The main body, plain text before HTML."""
    bodies = [b for b in _list(item, "bodies", problems) if isinstance(b.get("value"), str)]
    main = [b for b in bodies if b.get("role") in (None, "main")] or bodies
    for kind in (*_BODY_KINDS, None):
        for b in main:
            if kind is None or b.get("contentType", b.get("contenttype")) == kind:
                return _plain(b["value"], kind, where)
    for name in ("body_text", "body_html", "body_xhtml"):
        value = item.get(name)
        if isinstance(value, str) and value.strip():
            return _plain(value, "text/plain" if name == "body_text" else "text/html", where)
        if value is not None and not isinstance(value, str):
            problems.append(f"`{name}` must be a string")
    return ""


def _plain(value: str, kind: str | None, where: str) -> str:
    return value if kind == "text/plain" else html_text(value, where)


def _list(item: Mapping[str, Any], name: str, problems: list[str]) -> list[dict[str, Any]]:
    value = item.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(x, dict) for x in value):
        problems.append(f"`{name}` must be a list of objects")
        return []
    return value


def _outlet(item: Mapping[str, Any]) -> str | None:
    sources = _get(item, "infoSources")
    if isinstance(sources, list):
        for one in sources:
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                return str(one["name"])
    return None
