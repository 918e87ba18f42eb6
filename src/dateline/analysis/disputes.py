"""Who says what of one happening or figure? Asserted, denied, blamed on, claimed by, unattributed: side by side, each with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.analysis.happenings import Happening, Said, evidence, happenings
from dateline.analysis.needs import Evidence
from dateline.analysis.parties import Parties, gather
from dateline.archive.incidents_decisions import Decision
from dateline.record import Figure, Record

_AGAINST = ("denied", "doubted")
_FOR = ("asserted", "blamed", "claimed", "unattributed")


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of one source, on whose word."""

    measure: str
    low: float | None
    high: float | None
    by: str | None
    source: str
    evidence: Evidence


@dataclass(frozen=True)
class Dispute:
    """A happening on which the reports or those they quote differ. `over`: what it is about."""

    happening: Happening
    over: tuple[str, ...]
    positions: tuple[Said, ...]
    figures: tuple[Count, ...]
    parties: Parties


def disputes(
    records: Sequence[Record], decisions: Sequence[Decision] = (), *, everything: bool = False
) -> tuple[Dispute, ...]:
    """Disputed happenings by day; with `everything`, also those on which nobody differs."""
    parties = gather(records)
    found = (_dispute(h, parties) for h in happenings(records, parties, decisions))
    return tuple(d for d in found if d.over or everything)


def _dispute(h: Happening, parties: Parties) -> Dispute:
    figures = tuple(_figures(h, parties))
    over = []
    hows = {s.how for s in h.said}
    if hows & set(_AGAINST) and hows & set(_FOR):
        over.append("whether it happened so")
    if _cleared(h) or any(_other(a, b) for a in h.said for b in h.said):
        over.append("who did it")
    over += sorted({f"how many {a.measure}" for a in figures for b in figures if _differ(a, b)})
    return Dispute(h, tuple(over), h.said, figures, parties)


def _other(a: Said, b: Said) -> bool:
    """Whether two voices lay it on different parties."""
    voices = (a.by or a.source) != (b.by or b.source)
    return voices and a.how in _FOR and b.how in _FOR and bool(a.of and b.of) and not set(a.of) & set(b.of)


def _cleared(h: Happening) -> bool:
    """Whether one on whom it is laid denies it."""
    return any(s.how in _AGAINST and s.by in h.actors for s in h.said)


def _figures(h: Happening, parties: Parties) -> Iterator[Count]:
    seen: set[tuple[str, str, float | None, float | None]] = set()
    for r, e in h.members:
        said = {s.id: s.speaker for s in r.statements}
        by = next((k for i in e.said_by if (k := parties.key(r, said.get(i)))), None)
        for f in _counts(r, e.figures):
            source = next(s for s in h.sources if s) if len(h.sources) == 1 else _source(h, r)
            key = (f.measure, by or source, f.low, f.high)
            if key not in seen:
                seen.add(key)
                yield Count(f.measure, f.low, f.high, by, source, evidence(r, e.sentence))


def _source(h: Happening, r: Record) -> str:
    return next((s.source for s in h.said if s.evidence.report == r.report.id), r.report.outlet or r.report.id)


def _counts(r: Record, ids: Sequence[str]) -> list[Figure]:
    return [
        f for f in r.figures if f.id in ids and not f.cumulative and f.measure not in ("share", "distance", "other")
    ]


def _differ(a: Count, b: Count) -> bool:
    """Whether no number fits both, on one day: a toll that rises is no dispute."""
    if (
        a.measure != b.measure
        or a.evidence.published != b.evidence.published
        or (a.by or a.source) == (b.by or b.source)
    ):
        return False
    low = max(x or 0.0 for x in (a.low, b.low))
    high = min(x if x is not None else float("inf") for x in (a.high, b.high))
    return low > high


def as_json(d: Dispute) -> dict[str, Any]:
    """A dispute as plain values."""
    name = d.parties.name

    def words(e: Evidence) -> dict[str, Any]:
        return {"report": e.report, "published": str(e.published) if e.published else None, "span": list(e.span), "words": e.words}  # fmt: skip

    h = d.happening
    head = h.members[0][1]
    return {
        "incident": h.id, "type": head.type, "mode": head.mode, "over": list(d.over),
        "what": h.members[0][0].report.text[slice(*head.trigger)], "actors": [name(k) for k in h.actors],
        "recipients": [name(k) for k in h.recipients], "places": list(h.places),
        "day": str(h.day) if h.day else None, "reported": str(h.reported) if h.reported else None, "sources": list(h.sources),
        "positions": [
            {"how": s.how, "by": name(s.by) if s.by else None, "of": [name(k) for k in s.of], "source": s.source, "evidence": words(s.evidence)}
            for s in d.positions
        ],
        "figures": [
            {"measure": c.measure, "low": c.low, "high": c.high, "by": name(c.by) if c.by else None, "source": c.source, "evidence": words(c.evidence)}
            for c in d.figures
        ],
    }  # fmt: skip
