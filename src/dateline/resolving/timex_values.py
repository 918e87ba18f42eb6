"""What day, month or year does a time expression name?

One reading for each kind of expression in `knowledge/times/rules.toml`. A reading returns a
`Timex`; its value is None when nothing in the text or around it settles it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.record import TimexType
from dateline.resolving.numerals import value_of
from dateline.resolving.timex_calendar import Bounds, bounds, nth_weekday, shift, value_at
from dateline.resolving.timex_rules import Found, words
from dateline.resolving.timex_tense import Tense

# A day without a year is the nearest one; the tense decides only when neither is this near.
_NEAR_DAYS = 100
# "6 a.m. local time (0300 GMT) on Friday"
_CLOCK_DAY = re.compile(r"(?: local time)?(?:\)| \([^)]*\))?,? (?:on )?([A-Z][a-z]+day)\b")
# "from January to March 2014": the year said at the end.
_SAID_LATER = re.compile(
    r" (?:to|until|till|through|and|or) (?:(?:early|late|mid)[ -])?[A-Z][a-z]+,? (?:of )?(\d{4})\b"
)
_UP_TO = re.compile(r"(?:uary|rch|ril|May|une|uly|ust|ber) (?:to|until|till|through|[-–]) $")


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression is read against.

    `today` is the day that "today" means, or None; `focus` the day that the text last spoke
    of and `focus_unit` how finely (D W M Q Y); `narrated` says that the text tells of times
    far from its publication, so that its own dates complete partial ones.
    """

    today: date | None
    focus: date | None
    focus_unit: str
    tense: Tense
    narrated: bool
    preceding: str = ""
    following: str = ""

    @property
    def base(self) -> date | None:
        """The day that completes a partial date."""
        return self.focus or self.today if self.narrated else self.today


@dataclass(frozen=True, slots=True)
class Timex:
    """A reading. `days` overrides the days that `value` covers."""

    type: TimexType
    value: str | None
    days: Bounds | None = None

    def bounds(self) -> Bounds:
        """First and last day, each None when unknown."""
        return self.days if self.days is not None else bounds(self.value)


def iso(found: Found, at: Setting) -> Timex | None:
    g = found.groups
    value = f"{g['year']}-{g['month']}-{g['day']}"
    if bounds(value)[0] is None:
        return None
    return Timex("TIME", f"{value}T{g['clock']}") if g["clock"] else Timex("DATE", value)


def numeric(found: Found, at: Setting) -> Timex | None:
    """Month first, as American wires print it, unless that is no month; with dots, day first."""
    g = found.groups
    a, b, year = int(g["a"] or 0), int(g["b"] or 0), int(g["year"] or 0)
    if year < 100:
        year += 1900 if year > 50 else 2000
    month, day = (a, b) if a <= 12 and g["sep"] == "/" else (b, a)
    value = f"{year:04}-{month:02}-{day:02}"
    return Timex("DATE", value) if bounds(value)[0] else None


def _month_of(found: Found) -> int:
    g = found.groups
    return int(words()["months"].get(g.get("month") or "") or words()["short_months"][g.get("short") or ""])


def _year_of(found: Found, at: Setting) -> int | None:
    """The year that the expression itself gives, in digits, words ("nineteen ninety-four") or by relation."""
    g = found.groups
    if g.get("year"):
        return int(g["year"] or 0)
    if g.get("yearwords"):
        return 1900 + int(value_of((g["yearwords"] or "")[8:]) or 0)
    relation = g.get("rel") if "year" in g else None
    if relation in ("that", "the same") and at.focus:
        return at.focus.year
    if relation and at.base:
        steps = {"last": -1, "this": 0, "next": 1, "the": 0, "the following": 1, "the previous": -1}
        return at.base.year + steps[relation] if relation in steps else None
    return None


def calendar_day(found: Found, at: Setting) -> Timex | None:
    g = found.groups
    month = _month_of(found)
    day = int(g["day"] or 0) if g.get("day") else int(words()["ordinals"][g["ordinal"] or ""])
    year = _year_of(found, at)
    if not 1 <= day <= 31:
        return None
    if year is not None:
        value = f"{year:04}-{month:02}-{day:02}"
        return Timex("DATE", value) if bounds(value)[0] else None
    near = _year_for(month, day, at)
    return Timex("DATE", near.isoformat() if near else None)


