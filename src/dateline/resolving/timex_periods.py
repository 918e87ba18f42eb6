"""What week, month, quarter, season, year, decade or century does a time expression name?"""

from __future__ import annotations

from datetime import date, timedelta

from dateline.resolving.timex_calendar import bounds, shift, value_at
from dateline.resolving.timex_rules import Found, words
from dateline.resolving.timex_values import Setting, Timex, _year_of

_UNITS = {"week": "W", "month": "M", "year": "Y", "quarter": "Q", "fiscal year": "Y", "period": "Q"}
_STEPS = {
    "last": -1, "the last": -1, "past": -1, "the past": -1, "this past": -1, "the previous": -1, "previous": -1,
    "next": 1, "the next": 1, "the coming": 1, "the following": 1,
}  # fmt: skip
# "the past week" is the seven days that end today; "last week" is the calendar week before.
_RUNNING = frozenset({"past", "the past", "the last", "the coming", "the next", "this past"})


def unit_relative(found: Found, at: Setting) -> Timex | None:
    g = found.groups
    unit_word, relation = g["unit"] or "", g["rel"] or ""
    narrative = relation in ("the previous", "the following", "that", "that same", "the same")
    base = (at.focus or at.today) if narrative else at.today
    step = _STEPS.get(relation, 0)
    if unit_word == "weekend":
        return _weekend(base, step)
    if unit_word == "decade":
        return _decade_of(base, step, running=relation in _RUNNING, today=at.today)
    if unit_word == "century":
        return Timex("DATE", None if base is None else f"{(base.year // 100 + step):02}")
    unit = _UNITS[unit_word]
    if relation in _RUNNING and not g.get("edge") and not g.get("phase"):
        return running(f"P1{unit}", unit, 1, step, at.today)
    if base is None:
        return Timex("DATE", None)
    value = value_at(shift(base, unit, step), unit)
    return Timex("DATE", value, _cut(value, at, whole=bool(step) or narrative, phase=g.get("phase")))


def _cut(value: str, at: Setting, *, whole: bool, phase: str | None) -> tuple[date | None, date | None]:
    """The days of a period; of the one that runs now, those up to today, or from it when ahead."""
    first, last = bounds(value)
    if whole or at.today is None or first is None or last is None or not first <= at.today <= last:
        return (first, last)
    if phase == "later" or (at.tense == "future" and phase != "earlier"):
        return (at.today, last)
    return (first, at.today)


def running(value: str, unit: str, count: int, step: int, today: date | None) -> Timex:
    """A duration that ends or begins today."""
    if today is None:
        return Timex("DURATION", value)
    other = shift(today, unit, count * (step or -1))
    return Timex("DURATION", value, (min(other, today), max(other, today)))


def _weekend(base: date | None, step: int) -> Timex:
    """The nearest weekend that has begun, moved by `step` when it names another one than that."""
    if base is None:
        return Timex("DATE", None)
    saturday = base - timedelta(days=(base.isoweekday() - 6) % 7)
    if step > 0:
        saturday += timedelta(days=7)
    return Timex("DATE", value_at(saturday, "W") + "-WE")


def weekend(found: Found, at: Setting) -> Timex | None:
    return _weekend(at.today, 1 if at.tense == "future" else 0)


def _decade_of(base: date | None, step: int, *, running: bool, today: date | None) -> Timex:
    if running:
        days = (shift(today, "Y", 10 * step), today) if today and step < 0 else None
        return Timex("DURATION", "P10Y", days)
    return Timex("DATE", None if base is None else f"{base.year // 10 + step:03}X")


def unit_bare(found: Found, at: Setting) -> Timex | None:
    """ "the week", "the year": the one last spoken of, or the present one."""
    unit_word = found.groups["unit"] or ""
    base = at.focus if at.focus and at.focus_unit == "Q" and unit_word == "quarter" else at.today
    if unit_word == "weekend":
        return _weekend(base, 1 if at.tense == "future" else 0)
    unit = _UNITS[unit_word]
    if unit_word == "quarter" and base is at.today and base is not None:
        base = shift(base, "Q", -1)
    value = None if base is None else value_at(base, unit)
    return Timex("DATE", value, _cut(value or "", at, whole=unit == "Q", phase=found.groups.get("phase")))


