"""Who filed the report, where and when? Agency credit and dateline, from the head of the text.

"BEIRUT (Reuters) —", "KABUL, Afghanistan, Oct. 7 (AP) -", "Goma, 20 March 2013 (IRIN) -",
"DAVAO CITY (MindaNews / 25 January) --"; or a line of its own, "11 October 2020, BBC News".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.reading.graph import Span

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_AGENCY = r"(?:[A-Z][A-Za-z]*(?:[ /.-][A-Z]?[A-Za-z]+){0,3})"
_CITY = r"[A-Z][A-Z'’.-]+(?:[ /-][A-Z][A-Z'’.-]*){0,3}(?:, [A-Z][A-Za-z.' -]{2,30}?)?"
_TITLE_CITY = r"[A-Z][\w'’.-]+(?:[ /-][A-Z][\w'’.-]*){0,2}(?:, [A-Z][A-Za-z.' -]{2,30}?)?"
_LEAD = re.compile(
    rf"^[ \t]*(?:(?:(?P<place>{_CITY}|{_TITLE_CITY}(?=,? ?(?:{_DATE})? ?\())"
    rf"(?:,? (?P<date>{_DATE}))?(?:,? \((?P<agency>{_AGENCY})(?: ?[/,|] ?(?P<date2>{_DATE}))?\)| \| (?P<agency2>[A-Z][A-Za-z]+))?|\((?P<agency3>{_AGENCY})\))"
    rf"(?:\s+-|\s*--|\s*[—–]|\s+_)\s*|(?P<date3>{_DATE}),? (?:\| )?(?P<agency4>{_AGENCY})[ \t]*$)",
    re.MULTILINE,
)  # fmt: skip
_CREDIT = re.compile(
    r"\((?P<agency>Reuters|AP|AFP|UPI|dpa|DPA|Xinhua|TASS|Interfax|IRNA|SANA|Anadolu|AA|ANSA|EFE|PTI|ANI|IANS|Kyodo|Yonhap|Bloomberg|IRIN|RFE/RL|VOA)\)\s*\.?\s*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the head of the report says of its making; `span` is the dateline itself."""

    agency: str | None = None
    place: str | None = None
    date: str | None = None
    place_span: Span | None = None
    date_span: Span | None = None
    span: Span | None = None
    agency_span: Span | None = None


@lru_cache(maxsize=8)  # asked for by many steps of one reading
def read_masthead(text: str) -> Masthead:
    """Dateline of the first lines, and the agency credited there or at the foot."""
    m = _LEAD.search(text, 0, 700)
    foot = _CREDIT.search(text)
    if m is None:
        return Masthead(foot["agency"], agency_span=foot.span("agency")) if foot else Masthead()
    place, filed, dated = m["place"], _group(m, "agency"), _group(m, "date")
    agency = filed or (foot.span("agency") if foot else None)
    return Masthead(
        text[slice(*agency)] if agency else None, place, text[slice(*dated)] if dated else None,
        m.span("place") if place else None, dated, m.span(), agency,
    )  # fmt: skip


def _group(m: re.Match[str], name: str) -> Span | None:
    """The span of whichever of the groups so named, with or without a number, took part."""
    return next((m.span(g) for g in m.re.groupindex if g.rstrip("234") == name and m[g]), None)
