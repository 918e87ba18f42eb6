"""What are those called whom nobody names? Gunmen, villagers, a crowd: the names that event codebooks give them.

The words of the report stay in the mentions; the name says what class of actor they are, so that counts
over many reports add up ("Unidentified Armed Group", "Civilians", "Protesters").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dateline.knowledge.actors import Patterns, Register, load_patterns
from dateline.record import Actor, Event
from dateline.resolving.who_counted import is_number
from dateline.resolving.who_names import Reading, strip_determiners

# Whoever a word of these classes is said of is nobody else beside it: "gunmen", but not "Kurdish gunmen".
_BARE = ("unidentified-armed-group", "islamist-militants")
_AFTER = re.compile(
    r" (?:of|from|in|on|at|who|with|near|wearing|riding|aboard|for|to|by|and|including|belonging|held|taken|working"
    r"|living|close|across|suspected|accused) .*|[,(].*"
)
_AND = re.compile(r" and ")
_CROWD = {"Protests": "protesters", "Riots": "rioters"}
# "His men" are his, whoever they are.
_OWNED = ("his ", "her ", "its ", "their ", "our ", "my ")
# Whoever was hurt may be called so.
_ANYBODY = frozenset(("victim", "victims", "the victim", "dead", "body", "bodies"))
# Whoever is hurt in one of these, bears no arms and has no name, is a civilian.
_HARM = frozenset(("Violence against civilians", "Explosions/Remote violence", "Strategic developments"))
# Kinds of actor that can be a crowd in the street.
_STREET = frozenset(("civilians", "other", "person", "ngo", "party", "media", "rebel", "government", "police"))


def class_of(readings: Iterable[Reading], patterns: Patterns) -> str | None:
    """The key of `generic.csv` that every mention of a nameless actor allows, or None."""
    telling = [r for r in readings if r.core and not _says_nothing(r)]
    found = {_class(r, patterns) for r in telling}
    return f"generic:{found.pop()}" if len(found) == 1 and None not in found else None


def _says_nothing(reading: Reading) -> bool:
    """Whether a mention tells nothing of who somebody is: a number, "the victims", "their belongings"."""
    words = reading.core.lower()
    return not reading.key and (is_number(words) or words in _ANYBODY or reading.label.lower().startswith(_OWNED))


def _class(reading: Reading, patterns: Patterns) -> str | None:
    if reading.key or reading.part_of or len(reading.person) > 1 or reading.label.lower().startswith(_OWNED):
        return None
    words = _AFTER.sub("", strip_determiners(reading.core, patterns)).lower().split()
    for size in (3, 2, 1):
        name = patterns.nameless.get(" ".join(words[-size:])) if len(words) >= size else None
        if name is None:
            continue
        before = words[:-size]
        if before and before[-1].endswith(("'s", "s'")) and words[-1] in patterns.fighters:
            return None  # "Taylor's men" are his
        if name in _BARE and not all(w in patterns.unmarked or w.isdigit() for w in before):
            continue
        if name == "civilians" and (reading.kind not in ("civilians", "person", "other") or _armed(before, patterns)):
            continue
        return name
    return None


def _armed(words: Sequence[str], patterns: Patterns) -> bool:
    """Whether the words before a noun make it one of a side: "rebel leader", "police chief", "army doctor"."""
    return any(patterns.heads.get(w) not in (None, "civilians", "ngo", "media") or w in patterns.army for w in words)


def name_crowds(actors: Sequence[Actor], events: Sequence[Event], register: Register) -> tuple[Actor, ...]:
    """Actors, with those whom nobody names called by what the events make of them.

    People without a name who act in what counts as a protest are protesters, in a riot rioters; who bears no arms
    and is attacked is a civilian, "Civilians (Fulani)" where the people is named. Of several actors of one class
    the first has the class's key: a key stands in a record once.
    """
    patterns = load_patterns()
    hurt = {p.id for e in events if e.acled.event_type in _HARM for p in e.recipient}
    attacks = {p.id for e in events if e.type == "ASSAULT" for p in e.actor}
    street = _street(actors, events)
    out: list[Actor] = []
    used: set[str] = {a.key for a in actors if a.key and not a.key.startswith("generic:")}
    for actor in actors:
        key = actor.key
        if actor.id in street and _is_crowd(actor, patterns):
            key = f"generic:{max(street[actor.id])}"  # who also riots is no mere protester
        elif key is None and actor.id in hurt and (_is_victim(actor, patterns) or is_number(actor.name)):
            key = "generic:civilians"
        elif actor.id in hurt - attacks and _of_a_people(actor, register):
            actor = actor.model_copy(update={"name": f"Civilians ({actor.name.partition(' (')[0]})"})
        entry = register.get(key) if key and key.startswith("generic:") else None
        if entry is None:
            out.append(actor)
            continue
        kind = actor.kind if actor.kind == "person" else entry.kind
        out.append(
            actor.model_copy(update={"key": None if entry.key in used else entry.key, "name": entry.name, "kind": kind})
        )
        used.add(entry.key)
    return tuple(out)


def _street(actors: Sequence[Actor], events: Sequence[Event]) -> dict[str, set[str]]:
    """Ids of those who act in protests and riots, with the classes that makes them; who disperses a crowd is none of it."""
    forces = {a.id for a in actors if a.kind in ("police", "military")}
    out: dict[str, set[str]] = {}
    for event in events:
        name = _CROWD.get(event.acled.event_type or "")
        for p in event.actor if name else ():
            if event.type == "PROTEST" or p.id not in forces:
                out.setdefault(p.id, set()).add(name or "")
    return out


def _is_crowd(actor: Actor, patterns: Patterns) -> bool:
    """Whether an actor that is in the street is called by it: people without a name."""
    loose = actor.key is None or (actor.key.startswith("generic:") and actor.key != "generic:rioters")
    return loose and actor.kind in _STREET and _common(actor, patterns)


def _of_a_people(actor: Actor, register: Register) -> bool:
    """Whether an actor is called by a people that the register knows: those of it who are hurt are not the people."""
    entry = register.get(actor.key) if actor.key else None
    return entry is not None and entry.kind == "civilians" and not entry.key.startswith("generic:")


def _common(actor: Actor, patterns: Patterns) -> bool:
    """Whether an actor is called by a common noun, not by a name."""
    words = _AFTER.sub("", actor.name).split()
    ends = [words[-1], _AND.split(actor.name)[-1].split()[-1]] if words and _AND.search(actor.name) else words[-1:]
    return actor.key is not None or any(w.islower() or w.lower() in patterns.crowds for w in ends)


def _is_victim(actor: Actor, patterns: Patterns) -> bool:
    """Whether an actor is called by what unarmed people are called by, or by what is theirs: "village elder", "a school"."""
    words = _AFTER.sub("", actor.name).split()
    site = bool(words) and words[-1] in patterns.civil_sites and actor.kind in ("ngo", "media")
    if not (site or actor.kind in ("person", "other", "civilians")) or actor.name.lower().startswith(_OWNED):
        return False
    if words and patterns.heads.get(words[-1]) in ("police", "military", "rebel"):
        return False  # "a Serbian policeman"
    if not words or not words[-1].islower() or _armed([w.lower() for w in words[:-1] if w != "council"], patterns):
        return False
    return (
        actor.kind == "civilians"
        or words[-1] in patterns.victims | patterns.civil_sites
        or words[-1].endswith(tuple(patterns.victim_ends))
    )
