"""When? The dates, times, durations and sets of a report, as TIMEX3.

Rules only: `timex_rules` finds; `timex_values`, `timex_periods`, `timex_spans`, `timex_parts` and `timex_moon` value,
`timex_tense` says whether a clause looks back or ahead. What nothing settles stays None;
the publication day never stands in for an unknown one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from dateline.reading.graph import Span
from dateline.record import Time
from dateline.resolving import timex_moon, timex_parts, timex_periods, timex_spans, timex_values
from dateline.resolving.timex_calendar import Bounds, bounds, shift, value_at
from dateline.resolving.timex_rules import Found, find
from dateline.resolving.timex_tense import tense_at
from dateline.resolving.timex_values import Setting, Timex

Reading = Callable[[Found, Setting], Timex | None]

# A dateline's date stands within this many characters of the beginning.
_DATELINE_REACH = 120
_DATELINE_TAIL = re.compile(r"\s*(?:\([^)]*\)\s*)?[-–—_:]|\s*\([A-Z]|\)\s*[-–—]|, [A-Z][\w.]*(?: [A-Z]\w*){0,2}\s*\n")
# A dateline this many days before publication at most says from which day the report counts.
_FILED_DAYS = 31
# Years this far from publication, and this many of them, make a text narrated history.
_FAR_YEARS, _MANY = 2, 3
_SINCE = re.compile(r"\bsince\s+(?:at least\s+|the\s+|about\s+|early\s+|late\s+)*$", re.IGNORECASE)
_COUNTED = re.compile(r"P(\d\d?)([DW])")
_RUN = re.compile(r"P(\d\d?)([DWMY])")
_LASTED = re.compile(
    r"\b(?:has|have)\b[^;:]*\bfor (?:(?:the|nearly|almost|about|some|more than|over) )*$", re.IGNORECASE
)
_ENDED = re.compile(r"\b(?:ended|ending|ends|after|following|capped) (?:(?:nearly|almost|about|some|more than|over) )*$", re.IGNORECASE)  # fmt: skip
_OPENS = re.compile(r"(?:[A-Z][A-Z ,]+ (?:\([^)]*\) )?[-–—] )?")
_BEFORE = 200
_BESIDE = re.compile(r"(?:\s+to the day)?\s+(after|before)\s+(?!(?:that|this|which|then)\b)\w", re.IGNORECASE)
_LOOSE = re.compile(r"(?:more|less|fewer|at|nearly|almost|about|around|over|some|up|within|under)\b", re.IGNORECASE)
_UNEVEN = re.compile(r"(?:more|less|fewer|at|over|up|within|under)\b", re.IGNORECASE)
_GRAIN = re.compile(r"\d{4}(?:-(?:(?P<W>W\d\d)|(?P<Q>Q\d)|(?P<D>\d\d-\d\d)|(?P<M>\d\d)))?")


def resolve_times(text: str, sentences: Sequence[Span], published: date | None) -> tuple[Time, ...]:
    """Every time expression of `text`, in text order, ids "t1", "t2" …

    `start` and `end` are the first and last day meant: those of the value, cut at
    `published` for periods that still run ("earlier this month", "since 2011"), and counted
    from it for "the past week". A date in the dateline, a full one where `published` is
    unknown, serves in its place; partial dates take their year from the last full date before them.
    """
    found = find(text)
    today = _dateline_day(text, found, published) or published
    history = _is_history(found, today)
    narrated = today is None or history
    focus, unit = (None, "D") if narrated else (today, "D")
    out: list[Time] = []
    for one in found:
        sentence = _sentence_of(sentences, one.start, len(text))
        tense = tense_at(text, sentence, (one.start, one.end))
        around = (text[max(0, one.start - 30) : one.start], text[one.end : one.end + 45])
        known = focus if unit != "Y" or history or today else None
        timex = _reading(one)(one, Setting(today, known, unit, tense, narrated, *around))
        if timex is None:
            continue
        days = _since(text, one, timex.bounds(), today)
        if days == (None, None) and timex.type == "DURATION":
            days = _anchored(text, one, timex, focus if unit == "D" and focus else today, sentence[0])
        out.append(
            Time(id=f"t{len(out) + 1}", span=(one.start, one.end), type=timex.type, value=timex.value,
                 start=days[0], end=days[1])
        )  # fmt: skip
        if not _compares(one):
            focus, unit = _refocus(timex, focus, unit)
    return tuple(out)


def _reading(found: Found) -> Reading:
    for room in (timex_values, timex_periods, timex_spans, timex_parts, timex_moon):
        reading: Reading | None = getattr(room, found.rule.reading, None)
        if reading is not None:
            return reading
    raise LookupError(found.rule.reading)


def _sentence_of(sentences: Sequence[Span], position: int, length: int) -> Span:
    return next((s for s in sentences if s[0] <= position < s[1]), (0, length))


def _dateline_day(text: str, found: Sequence[Found], published: date | None) -> date | None:
    """The date of a dateline such as "BEIRUT, 20 February 2016 (Agency) -", shortly before publication; or None."""
    for one in found:
        if one.start > _DATELINE_REACH:
            return None
        dated = one.rule.reading in ("iso", "numeric") or (
            one.rule.reading == "calendar_day" and (one.groups["year"] or published)
        )
        if dated and _DATELINE_TAIL.match(text, one.end):
            timex = _reading(one)(one, Setting(published, None, "D", "unknown", published is None))
            day = timex.bounds()[0] if timex else None
            known = published is None or (day is not None and 0 <= (published - day).days <= _FILED_DAYS)
            return day if known else None
    return None


def _is_history(found: Sequence[Found], today: date | None) -> bool:
    """Whether the text tells of years far from its publication, and names enough of them."""
    years = [int(y) for f in found if (y := f.groups.get("year")) and y.isdigit() and len(y) == 4]
    near = today is not None and any(abs(y - today.year) < _FAR_YEARS for y in years)
    spoken = any(f.rule.reading in ("deictic", "weekday", "unit_relative") for f in found)
    return len(years) >= _MANY and not near and not spoken


def _since(text: str, found: Found, days: Bounds, today: date | None) -> Bounds:
    """ "since 2011" runs on to today."""
    if today and days[0] and days[0] < today and _SINCE.search(text, max(0, found.start - 30), found.start):
        return (days[0], today)
    return days


def _anchored(text: str, found: Found, timex: Timex, anchor: date | None, opening: int) -> Bounds:
    """The days that a duration covers, where the text ties it to a day; else none.

    "on Tuesday, two days after rebels took the town": the day that they took it; "they have
    held it for two years", "ended a week of fighting", "Three days of talks have": the run up to the day spoken of.
    """
    run, before = _RUN.fullmatch(timex.value or ""), text[max(opening, found.start - _BEFORE) : found.start]
    lasted = _LASTED.search(before)
    of = (_ENDED.search(before) or _OPENS.fullmatch(before)) if text.startswith(" of ", found.end) else None
    if anchor and run and (lasted or of):
        # "three days of talks": the day spoken of is the last of them.
        return (shift(anchor, run[2], (of is not None and run[2] == "D") - int(run[1])), anchor)
    if anchor and (spread := _so_long_after(text, found, run, anchor)):
        return spread
    count, which = _COUNTED.fullmatch(timex.value or ""), _BESIDE.match(text, found.end)
    if anchor is None or count is None or which is None or _LOOSE.match(text, found.start):
        return (None, None)
    step = timedelta(days=int(count[1]) * (7 if count[2] == "W" else 1))
    try:
        day = anchor - step if which[1] == "after" else anchor + step
    except OverflowError:
        return (None, None)
    return (day, day)


def _so_long_after(text: str, found: Found, run: re.Match[str] | None, anchor: date) -> Bounds | None:
    """ "three months after the raid", "nearly five years after rebels rose": the month or year that lies so far off."""
    which = _BESIDE.match(text, found.end)
    if run is None or which is None or run[2] in "DW" or _UNEVEN.match(text, found.start):
        return None
    moved = shift(anchor, run[2], -int(run[1]) if which[1] == "after" else int(run[1]))
    if "day" in which[0]:
        return (moved, moved)
    return bounds(value_at(moved, run[2]))


def _compares(found: Found) -> bool:
    """ "a year earlier", "the year-ago quarter": held against what the text goes on to speak of."""
    unit, when = found.groups.get("unit"), found.groups.get("when") or ""
    ago = found.rule.reading == "ago" and unit == "year"
    return ago or "year-" in when or found.rule.reading == "year_earlier"


def _refocus(timex: Timex, focus: date | None, unit: str) -> tuple[date | None, str]:
    """The day that the text now speaks of, and how finely."""
    grain = _GRAIN.match(timex.value or "") if timex.type in ("DATE", "TIME") else None
    first = bounds(timex.value)[0]
    if grain is None or first is None:
        return (focus, unit)
    return (first, next((k for k in "DWMQ" if grain[k]), "Y"))
