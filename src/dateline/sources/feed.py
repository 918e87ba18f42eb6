"""RSS and Atom: one report an item. An item that is updated is a correction."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from urllib.parse import urlsplit

import feedparser

from dateline.errors import BadMarkup, DatelineError, EmptySource
from dateline.report import Report
from dateline.sources.limits import check_size
from dateline.sources.markup import check_tags, html_text, with_title, xml_text

# A feed with more items than this is no feed.
MOST_ITEMS = 5_000
MOST_BYTES = 8 * 2**20


def read_feed(body: bytes, where: str) -> Iterator[Report | DatelineError]:
    """Reports in the feed's order; the error in place of a bad item. Reads no file and fetches nothing.

    Raises `HostileSource`, `BadMarkup`, `TooLarge` for a feed that is none.
    """
    check_size(len(body), where, MOST_BYTES)
    text = xml_text(body, where)
    check_tags(text, where)
    # feedparser takes a string for an address or a file name: it is given a stream.
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")), response_headers={"content-type": "application/xml; charset=utf-8"}
    )
    if not found.get("version"):
        raise BadMarkup(f"{where} is no RSS or Atom feed" + _why(found))
    if len(found.entries) > MOST_ITEMS:
        raise BadMarkup(f"{where} has {len(found.entries):,} items; a feed may have {MOST_ITEMS:,}")
    if not found.entries and found.get("bozo"):
        raise BadMarkup(f"{where} holds no item" + _why(found))
    feed = found.feed
    for n, entry in enumerate(found.entries, 1):
        try:
            yield _item(entry, feed, f"{where}:{n}")
        except DatelineError as error:
            yield error


def _why(found: Any) -> str:
    reason = found.get("bozo_exception")
    return f" ({str(reason)[:120]})" if reason else ""


def _item(entry: Any, feed: Any, where: str) -> Report:
    title = html_text(str(entry.get("title") or ""), where) or None
    link = str(entry.get("link") or "") or None
    body = _body(entry, where)
    if not body and not title:
        raise EmptySource(f"{where} has neither title nor text")
    published, updated = _moment(entry, "published_parsed"), _moment(entry, "updated_parsed")
    id_ = _key(str(entry.get("id") or ""), link, str(feed.get("link") or where))
    day = published or updated
    tags = [str(t.get("term")) for t in entry.get("tags") or [] if t.get("term")]
    extra = {"author": entry.get("author"), "tags": tags, "feed": feed.get("link")}
    return Report(
        id=id_ or where, named=id_ is not None, text=with_title(title, body) if body else str(title), title=title, url=link,
        outlet=said_title(feed), published=day.date() if day else None, language=_language(entry, feed),
        revised=updated if updated and updated != published else None, extra={k: v for k, v in extra.items() if v},
    )  # fmt: skip


def said_title(feed: Any) -> str | None:
    """The feed's own name."""
    title = " ".join(str(feed.get("title") or "").split())
    return title or None


def _body(entry: Any, where: str) -> str:
    """The fullest text that the item carries: its content, else its summary."""
    parts = [str(c.get("value") or "") for c in entry.get("content") or []]
    parts.append(str(entry.get("summary") or ""))
    return max((html_text(p, where) for p in parts if p), key=len, default="")


def _key(guid: str, link: str | None, feed: str) -> str | None:
    """An id that no other feed gives: a guid such as 4711 is the feed's own."""
    if not guid:
        return link
    return guid if ":" in guid else f"{urlsplit(feed).netloc or feed}#{guid}"


def _moment(entry: Any, name: str) -> datetime | None:
    # feedparser's `get` gives the publication for a missing time of revision.
    if name not in entry:
        return None
    parsed: struct_time | None = entry[name]
    try:
        return None if parsed is None else datetime(*parsed[:6], tzinfo=UTC)
    except ValueError:
        return None


def _language(entry: Any, feed: Any) -> str:
    return str(entry.get("language") or feed.get("language") or "en")[:16]
