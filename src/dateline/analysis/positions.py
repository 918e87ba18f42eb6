"""Where does each party stand? Terms, pledges and gifts of one record, with acts and parties that meet across reports.

A position is one of three: a *term* (would do something once others have done theirs, or demands
it), a *pledge* (will go on, or will not do it), a *gift* (does or promises it without conditions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dateline.analysis.acts import OTHER, Vocabulary, load
from dateline.analysis.parties import THIRD, UNKNOWN, Parties, load_words
from dateline.analysis.scope import EVERYWHERE, Scope, scope
from dateline.knowledge.actors.register import fold
from dateline.record import Event, Record, Requirement, Span, Statement, Term, TermForm

PositionKind = Literal["term", "pledge", "gift", "threat"]
# Objects that tell one step from another; of other acts the object is only words.
WITH_OBJECT = frozenset(("recognise", "exclude", "withdraw", "lift-siege", "stop-supply"))
# Topics on which a later word of a party replaces an earlier one.
TOPIC = {
    "halt-attacks": "fighting", "halt-air-strikes": "fighting", "hold-lines": "fighting",
    "talk": "talks", "sign": "talks", "mediate": "talks",
}  # fmt: skip
_TRUCE = re.compile(r"\bcease-?fires?\b|\btruces?\b|\bcessation\b|\barmistice\b|\bhalt\w*\b", re.I)
_AIR = re.compile(r"\bair (?:campaign|strikes?|raids?|war)\b|\bairstrikes?\b", re.I)
_TAKES = re.compile(r"^(?:agree\w*|accept\w*|sign\w*|declar\w*|announc\w*|offer\w*|ceasefire|cease-fire|truce)", re.I)
_OBJECT_WORDS = 6
# Characters before a commitment in which its noun is looked for.
NOUN_BEFORE = 60
_STOP_OBJECT = re.compile(
    r"[,.;:\"]|\b(?:and|or|by|before|until|if|unless|once|within|in return|for good|first|that|which|who)\b", re.I
)


# Acts that are done by others to whom a passive clause tells of.
_DONE_BY_OTHERS = frozenset((OTHER, "release-prisoners", "recognise", "lift-siege", "allow-aid"))
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly |not |first )?(?:\w+(?:ed|en|wn)|set (?:free|up)|let|put|cut|made|met|held|paid)\b", re.I)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Position:
    """What one party said on one day on one topic."""

    party: str
    kind: PositionKind
    form: str
    gives: Step | None
    needs: tuple[Need, ...]
    strict: bool
    evidence: Evidence
    speaker: str | None
    # Where and when what it gives or refuses holds.
    scope: Scope = EVERYWHERE

    @property
    def day(self) -> date | None:
        return self.evidence.published

    @property
    def topic(self) -> str:
        """On what it is: the act that it would do, or what it demands."""
        if self.kind == "threat":
            return "threats"
        if self.gives is None:
            return "demands"
        return TOPIC.get(self.gives.act, "general" if self.gives.act == OTHER else self.gives.act)

    def asked(self) -> tuple[Step, ...]:
        """All steps that it asks for, each once, in order."""
        return tuple(dict.fromkeys(s for n in self.needs for s in n.steps))


def positions(record: Record, parties: Parties) -> tuple[Position, ...]:
    """All positions of a record, in text order."""
    words = load()
    found = [*_terms(record, parties, words)]
    bare = [*_pledges(record, parties, words), *_gifts(record, parties, words)]
    found += [replace(p, scope=scope(record, p.evidence.span)) for p in bare]
    return tuple(sorted(_once(found), key=lambda p: (p.evidence.span, p.kind, p.party)))


def _once(found: Sequence[Position]) -> list[Position]:
    """Of a party's pledge or gift that the report tells several times, the fullest telling."""
    seen: set[tuple[str, str, Step | None]] = set()
    out: list[Position] = []
    for p in sorted(found, key=lambda p: p.evidence.span[0] - p.evidence.span[1]):
        key = (p.party, p.kind, p.gives)
        if p.kind == "term" or key not in seen:
            out.append(p)
            seen.add(key)
    return out


