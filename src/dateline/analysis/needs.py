"""What does one term ask for, step by step, and who must do it? Each requirement as acts of parties, named or worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateline.analysis.acts import OTHER, Vocabulary, load
from dateline.analysis.parties import THIRD, UNKNOWN, Parties, load_words
from dateline.analysis.scope import EVERYWHERE, Scope, scope
from dateline.knowledge.actors.register import fold
from dateline.record import Record, Requirement, Span, Term

# Objects that tell one step from another; of other acts the object is only words.
WITH_OBJECT = frozenset(("recognise", "exclude", "withdraw", "lift-siege", "stop-supply"))
_OBJECT_WORDS = 6
_STOP_OBJECT = re.compile(
    r"[,.;:\"]|\b(?:and|or|by|before|until|if|unless|once|within|in return|for good|first|that|which|who)\b", re.I
)
# Acts that are done by others to whom a passive clause tells of.
_DONE_BY_OTHERS = frozenset((OTHER, "release-prisoners", "recognise", "lift-siege", "allow-aid"))
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly |not |first )?(?:\w+(?:ed|en|wn)|set (?:free|up)|let|put|cut|made|met|held|paid)\b"
    r"|(?<=\w )(?:freed|released|exchanged|returned|(?:given|handed|sent) (?:back|over|home)|let (?:out|go))\b(?! \w+ed\b)(?! (?:the|an?|its|their|all|\d)\b)",
    re.I,
)
# Who is named within so many letters of a requirement's beginning is its subject.
_SUBJECT = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where it stands: `span` into the text of the report with that id, and the words there."""

    report: str
    published: date | None
    span: Span
    words: str


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One act of one party. `object` only where it makes it another step."""

    doer: str
    act: str
    object: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement: the steps that it asks for, all of them, and whether who must act was worked out rather than named."""

    steps: tuple[Step, ...]
    evidence: Evidence
    inferred: bool
    at_once: bool
    scope: Scope = EVERYWHERE


def evidence_at(record: Record, span: Span) -> Evidence:
    """The words of a span of the record's text, with where they stand."""
    return Evidence(record.report.id, record.report.published, span, " ".join(record.report.text[slice(*span)].split()))


def needs(record: Record, t: Term, parties: Parties) -> tuple[Need, ...]:
    """What one term of a record asks for, each requirement with its steps; none of a term without a party."""
    party = parties.key(record, t.party)
    return tuple(asked_by(record, t, party, parties, load())) if party else ()


def asked_by(record: Record, t: Term, party: str, parties: Parties, words: Vocabulary) -> Iterator[Need]:
    """The term's requirements; one that begins with its verb has the subject of the one before ("pulls out and *frees* …")."""
    before: tuple[str, ...] = ()
    for q in t.requires:
        need = _need(record, q, party, before, parties, words)
        if need:
            before = tuple(dict.fromkeys(s.doer for s in need.steps)) if not need.inferred else ()
            yield need


def _need(
    record: Record, q: Requirement, party: str, before: tuple[str, ...], parties: Parties, words: Vocabulary
) -> Need | None:
    acts = words.all_named(q.action)
    if not acts and len(q.action.split()) < 2:
        return None  # a fragment
    lead = acts[0] if acts else (OTHER, 0, len(q.action))
    doers, inferred = _doers(record, q, lead, party, parties, words)
    if inferred and before and THIRD not in before and lead[1] == 0:
        doers, inferred = before, False
    steps = [Step(d, lead[0], _object_of(q, lead[0], words)) for d in doers]
    if lead[0] == "guarantee":  # what is guaranteed is asked for as well
        for nested in acts[1:2]:
            inside, guess = _doers(record, q, nested, party, parties, words)
            steps += [Step(d, nested[0], _object_of(q, nested[0], words)) for d in inside if not guess]
    steps = [s for s in steps if s.doer != party]
    if not steps:
        return None
    around = q.action if words.says("at_once", q.action) else ""
    return Need(tuple(dict.fromkeys(steps)), evidence_at(record, q.span), inferred, bool(around), scope(record, q.span))


def _object_of(q: Requirement, act: str, words: Vocabulary) -> str:
    return fold(q.action) if act == OTHER else object_in(q.action, act, words)


def object_in(text: str, act: str, words: Vocabulary) -> str:
    """The first words after the preposition that leads to the object, folded; nothing where the act has none."""
    pattern = words.acts[act].object if act in words.acts and act in WITH_OBJECT else None
    found = pattern.search(text) if pattern else None
    if found is None:
        return ""
    rest = text[found.end() :]
    stop = _STOP_OBJECT.search(rest, 1)
    return fold(" ".join(rest[: stop.start() if stop else len(rest)].split()[:_OBJECT_WORDS]))


