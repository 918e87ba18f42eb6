"""HTML: the body of the article, its headline, date and address. Never fetches anything."""

from __future__ import annotations

from datetime import date

import trafilatura

from dateline.errors import EmptySource
from dateline.report import Report


def read_html(markup: str, id_: str) -> Report:
    """The report in a page. Raises `EmptySource` when no article is found in it."""
    found = trafilatura.bare_extraction(
        markup, with_metadata=True, include_comments=False, include_tables=False, deduplicate=False
    )
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
    return Report(id=id_, text=text, published=day, title=title, url=found.url or None, outlet=found.sitename or None)
