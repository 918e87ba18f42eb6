"""Whose term is a duty under an accord? The other signatory's: "The rebels are to leave the city" is what the army gets."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.record import Event
from dateline.resolving.term_features import Seen
from dateline.resolving.what import overlap

# Acts by which two sides bind themselves, before the codes of a CONSULT that came to something.
_BINDS = frozenset(("AGREE", "SUPPORT", "RETREAT"))
_PAIR = 2


def signatories(events: Sequence[Event]) -> tuple[str, ...]:
    """Who bound themselves together in what happened: of the first such act that names two; none where no act does."""
    for e in events:
        sides = tuple(dict.fromkeys(p.id for p in (*e.actor, *(e.recipient if e.type == "AGREE" else ()))))
        if e.type in _BINDS and e.status == "happened" and len(sides) >= _PAIR:
            return sides
    return ()


def doers(s: Seen) -> tuple[str, ...]:
    """Who must do what the words ask for, as far as the acts in them say."""
    return tuple(dict.fromkeys(p.id for e in s.events if overlap(e.trigger, s.condition.span) for p in e.actor))


def creditors(s: Seen) -> tuple[str, ...]:
    """The parties that a duty is owed to: the signatories that do not bear it, all where all do; none where it binds none."""
    sides = signatories(s.events)
    bound = {side for d in doers(s) if (side := _side_of(s, d, sides))}
    if not bound:
        return ()
    return tuple(x for x in sides if x not in bound) or sides


def _side_of(s: Seen, actor: str, sides: Sequence[str]) -> str | None:
    """The signatory that an actor is, is part of, or shares the whole with: UNITA's soldiers and its envoy are of one side."""
    mine = _wholes(s, actor)
    return next((x for x in sides if x == actor), None) or next((x for x in sides if mine & _wholes(s, x)), None)


def _wholes(s: Seen, actor: str) -> set[str]:
    whole = s.actors[actor].part_of if actor in s.actors else None
    return {actor} | ({whole} if whole else set())
