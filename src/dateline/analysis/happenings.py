"""Which events of many reports are one happening, and how many independent sources tell of it?

Built on incidents and reprints, so that a copied story is one source and an event that three reports
tell is counted once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.analysis.needs import Evidence
from dateline.analysis.parties import Parties
from dateline.archive.incidents import gather
from dateline.archive.incidents_decisions import Decision
from dateline.archive.independent import independent
from dateline.archive.reprints import Copy, reprints
from dateline.record import Event, Record, Span, Statement

SaidAs = Literal["asserted", "blamed", "claimed", "denied", "doubted", "unattributed"]
SAID: Mapping[str, SaidAs] = {
    "says": "asserted", "condemns": "asserted", "welcomes": "asserted", "accuses": "blamed",
    "claims-responsibility": "claimed", "denies": "denied", "rejects": "denied", "doubts": "doubted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What one says of a happening, or a report in its own voice (`by` is None then). `of` is whom it is laid on."""

    how: SaidAs
    by: str | None
    of: tuple[str, ...]
    source: str
    evidence: Evidence


@dataclass(frozen=True)
class Happening:
    """One happening: the events that tell of it and the independent sources behind them."""

    id: str
    members: tuple[tuple[Record, Event], ...]
    sources: tuple[str, ...]
    said: tuple[Said, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    day: date | None
    reported: date | None

    @property
    def when(self) -> date | None:
        """Its day; where no report dates it, that of the first report."""
        return self.day or self.reported


def evidence(record: Record, span: Span) -> Evidence:
    """The words of a span, with where they stand."""
    return Evidence(record.report.id, record.report.published, span, " ".join(record.report.text[slice(*span)].split()))


def sources(records: Sequence[Record]) -> Mapping[str, str]:
    """Report -> its independent source."""
    copies = [Copy(r.report.id, r.report.text, r.report.agency, r.report.published, r.report.outlet) for r in records]
    return independent(copies, reprints(copies) if len(copies) > 1 else ())


def happenings(
    records: Sequence[Record], parties: Parties, decisions: Sequence[Decision] = ()
) -> tuple[Happening, ...]:
    """All happenings, those without a day last, then by day and id."""
    source_of = sources(records)
    by_key = {(r.report.id, *e.trigger): (r, e) for r in records for e in r.events}
    found = []
    for incident in gather(lambda: records, source_of, decisions):
        members = sorted((by_key[x.key] for x in incident.links), key=lambda m: (m[0].report.published or date.max, m[0].report.id, m[1].trigger))  # fmt: skip
        found.append(_happening(incident.id, members, parties, source_of))
    return tuple(sorted(found, key=lambda h: (h.when or date.max, h.id)))


def _happening(
    id_: str, members: Sequence[tuple[Record, Event]], parties: Parties, source_of: Mapping[str, str]
) -> Happening:
    days = [d for _, e in members if (d := e.end or e.start)]
    published = [r.report.published for r, _ in members if r.report.published]
    said = [s for r, e in members for s in _said(r, e, parties, source_of[r.report.id])]
    once = {(s.how, s.by, s.source if s.by is None else "", s.evidence.words): s for s in reversed(said)}
    return Happening(
        id_, tuple(members), tuple(sorted({source_of[r.report.id] for r, _ in members})),
        tuple(sorted(once.values(), key=lambda s: (s.evidence.published or date.max, s.evidence.report, s.evidence.span, s.how))),
        _keys(members, parties, "actor"), _keys(members, parties, "recipient"),
        tuple(sorted({p.name for r, e in members for p in r.places if p.id in e.places})),
        min(days, default=None), min(published, default=None),
    )  # fmt: skip


def _keys(members: Sequence[tuple[Record, Event]], parties: Parties, role: str) -> tuple[str, ...]:
    return tuple(sorted({k for r, e in members for p in getattr(e, role) if (k := parties.key(r, p.id))}))


def _said(record: Record, event: Event, parties: Parties, source: str) -> list[Said]:
    laid = tuple(sorted({k for p in event.actor if (k := parties.key(record, p.id))}))
    about = [s for s in record.statements if event.id in s.events or s.id in event.said_by]
    out = [
        Said(
            SAID[s.stance],
            by,
            (by,) if s.stance == "claims-responsibility" else laid,
            source,
            evidence(record, _words(s)),
        )
        for s in about
        if s.stance in SAID and (by := parties.key(record, s.speaker)) and (s.stance != "rejects" or by in laid)
    ]
    if not event.said_by:
        out.append(Said("unattributed", None, laid, source, evidence(record, event.sentence)))
    return out


def _words(s: Statement) -> Span:
    spans = [s.cue, *s.content, *([s.speaker_span] if s.speaker_span else [])]
    return min(a for a, _ in spans), max(b for _, b in spans)
