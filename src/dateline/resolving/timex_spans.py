"""How long, how often, how far from now? Durations, sets, "ago" and vague references."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.record import TimexType
from dateline.resolving.numerals import value_of
from dateline.resolving.timex_calendar import shift, value_at
from dateline.resolving.timex_periods import running
from dateline.resolving.timex_rules import Found, words
from dateline.resolving.timex_values import Setting, Timex

_BACKWARD = frozenset({"ago", "earlier", "before"})
_LAST = frozenset({"past", "last", "previous", "preceding", "latest", "final", "recent"})
_NEXT = frozenset({"next", "coming", "following"})


def _unit(word: str | None) -> str:
    """Designator of a unit: D, W, M, Q, Y, TH, TM, TS, or a multiple such as 10Y."""
    return str(words()["units"][word or ""])


def _duration(count: float | None, unit: str, *, half: bool = False) -> str:
    """P5Y, PT16H, PXW (an unknown count), P2Y6M (halves), P20Y (decades)."""
    prefix, letter = ("PT", unit[1:]) if unit.startswith("T") else ("P", unit.lstrip("0123456789"))
    times = int(unit[: -len(letter)]) if prefix == "P" and unit[:1].isdigit() else 1
    if count is None:
        return f"{prefix}X{letter}"
    total = (count + (0.5 if half else 0)) * times
    whole = int(total)
    if total == whole:
        return f"{prefix}{whole}{letter}"
    lower = {"Y": (12, "M"), "M": (30, "D"), "W": (7, "D"), "H": (60, "M"), "M2": (60, "S")}
    if letter == "D":
        return f"P{f'{whole}D' if whole else ''}T12H" if whole else "PT12H"
    size, name = lower["M2" if unit == "TM" else letter] if letter != "S" and letter != "Q" else (1, letter)
    rest = round((total - whole) * size)
    return f"{prefix}{f'{whole}{letter}' if whole else ''}{rest}{name}"


def _count(found: Found) -> float | None:
    g = found.groups
    if g.get("vague"):
        return None
    number = g.get("number") or g.get("number2") or ""
    if number.startswith(("couple", "a couple")):
        return 2
    if number in ("a", "an", "another"):
        return 1
    if number.startswith("half a") and number in ("half a", "half an"):
        return 0.5
    return value_of(number)


def duration(found: Found, at: Setting) -> Timex | None:
    count, unit = _count(found), _unit(found.groups["unit"])
    value = _duration(count, unit, half=bool(found.groups.get("half")))
    return Timex("DURATION", value)


def half_duration(found: Found, at: Setting) -> Timex | None:
    return Timex("DURATION", _duration(0.5, _unit(found.groups["unit"])))


def long_duration(found: Found, at: Setting) -> Timex | None:
    return Timex("DURATION", _duration(1, _unit(found.groups["unit"])))


def vague_duration(found: Found, at: Setting) -> Timex | None:
    return Timex("DURATION", _duration(None, _unit(found.groups["unit"])))


def span_relative(found: Found, at: Setting) -> Timex | None:
    """ "the past two weeks": a duration with its days when today is known."""
    count, unit, relation = _count(found), _unit(found.groups["unit"]), found.groups["rel"] or ""
    value = _duration(count, unit)
    if count is None or at.today is None or relation not in _LAST | _NEXT:
        return Timex("DURATION", value)
    letter = unit[-1]
    if unit.startswith("T"):
        days = {"H": 1 / 24, "M": 1 / 1440, "S": 1 / 86400}[letter] * count
        return running(value, "D", max(1, round(days)), -1 if relation in _LAST else 1, at.today)
    times = int(unit[:-1] or 1)
    if times * count > 500:
        return Timex("DURATION", value)
    return running(value, letter, round(count * times), -1 if relation in _LAST else 1, at.today)


def vague_relative(found: Found, at: Setting) -> Timex | None:
    """ "recent days": how many is unknown, so the value is; "coming weeks" alike."""
    return Timex("DATE", None)


def unknown(found: Found, at: Setting) -> Timex | None:
    return Timex("DATE", None)


def ago(found: Found, at: Setting) -> Timex | None:
    """ "two years ago": a year; "two days later": a day, counted from the day last spoken of."""
    g = found.groups
    count, unit, relation = _count(found), _unit(g["unit"]), g["rel"] or ""
    if count is None:
        return Timex("DATE", None)
    base = at.today if relation in ("ago", "from now", "hence") else at.focus or at.today
    quarterly = at.focus_unit == "Q" and at.focus is not None
    if quarterly and relation == "ago" and unit == "Y" and at.focus:
        base = at.focus
    if base is None:
        return Timex("DATE", None)
    sign = -1 if relation in _BACKWARD else 1
    if unit.startswith("T"):
        return _hours_away(base, unit, count * sign)
    times = int(unit[:-1] or 1)
    letter, amount = unit[-1], round(count * times) * sign
    half_years = letter == "Y" and count != int(count)
    if half_years:
        letter, amount = "M", round(count * times * 12) * sign
    try:
        moved = shift(base, letter, amount)
    except (ValueError, OverflowError):
        return Timex("DATE", None)
    if times == 10:
        return Timex("DATE", f"{moved.year // 10:03}X")
    fine = at.focus_unit if letter == "Y" and base is at.focus and at.focus_unit in ("Q", "M", "D") else letter
    if fine == "D" and letter == "Y" and relation == "ago":
        fine = "Y"
    # "a week ago" is written as a week and means the day.
    return Timex("DATE", value_at(moved, fine), (moved, moved) if letter == "W" else None)


def hours_away(found: Found, at: Setting) -> Timex | None:
    """ "hours later": on the day that the text speaks of."""
    day = at.focus if at.focus_unit == "D" else None
    within = _unit(found.groups["unit"]).startswith("T")
    return Timex("DATE", day.isoformat() if day and within else None)


def _hours_away(base: date, unit: str, count: float) -> Timex:
    hours = {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600}[unit] * count
    whole_days = hours / 24
    if whole_days == int(whole_days) and abs(whole_days) >= 1:
        return Timex("DATE", (base + timedelta(days=int(whole_days))).isoformat())
    return Timex("TIME", base.isoformat() if abs(hours) < 6 else None)


def repeated(found: Found, at: Setting) -> Timex | None:
    g = found.groups
    if g.get("adverb"):
        # "the Spanish daily", "Kommersant daily", "the daily's website": a newspaper.
        before = at.preceding.split()
        if at.following[:1] in ("'", "’", "`") or (before and before[-1][:1].isupper()):
            return None
        return Timex("SET", words()["sets"][g["adverb"] or ""])
    number = g.get("number") or ""
    count = 2.0 if number == "other" else None if number == "few" else value_of(number) or 1
    return Timex("SET", _duration(count, _unit(g.get("unit") or g.get("unit2"))))


def weekday_set(found: Found, at: Setting) -> Timex | None:
    g = found.groups
    number = words()["weekdays"][g["weekday"] or g["weekdays"] or ""]
    part = f"T{words()['parts'][g['part'] or '']}" if g.get("part") else ""
    return Timex("SET", f"XXXX-WXX-{number}{part}")


def month_set(found: Found, at: Setting) -> Timex | None:
    return Timex("SET", f"XXXX-{words()['months'][found.groups['month'] or '']:02}")


def reference(found: Found, at: Setting) -> Timex | None:
    """TimeML's PRESENT_REF, PAST_REF, FUTURE_REF."""
    word = " ".join((found.groups["word"] or "").split())
    kind: TimexType = "DATE"
    return Timex(kind, words()["references"][word])
