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
from dateline.analysis.needs import Evidence, Need, Step, asked_by, evidence_at, object_in
from dateline.analysis.parties import Parties
from dateline.analysis.scope import EVERYWHERE, Scope, scope
from dateline.knowledge.actors.register import fold
from dateline.record import Event, Record, Span, Statement, Term, TermForm

PositionKind = Literal["term", "pledge", "gift", "threat"]
# Topics on which a later word of a party replaces an earlier one.
TOPIC = {
    "halt-attacks": "fighting", "halt-air-strikes": "fighting", "hold-lines": "fighting",
    "talk": "talks", "sign": "talks", "mediate": "talks",
}  # fmt: skip
_TRUCE = re.compile(r"\bcease-?fires?\b|\btruces?\b|\bcessation\b|\barmistice\b|\bhalt\w*\b", re.I)
_AIR = re.compile(r"\bair (?:campaign|strikes?|raids?|war)\b|\bairstrikes?\b", re.I)
_TAKES = re.compile(r"^(?:agree\w*|accept\w*|sign\w*|declar\w*|announc\w*|offer\w*|ceasefire|cease-fire|truce)", re.I)
# Characters before a commitment in which its noun is looked for.
NOUN_BEFORE = 60


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
        needs = tuple(asked_by(record, t, party, parties, words))
        if not needs and not gives:
            continue
        yield Position(
            party=party, kind="threat" if hostile else "term", form=_form(t, hostile), gives=None if hostile else gives, needs=needs,
            strict=t.form == "until" or words.says("strict", " ".join(q.action for q in t.requires)) or bool(re.search(r"\bonly (?:after|once)\b|\bnot before\b", around, re.I)),
            evidence=evidence_at(record, whole), speaker=said.speaker if said else t.party,
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
    return Step(party, act, object_in(t.commitment.action, act, words))


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
            yield Position(party, "pledge", s.stance, step, (), False, evidence_at(record, span), s.speaker)


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
        yield Step(party, first[0], object_in(text, first[0], words))


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
            yield Position(party, "gift", "pledges", Step(party, act, object_in(text, act, words)), (), False, evidence_at(record, span), s.speaker)  # fmt: skip
    for e in record.events:
        sentence = record.report.text[slice(*e.sentence)]
        if e.status != "happened" or e.type not in ("CONCEDE", "AGREE", "SUPPORT") or _inside(e.trigger, held):
            continue
        if not _TRUCE.search(sentence) or not _TAKES.search(record.report.text[slice(*e.trigger)]):
            continue
        for p in e.actor:
            party = parties.key(record, p.id)
            if party and parties.is_side(party):
                yield Position(party, "gift", e.type.lower(), Step(party, "halt-attacks"), (), False, evidence_at(record, e.sentence), p.id)  # fmt: skip


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    return any(a <= span[0] < b for a, b in spans)