def quarter(found: Found, at: Setting) -> Timex | None:
    number = int(words()["ordinals"][found.groups["ordinal"] or ""])
    when = found.groups.get("when") or ""
    year = int(when) if when.isdigit() else _year_of(found, at)
    if year is None and at.base is not None:
        year = at.base.year
        first = bounds(f"{year:04}-Q{number}")[0]
        if first and first > at.base and at.tense != "future":
            year -= 1
        if when in ("year-ago", "year-earlier") or when.startswith("last"):
            year = at.base.year - 1
        elif when.startswith("next"):
            year = at.base.year + 1
    return Timex("DATE", None if year is None else f"{year:04}-Q{number}")


def quarter_relative(found: Found, at: Setting) -> Timex | None:
    when, unit_word = found.groups["when"] or "", found.groups["unit"] or ""
    unit = _UNITS[unit_word]
    spoken = at.focus if at.focus_unit == "Q" else None
    if at.today is None and spoken is None:
        return Timex("DATE", None)
    base = spoken or shift(at.today or date.min, "Q", -1)
    if unit == "Y":
        base = at.today or base
    if when.isdigit():
        return Timex("DATE", value_at(base.replace(year=int(when), day=1), unit))
    if "year-" in when:
        base = shift(base, "Y", -1)
    elif when == "current" and at.today:
        base = at.today
    return Timex("DATE", value_at(base, unit))


def year_earlier(found: Found, at: Setting) -> Timex | None:
    base = at.focus if at.focus_unit == "Q" and at.focus else at.today
    if base is None:
        return Timex("DATE", None)
    return Timex("DATE", value_at(shift(base, "Y", -1), "Q" if at.focus_unit == "Q" else "Y"))


def half_year(found: Found, at: Setting) -> Timex | None:
    year = _year_of(found, at)
    half = 1 if found.groups["ordinal"] == "first" else 2
    return Timex("DATE", None if year is None else f"{year:04}-H{half}")


def season(found: Found, at: Setting) -> Timex | None:
    code = words()["seasons"][found.groups["season"] or ""]
    relation = found.groups.get("rel")
    year = _year_of(found, at) if found.groups.get("year") or found.groups.get("yearwords") else None
    if year is None and at.base is not None:
        year = at.base.year
        first, last = bounds(f"{year:04}-{code}")
        if relation == "next" or (at.tense == "future" and relation != "last"):
            year += bool(last and last < at.base)
        elif relation == "last":
            year -= bool(last and last >= at.base)
        elif relation != "this":
            year -= bool(first and first > at.base)
    return Timex("DATE", None if year is None else f"{year:04}-{code}")


def decade(found: Found, at: Setting) -> Timex | None:
    g = found.groups
    if g.get("decade"):
        return Timex("DATE", f"{(g['decade'] or '')[:3]}X")
    digit = (
        int(words()["decades"][g["word"] or ""]) if g.get("word") else int((g.get("short") or g["short2"] or "0")[0])
    )
    return Timex("DATE", f"19{digit}X")


def century(found: Found, at: Setting) -> Timex | None:
    g = found.groups
    number = int(g["number"] or 0) if g.get("number") else int(words()["ordinals"][g["ordinal"] or ""])
    return Timex("DATE", f"{number - 1:02}")


def year(found: Found, at: Setting) -> Timex | None:
    if found.groups.get("short"):
        number = int(found.groups["short"] or 0)
        return Timex("DATE", f"{1900 + number if number > 40 else 2000 + number:04}")
    value = _year_of(found, at)
    return Timex("DATE", None if value is None else f"{value:04}")


def year_end(found: Found, at: Setting) -> Timex | None:
    return Timex("DATE", None if at.today is None else f"{at.today.year:04}-12-31")