def _evidence(record: Record, span: Span) -> Evidence:
    return Evidence(record.report.id, record.report.published, span, " ".join(record.report.text[slice(*span)].split()))


def _sentence(record: Record, span: Span) -> Span:
    """The sentence of the event that lies nearest; the words themselves where no event stands in them."""
    around = [e.sentence for e in record.events if e.sentence[0] <= span[0] < e.sentence[1]]
    return min(around, key=lambda s: s[1] - s[0], default=span)


# Terms


def _terms(record: Record, parties: Parties, words: Vocabulary) -> Iterator[Position]:
    for t in record.terms:
        party = parties.key(record, t.party)
        if party is None:
            continue
        said = next((s for s in record.statements if s.id == t.statement), None)
        spans = [q.span for q in t.requires] + ([t.commitment.span] if t.commitment else [])
        if not spans:
            continue
        whole = (min(s[0] for s in spans), max(s[1] for s in spans))
        around = record.report.text[slice(*_sentence(record, whole))]
        gives = _commitment(record, t, party, words)
        threatened = said is not None and said.stance == "threatens"
        hostile = t.commitment is not None and words.is_hostile(t.commitment.action, threatened)
        needs = tuple(_needs(record, t, party, parties, words))
        if not needs and not gives:
            continue
        yield Position(
            party=party, kind="threat" if hostile else "term", form=_form(t, hostile), gives=None if hostile else gives, needs=needs,
            strict=t.form == "until" or words.says("strict", " ".join(q.action for q in t.requires)) or bool(re.search(r"\bonly (?:after|once)\b|\bnot before\b", around, re.I)),
            evidence=_evidence(record, whole), speaker=said.speaker if said else t.party,
            scope=scope(record, t.commitment.span) if t.commitment else EVERYWHERE,
        )  # fmt: skip


def _form(t: Term, hostile: bool) -> TermForm:
    """ "Will attack if they are not freed" threatens unless they are."""
    negated = all(re.search(r"\bnot?\b|n't\b|\bnever\b|\bfails? to\b", q.action) for q in t.requires)
    return "unless" if hostile and t.form == "if" and t.requires and negated else t.form


def _commitment(record: Record, t: Term, party: str, words: Vocabulary) -> Step | None:
    if t.commitment is None:
        return None
    act = words.named(t.commitment.action)
    if act == OTHER:  # "any ceasefire must *be reached*", "a truce that it would *only back*": the noun stands before
        start = t.commitment.span[0]
        before = record.report.text[max(0, start - NOUN_BEFORE, _sentence(record, t.commitment.span)[0]) : start]
        act = next((a for a in ("halt-attacks", "talk") if a in {x for x, _, _ in words.all_named(before)}), OTHER)
        return Step(party, act, fold(t.commitment.action) if act == OTHER else "")
    return Step(party, act, _object(t.commitment.action, act, words))


def needs(record: Record, t: Term, parties: Parties) -> tuple[Need, ...]:
    """What one term of a record asks for, each requirement with its steps; none of a term without a party."""
    party = parties.key(record, t.party)
    return tuple(_needs(record, t, party, parties, load())) if party else ()


def _needs(record: Record, t: Term, party: str, parties: Parties, words: Vocabulary) -> Iterator[Need]:
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
    return Need(tuple(dict.fromkeys(steps)), _evidence(record, q.span), inferred, bool(around), scope(record, q.span))


def _object_of(q: Requirement, act: str, words: Vocabulary) -> str:
    return fold(q.action) if act == OTHER else _object(q.action, act, words)


def _object(text: str, act: str, words: Vocabulary) -> str:
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
    return ((asked[0],), True) if len(asked) == 1 else ((UNKNOWN,), True)


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


# Pledges and refusals


