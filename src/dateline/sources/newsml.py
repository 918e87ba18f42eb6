"""NewsML-G2 (IPTC): news items, one or a message full. A higher `version` of a `guid` corrects, `stat:canceled` kills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.errors import BadMarkup, DatelineError
from dateline.report import Report
from dateline.sources.markup import day, find, find_all, html_text, said, text_of, when, with_title
from dateline.sources.ninjs import STATES

# Content of a news item that is text; pictures and video are no reports.
_TEXT = ("inlineXML", "inlineData")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_newsml(root: Any, where: str) -> Iterator[Report | DatelineError]:
    """Reports of a `newsItem`, or of all text items in a `newsMessage`; the error in place of a bad one."""
    items = [root] if _name(root) == "newsItem" else find_all(root, "//newsItem")
    if not items:
        yield BadMarkup(f"{where} has no newsItem")
    for n, item in enumerate(items, 1):
        try:
            report = _item(item, f"{where}:{n}" if len(items) > 1 else where)
        except DatelineError as error:
            yield error
        else:
            if report:
                yield report


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _item(item: Any, where: str) -> Report | None:
    """The report, or None for a picture, a graphic, a recording."""
    kind = find(item, "itemMeta/itemClass")
    if (
        kind is not None
        and "text" not in (kind.get("qcode") or "text")
        and "composite" not in (kind.get("qcode") or "")
    ):
        return None
    guid, number = item.get("guid"), item.get("version") or ""
    if not guid:
        raise BadMarkup(f"{where}: newsItem has no guid")
    if number and not (number.isascii() and number.isdigit() and len(number) < 10):
        raise BadMarkup(f"{where}: version is {number[:40]!r}, not a whole number")
    status = find(item, "itemMeta/pubStatus")
    word = (
        ((status.get("qcode") or status.get("uri") or "") if status is not None else "")
        .rpartition(":")[2]
        .rpartition("/")[2]
    )
    if word and word not in STATES:
        raise BadMarkup(f"{where}: pubStatus is {word[:40]!r}, not usable, withheld or canceled")
    state = STATES.get(word, "usable")
    title, body = said(find(item, "contentMeta/headline")), _body(item, where)
    title = title or said(find(item, "itemMeta/title"))
    if not body and state == "usable":
        raise BadMarkup(f"{where}: contentSet has no text")
    created, revised = said(find(item, "contentMeta/contentCreated")), said(find(item, "itemMeta/versionCreated"))
    return Report(
        id=guid, text=with_title(title, body), title=title, outlet=_provider(item), state=state,
        version=int(number) if number else None, revised=when(revised), published=day(created) or day(revised),
        language=_language(item), extra=_extra(item),
    )  # fmt: skip


def _body(item: Any, where: str) -> str:
    for name in _TEXT:
        for content in find_all(item, f"contentSet/{name}"):
            if name == "inlineData":
                text = "".join(content.itertext())
                return html_text(text, where) if "html" in (content.get("contenttype") or "") else text.strip()
            inner = find(content, "//body.content")
            if inner is None:
                inner = find(content, "//body")
            return text_of(inner if inner is not None else content)
    return ""


def _provider(item: Any) -> str | None:
    provider = find(item, "itemMeta/provider")
    if provider is None:
        return None
    return (
        said(find(provider, "name"))
        or provider.get("literal")
        or (provider.get("qcode") or "").rpartition(":")[2]
        or None
    )


def _language(item: Any) -> str:
    language = find(item, "contentMeta/language")
    return str((language.get("tag") if language is not None else None) or item.get(_LANG) or "en")[:16]


def _extra(item: Any) -> dict[str, Any]:
    located = [said(x) or x.get("literal") or x.get("qcode") for x in find_all(item, "contentMeta/located")]
    subjects = [x.get("qcode") or x.get("literal") for x in find_all(item, "contentMeta/subject")]
    found = {"byline": said(find(item, "contentMeta/by")), "located": located, "subjects": subjects}
    return {k: v for k, v in found.items() if v}
