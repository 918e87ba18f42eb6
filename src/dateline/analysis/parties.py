"""Who is who across reports? One party, whoever speaks for it and whatever each report calls it.

A spokesman, a minister and an army are their state; the head of a committee is the opposition that
the committee belongs to. Words that name nobody ("all sides", "the terrorists", "its backers") mean
other parties, seen from the one who says them.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateline.errors import KnowledgeError
from dateline.knowledge.actors.register import fold
from dateline.record import Actor, Event, Record

FILE = Path(__file__).parent / "parties.toml"
# Neither side of a war: whoever mediates, watches or guarantees.
THIRD = "third"
THIRD_NAME = "a third party"
# Somebody whom nothing names.
UNKNOWN = "unknown"
UNKNOWN_NAME = "somebody not named"
_PATTERNS = ("everyone", "enemy", "rebels", "backers", "indefinite")
_KINDS = ("third_kinds", "state_kinds", "armed_kinds")
_STEPS_UP = 6


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words that stand for parties, and kinds of actor."""

    everyone: re.Pattern[str]
    enemy: re.Pattern[str]
    rebels: re.Pattern[str]
    backers: re.Pattern[str]
    indefinite: re.Pattern[str]
    third_kinds: frozenset[str]
    state_kinds: frozenset[str]
    armed_kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Party:
    """One party: `key` is stable between reports, `name` what they call it most."""

    key: str
    name: str
    kind: str


@cache
def load_words(path: Path = FILE) -> Words:
    """The word lists. Raises `KnowledgeError` with every bad field."""
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    problems = [f"{n}: missing" for n in (*_PATTERNS, *_KINDS) if not data.get(n)]
    problems += [f"{n}: unknown" for n in data.keys() - {*_PATTERNS, *_KINDS}]
    try:
        patterns = {n: re.compile(data.get(n, ""), re.IGNORECASE) for n in _PATTERNS}
    except re.error as error:
        problems.append(str(error))
    if problems:
        raise KnowledgeError(f"{path.name}: " + "; ".join(problems))
    kinds = {n: frozenset(map(str, data[n])) for n in _KINDS}
    return Words(
        patterns["everyone"], patterns["enemy"], patterns["rebels"], patterns["backers"], patterns["indefinite"],
        kinds["third_kinds"], kinds["state_kinds"], kinds["armed_kinds"],
    )  # fmt: skip


@dataclass(frozen=True)
class Parties:
    """The parties of many records and what stands between them. Keys throughout."""

    by_key: Mapping[str, Party]
    of: Mapping[tuple[str, str], str]
    backers: Mapping[str, frozenset[str]]
    opponents: Mapping[str, frozenset[str]]
    fighting: frozenset[str]
    voices: frozenset[str]

    def name(self, key: str) -> str:
        """The party for people."""
        return {THIRD: THIRD_NAME, UNKNOWN: UNKNOWN_NAME}.get(key) or self.by_key[key].name

    def key(self, record: Record, actor: str | None) -> str | None:
        """The party that an actor of a record acts for."""
        return self.of.get((record.report.id, actor)) if actor else None

    def is_side(self, key: str) -> bool:
        """Whether it could be a side of a war."""
        return key in self.by_key and self.by_key[key].kind not in load_words().third_kinds

    def enemies(self, key: str) -> frozenset[str]:
        """Those who fight or oppose it, and are sides of the war."""
        return frozenset(k for k in self.opponents.get(key, ()) if self.is_side(k) and k != key)

    def meant(self, key: str, speaker: str) -> tuple[str, ...]:
        """The parties that a party stands for in a speaker's mouth: itself, unless its name names nobody."""
        words, name = load_words(), self.name(key)
        if not _nameless(self.by_key[key], words):
            return (key,)
        if words.everyone.search(name):
            return self.everyone(speaker) or (key,)
        foes = self.enemies(speaker)
        if words.enemy.search(name):
            return self._named(foes - {key}) or (key,)
        if words.rebels.search(name):
            return self._named(k for k in foes - {key} if self.by_key[k].kind not in words.state_kinds) or (key,)
        if words.backers.search(name):
            return self._named({b for f in foes for b in self.backers.get(f, ())} - {speaker, key} - foes) or (key,)
        return (key,)

    def everyone(self, speaker: str) -> tuple[str, ...]:
        """All who fight and have a voice in the reports, but the one who speaks."""
        return self._named(k for k in self.fighting & self.voices if k != speaker)

    def _named(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(k for k in keys if not _nameless(self.by_key[k], load_words())))


