"""Which truces do the reports tell of? Declared, agreed or in force: who, where, from when, until when, who is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.analysis.happenings import evidence
from dateline.analysis.needs import Evidence
from dateline.analysis.parties import Parties
from dateline.analysis.scope import days_of
from dateline.record import Event, Record, Span

_TRUCE = re.compile(r"\b(?:cease-?fires?|truces?|cessation of hostilities|armistice|humanitarian pause|lull)\b", re.I)
_BEGIN = re.compile(
    r"\b(?:took effect|takes? effect|taking effect|came into (?:force|effect)|comes? into (?:force|effect)|enter(?:s|ed)? into force|"
    r"begin\w*|began|start\w*|in force|agree\w*|sign\w*|declar\w*|announc\w*|accept\w*|observ\w*|went into effect)\b",
    re.I,
)
_FAILED = re.compile(
    r"\b(?:fail(?:s|ed|ing|ure)? to|refus\w+ to|unable to|could not|did not|not|never|yet to)\s+\Z", re.I
)
# Characters before it in which a word says that it failed.
NEAR = 14
_END = re.compile(
    r"\b(?:collaps\w+|called off|calls off|ended|over|expired|scrapp\w+|withdr\w+ from|pulled out of|suspended|broke down)\b",
    re.I,
)
_EXCEPT = re.compile(
    r"\b(?:except(?:ing|s)?|exclud(?:e|es|ed|ing)|(?:does|do|did|would|will) not (?:cover|apply to|include)|not covered|other than|leaves? out|outside)\b",
    re.I,
)
# Tellings whose first days lie so near are of one truce of the same parties.
SAME_DAYS = 7


@dataclass(frozen=True, slots=True)
class Truce:
    """A truce. Days are inclusive, None when no report says; no `parties` means all sides."""

    parties: tuple[str, ...]
    excluded: tuple[str, ...]
    places: tuple[str, ...]
    start: date | None
    end: date | None
    dated: bool
    evidence: tuple[Evidence, ...]

    def covers(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def truces(records: Sequence[Record], parties: Parties) -> tuple[Truce, ...]:
    """Truces in the order of their first day; tellings of one truce are one, with the evidence of all."""
    told = sorted(
        (t for r in records for t in _told(r, parties)),
        key=lambda t: (t.start or date.max, t.evidence[0].report, t.evidence[0].span),
    )
    out: list[Truce] = []
    for t in told:
        for i, known in enumerate(out):
            if _one(known, t):
                out[i] = _joined(known, t)
                break
        else:
            out.append(t)
    ends = sorted((x for r in records for x in _ends(r, parties)), key=lambda x: (x[0], x[1].report, x[1].span))
    return tuple(_ended(t, ends) for t in out)


def _told(record: Record, parties: Parties) -> Iterator[Truce]:
    text = record.report.text
    done: set[Span] = set()
    for e in record.events:
        sentence = text[slice(*e.sentence)]
        if e.sentence in done or e.status != "happened" or e.type not in ("CONCEDE", "AGREE", "SUPPORT", "RETREAT"):
            continue
        if not _TRUCE.search(sentence) or not _begun(sentence) or _END.search(sentence):
            continue
        if any(
            x.status in ("negated", "cancelled", "conditional") and _TRUCE.search(text[slice(*x.trigger)])
            for x in record.events
            if x.sentence == e.sentence
        ):
            continue
        done.add(e.sentence)
        start = e.start or _first_day(record, e)
        out = _left_out(record, e, parties)
        sides = {k for x in record.events if x.sentence == e.sentence and x.type in ("CONCEDE", "AGREE", "SUPPORT", "RETREAT") for p in (*x.actor, *x.recipient) if (k := parties.key(record, p.id)) and parties.is_side(k)}  # fmt: skip
        yield Truce(
            tuple(sorted(sides - out)), tuple(sorted(out)), tuple(sorted({p.name for p in record.places if p.id in e.places})),
            start or record.report.published, _until(record, e, start or record.report.published), start is not None, (evidence(record, e.sentence),),
        )  # fmt: skip


def _begun(sentence: str) -> bool:
    """Whether something is said to begin or to be agreed, and not that it failed to."""
    return any(not _FAILED.search(sentence[max(0, m.start() - NEAR) : m.start()]) for m in _BEGIN.finditer(sentence))


def _in_sentence(record: Record, e: Event) -> list[tuple[str | None, date | None, str | None]]:
    return [(t.type, t.start, t.value) for t in record.times if e.sentence[0] <= t.span[0] < e.sentence[1]]


def _first_day(record: Record, e: Event) -> date | None:
    return next((d for kind, d, _ in _in_sentence(record, e) if kind in ("DATE", "TIME") and d), None)


def _until(record: Record, e: Event, start: date | None) -> date | None:
    """The last day: the truce's first and how long the sentence says that it lasts."""
    for kind, _, value in _in_sentence(record, e):
        lasts = days_of(value) if kind == "DURATION" else None
        if lasts and start:
            return start + timedelta(days=lasts - 1)
    return None


def _left_out(record: Record, e: Event, parties: Parties) -> set[str]:
    """Parties named behind a word of exclusion, in the sentence or in the next one."""
    text = record.report.text
    found = _EXCEPT.search(text, e.sentence[0], min(len(text), e.sentence[1] + 160))
    if found is None:
        return set()
    end = text.find(".", found.end())
    stop = end if end >= 0 else len(text)
    return {
        k
        for a in record.actors
        for m in a.mentions
        if found.end() <= m[0] < stop and (k := parties.key(record, a.id)) and parties.is_side(k)
    }


def _one(a: Truce, b: Truce) -> bool:
    near = a.start is None or b.start is None or abs((a.start - b.start).days) <= SAME_DAYS
    return near and (not a.parties or not b.parties or bool(set(a.parties) & set(b.parties)))


def _joined(a: Truce, b: Truce) -> Truce:
    dated = next((t for t in (a, b) if t.dated), a)
    return Truce(
        tuple(sorted({*a.parties, *b.parties} - {*a.excluded, *b.excluded})), tuple(sorted({*a.excluded, *b.excluded})),
        tuple(sorted({*a.places, *b.places})), dated.start, a.end or b.end, dated.dated, (*a.evidence, *b.evidence),
    )  # fmt: skip


def _ends(record: Record, parties: Parties) -> Iterator[tuple[date, Evidence, frozenset[str]]]:
    text = record.report.text
    for e in record.events:
        sentence = text[slice(*e.sentence)]
        over = e.status in ("cancelled", "happened") and _END.search(sentence) and _TRUCE.search(sentence)
        day = e.start or record.report.published
        if over and day and (e.status == "cancelled" or e.type in ("REJECT", "SANCTION")):
            yield day, evidence(record, e.sentence), frozenset(k for p in e.actor if (k := parties.key(record, p.id)))


def _ended(t: Truce, ends: Sequence[tuple[date, Evidence, frozenset[str]]]) -> Truce:
    for day, where, by in ends:
        if (
            (t.start is None or day > t.start)
            and (t.end is None or day <= t.end)
            and (not by or not t.parties or by & set(t.parties))
        ):
            return replace(t, end=day, evidence=(*t.evidence, where))
    return t