def _year_for(month: int, day: int, at: Setting) -> date | None:
    base = at.base
    if base is None:
        return None
    options = [bounds(f"{y:04}-{month:02}-{day:02}")[0] for y in (base.year - 1, base.year, base.year + 1)]
    days = [d for d in options if d]
    if at.narrated:
        return next((d for d in days if d.year == base.year), None)
    ahead = min((d for d in days if d > base), default=None)
    behind = max((d for d in days if d <= base), default=None)
    if ahead is None or behind is None:
        return ahead or behind
    nearer_ahead = (ahead - base) < (base - behind)
    if at.tense == "unknown" or min(ahead - base, base - behind).days < _NEAR_DAYS:
        return ahead if nearer_ahead else behind
    return ahead if at.tense == "future" else behind


def day_of_month(found: Found, at: Setting) -> Timex | None:
    """ "on the 12th": of the month around the base, behind it unless the clause looks ahead."""
    day, base = int(found.groups["day"] or 0), at.focus or at.today
    if base is None or not 1 <= day <= 31:
        return Timex("DATE", None)
    months = [(m.year, m.month) for m in (shift(base.replace(day=1), "M", k) for k in (-1, 0, 1))]
    days = [d for y, m in months if (d := bounds(f"{y:04}-{m:02}-{day:02}")[0])]
    behind, ahead = max((d for d in days if d <= base), default=None), min((d for d in days if d > base), default=None)
    chosen = ahead if at.tense == "future" else behind
    return Timex("DATE", chosen.isoformat() if chosen else None)


def month(found: Found, at: Setting) -> Timex | None:
    number, year, base = _month_of(found), _year_of(found, at), at.base
    relation = found.groups.get("rel") if "year" not in found.groups else None
    if year is None and relation is None and (later := _SAID_LATER.match(at.following)):
        year = int(later[1])
    elif year is None and base is not None:
        year = base.year
        if relation in ("next", "this coming"):
            year += number <= base.month
        elif relation in ("last", "this past"):
            year -= number >= base.month
        elif relation is None and at.focus and _UP_TO.search(at.preceding):
            # "from January to March": the next one after where the text stands.
            year = at.focus.year + (number < at.focus.month)
        elif relation is None and not at.narrated:
            ahead, behind = (number - base.month) % 12, (base.month - number) % 12
            future = at.tense == "future" and ahead < 8
            year = shift(base, "M", ahead if future else -behind).year
    return Timex("DATE", None if year is None else f"{year:04}-{number:02}")


def weekday(found: Found, at: Setting) -> Timex | None:
    g = found.groups
    number, relation, part = int(words()["weekdays"][g["weekday"] or ""]), g.get("rel"), g.get("part")
    day: date | None = None
    if relation in ("the previous", "the following") and at.focus:
        step = (at.focus.isoweekday() - number - 1) % 7 + 1
        day = at.focus - timedelta(days=step) if relation == "the previous" else None
        day = day or at.focus + timedelta(days=(number - at.focus.isoweekday() - 1) % 7 + 1)
    elif at.today:
        day = _weekday_near(at.today, number, relation, at.tense)
    if part and day:
        return Timex("TIME", f"{day.isoformat()}T{words()['parts'][part]}")
    return Timex("TIME" if part else "DATE", day.isoformat() if day else None)


def _weekday_near(today: date, number: int, relation: str | None, tense: Tense) -> date:
    behind, ahead = (today.isoweekday() - number) % 7, (number - today.isoweekday()) % 7
    if relation in ("next", "this coming"):
        return today + timedelta(days=ahead or 7)
    if relation in ("last", "this past"):
        return today - timedelta(days=behind or 7)
    if relation == "this":
        return today + timedelta(days=number - today.isoweekday())
    return today + timedelta(days=ahead) if tense == "future" else today - timedelta(days=behind)


def weekday_of_month(found: Found, at: Setting) -> Timex | None:
    """ "the first Sunday of March"."""
    when = month(found, at)
    first = when.bounds()[0] if when else None
    if first is None:
        return Timex("DATE", None)
    n = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}[found.groups["nth"] or ""]
    number = int(words()["weekdays"][found.groups["weekday"] or ""])
    return Timex("DATE", nth_weekday(first.year, first.month, number, n).isoformat())


def weekday_far(found: Found, at: Setting) -> Timex | None:
    """ "the Friday before last" lies a week behind the last one; "Sunday week" a week after the next."""
    if at.today is None:
        return Timex("DATE", None)
    number, back = int(words()["weekdays"][found.groups["weekday"] or ""]), found.groups["before"] != "week"
    day = _weekday_near(at.today, number, "last" if back else "next", at.tense) + timedelta(days=-7 if back else 7)
    return Timex("DATE", day.isoformat())


