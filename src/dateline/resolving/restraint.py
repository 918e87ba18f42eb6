"""Is this report about force at all? Sport, markets, accidents and pests speak the language of war.

A report that names no force, party, office or victim and counts no dead or wounded tells of no attack: "Olimpija resumed
the bombardment", "an offensive against the bollworm". Where no armed actor is named, a report of a mishap must say
somewhere that force was used ("a bus plunged into a ravine, killing 23" does not), and one of a match that counts no
dead tells of none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
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


@cache
def _exactly(name: str) -> re.Pattern[str]:
    return re.compile(load_table(TABLE)[name].replace("\n", ""))


def of_force(text: str, actors: Sequence[Actor], figures: Sequence[Figure]) -> bool:
    """Whether a report may tell of an attack: by who is in it, by whom it counts, by its words."""
    if _of_beasts(text):
        return False
    if any(a.kind in ARMED for a in actors):
        return True
    told = bool(_pattern("force").search(text))
    if any(f.measure in HARM for f in figures):
        return not _pattern("mishap").search(text) or (told and not _pattern("accident").search(text))
    if _sport(text) >= load_table(TABLE)["sport_words" if told else "sport_words_alone"]:
        return False
    if _pattern("weapons").search(text) and not _pattern("mishap").search(text):
        return True
    return any(a.kind in CONCERNED or (a.kind == "person" and a.key) for a in actors)


def _of_beasts(text: str) -> bool:
    """Whether animals do what force words tell of: none of a report's words names people who bear arms."""
    return bool(_exactly("beasts").search(text)) and not _pattern("arms").search(text)


def _takes_part(event: Event, actors: AbstractSet[str]) -> bool:
    """Whether one of these actors does the act or suffers it."""
    return any(p.id in actors for p in (*event.actor, *event.recipient))


def _sport(text: str) -> int:
    """How many different words of sport a report has."""
    return len({m[0].lower() for m in _pattern("sport").finditer(text)})


def restrained(
    text: str, events: Sequence[Event], actors: Sequence[Actor], figures: Sequence[Figure]
) -> tuple[Event, ...]:
    """The events, without the attacks where the report is not about force; ids are counted through.

    Where no word tells of force and nobody armed and no dead are there, only what a state does or suffers, or
    what has not come to pass, is left.
    """
    if not any(e.type == "ASSAULT" for e in events):
        return tuple(events)
    if not of_force(text, actors, figures):
        kept = [e for e in events if e.type != "ASSAULT"]
    elif (
        _pattern("force").search(text)
        or any(a.kind in ARMED for a in actors)
        or any(f.measure in HARM for f in figures)
    ):
        return tuple(events)
    else:
        states = {a.id for a in actors if a.kind == "state"}
        kept = [
            e
            for e in events
            if e.type != "ASSAULT"
            or e.status != "happened"
            or _takes_part(e, states)
            or _pattern("besets").match(text[slice(*e.trigger)])
        ]
    return tuple(e.model_copy(update={"id": f"e{n}"}) for n, e in enumerate(kept, 1))
