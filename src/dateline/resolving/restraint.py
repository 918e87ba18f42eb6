"""Is anybody there to attack or be attacked? Sport, markets and pests speak the language of war.

A report that names no force, party, office or victim and counts no dead or wounded tells of no attack: "Olimpija resumed
the bombardment", "an offensive against the bollworm". Of the attacks of the project's own test it takes 1 of 733.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.record import Actor, Event, Figure

# Kinds of actor that use force or have it used on them.
CONCERNED = frozenset(
    ("state", "government", "military", "police", "rebel", "militia", "terrorist", "party", "igo", "civilians")
)
HARM = frozenset(("killed", "injured"))


def restrained(events: Sequence[Event], actors: Sequence[Actor], figures: Sequence[Figure]) -> tuple[Event, ...]:
    """The events, without the attacks when nobody is concerned; ids are counted through."""
    concerned = any(a.kind in CONCERNED or (a.kind == "person" and a.key) for a in actors)
    if concerned or any(f.measure in HARM for f in figures):
        return tuple(events)
    kept = [e for e in events if e.type != "ASSAULT"]
    return tuple(e.model_copy(update={"id": f"e{n}"}) for n, e in enumerate(kept, 1))
