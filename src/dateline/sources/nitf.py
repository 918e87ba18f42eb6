"""NITF 3.x (IPTC): one story a file. `management-status="canceled"` kills, `regsrc`/`du-key` number its versions."""

from __future__ import annotations

from typing import Any

from dateline.errors import BadMarkup
from dateline.report import Report
from dateline.sources.markup import day, find, find_all, said, text_of, when, with_title
from dateline.sources.ninjs import STATES


def read_nitf(root: Any, where: str) -> Report:
    """The report in an `nitf` element. Raises `BadMarkup`."""
    content = find(root, "body/body.content")
    head = find(root, "head/docdata")
    status = (head.get("management-status") if head is not None else None) or "usable"
    state = STATES.get(status, "withheld" if status == "embargoed" else None)
    if state is None:
        raise BadMarkup(f"{where}: management-status is {status[:40]!r}, not usable, embargoed, withheld or canceled")
    if content is None and state == "usable":
        raise BadMarkup(f"{where} has no body/body.content")
    title = said(find(root, "body/body.head/hedline/hl1")) or said(find(root, "head/title"))
    body = text_of(content) if content is not None else ""
    return _report(root, head, where, title, _with_dateline(root, body), state)


def _report(root: Any, head: Any, where: str, title: str | None, body: str, state: Any) -> Report:
    def of(path: str, name: str) -> str | None:
        found = find(head, path) if head is not None else None
        return (found.get(name) or None) if found is not None else None

    id_ = of("doc-id", "id-string")
    key = of("du-key", "key")
    number = of("du-key", "version") or ""
    issued = of("date.issue", "norm")
    outlet = said(find(root, "body/body.head/distributor")) or of("doc.copyright", "holder") or of("doc-id", "regsrc")
    correction = find(head, "correction") if head is not None else None
    if correction is not None and correction.get("id-string"):
        id_ = correction.get("id-string")
    extra = {
        "byline": said(find(root, "body/body.head/byline")),
        "urgency": of("urgency", "ed-urg"),
        "correction": correction.get("info") if correction is not None else None,
        "keywords": [k.get("key") for k in find_all(root, "head/docdata/key-list/keyword") if k.get("key")],
    }
    return Report(
        id=key or id_ or where, named=bool(key or id_), text=with_title(title, body), title=title, outlet=outlet,
        published=day(issued) or day(of("date.release", "norm")), language=root.get("{http://www.w3.org/XML/1998/namespace}lang") or "en",
        state=state, version=int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None,
        revised=when(issued), extra={k: v for k, v in extra.items() if v},
    )  # fmt: skip


def _with_dateline(root: Any, body: str) -> str:
    """The body with its dateline before it, as it is printed, unless the body has it already."""
    place = said(find(root, "body/body.head/dateline/location"))
    day_ = said(find(root, "body/body.head/dateline/story.date"))
    line = ", ".join(x for x in (place, day_) if x)
    return body if not line or not body or body.startswith((line, place or line)) else f"{line} - {body}"
