"""From which day to which? Two times that say together how long something went on.

"between 2020 and 2023", "from March to May": each keeps its own days, and what either dates lasted from the first day
of the one to the last of the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.record import Time
from dateline.resolving.timex_calendar import Bounds

_OPENS = re.compile(r"\b(?:between|from) (?:(?:early|mid|late|the) )?$", re.IGNORECASE)
_AND, _TO = (
    re.compile(r" and (?:(?:early|mid|late) )?"),
    re.compile(r" (?:to|until|till|through) (?:(?:early|mid|late) )?"),
)


def lasted(text: str, time: Time, times: Sequence[Time]) -> Bounds:
    """First and last day of what `time`, one of `times` in text order, dates."""
    at = next((i for i, t in enumerate(times) if t.id == time.id), None)
    for i in () if at is None else (at - 1, at):
        if 0 <= i < len(times) - 1 and _spans(text, times[i], times[i + 1]):
            return (times[i].start, times[i + 1].end)
    return (time.start, time.end)


def _spans(text: str, first: Time, last: Time) -> bool:
    if first.start is None or last.end is None or first.start > last.end:
        return False
    opened = _OPENS.search(text, max(0, first.span[0] - 16), first.span[0])
    if opened is None:
        return False
    joint = _AND if opened[0].lower().startswith("between") else _TO
    return joint.fullmatch(text, first.span[1], last.span[0]) is not None
