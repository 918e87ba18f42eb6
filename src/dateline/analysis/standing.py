"""Which positions hold on a day, which did before, and how did each party move?

The latest word of a party on a topic replaces its earlier ones; what it said on one day stands
together. A position without a date is older than any with one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.analysis.needs import Step
from dateline.analysis.positions import Position

Move = Literal["new", "hardened", "softened", "changed", "repeated"]
# How far a kind of position is from peace.
_RANK = {"gift": 0, "term": 1, "threat": 1, "pledge": 2}


@dataclass(frozen=True, slots=True)
class Change:
    """How one party moved on one topic against the day before."""

    party: str
    topic: str
    move: Move
    now: tuple[Position, ...]
    before: tuple[Position, ...]
    added: tuple[Step, ...]
    dropped: tuple[Step, ...]


@dataclass(frozen=True)
class Standing:
    """Positions in force on a day, and those that later ones replaced, oldest first."""

    on: date | None
    in_force: tuple[Position, ...]
    history: tuple[Position, ...]


def _day(p: Position) -> date:
    return p.day or date.min


def standing(positions: Iterable[Position], on: date | None) -> Standing:
    """What holds at the end of the day `on`; None is the last day of all."""
    known = [p for p in positions if on is None or _day(p) <= on]
    in_force = _latest(known)
    kept = {id(p) for p in in_force}
    history = [p for p in known if id(p) not in kept]
    return Standing(on or max((_day(p) for p in known), default=None), _sorted(_distinct(in_force)), _sorted(history))


def _latest(known: Iterable[Position]) -> list[Position]:
    """What each party said on each topic on the last day on which it spoke of it."""
    last: dict[tuple[str, str], tuple[date, list[Position]]] = {}
    for p in known:
        key, day = (p.party, p.topic), _day(p)
        found = last.get(key)
        if found is None or found[0] < day:
            last[key] = (day, [p])
        elif found[0] == day:
            found[1].append(p)
    return [p for _, found in last.values() for p in found]


def _sorted(positions: Sequence[Position]) -> tuple[Position, ...]:
    return tuple(sorted(positions, key=lambda p: (_day(p), p.evidence.report, p.evidence.span, p.kind, p.party)))


def _distinct(positions: Sequence[Position]) -> list[Position]:
    """Each content once: of equal tellings the first."""
    out: dict[tuple[object, ...], Position] = {}
    for p in _sorted(positions):
        out.setdefault((p.party, p.kind, p.gives, frozenset(p.asked())), p)
    return list(out.values())


def changes(positions: Sequence[Position], on: date) -> tuple[Change, ...]:
    """How those who spoke on the day moved against what held the day before."""
    now: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for p in _sorted(_distinct([p for p in positions if p.day == on])):
        now[p.party, p.topic].append(p)
    before: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for p in _sorted(_distinct(_latest(p for p in positions if _day(p) < on and (p.party, p.topic) in now))):
        before[p.party, p.topic].append(p)
    return tuple(_change(key, now[key], before.get(key, [])) for key in sorted(now))


def _change(key: tuple[str, str], now: Sequence[Position], before: Sequence[Position]) -> Change:
    asks, asked = _asks(now), _asks(before)
    added = tuple(sorted(asks[k] for k in asks.keys() - asked.keys()))
    dropped = tuple(sorted(asked[k] for k in asked.keys() - asks.keys()))
    return Change(*key, _move(now, before, added, dropped), tuple(now), tuple(before), added, dropped)


def _asks(positions: Sequence[Position]) -> dict[tuple[str, str], Step]:
    return {(s.doer, s.act if s.act != "other" else s.object): s for p in positions for s in p.asked()}


def _move(now: Sequence[Position], before: Sequence[Position], added: Sequence[Step], dropped: Sequence[Step]) -> Move:
    if not before:
        return "new"
    rank, was = max(_RANK[p.kind] for p in now), max(_RANK[p.kind] for p in before)
    if rank != was:
        return "hardened" if rank > was else "softened"
    if added and dropped:
        return "changed"
    if added or dropped:
        return "hardened" if added else "softened"
    return "repeated"
