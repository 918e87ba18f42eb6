"""What days of ours are a month or feast of the Islamic or the Persian calendar?

The Islamic months by the tabular calendar of thirty years, which the sighting of the moon
may put off by a day: so feasts keep a day on either side. The Persian by the cycle of
thirty-three years, right to the day from 1799 to 2256. (Dershowitz and Reingold,
Calendrical Calculations.)
"""

from __future__ import annotations

from datetime import date, timedelta

from dateline.resolving.timex_rules import Found, words
from dateline.resolving.timex_values import Setting, Timex

_JULIAN_DAY_OF_ORDINAL_0 = 1721425
Days = tuple[date, date]


def islamic(year: int, month: int, day: int) -> date:
    """The day of ours; `month` 13 is the first of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    julian = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + 1948440 - 385
    return date.fromordinal(julian - _JULIAN_DAY_OF_ORDINAL_0)


def persian(year: int, month: int, day: int) -> date:
    """The day of ours; `month` 13 is the first of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    julian = 365 * (year - 1) + (8 * year + 21) // 33 + before + day + 1948320
    return date.fromordinal(julian - _JULIAN_DAY_OF_ORDINAL_0 - 1)


def moon(found: Found, at: Setting) -> Timex | None:
    """ "Ramadan", "12 Rabi al-Awwal 1438", "22 Bahman", "Eid al-Fitr": the one meant, by year or tense."""
    g = found.groups
    name = " ".join((g.get("moon") or "").replace("-", " ").replace("’", "'").replace("`", "'").split())
    calendar, month, first, last = words()["moon"][name]
    day = int(g["day"] or 0) if g.get("day") else None
    if day is not None and not 1 <= day <= 31:
        return None
    years = [int(g["year"] or 0)] if g.get("year") else _years(at.base, calendar)
    options = [_days(calendar, y, month, day, first, last) for y in years]
    chosen = options[0] if len(options) == 1 else _nearest(options, at)
    if chosen is None:
        return Timex("DATE", None)
    start, end = chosen
    if start == end:
        loose = timedelta(days=1 if calendar == "islamic" else 0)
        return Timex("DATE", start.isoformat(), (start - loose, end + loose))
    middle = start + (end - start) / 2
    return Timex("DATE", f"{middle.year:04}-{middle.month:02}", chosen)


def _years(base: date | None, calendar: str) -> list[int]:
    if base is None:
        return []
    near = round((base.year - 622) * 33 / 32) if calendar == "islamic" else base.year - 621
    return [near - 1, near, near + 1, near + 2]


def _days(calendar: str, year: int, month: int, day: int | None, first: int, last: int) -> Days:
    to_ours = islamic if calendar == "islamic" else persian
    if day is None and first:
        return to_ours(year, month, first), to_ours(year, month, last)
    if day is not None:
        return to_ours(year, month, day), to_ours(year, month, day)
    return to_ours(year, month, 1), to_ours(year, month + 1, 1) - timedelta(days=1)


def _nearest(options: list[Days], at: Setting) -> Days | None:
    base = at.base
    if base is None or not options:
        return None
    if at.tense == "past":
        return max((d for d in options if d[0] <= base), default=None)
    if at.tense == "future":
        return min((d for d in options if d[1] >= base), default=None)
    return min(options, key=lambda d: 0 if d[0] <= base <= d[1] else min(abs(d[0] - base), abs(d[1] - base)).days)