def gather(records: Sequence[Record]) -> Parties:
    """The parties of all records. The same whatever their order."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    of: dict[tuple[str, str], str] = {}
    for r in records:
        actors = {a.id: a for a in r.actors}
        up = _parents(r)
        for a in r.actors:
            root = _root(a, actors, up)
            key = _key(root)
            of[r.report.id, a.id] = key
            names[key][root.name] += 1
            kinds[key][root.kind] += 1
        of |= _same_voice(r, of)
    of |= _bare_services(records, of)
    for name, key in _registered(records, of).items():
        names[key].update(names.pop(name))
        kinds[key].update(kinds.pop(name))
        of = {x: key if k == name else k for x, k in of.items()}
    parties = {
        k: Party(k, min(n, key=lambda x: (-n[x], x)), min(kinds[k], key=lambda x: (-kinds[k][x], x)))
        for k, n in names.items()
    }
    backers, opponents = _between(records, of)
    return Parties(parties, of, backers, opponents, _fighting(records, of, parties), _voices(records, of))


def _parents(r: Record) -> dict[str, str]:
    """Actor -> the larger one, by the register or by what the report says."""
    up = {x.from_: x.to for x in reversed(r.relations) if x.kind in ("part-of", "leads")}
    return up | {a.id: a.part_of for a in r.actors if a.part_of}


def _root(a: Actor, actors: Mapping[str, Actor], up: Mapping[str, str]) -> Actor:
    words, seen = load_words(), {a.id}
    for _ in range(_STEPS_UP):
        parent = actors.get(up.get(a.id, ""))
        if parent is None or parent.id in seen:
            break
        if a.kind in words.armed_kinds and parent.kind in words.state_kinds:
            break
        if a.kind != "person" and parent.kind == "person":
            break
        a = parent
        seen.add(a.id)
    return a


def _key(a: Actor) -> str:
    own = a.key is None or a.key.startswith(("state:", "gov:"))
    if a.kind in load_words().state_kinds and own:
        if a.key and a.key.startswith("state:"):
            return a.key.split("/")[0]
        if a.country and (a.key or a.kind == "state"):
            return f"state:{a.country}"
    return a.key or f"name:{fold(a.name)}"


def _bare_services(records: Sequence[Record], of: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """ "The army" alone, in a report written abroad: the state that the group in the same report fights, if it is one only.

    Reading one report by itself can only guess by its place; the other reports know who fights whom.
    """
    bare = {
        (r.report.id, a.id)
        for r in records
        for a in r.actors
        if of[r.report.id, a.id].startswith("state:")
        and a.mentions
        and all(r.report.text[slice(*m)].islower() for m in a.mentions)
    }
    if not bare:
        return {}
    _, opponents = _between(records, {x: "" if x in bare else k for x, k in of.items()})
    out: dict[tuple[str, str], str] = {}
    for r in records:
        here = {of[r.report.id, a.id] for a in r.actors if (r.report.id, a.id) not in bare}
        foes = {k for p in here if not p.startswith("state:") for k in opponents.get(p, ()) if k.startswith("state:")}
        mine = [x for x in bare if x[0] == r.report.id]
        if len(foes) == 1 and not any(of[x] in foes for x in mine):
            out |= dict.fromkeys(mine, next(iter(foes)))
    return out


def _registered(records: Sequence[Record], of: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Parties known by their name alone -> the registered one that other reports call by that very name, if it is one only."""
    called: dict[str, set[str]] = defaultdict(set)
    for r in records:
        for a in r.actors:
            if not (key := of[r.report.id, a.id]).startswith("name:"):
                for word in {a.name, *(r.report.text[slice(*m)] for m in a.mentions)}:
                    if word[:1].isupper() or not key.startswith(("state:", "gov:")):
                        called[fold(word)].add(key)
    bare = {k for k in of.values() if k.startswith("name:")}
    return {k: next(iter(keys)) for k in sorted(bare) if len(keys := called.get(k.removeprefix("name:"), set())) == 1}


