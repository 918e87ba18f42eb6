"""Which other actor does a mention name inside it?

"French President Francois Hollande" names France, "Assad's troops" their president, "an al-Qaeda-linked
group" al-Qaeda.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from dateline.knowledge.actors import Entry, Register
from dateline.record import Actor, ActorKind, Span
from dateline.resolving.who_names import Story

# Key, name, kind, country and larger actor.
Described = tuple[str | None, str, ActorKind, str | None, str | None]

# Whoever holds one of these leads the state or group.
HEADS = frozenset(("president", "prime minister", "leader", "supreme leader", "monarch", "secretary-general"))
# "Turkey-backed rebels", "the al-Qaeda-linked group": the tie stands in the compound.
COMPOUND = re.compile(
    r"\b((?:al[ -])?[A-Z][\w.]*(?:[ -][A-Z][\w.]*)?)[ -](backed|supported|funded|armed|allied|aligned|led|linked|affiliated)\b"
)

_WORD = re.compile(r"[\w.'’-]*\w")
LONGEST = 5


def named_inside(text: str, mentions: Iterable[Span], key: str, register: Register) -> tuple[Entry, Span] | None:
    """The register's entry `key` and the words of a mention that name it (never the whole mention); None where none does."""
    entry = register.get(key)
    if entry is None:
        return None
    for start, end in mentions:
        words = [(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
        for size in range(min(LONGEST, len(words) - 1), 0, -1):
            for i in range(len(words) - size + 1):
                span = (words[i][0], words[i + size - 1][1])
                if _names(text[span[0] : span[1]], entry, register):
                    return entry, span
    return None


def _names(words: str, entry: Entry, register: Register) -> bool:
    name = re.sub(r"['’]s?$", "", words)
    if not name[:1].isupper():
        return False
    found = [register.adjective(name), register.capital(name), *register.named(name)]
    return any(e is not None and e.key == entry.key for e in found)


@lru_cache(maxsize=8)
def _heads(register: Register) -> Mapping[str, tuple[Entry, ...]]:
    """Who ever headed each state or group, in the order of the register."""
    out: dict[str, dict[str, Entry]] = {}
    for entry in register.entries.values():
        for role in entry.roles:
            if role.role in HEADS and role.org is not None:
                out.setdefault(role.org, {})[entry.key] = entry
    return {org: tuple(found.values()) for org, found in out.items()}


def leader_inside(
    text: str, mentions: Iterable[Span], org: str, register: Register, day: date | None
) -> tuple[Entry, Span] | None:
    """The head of a state or group whose name stands in a mention of it: "forces loyal to President Bashar al-Assad"."""
    heads = [
        e
        for e in _heads(register).get(org, ())
        if any(r.org == org and r.role in HEADS and (day is None or r.held_on(day)) for r in e.roles)
    ]
    for start, end in mentions:
        for entry in heads:
            names = sorted((entry.name, *(a.text for a in entry.aliases)), key=len, reverse=True)
            found = re.search("|".join(rf"\b{re.escape(n)}\b" for n in names), text[start:end], re.IGNORECASE)
            if found and found.span() != (0, end - start):
                return entry, (start + found.start(), start + found.end())
    return None


def backer_inside(
    text: str, mentions: Iterable[Span], register: Register, day: date | None
) -> tuple[Entry, Span] | None:
    """The state or group that a compound of a mention names, or of the word before it."""
    for start, end in mentions:
        for m in COMPOUND.finditer(text, max(0, start - 1), end):
            found = [register.adjective(m[1]), register.capital(m[1]), *register.named(m[1], day)]
            entry = next((e for e in found if e is not None and e.kind != "person"), None)
            if entry:
                return entry, m.span(1)
    return None


def named_only_inside(
    text: str,
    spans: Mapping[int, list[tuple[int, int]]],
    described: Mapping[int, Described],
    known: Mapping[str, str],
    story: Story,
) -> list[Actor]:
    """Actors that are named only inside the mention of another: the state of an office, the leader of an army, a backer."""
    out: dict[str, Actor] = {}
    for n, (key, _, kind, _, part) in described.items():
        owner = (part or "").partition("/")[0]
        body = (key or "").partition("/")[0]
        found = [
            named_inside(text, spans[n], owner, story.register) if owner and (kind == "person" or body) else None,
            leader_inside(text, spans[n], body, story.register, story.day) if body and kind != "person" else None,
            backer_inside(text, spans[n], story.register, story.day),
        ]
        for entry, span in (f for f in found if f is not None):
            if entry.key in known or f"{entry.key}/government" in known or entry.key in out:
                continue
            out[entry.key] = Actor(
                id=f"a{len(spans) + len(out) + 1}", key=entry.key, name=entry.name, kind=entry.kind, country=entry.country,
                part_of=known.get(key or "") if entry.kind == "person" else None, mentions=[span],
            )  # fmt: skip
    return list(out.values())
