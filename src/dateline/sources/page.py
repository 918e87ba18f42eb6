"""HTML: the body of the article, its headline, date and address. Never fetches anything."""

from __future__ import annotations

import re
from datetime import date

import trafilatura
from trafilatura.meta import reset_caches

from dateline.errors import EmptySource
from dateline.report import Report
from dateline.sources.markup import check_html
from dateline.sources.plain import decode

# Characters of a page that is worth forgetting.
_LARGE = 2**19
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)


def page_text(body: bytes, charset: str | None, where: str) -> str:
    """The characters of a page: as the server says, as UTF-8, as the page says, else as Windows-1252."""
    for name in (charset, "utf-8", _meta_charset(body)):
        try:
            if name and b"\x00" not in body[:4096]:
                return body.decode(name).removeprefix("\ufeff")
        except (LookupError, UnicodeError, ValueError):
            continue
    return decode(body, where)


def _meta_charset(body: bytes) -> str | None:
    found = _CHARSET.search(body[:4096])
    return found[1].decode("ascii") if found else None


def read_html(markup: str, id_: str, *, address: str | None = None) -> Report:
    """The report in a page, known by the address that it was fetched from or that it gives as its own.

    Raises `EmptySource` when no article is found in it, `HostileSource` for one that nests without end.
    """
    check_html(markup, id_)
    found = trafilatura.bare_extraction(
        markup, with_metadata=True, include_comments=False, include_tables=False, deduplicate=False
    )
    if len(markup) > _LARGE:
        # It keeps strings of pages that it has seen, by the thousand.
        reset_caches()
    body = (found.text or "") if found is not None and not isinstance(found, dict) else ""
    if found is None or isinstance(found, dict) or not body.strip():
        raise EmptySource(f"{id_} holds no article text; save the page with its text, or give the text itself")
    day = None
    if found.date:
        try:
            day = date.fromisoformat(str(found.date)[:10])
        except ValueError:
            day = None
    title = found.title or None
    text = body if not title or body.lstrip().startswith(title) else f"{title}\n\n{body}"
    return Report(
        id=address or id_, named=address is not None, text=text, published=day, title=title,
        url=found.url or address, outlet=found.sitename or None,
    )  # fmt: skip
