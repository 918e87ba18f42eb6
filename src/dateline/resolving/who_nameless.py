"""What are those called whom nobody names? Gunmen, villagers, a crowd: the names that event codebooks give them.

The words of the report stay in the mentions; the name says what class of actor they are, so that counts
over many reports add up ("Unidentified Armed Group", "Civilians", "Protesters").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from dateline.knowledge.actors import Patterns, Register, load_patterns
from dateline.record import Actor, Event
from dateline.resolving.who_names import Reading, strip_determiners

# Whoever a word of these classes is said of is nobody else beside it: "gunmen", but not "Kurdish gunmen".
_BARE = ("unidentified-armed-group", "islamist-militants")
_AFTER = re.compile(
    r" (?:of|from|in|on|at|who|with|near|wearing|riding|aboard|for|to|by|and|including|belonging) .*|[,(].*"
)
_CROWD = {"Protests": "protesters", "Riots": "rioters"}
# "His men" are his, whoever they are.
_OWNED = ("his ", "her ", "its ", "their ", "our ", "my ")
# Whoever is hurt in one of these, bears no arms and has no name, is a civilian.
_HARM = frozenset(("Violence against civilians", "Explosions/Remote violence", "Strategic developments"))
# Kinds of actor that can be a crowd in the street.
_STREET = frozenset(("civilians", "other", "person", "ngo", "party", "media", "rebel", "government", "police"))


def class_of(readings: Iterable[Reading], patterns: Patterns) -> str | None:
    """The key of `generic.csv` that every mention of a nameless actor allows, or None."""
    found = {_class(r, patterns) for r in readings if r.core}
    return f"generic:{found.pop()}" if len(found) == 1 and None not in found else None


def _class(reading: Reading, patterns: Patterns) -> str | None:
    if reading.key or reading.part_of or len(reading.person) > 1 or reading.label.lower().startswith(_OWNED):
        return None
    words = _AFTER.sub("", strip_determiners(reading.core, patterns)).lower().split()
    for size in (3, 2, 1):
        name = patterns.nameless.get(" ".join(words[-size:])) if len(words) >= size else None
        if name is None:
            continue
        before = words[:-size]
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
    and is attacked is a civilian. Of several actors of one class the first has the class's key: a key stands in a
    record once.
    """
    patterns = load_patterns()
    hurt = {p.id for e in events if e.acled.event_type in _HARM for p in e.recipient}
    street: dict[str, Counter[str]] = {}
    for event in events:
        name = _CROWD.get(event.acled.event_type or "")
        for p in event.actor if name else ():
            street.setdefault(p.id, Counter())[name or ""] += 1
    out: list[Actor] = []
    used: set[str] = {a.key for a in actors if a.key and not a.key.startswith("generic:")}
    for actor in actors:
        key = actor.key
        loose = key is None or key.startswith("generic:")
        if loose and key != "generic:rioters" and actor.id in street and actor.kind in _STREET and _common(actor, key):
            seen = street[actor.id]
            key = f"generic:{max(seen)}"  # who also riots is no mere protester
        elif key is None and actor.id in hurt and _is_victim(actor, patterns):
            key = "generic:civilians"
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


def _common(actor: Actor, key: str | None) -> bool:
    """Whether an actor is called by a common noun, not by a name."""
    words = _AFTER.sub("", actor.name).split()
    return key is not None or (bool(words) and words[-1].islower())


def _is_victim(actor: Actor, patterns: Patterns) -> bool:
    """Whether an actor is called by what unarmed people are called by: "village councilman", "his brother"."""
    if actor.kind not in ("person", "other", "civilians") or actor.name.lower().startswith(_OWNED):
        return False
    words = _AFTER.sub("", actor.name).split()
    if not words or not words[-1].islower() or _armed([w.lower() for w in words[:-1]], patterns):
        return False
    return words[-1] in patterns.victims or words[-1].endswith(tuple(patterns.victim_ends))
