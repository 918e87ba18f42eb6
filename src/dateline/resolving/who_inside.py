"""Which other actor does a mention name inside it?

"French President Francois Hollande" names France, "Assad's troops" their president, "an al-Qaeda-linked
group" al-Qaeda.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from dateline.knowledge.actors import Entry, Register
from dateline.record import Actor, Span
from dateline.resolving.who_described import Described
from dateline.resolving.who_home_body import home_body_inside
from dateline.resolving.who_names import Story

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


@lru_cache(maxsize=1 << 12)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these names as whole words, the longest first."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(n)}\b" for n in longest), re.IGNORECASE)


def leader_inside(
    text: str, mentions: Iterable[Span], org: str, register: Register, day: date | None
) -> tuple[Entry, Span] | None:
    """The head of a state or group whose name stands in a mention of it: "forces loyal to President Bashar al-Assad"."""
    heads = register.in_office(HEADS, org, day)
    for start, end in mentions:
        for entry in heads:
            found = _any_of((entry.name, *(a.text for a in entry.aliases))).search(text[start:end])
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
    for n, one in described.items():
        for (key, name, kind, country, part), span in _inside(text, spans[n], one, story):
            # A government and its state are one where only one of them is named.
            same = {key, f"{key}/government", (key or "").removesuffix("/government")}
            if key is None or same & (known.keys() | out.keys()):
                continue
            out[key] = Actor(
                id=f"a{len(spans) + len(out) + 1}", key=key, name=name, kind=kind, country=country,
                part_of=known.get(part or ""), mentions=[span],
            )  # fmt: skip
    return list(out.values())


def _inside(
    text: str, mentions: list[tuple[int, int]], actor: Described, story: Story
) -> Iterator[tuple[Described, Span]]:
    """Whom the mentions of an actor name besides, described, with the words that do."""
    key, _, kind, _, part = actor
    owner, body = (part or "").partition("/")[0], (key or "").partition("/")[0]
    found = [
        named_inside(text, mentions, owner, story.register) if owner and (kind == "person" or body) else None,
        leader_inside(text, mentions, body, story.register, story.day) if body and kind != "person" else None,
        backer_inside(text, mentions, story.register, story.day),
    ]
    for entry, span in (f for f in found if f is not None):
        yield (entry.key, entry.name, entry.kind, entry.country, key if entry.kind == "person" else None), span
    home = home_body_inside(text, mentions, part, story) if kind == "person" and part else None
    if home is not None:
        yield home
