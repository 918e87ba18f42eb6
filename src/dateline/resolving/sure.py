"""What is sure enough? Events, statements and terms under a confidence that the user chose are left out."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.record import Event, Figure, Statement, Term


def sure_enough(
    least: float,
    events: Sequence[Event],
    statements: Sequence[Statement],
    terms: Sequence[Term],
    figures: Sequence[Figure],
) -> tuple[tuple[Event, ...], tuple[Statement, ...], tuple[Term, ...], tuple[Figure, ...]]:
    """The parts at or above a confidence, none pointing at one that is left out; ids stay as they are."""
    kept = {e.id for e in events if e.confidence >= least} | {s.id for s in statements if s.confidence >= least}
    return (
        tuple(e.model_copy(update={"said_by": [s for s in e.said_by if s in kept]}) for e in events if e.id in kept),
        tuple(s.model_copy(update={"events": [e for e in s.events if e in kept]}) for s in statements if s.id in kept),
        tuple(
            t.model_copy(update={"statement": t.statement if t.statement in kept else None})
            for t in terms
            if t.confidence >= least
        ),
        tuple(f.model_copy(update={"event": f.event if f.event in kept else None}) for f in figures),
    )
