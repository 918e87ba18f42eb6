"""Can a tie of a person be so, by the register's homes and terms of office?

Barack Obama leads no Russia, Angela Merkel leads Germany no more in 2022, a president does not lead the rebels.
"""

from __future__ import annotations

import re
from datetime import date

from dateline.knowledge.actors import Entry, Register
from dateline.knowledge.actors.schema import Role
from dateline.record import Actor, RelationKind
from dateline.resolving.who_inside import HEADS

# A person whose state is only read from the report's words belongs to another where the model is this sure.
SURE = 0.95
_FIGHTERS = ("rebel", "militia", "terrorist")
# Offices of state that are no part of its government.
_APART = frozenset(("speaker of parliament",))
_GONE = re.compile(
    r"\b(?:former|ex|onetime|one-time|ousted|deposed|toppled|overthrown|exiled)\b|\bopposition\b", re.IGNORECASE
)
_OFFICE = re.compile(
    r"\b(?:minister|president|premier|chief|commander|governor|ambassador|envoy|spokes\w+|general|secretary|advis[eo]r|official|leader|mayor|colonel)\b",
    re.IGNORECASE,
)


def stands(kind: RelationKind, a: Actor, b: Actor, score: float, register: Register, day: date | None) -> bool:
    """Whether nothing that is known speaks against a tie from `a` to `b` that was read with this score."""
    if kind == "backs":
        return not _is_people(b)
    if (kind == "leads" and _is_people(b)) or (kind == "part-of" and _is_abroad(a, b, score)):
        return False
    if kind == "leads" and a.kind in ("state", "government") and _state_of(b):
        return False  # no state leads another
    if a.kind != "person" or kind not in ("leads", "part-of"):
        return True
    entry = register.get(a.key) if a.key else None
    state = _state_of(b)
    if entry is None or not entry.roles:
        return not (state and a.country and b.country and a.country != b.country and score < SURE)
    if state:
        return _serves(kind, entry, b, day)
    return kind != "leads" or not _rules_elsewhere(entry, b, day)


def _is_abroad(a: Actor, b: Actor, score: float) -> bool:
    """Whether what is said to be part of a state is itself a state, a body of several, or a force of another country."""
    if _state_of(b) is None or a.kind == "person":
        return False
    foreign = bool(a.country and b.country and a.country != b.country)
    return a.kind in ("state", "igo") or (a.kind in ("military", "police", "government") and foreign and score < SURE)


def is_past(entry: Entry, org: str, day: date) -> bool:
    """Whether every office that the register has of an entry in a body (or state) had ended on a day."""
    there = [r for r in entry.roles if _within(r, org)]
    return bool(there) and all(r.last is not None and r.last < day.replace(day=1) for r in there)


def is_to_come(entry: Entry, org: str, day: date) -> bool:
    """Whether no office that the register has of an entry in a body (or state) had begun on a day."""
    there = [r for r in entry.roles if _within(r, org)]
    return bool(there) and all(r.first > day for r in there)


def is_apart(entry: Entry, org: str, day: date | None) -> bool:
    """Whether all that an entry holds of a state on a day is an office beside its government."""
    held = [r for r in entry.roles if _within(r, org) and (day is None or r.held_on(day))]
    return bool(held) and all(r.role in _APART for r in held)


def has_office(words: str) -> bool:
    """Whether the words of a mention give an office: "Deputy President William Ruto"."""
    return _OFFICE.search(words) is not None and not is_gone(words)


def is_gone(words: str) -> bool:
    """Whether the words of a mention say that the office is held no more, or against the government."""
    return _GONE.search(words) is not None


def _serves(kind: RelationKind, entry: Entry, body: Actor, day: date | None) -> bool:
    """Whether a person of the register can lead or belong to a state's body on a day."""
    org = (body.key or "").removesuffix("/government")
    there = [r for r in entry.roles if _within(r, org.partition("/")[0])]
    if not there:
        abroad = entry.country is not None and body.country is not None and entry.country != body.country
        return not abroad and not (kind == "leads" and _heads_a_state(entry, day))
    if day is not None and is_past(entry, org.partition("/")[0], day):
        return False
    return kind != "leads" or day is None or "/" in org or any(r.role in HEADS for r in there if r.held_on(day))


def _rules_elsewhere(entry: Entry, body: Actor, day: date | None) -> bool:
    """Whether a head of state is said to lead the fighters of somebody else, or whatever is of another country."""
    if not _heads_a_state(entry, day) or any(_within(r, body.key or "") for r in entry.roles):
        return False
    own = entry.name.split()[-1].lower() in body.name.lower()
    return (body.kind in _FIGHTERS and not own) or (body.country is not None and body.country != entry.country)


def _heads_a_state(entry: Entry, day: date | None) -> bool:
    return any(r.role in HEADS and r.org.startswith("state:") and (day is None or r.held_on(day)) for r in entry.roles)


def _within(role: Role, org: str) -> bool:
    return bool(org) and org in (role.org, role.org.partition("/")[0])


def _state_of(actor: Actor) -> str | None:
    key = actor.key or ""
    return key.partition("/")[0] if key.startswith("state:") else None


def _is_people(actor: Actor) -> bool:
    """Whether an actor is a people or a crowd, which nobody leads or arms as one."""
    return actor.kind == "civilians" and (actor.key or "").startswith("group:")
