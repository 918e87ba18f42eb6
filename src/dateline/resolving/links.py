"""Which event does a figure count, and where? The nearest event of its sentence whose kind fits the measure.

Each comma and conjunction between the two counts as more way: what a clause of its own counts is seldom the other
clause's. Nothing is counted beyond a semicolon, and no length or share beyond a conjunction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.record import Event, Figure, Place, Span
from dateline.resolving.what import overlap

# Event types that a measure can count the outcome of; a measure not named here fits any.
FITS: dict[str, frozenset[str]] = {
    "killed": frozenset(("ASSAULT",)),
    "injured": frozenset(("ASSAULT",)),
    "abducted": frozenset(("ASSAULT",)),
    "detained": frozenset(("COERCE", "SANCTION")),
    "besieged": frozenset(("COERCE", "ASSAULT")),
    "settlements": frozenset(("ASSAULT", "RETREAT", "COERCE")),
    "released": frozenset(("RETREAT", "CONCEDE")),
    "troops": frozenset(("MOBILIZE", "RETREAT", "ASSAULT")),
}


# How much farther, in code points, an event lies beyond a comma or conjunction.
_CLAUSE = 40
_APART = re.compile(r", | and | but | or ")
_BEYOND = re.compile(r"; ")
_OTHER_CLAUSE = re.compile(r"; | (?:while|when|after|before|as|although|but|where) ")
_NO_VICTIMS: frozenset[str] = frozenset(("distance", "area", "share", "money", "other"))


def link_figures(
    text: str, sentences: Sequence[Span], events: Sequence[Event], figures: Sequence[Figure], places: Sequence[Place]
) -> tuple[tuple[Event, ...], tuple[Figure, ...]]:
    """Events with the ids of their figures; figures with their event and place. A running toll is no event's."""
    of_event: dict[str, list[str]] = {}
    out: list[Figure] = []
    for f in figures:
        sentence = next((s for s in sentences if s[0] <= f.span[0] < s[1]), (0, len(text)))
        event = None if f.cumulative else _nearest(text, f, sentence, events)
        place = event.places[0] if event and event.places else _only_place(sentence, places)
        if event:
            of_event.setdefault(event.id, []).append(f.id)
        out.append(f.model_copy(update={"event": event.id if event else None, "place": place}))
    return tuple(e.model_copy(update={"figures": of_event.get(e.id, [])}) for e in events), tuple(out)


def _nearest(text: str, figure: Figure, sentence: Span, events: Sequence[Event]) -> Event | None:
    fits = FITS.get(figure.measure)
    near = [e for e in events if overlap(e.trigger, sentence) and (fits is None or e.type in fits)]
    parting = _OTHER_CLAUSE if figure.measure in _NO_VICTIMS else _BEYOND
    near = [e for e in near if not parting.search(text, *_between(figure.span, e.trigger))]
    return min(near, key=lambda e: _way(text, figure.span, e.trigger), default=None)


def _between(a: Span, b: Span) -> Span:
    """What stands between two spans; empty where they overlap."""
    return (a[1], b[0]) if a[1] <= b[0] else (b[1], max(b[1], a[0]))


def _way(text: str, figure: Span, trigger: Span) -> int:
    return abs(trigger[0] - figure[0]) + _CLAUSE * len(_APART.findall(text, *_between(figure, trigger)))


def _only_place(sentence: Span, places: Sequence[Place]) -> str | None:
    inside = [p.id for p in places if any(overlap(m, sentence) for m in p.mentions)]
    return inside[0] if len(inside) == 1 else None