def _same_voice(r: Record, of: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """A description without a name speaks for the named one to whom the report gives the same words."""
    spoken: dict[tuple[tuple[int, int], ...], list[str]] = defaultdict(list)
    for s in r.statements:
        if s.speaker:
            spoken[tuple(s.content)].append(s.speaker)
    out: dict[tuple[str, str], str] = {}
    keyed = {a.id for a in r.actors if a.key}
    for speakers in spoken.values():
        named = [x for x in speakers if x in keyed]
        out |= {(r.report.id, x): of[r.report.id, named[0]] for x in speakers if named and x not in keyed}
    return out


_BACKING = re.compile(r"^(?:back\w*|support\w*|arm(?:s|ed|ing)|help\w*|assist\w*|supply\w*|supplie[sd])$", re.I)


# Words of fighting in a commitment or a requirement.
_HALT = re.compile(
    r"\b(?:cease-?fires?|truces?|fire|firing|fight\w*|attack\w*|shell\w*|shoot\w*|hostilit\w+|bomb\w*|offensive|weapons|arms|guns)\b",
    re.I,
)


def _voices(records: Iterable[Record], of: Mapping[tuple[str, str], str]) -> frozenset[str]:
    """Whoever speaks or states terms."""
    spoken = {(r.report.id, s.speaker) for r in records for s in r.statements if s.speaker}
    return frozenset(of[x] for x in spoken | {(r.report.id, t.party) for r in records for t in r.terms if t.party})


def _between(
    records: Iterable[Record], of: Mapping[tuple[str, str], str]
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """(backed -> backers, party -> opponents)."""
    backers: dict[str, set[str]] = defaultdict(set)
    against: dict[str, set[str]] = defaultdict(set)
    for r in records:
        for a, b in _backing(r, of):
            backers[b].add(a)
        for a, b in _opposing(r, of):
            against[a].add(b)
            against[b].add(a)
    for b, keys in backers.items():
        keys -= against[b]
    return {k: frozenset(v) for k, v in backers.items()}, {k: frozenset(v) for k, v in against.items()}


def _pairs(r: Record, e: Event, of: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
    return [(of[r.report.id, p.id], of[r.report.id, q.id]) for p in e.actor for q in e.recipient]


def _backing(r: Record, of: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    pairs = [(of[r.report.id, x.from_], of[r.report.id, x.to]) for x in r.relations if x.kind == "backs"]
    for e in r.events:
        helps = e.type in ("AID", "SUPPORT") and e.status in ("happened", "intended")
        pairs += _pairs(r, e, of) if helps and _BACKING.match(r.report.text[slice(*e.trigger)]) else []
    return ((a, b) for a, b in pairs if a != b)


def _opposing(r: Record, of: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    """By the ties that the report tells, by force used, and by terms: who is asked to stop fighting fights the one who asks."""
    pairs = [(of[r.report.id, x.from_], of[r.report.id, x.to]) for x in r.relations if x.kind in ("opposes", "fights")]
    for e in r.events:
        pairs += _pairs(r, e, of) if e.type == "ASSAULT" and e.status == "happened" else []
    asked = [(t.party, i) for t in r.terms if t.party for q in t.requires if _HALT.search(q.action) for i in q.by]
    pairs += [(of[r.report.id, a], of[r.report.id, b]) for a, b in asked]
    return ((a, b) for a, b in pairs if a != b)


def _fighting(
    records: Iterable[Record], of: Mapping[tuple[str, str], str], parties: Mapping[str, Party]
) -> frozenset[str]:
    words = load_words()
    found: set[str] = set()
    for r in records:
        for e in r.events:
            if (e.type == "ASSAULT" and e.status in ("happened", "intended")) or e.mode == "ceasefire":
                found |= {of[r.report.id, p.id] for p in (*e.actor, *(e.recipient if e.type == "ASSAULT" else []))}
        found |= {of[r.report.id, x] for rel in r.relations if rel.kind == "fights" for x in (rel.from_, rel.to)}
        for t in r.terms:
            halts = t.commitment is not None and bool(_HALT.search(t.commitment.action))
            found |= {of[r.report.id, t.party]} if halts and t.party else set()
            found |= {of[r.report.id, i] for q in t.requires if _HALT.search(q.action) for i in q.by}
    barred = words.third_kinds | {"person", "other", "police"}
    return frozenset(k for k in found if parties[k].kind not in barred)


@cache
def _nameless(p: Party, words: Words) -> bool:
    """Whether the name is a description that could be anybody."""
    return p.key.startswith(("name:", "generic:")) and any(
        w.search(p.name) for w in (words.everyone, words.enemy, words.rebels, words.backers, words.indefinite)
    )