def deictic(found: Found, at: Setting) -> Timex | None:
    g = found.groups
    word, part = g["deictic"] or "", g.get("part")
    offset = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    offset = -2 if word.endswith("before yesterday") else 2 if word.endswith("after tomorrow") else offset
    code = "NI" if word == "tonight" else words()["parts"][part] if part else None
    kind: TimexType = "TIME" if code else "DATE"
    if at.today is None:
        return Timex(kind, None)
    day = (at.today + timedelta(days=offset)).isoformat()
    return Timex(kind, f"{day}T{code}" if code else day)


def part_of_day(found: Found, at: Setting) -> Timex | None:
    relation, code = found.groups["rel"], words()["parts"][found.groups["part"] or ""]
    if relation == "this":
        day = at.today
    elif relation == "last":
        day = at.today - timedelta(days=1) if at.today else None
    else:
        day = at.focus if at.focus_unit == "D" else None
        if day and relation in ("the following", "the next"):
            day += timedelta(days=1)
    return Timex("TIME", f"{day.isoformat()}T{code}" if day else None)


def overnight(found: Found, at: Setting) -> Timex | None:
    """The night that led into today; its days are yesterday and today."""
    if at.today is None:
        return Timex("TIME", None)
    return Timex("TIME", f"{at.today.isoformat()}TNI", (at.today - timedelta(days=1), at.today))


def clock(found: Found, at: Setting) -> Timex | None:
    g = found.groups
    day = at.focus if at.focus_unit == "D" and at.focus else at.today
    if g.get("weekday") or g.get("deictic"):
        if at.today is None:
            day = None
        else:
            near = weekday(found, at) if g.get("weekday") else deictic(found, at)
            day = near.bounds()[0] if near else None
    elif at.today and (said := _CLOCK_DAY.match(at.following)):
        day = _weekday_near(at.today, int(words()["weekdays"][said[1].lower()]), None, at.tense)
    if g.get("clockword"):
        time = str(words()["clocks"][g["clockword"] or ""])
    else:
        hour = int(g["hour"] or 0)
        if (g.get("half") == "p" and hour < 12) or (g.get("half") == "a" and hour == 12):
            hour = (hour + 12) % 24
        time = f"{hour:02}:{g.get('minute') or '00'}"
    zone = "Z" if g.get("zone") in ("gmt", "utc") else ""
    return Timex("TIME", f"{day.isoformat()}T{time}{zone}" if day else None, (day, day))


def day_relative(found: Found, at: Setting) -> Timex | None:
    relation = found.groups["rel"] or ""
    if relation in ("the past", "the last"):
        return Timex("DURATION", "P1D", (at.today - timedelta(days=1), at.today) if at.today else None)
    if at.focus is None or at.focus_unit != "D":
        return Timex("DATE", None)
    step = {"the following": 1, "the next": 1, "the previous": -1}.get(relation, 0)
    return Timex("DATE", (at.focus + timedelta(days=step)).isoformat())


def beside(found: Found, at: Setting) -> Timex | None:
    """ "the day after": one unit from the focus; before a clause it dates that clause instead.

    "talks were put off, the day after officials failed to agree" tells when they failed:
    one day before the day the sentence is about.
    """
    unit = {"day": "D", "week": "W", "month": "M", "year": "Y"}[found.groups["unit"] or ""]
    relation = found.groups["rel"]
    focus = at.focus or at.today
    if focus is None:
        return Timex("DATE", None)
    step = -1 if relation in ("before", "earlier") else 1
    word = re.match(r"\s+([A-Za-z]+)", at.following)
    clause = word is not None and word[1].lower() not in words()["goes_on"]["words"]
    if relation in ("before", "after") and clause:
        step = -step
    moved = shift(focus, unit, step)
    fine = at.focus_unit if unit == "Y" and at.focus_unit in ("Q", "M") else unit
    return Timex("DATE", value_at(moved, fine))


def holiday(found: Found, at: Setting) -> Timex | None:
    g = found.groups
    name = (g["holiday"] or "").replace("’", "'").replace("`", "'")
    year = int(g["year"] or 0) if g.get("year") else None
    if year is None and at.base:
        days = [_holiday_in(at.base.year + k, name) for k in (-1, 0, 1)]
        behind, ahead = max(d for d in days if d <= at.base), min(d for d in days if d > at.base)
        far = (ahead - at.base).days > 60 or at.tense == "past" or g.get("rel") == "last"
        year = (behind if far and g.get("rel") != "next" and at.tense != "future" else ahead).year
    return Timex("DATE", _holiday_in(year, name).isoformat() if year else None)


def _holiday_in(year: int, name: str) -> date:
    if name in words()["moving"]:
        month_, day, n = words()["moving"][name]
        return nth_weekday(year, month_, day, n)
    month_, day = words()["holidays"][name].split("-")
    return date(year, int(month_), int(day))
