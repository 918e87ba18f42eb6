"""Who held which place when, and by whose word?

`changes` puts together what several reports say of one change of hands; `holds` turns the
changes of each place into spans of days. Both are pure. A change that someone denies stays,
with who denies it; two sides that take a place on one day leave it contested until one of them
is said to hold it alone. What has no date of its own has none here: its place in the order is
the day on which it was reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Kind = Literal["capture", "loss", "contest"]


@dataclass(frozen=True, slots=True)
class Side:
    """Who holds: `id` is the same for an army and its state, a wing and its movement."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Where:
    """A place that can be held; `id` is its source in the gazetteer, else its name."""

    id: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one report says of one change. `sides` act, `others` are acted upon."""

    where: Where
    kind: Kind
    day: date | None
    reported: date | None
    sides: tuple[Side, ...]
    others: tuple[Side, ...]
    said_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    source: str
    report: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of hands, or fighting, as all reports of it tell it."""

    where: Where
    kind: Kind
    day: date | None
    reported: date | None
    sides: tuple[Side, ...]
    others: tuple[Side, ...]
    said_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    sources: tuple[str, ...]
    reports: tuple[str, ...]

    @property
    def at(self) -> date:
        """Its place in the order: its own day, else the day of the first report of it."""
        return self.day or self.reported or date.max


@dataclass(frozen=True, slots=True)
class Hold:
    """A place in one side's hands, from a day to a day; None where it is not known, or where it goes on.

    `how` is what it rests on: `capture`, `before` (lost later, so held until then), `contested`
    (no one is known to hold it: then `holder` is None and `claimed_by` names the sides).
    """

    where: Where
    holder: Side | None
    claimed_by: tuple[str, ...]
    how: Literal["capture", "before", "contested"]
    since: date | None
    until: date | None
    reported: date | None
    said_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    fought_on: tuple[date, ...]
    sources: int
    reports: tuple[str, ...]

    @property
    def disputed(self) -> bool:
        """Whether anyone denies the change that it rests on."""
        return bool(self.denied_by)


def changes(claims: Iterable[Claim]) -> list[Change]:
    """Claims of one place, kind, side and day as one change; by place, then in the order of days."""
    groups: dict[tuple[str, str, date | None, date | None, str], list[Claim]] = defaultdict(list)
    for c in claims:
        side = min((s.id for s in c.sides), default="")
        groups[c.where.id, c.kind, c.day, None if c.day else c.reported, side].append(c)
    out = [_together(g) for g in groups.values()]
    return sorted(out, key=lambda c: (c.where.id, c.at, c.reported or date.max, c.kind, _ids(c.sides)))


def _together(group: Sequence[Claim]) -> Change:
    first = min(group, key=lambda c: (c.reported or date.max, c.report))
    ordered = sorted(group, key=lambda c: (c.reported or date.max, c.report))
    return Change(
        first.where, first.kind, first.day, first.reported, _sides(c.sides for c in ordered), _sides(c.others for c in ordered),
        _names(c.said_by for c in ordered), _names(c.denied_by for c in ordered), tuple(sorted({c.source for c in group})),
        tuple(dict.fromkeys(c.report for c in ordered)),
    )  # fmt: skip


def _sides(found: Iterable[tuple[Side, ...]]) -> tuple[Side, ...]:
    out: dict[str, Side] = {}
    for sides in found:
        for s in sides:
            out.setdefault(s.id, s)
    return tuple(out.values())


def _names(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for names in found for n in names))


def _ids(sides: Iterable[Side]) -> list[str]:
    return sorted(s.id for s in sides)


def holds(found: Iterable[Change]) -> list[Hold]:
    """Spans in which each place was held, in the order of places and days."""
    by_place: dict[str, list[Change]] = defaultdict(list)
    for c in found:
        by_place[c.where.id].append(c)
    return [h for place in sorted(by_place) for h in _of_place(by_place[place])]


def _of_place(found: Sequence[Change]) -> list[Hold]:
    out: list[Hold] = []
    now: Hold | None = None
    days: dict[date, list[Change]] = defaultdict(list)
    for c in found:
        days[c.at].append(c)
    for day in sorted(days):
        captures = [c for c in days[day] if c.kind == "capture"]
        for c in days[day]:
            if c.kind == "contest":
                now = _fought(c, now)
        for c in days[day]:
            if c.kind == "loss":
                out, now = _lost(c, out, now)
        taken = {frozenset(s.id for s in c.sides): c for c in captures}
        if len(taken) > 1 and not frozenset.intersection(*taken):
            out, now = _end(out, now, day), _unsettled(captures)
        elif captures:
            out, now = _captured(captures[0], out, now)
    return _end(out, now, None)


def _end(out: list[Hold], now: Hold | None, day: date | None) -> list[Hold]:
    return out if now is None else [*out, replace(now, until=day)]


def _held(
    c: Change, holder: Side | None, how: Literal["capture", "before", "contested"], claimed: Iterable[Side] = ()
) -> Hold:
    return Hold(
        c.where, holder, tuple(s.name for s in claimed), how, c.day if how != "before" else None, None, c.reported, c.said_by,
        c.denied_by, (c.day,) if how == "contested" and c.day else (), len(c.sources), c.reports,
    )  # fmt: skip


def _is_held_by(now: Hold | None, sides: Iterable[Side]) -> bool:
    return now is not None and now.holder is not None and now.holder.id in {s.id for s in sides}


def _fought(c: Change, now: Hold | None) -> Hold:
    if now is None:
        return _held(c, None, "contested", (*c.sides, *c.others))
    if c.day is None or c.day in now.fought_on:
        return now
    return replace(now, fought_on=(*now.fought_on, c.day))


def _lost(c: Change, out: list[Hold], now: Hold | None) -> tuple[list[Hold], Hold | None]:
    if _is_held_by(now, c.sides):
        out = _end(out, now, c.at)
    elif now is None and c.sides:
        out = [*out, replace(_held(c, c.sides[0], "before"), until=c.at)]
    else:
        return out, now
    return out, _held(c, c.others[0], "capture") if c.others else None


def _captured(c: Change, out: list[Hold], now: Hold | None) -> tuple[list[Hold], Hold | None]:
    if _is_held_by(now, c.sides) or not c.sides:
        return out, now
    if now is None and c.others and not any(h.where.id == c.where.id for h in out):
        out = [*out, replace(_held(c, c.others[0], "before"), until=c.at)]
    return _end(out, now, c.at), _held(c, c.sides[0], "capture")


def _unsettled(captures: Sequence[Change]) -> Hold:
    merged = _together([
        Claim(c.where, c.kind, c.day, c.reported, c.sides, c.others, c.said_by, c.denied_by, s, r)
        for c in captures for s, r in zip(c.sources, c.reports, strict=False)
    ])  # fmt: skip
    return _held(merged, None, "contested", merged.sides)


def held_on(found: Iterable[Hold], day: date) -> Iterator[Hold]:
    """Holds that cover a day: begun on it or before (or not known when), not ended by it."""
    for h in found:
        if ((h.since or h.reported or date.max) <= day or h.how == "before") and (h.until is None or day < h.until):
            yield h
