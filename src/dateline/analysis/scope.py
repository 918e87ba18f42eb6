"""Where and when does a promise, a demand or a refusal hold? Areas and days that its own words name.

What names no area holds everywhere, what names no day at any time; only scopes that both name one
and cannot overlap are apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from dateline.record import Place, Record, Span, Time

Apart = Literal["area", "period"]
_PERIOD = re.compile(r"^P(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?$")
# Characters before a day in which a word may say that it is the first or the last one.
BEFORE = 14
_FROM = re.compile(r"\b(?:from|since|after|starting|beginning)\b[^,.;]*$", re.I)
_UNTIL = re.compile(r"\b(?:until|till|through|before|by)\b[^,.;]*$", re.I)
# What follows tells of something else: "to keep up its campaign as the army advances around Aleppo".
_ASIDE = re.compile(r"\b(?:as|while|whilst|when|whereas|which|who|whose|where)\b", re.I)
_EARTH_KM = 12742.0


@dataclass(frozen=True, slots=True)
class Area:
    """A place that may be meant: within `radius_km` of its point, or a whole country."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float
    whole_country: bool

    def overlaps(self, other: Area) -> bool:
        """Whether the two may share ground; places without a point may."""
        if self.whole_country or other.whole_country:
            return not self.country or not other.country or self.country == other.country
        if self.lat is None or self.lon is None or other.lat is None or other.lon is None:
            return True
        return _km(self.lat, self.lon, other.lat, other.lon) <= self.radius_km + other.radius_km


@dataclass(frozen=True, slots=True)
class Scope:
    """Areas (none: everywhere) and first and last day (None: open)."""

    areas: tuple[Area, ...] = ()
    start: date | None = None
    end: date | None = None


EVERYWHERE = Scope()


def scope(record: Record, span: Span) -> Scope:
    """What the words of a span say of where and when, up to where they turn to something else."""
    aside = _ASIDE.search(record.report.text, span[0] + 1, span[1])
    if aside:
        span = (span[0], aside.start())
    areas = tuple(_area(p) for p in record.places if any(span[0] <= a < span[1] for a, _ in p.mentions))
    times = [t for t in record.times if span[0] <= t.span[0] < span[1]]
    if not areas and not times:
        return EVERYWHERE
    return Scope(areas, *_days(record, times))


def apart(a: Scope, b: Scope) -> Apart | None:
    """Why two scopes cannot overlap; None when they may."""
    if a.areas and b.areas and not any(x.overlaps(y) for x in a.areas for y in b.areas):
        return "area"
    if (a.end and b.start and a.end < b.start) or (b.end and a.start and b.end < a.start):
        return "period"
    return None


def scope_words(s: Scope) -> str:
    """ "in Idlib, from 2020-03-06 until 2020-03-12"; empty when it is open."""
    names = " and ".join(a.name for a in s.areas)
    parts = [names if names[:1].islower() else f"in {names}"] if names else []  # "around Aleppo", "in Idlib"
    if s.start and s.start == s.end:
        parts.append(f"on {s.start}")
    else:
        parts += [f"from {s.start}"] if s.start else []
        parts += [f"until {s.end}"] if s.end else []
    return ", ".join(parts)


def _area(p: Place) -> Area:
    return Area(p.name, p.country, p.lat, p.lon, p.radius_km or 0.0, p.precision in ("country", "region"))


def _days(record: Record, times: Sequence[Time]) -> tuple[date | None, date | None]:
    start: date | None = None
    end: date | None = None
    for t in times:
        if t.type not in ("DATE", "TIME") or t.start is None:
            continue
        before = record.report.text[max(0, t.span[0] - BEFORE) : t.span[0]]
        if _UNTIL.search(before):
            end = t.end or t.start
        elif _FROM.search(before):
            start = t.start
        else:
            start, end = t.start, t.end or t.start
    lasts = next((d for t in times if t.type == "DURATION" and (d := days_of(t.value))), None)
    if lasts and end in (None, start):
        first = start or record.report.published
        return start, first + timedelta(days=lasts - 1) if first else None
    return start, end


def days_of(value: str | None) -> int | None:
    """Days, begun ones counted whole, of a TIMEX3 period such as P3D or PT48H; None for months and what is no period."""
    found = _PERIOD.match(value or "")
    if found is None or not any(found.groups()):
        return None
    weeks, days, hours = (int(x or 0) for x in found.groups())
    return 7 * weeks + days + -(-hours // 24)


def _km(a: float, b: float, c: float, d: float) -> float:
    a, b, c, d = map(radians, (a, b, c, d))
    h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return _EARTH_KM * asin(sqrt(h))