def _doers(
    record: Record, q: Requirement, act: tuple[str, int, int], party: str, parties: Parties, words: Vocabulary
) -> tuple[tuple[str, ...], bool]:
    """Who must act, and whether that was worked out rather than named."""
    third = act[0] in words.acts and words.acts[act[0]].doer == "third"
    named = [k for i in q.by if (k := parties.key(record, i)) and not (third and _comes_after(record, q, i, act))]
    done_to = _done_to(record, q, act[0], parties)
    named = [k for k in named if k not in done_to]
    if third:
        inside = [k for k, at in _mentioned(record, q, parties) if at < act[1] or _by(q.action, at)]
        named = [k for k in named if k != party] or [k for k in inside if k != party]
        return (tuple(dict.fromkeys(named)), False) if named else ((THIRD,), False)
    if load_words().everyone.search(q.action):
        everyone = parties.everyone(party)
        return (everyone, False) if everyone else ((UNKNOWN,), True)
    if not named:
        named = [
            k
            for k, at in _mentioned(record, q, parties)
            if k not in done_to and ((parties.is_side(k) and at <= act[1]) or at <= _SUBJECT or _by(q.action, at, act[0]))
        ]  # fmt: skip
    meant = tuple(dict.fromkeys(m for k in named for m in parties.meant(k, party) if m != party))
    if meant:
        return meant, False
    foes = [k for k in sorted(parties.enemies(party)) if parties.meant(k, party) == (k,)]
    asked = [k for k in foes if _asked_elsewhere(record, party, k, parties)] or foes
    doer = asked[0] if len(asked) == 1 else _who_does(record, q, act[0], party, parties, words)
    return (doer or UNKNOWN,), True


def _who_does(record: Record, q: Requirement, act: str, party: str, parties: Parties, words: Vocabulary) -> str | None:
    """Whoever else does, nearest to the requirement, what the act would end: who besieges lifts the siege, who holds captives frees them."""
    ends = words.acts[act].ends if act in words.acts else ()
    found: list[tuple[int, str]] = []
    for e in record.events:
        away = abs(e.trigger[0] - q.span[0])
        if q.span[0] <= e.trigger[0] < q.span[1] or not any(
            s.fits(e.type, e.mode, record.report.text[slice(*e.sentence)]) for s in ends
        ):
            continue
        sides = {k for p in e.actor if (k := parties.key(record, p.id)) and k != party and parties.is_side(k)}
        found += [(away, k) for k in sides if len(sides) == 1]
    return min(found)[1] if found else None


def _done_to(record: Record, q: Requirement, act: str, parties: Parties) -> frozenset[str]:
    """Who stands before a verb in the passive: "the detainees be freed" asks nothing of the detainees; being disarmed or moved is theirs to do."""
    verb = _PASSIVE.search(q.action) if act in _DONE_BY_OTHERS else None
    return frozenset(k for k, at in _mentioned(record, q, parties) if at < verb.start()) if verb else frozenset()


def _mentioned(record: Record, q: Requirement, parties: Parties) -> list[tuple[str, int]]:
    """Parties that the requirement's words mention, with where in the words."""
    a, b = q.span
    found = [
        (m[0] - a, k)
        for x in record.actors
        for m in x.mentions
        if a <= m[0] and m[1] <= b and (k := parties.key(record, x.id))
    ]
    return [(k, at) for at, k in sorted(found)]


def _by(text: str, at: int, act: str = "") -> bool:
    """Whether the words before name whoever acts: "by", "from"; of fighting also "the air strikes of the army"."""
    of = "|of" if act.startswith(("halt", "hold")) else ""
    return bool(re.search(rf"\b(?:by|from|on the part of{of})\s+(?:the\s+)?$", text[:at], re.I))


def _comes_after(record: Record, q: Requirement, actor: str, act: tuple[str, int, int]) -> bool:
    """Whether the actor is named behind the act's words, as whom it concerns rather than who does it."""
    mentions = [m[0] - q.span[0] for x in record.actors if x.id == actor for m in x.mentions]
    inside = [m for m in mentions if 0 <= m < q.span[1] - q.span[0]]
    return (bool(inside) and all(m >= act[2] and not _by(q.action, m) for m in inside)) or not inside


def _asked_elsewhere(record: Record, party: str, foe: str, parties: Parties) -> bool:
    return any(
        parties.key(record, i) == foe
        for t in record.terms
        if parties.key(record, t.party) == party
        for q in t.requires
        for i in q.by
    )
