"""Which part of a longer time? The n-th week of a month, the small hours of a day, a run of days, a range."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.resolving.timex_calendar import bounds, shift, value_at
from dateline.resolving.timex_rules import Found, words
from dateline.resolving.timex_values import Setting, Timex, calendar_day, deictic, month, weekday


def week_of(found: Found, at: Setting) -> Timex | None:
    """ "the first week of March": seven days counted from the first; "last" the seven before its end."""
    whole = month(found, at)
    first, last = whole.bounds() if whole else (None, None)
    if first is None or last is None:
        return Timex("DATE", None)
    ordinal = found.groups["nth"] or ""
    if ordinal in ("last", "final"):
        start, end = last - timedelta(days=6), last
    else:
        start = first + timedelta(days=7 * (int(words()["ordinals"].get(ordinal, 1)) - 1))
        end = min(start + timedelta(days=6), last)
    return Timex("DATE", value_at(start + timedelta(days=3), "W"), (start, end))


def day_of(found: Found, at: Setting) -> Timex | None:
    """ "the third day of the offensive": which day that was the expression alone does not say."""
    return Timex("DATE", None)


def in_a_row(found: Found, at: Setting) -> Timex | None:
    """ "for a third straight day": the run of days up to the one that the text speaks of."""
    count = int(words()["ordinals"][found.groups["ordinal"] or ""])
    unit = {"day": "D", "night": "D", "week": "W", "month": "M", "year": "Y"}[found.groups["unit"] or ""]
    last = at.focus if at.focus_unit == "D" and at.focus else at.today
    days = (shift(last, unit, -count) + timedelta(days=1), last) if last else None
    return Timex("DURATION", f"P{count}{unit}", days)


def hours_of(found: Found, at: Setting) -> Timex | None:
    """ "the early hours of Sunday", "before dawn on Friday"."""
    g = found.groups
    code = words()["hours"][g["hours"] or ""]
    day: date | None = at.focus if at.focus_unit == "D" and at.focus else at.today
    if g.get("weekday") or g.get("deictic"):
        near = weekday(found, at) if g.get("weekday") else deictic(found, at)
        day = near.bounds()[0] if near else None
    return Timex("TIME", f"{day.isoformat()}T{code}" if day else None)


def day_range(found: Found, at: Setting) -> Timex | None:
    """ "3-5 May", "May 3 to 5": the value is the first day's; `start` and `end` say the range."""
    first = calendar_day(found, at)
    start = first.bounds()[0] if first else None
    if first is None or start is None:
        return first
    end = bounds(f"{start.year:04}-{start.month:02}-{int(found.groups['last'] or 0):02}")[1]
    return Timex("DATE", first.value, (start, end)) if end and end > start else None
