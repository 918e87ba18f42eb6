"""Who is "the enemy"? Whoever speaks of it fights it: the one other side of the report.

An army's "enemy" is the state or group that the report sets against its state; where two may be meant, or
nobody who speaks is known, it stays nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dateline.reading.graph import Graph
from dateline.resolving.who_names import Reading

_ENEMY = frozenset(("enemy", "enemies", "enemy forces", "enemy troops", "enemy army", "enemy fighters"))
_ARMED = frozenset(("rebel", "terrorist"))
_SIDES = frozenset(("state", "government", "military", "militia")) | _ARMED
# So many times as often as any other side one must be named to be the one that is meant.
_AS_OFTEN = 2


def enemies(graph: Graph, readings: Mapping[int, Reading]) -> dict[int, int]:
    """A mark that calls somebody the enemy and a mark of the side that is meant: the later -> the earlier."""
    out: dict[int, int] = {}
    for i, reading in readings.items():
        if reading.core.lower() not in _ENEMY:
            continue
        speaker = _speaker(graph, i, readings)
        if speaker is not None and (foe := _foe(graph, speaker, readings)) is not None:
            out |= {i: foe} if foe < i else {foe: i}
    return out


def _speaker(graph: Graph, i: int, readings: Mapping[int, Reading]) -> Reading | None:
    """The side nearest before a mark in its sentence."""
    start = graph.marks[i].start
    begins = max((a for a, b in graph.sentences if a <= start), default=0)
    before = [j for j, r in readings.items() if begins <= graph.marks[j].start < start and r.key and r.country]
    return readings[max(before, key=lambda j: graph.marks[j].start)] if before else None


def _foe(graph: Graph, speaker: Reading, readings: Mapping[int, Reading]) -> int | None:
    """The first mention of the one side that is not the speaker's, named first or before every other by far."""
    armed = speaker.kind in _ARMED
    named: Counter[str] = Counter()
    first: dict[str, int] = {}
    for j in sorted(readings, key=lambda j: graph.marks[j].start):
        r = readings[j]
        side = (r.key or "").partition("/")[0]
        own = side == (speaker.key or "").partition("/")[0] or (
            r.country == speaker.country and (r.kind in _ARMED) == armed
        )
        if side and not own and r.kind in _SIDES:
            named[side] += 1
            first.setdefault(side, j)
    ranked = named.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _AS_OFTEN * ranked[1][1]):
        return None
    return first[ranked[0][0]]