def _pledges(record: Record, parties: Parties, words: Vocabulary) -> Iterator[Position]:
    held = [q.span for t in record.terms for q in t.requires]
    for s in record.statements:
        party = parties.key(record, s.speaker)
        if party is None or not s.content or not parties.is_side(party):
            continue
        if s.stance not in ("pledges", "threatens", "says", "rejects", "demands"):
            continue
        span = (s.content[0][0], s.content[-1][1])
        if any(span[0] <= h[0] < span[1] for h in held):
            continue
        text = record.report.text[slice(*span)]
        for step in _refused(record, s, text, party, parties, words):
            yield Position(party, "pledge", s.stance, step, (), False, _evidence(record, span), s.speaker)


def _refused(
    record: Record, s: Statement, text: str, party: str, parties: Parties, words: Vocabulary
) -> Iterator[Step]:
    """What the statement says the party will not do, in its own name."""
    own = [e for e in _events_of(record, s) if party in {parties.key(record, p.id) for p in e.actor}]
    if words.says("going_on", text) and s.stance in ("pledges", "threatens", "says", "rejects"):
        willing = [e for e in own if e.status == "intended" or (s.stance == "pledges" and e.status == "happened")]
        force = [e for e in willing if e.type == "ASSAULT"]
        if force:
            by_air = all(e.mode in ("aerial", "drone") for e in force) or _AIR.search(text)
            yield Step(party, "halt-air-strikes" if by_air else "halt-attacks")
        backed = [e for e in willing if e.type in ("AID", "SUPPORT") and words.says("supplying", text)]
        if backed:
            yield Step(party, "stop-supply", _recipient(record, backed[0], parties))
    first = next(iter(words.all_named(text)), None)
    if first is None:
        return
    cue = record.report.text[slice(*s.cue)]
    others = [
        k for k, at in _in_words(record, s.content[0], parties) if at < first[1] and k != party and parties.is_side(k)
    ]
    negated = (
        words.says("refusing", text[: first[1]] + " ")
        or (s.stance == "rejects" and not others)
        or words.says("refusing", cue)
    )
    if negated and not others:
        yield Step(party, first[0], _object(text, first[0], words))


def _events_of(record: Record, s: Statement) -> list[Event]:
    return [
        e
        for e in record.events
        if e.id in s.events or s.id in e.said_by or any(a <= e.trigger[0] < b for a, b in s.content)
    ]


def _recipient(record: Record, e: Event, parties: Parties) -> str:
    return next((fold(parties.name(k)) for p in e.recipient if (k := parties.key(record, p.id))), "")


def _in_words(record: Record, span: Span, parties: Parties) -> list[tuple[str, int]]:
    return [
        (k, m[0] - span[0])
        for x in record.actors
        for m in x.mentions
        if span[0] <= m[0] and m[1] <= span[1] and (k := parties.key(record, x.id))
    ]


# Gifts


def _gifts(record: Record, parties: Parties, words: Vocabulary) -> Iterator[Position]:
    held = [_sentence(record, q.span) for t in record.terms for q in t.requires]
    for s in record.statements:
        party = parties.key(record, s.speaker)
        if s.stance != "pledges" or party is None or not s.content or _inside(s.content[0], held):
            continue
        text = record.report.text[s.content[0][0] : s.content[-1][1]]
        act = words.named(text)
        if act != OTHER and not words.says("going_on", text) and not words.says("refusing", text):
            span = (s.content[0][0], s.content[-1][1])
            yield Position(party, "gift", "pledges", Step(party, act, _object(text, act, words)), (), False, _evidence(record, span), s.speaker)  # fmt: skip
    for e in record.events:
        sentence = record.report.text[slice(*e.sentence)]
        if e.status != "happened" or e.type not in ("CONCEDE", "AGREE", "SUPPORT") or _inside(e.trigger, held):
            continue
        if not _TRUCE.search(sentence) or not _TAKES.search(record.report.text[slice(*e.trigger)]):
            continue
        for p in e.actor:
            party = parties.key(record, p.id)
            if party and parties.is_side(party):
                yield Position(party, "gift", e.type.lower(), Step(party, "halt-attacks"), (), False, _evidence(record, e.sentence), p.id)  # fmt: skip


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    return any(a <= span[0] < b for a, b in spans)
