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
    sides, bound = signatories(s.events), doers(s)
    if not bound or not set(bound) <= set(sides):
        return ()
    return tuple(x for x in sides if x not in bound) or sides
