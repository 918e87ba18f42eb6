"""Is a requirement met, broken, or is nothing known? Judged from what happened, each with its day and source.

An event counts from the day on which the step was first asked for. Its day is its own; an event
that no report dates counts on the day on which it was reported, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.analysis.acts import OTHER, Sign, load
from dateline.analysis.needs import Evidence, Step
from dateline.analysis.parties import THIRD, Parties
from dateline.record import Event, Record, Term

State = Literal["met", "broken", "unknown"]
# Of many events that show the same, so many are kept, the latest.
MOST = 5
# Characters on either side of an event's trigger in which the words of a sign are looked for.
NEAR = 45
# Acts of words: with a term behind them they are the giving of it.
ANNOUNCING = frozenset(("AGREE", "CONCEDE", "SUPPORT"))


@dataclass(frozen=True, slots=True)
class Happening:
    """One event that bears on a step."""

    evidence: Evidence
    day: date | None
    reported: date | None
    outlet: str | None
    says: tuple[str, ...]
    denies: tuple[str, ...]

    @property
    def when(self) -> date:
        """For ordering: its day, else the day of the report."""
        return self.day or self.reported or date.min


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known of one step."""

    state: State
    met: tuple[Happening, ...] = ()
    broken: tuple[Happening, ...] = ()


@dataclass(frozen=True)
class Seen:
    """Events that happened, by the party that did them."""

    by_party: Mapping[str, Sequence[tuple[Record, Event]]]
    parties: Parties


def seen(records: Sequence[Record], parties: Parties) -> Seen:
    """The index that `judge` looks things up in."""
    found: dict[str, list[tuple[Record, Event]]] = defaultdict(list)
    for r in records:
        told = [q.span for t in r.terms for q in t.requires] + [t.commitment.span for t in r.terms if t.commitment]
        for e in r.events:
            if e.type in ANNOUNCING and any(_announces(e, t) for t in r.terms):
                continue
            # "Would cease its offensive if …": what a term's own words name is what it is about, no news of it.
            if e.status != "happened" or any(a <= e.trigger[0] < b for a, b in told):
                continue
            keys = {k for p in e.actor if (k := parties.key(r, p.id))}
            for k in keys | ({THIRD} if any(not parties.is_side(k) for k in keys) else set()):
                found[k].append((r, e))
    return Seen(found, parties)


def _announces(e: Event, t: Term) -> bool:
    """Whether an event is the giving of a term: "announced that it would stop its raids if …" stops no raid."""
    spans = [q.span for q in t.requires] + ([t.commitment.span] if t.commitment else [])
    return t.party in {p.id for p in e.actor} and any(e.trigger[1] <= a < e.sentence[1] for a, _ in spans)


def judge(step: Step, asker: str, since: date | None, on: date | None, events: Seen) -> Judgement:
    """What the events from `since` to `on` show of a step that `asker` wants; the latest decides, a breach before a deed of one day."""
    words = load()
    if step.act == OTHER or step.act not in words.acts:
        return Judgement("unknown")
    act = words.acts[step.act]
    met: list[Happening] = []
    broken: list[Happening] = []
    holding = [a for a in words.acts.values() if step.act in a.holds]
    for record, event in events.by_party.get(step.doer, ()):
        happening = _in_time(record, event, since, on, events.parties)
        if happening is None:
            continue
        a, b = event.sentence
        sentence = record.report.text[max(a, event.trigger[0] - NEAR) : min(b, event.trigger[1] + NEAR)]
        if _shows(act.breaks, event, sentence):
            if _concerns(record, event, asker, events.parties):
                broken.append(happening)
        elif any(_shows(a.meets, event, sentence) for a in (act, *holding)):
            met.append(happening)
    return Judgement(_state(met, broken), _latest(met), _latest(broken))


def _shows(signs: Sequence[Sign], event: Event, sentence: str) -> bool:
    return any(s.fits(event.type, event.mode, sentence) for s in signs)


def _in_time(record: Record, event: Event, since: date | None, on: date | None, parties: Parties) -> Happening | None:
    day, reported = event.end or event.start, record.report.published
    when = day or reported
    if when is None or (since and when < since) or (on and when > on) or (on and reported and reported > on):
        return None
    text = record.report.text
    speakers = {s.id: parties.key(record, s.speaker) for s in record.statements}
    denies = {k for s in record.statements if s.stance == "denies" and event.id in s.events and (k := speakers[s.id])}
    return Happening(
        Evidence(record.report.id, reported, event.sentence, " ".join(text[slice(*event.sentence)].split())),
        day, reported, record.report.agency or record.report.outlet,
        tuple(sorted({parties.name(k) for s in event.said_by if (k := speakers.get(s))})),
        tuple(sorted(parties.name(k) for k in denies)),
    )  # fmt: skip


def _concerns(record: Record, event: Event, asker: str, parties: Parties) -> bool:
    """Whether a breach strikes the one who asked: not when it plainly strikes another side alone."""
    struck = {k for p in event.recipient if (k := parties.key(record, p.id))}
    sides = {k for k in struck if parties.is_side(k)}
    if not sides or sides != struck:
        return True
    friends = {asker, *parties.backers.get(asker, ()), *(k for k, b in parties.backers.items() if asker in b)}
    return bool(sides & friends) or not parties.is_side(asker)


def _state(met: Sequence[Happening], broken: Sequence[Happening]) -> State:
    if not met and not broken:
        return "unknown"
    if not broken:
        return "met"
    if not met:
        return "broken"
    return "met" if max(h.when for h in met) > max(h.when for h in broken) else "broken"


def _latest(found: Sequence[Happening]) -> tuple[Happening, ...]:
    order = sorted(found, key=lambda h: (h.when, h.evidence.report, h.evidence.span))
    return tuple(dict.fromkeys(order[-MOST:]))
