"""Which days does a TIMEX3 value cover, and what lies so many units away?"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

Bounds = tuple[date | None, date | None]

# First month of each season in the northern hemisphere, meteorological; winter runs into the next year.
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def shift(day: date, unit: str, count: int) -> date:
    """`day` moved by `count` D, W, M, Q or Y; the day of the month is cut to the month's length."""
    if unit in ("D", "W"):
        return day + timedelta(days=count * (7 if unit == "W" else 1))
    months = day.year * 12 + day.month - 1 + count * {"M": 1, "Q": 3, "Y": 12}[unit]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def value_at(day: date, unit: str) -> str:
    """The TIMEX3 value of the D, W, M, Q or Y that holds `day`."""
    if unit == "W":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "M":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return f"{day.year:04}" if unit == "Y" else day.isoformat()


def bounds(value: str | None) -> Bounds:
    """First and last day of a DATE or TIME value; `(None, None)` for any other value."""
    if not value:
        return (None, None)
    try:
        return _bounds(value)
    except (ValueError, OverflowError):
        return (None, None)


def _bounds(value: str) -> Bounds:
    if m := re.match(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(int(m[1]), int(m[2]), int(m[3]))
        return (day, day)
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return (monday + timedelta(days=5 if m[3] else 0), monday + timedelta(days=6))
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _months(int(m[1]), int(m[2]), 1)
    if m := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return _months(int(m[1]), 3 * int(m[2]) - 2, 3)
    if m := re.fullmatch(r"(\d{4})-H([12])", value):
        return _months(int(m[1]), 6 * int(m[2]) - 5, 6)
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return _months(int(m[1]), _SEASON_START[m[2]], 3)
    if m := re.fullmatch(r"\d{2,4}X{0,2}", value):
        first, last = value.replace("X", "0").ljust(4, "0"), value.replace("X", "9").ljust(4, "9")
        return (date(int(first), 1, 1), date(int(last), 12, 31))
    return (None, None)


def _months(year: int, month: int, count: int) -> Bounds:
    first = date(year, month, 1)
    return (first, shift(first, "M", count) - timedelta(days=1))


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th ISO weekday of a month; n = -1 is the last."""
    days = [d for d in calendar.Calendar().itermonthdates(year, month) if d.month == month]
    matching = [d for d in days if d.isoweekday() == weekday]
    return matching[n - 1] if n > 0 else matching[n]
