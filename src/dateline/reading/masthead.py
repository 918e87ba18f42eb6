"""Who filed the report, where and when? Agency credit and dateline, from the head of the text.

"BEIRUT (Reuters) —", "KABUL, Afghanistan, Oct. 7 (AP) -", "Goma, 20 March 2013 (IRIN) -".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.reading.graph import Span

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_AGENCY = r"(?:[A-Z][A-Za-z]*(?:[ /.-][A-Z]?[A-Za-z]+){0,3})"
_CITY = r"[A-Z][A-Z'’.-]+(?:[ /-][A-Z][A-Z'’.-]*){0,3}(?:, [A-Z][A-Za-z.' -]{2,30}?)?"
_TITLE_CITY = r"[A-Z][\w'’.-]+(?:[ /-][A-Z][\w'’.-]*){0,2}(?:, [A-Z][A-Za-z.' -]{2,30}?)?"
_LEAD = re.compile(
    rf"^[ \t]*(?:(?P<place>{_CITY}|{_TITLE_CITY}(?=,? ?(?:{_DATE})? ?\())"
    rf"(?:,? (?P<date>{_DATE}))?(?:,? \((?P<agency>{_AGENCY})\)| \| (?P<agency2>[A-Z][A-Za-z]+))?|\((?P<agency3>{_AGENCY})\))"
    r"(?:\s+-|\s*--|\s*[—–]|\s+_)\s*",
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


def read_masthead(text: str) -> Masthead:
    """Dateline of the first lines, and the agency credited there or at the foot."""
    m = _LEAD.search(text, 0, 700)
    foot = _CREDIT.search(text)
    agency = (m["agency"] or m["agency2"] or m["agency3"]) if m else None
    if agency is None and foot:
        agency = foot["agency"]
    if m is None:
        return Masthead(agency)
    place = m["place"]
    return Masthead(
        agency, place, m["date"], m.span("place") if place else None, m.span("date") if m["date"] else None, m.span(),
    )  # fmt: skip
