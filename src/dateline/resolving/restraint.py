"""Is this report about force at all? Sport, markets, accidents and pests speak the language of war.

A report that names no force, party, office or victim and counts no dead or wounded tells of no attack: "Olimpija resumed
the bombardment", "an offensive against the bollworm". Where no armed actor is named, a report of a mishap must say
somewhere that force was used ("a bus plunged into a ravine, killing 23" does not), and one of a match that counts no
dead tells of none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dateline.knowledge.table import load_table
from dateline.record import Actor, Event, Figure

TABLE = "ontology/restraint.toml"
ARMED = frozenset(("military", "police", "rebel", "militia", "terrorist"))
# Kinds of actor that may use force, or have it used on them.
CONCERNED = frozenset(("state", "government", "party", "igo", "civilians"))
HARM = frozenset(("killed", "injured"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_table(TABLE)[name].replace("\n", ""), re.IGNORECASE)


def of_force(text: str, actors: Sequence[Actor], figures: Sequence[Figure]) -> bool:
    """Whether a report may tell of an attack: by who is in it, by whom it counts, by its words."""
    if any(a.kind in ARMED for a in actors):
        return True
    if any(f.measure in HARM for f in figures):
        return not _pattern("mishap").search(text) or bool(_pattern("force").search(text))
    if len({m[0].lower() for m in _pattern("sport").finditer(text)}) >= load_table(TABLE)["sport_words"]:
        return False
    return any(a.kind in CONCERNED or (a.kind == "person" and a.key) for a in actors)


def restrained(
    text: str, events: Sequence[Event], actors: Sequence[Actor], figures: Sequence[Figure]
) -> tuple[Event, ...]:
    """The events, without the attacks where the report is not about force; ids are counted through."""
    if not any(e.type == "ASSAULT" for e in events) or of_force(text, actors, figures):
        return tuple(events)
    kept = [e for e in events if e.type != "ASSAULT"]
    return tuple(e.model_copy(update={"id": f"e{n}"}) for n, e in enumerate(kept, 1))
