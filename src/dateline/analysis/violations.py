"""Was a truce kept? Each use of force in it, by whom, on whose word, who denies it, and what monitors claim in sum."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.analysis.happenings import Happening, Said, evidence, happenings
from dateline.analysis.needs import Evidence
from dateline.analysis.parties import Parties, gather
from dateline.analysis.truces import Truce, truces
from dateline.archive.incidents_decisions import Decision
from dateline.record import Record

# Who is named when nobody is.
NOBODY = "nobody named"


@dataclass(frozen=True)
class Violation:
    """One happening that breaks the truce, or would but for `excluded`."""

    happening: Happening
    parties: tuple[str, ...]
    claimed_by: tuple[Said, ...]
    denied_by: tuple[Said, ...]
    # Why the truce does not cover it; None when it does.
    excluded: str | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A total that somebody gives: "recorded nine violations". Never added to what is counted."""

    low: float | None
    high: float | None
    by: str | None
    evidence: Evidence


@dataclass(frozen=True)
class Watch:
    """One truce and all that happened in it."""

    truce: Truce
    violations: tuple[Violation, ...]
    claimed: tuple[Claimed, ...]
    parties: Parties

    def counted(self) -> tuple[Violation, ...]:
        """Those that no exclusion covers."""
        return tuple(v for v in self.violations if v.excluded is None)

    def series(self) -> dict[tuple[str, str], dict[date, int]]:
        """(party, accuser) -> day -> violations; a report in its own voice accuses as its source."""
        out: dict[tuple[str, str], Counter[date]] = defaultdict(Counter)
        for v in self.counted():
            accusers = {self.parties.name(s.by) if s.by else s.source for s in v.claimed_by}
            for party in [self.parties.name(k) for k in v.parties] or [NOBODY]:
                for accuser in accusers:
                    if v.happening.when:
                        out[party, accuser][v.happening.when] += 1
        return {k: dict(sorted(c.items())) for k, c in sorted(out.items())}


def watch(
    records: Sequence[Record], given: Sequence[Truce] = (), decisions: Sequence[Decision] = (), on: date | None = None
) -> tuple[Watch, ...]:
    """Every truce that the records tell of, or those given, with what happened in it up to `on`."""
    known = sorted((r for r in records if on is None or not r.report.published or r.report.published <= on), key=lambda r: (r.report.published or date.min, r.report.id))  # fmt: skip
    parties = gather(known)
    watched = tuple(given) or truces(known, parties)
    if not watched:
        return ()
    found = [h for h in happenings(known, parties, decisions) if _is_force(h)]
    return tuple(_watched(t, found, known, parties) for t in watched)


def _is_force(h: Happening) -> bool:
    """Whether any report says that force was used, and by whom, on whom or where: "the war" is no breach.

    A breach that its sides deny is one still, with its denial.
    """
    told = any(e.type == "ASSAULT" and e.status == "happened" for _, e in h.members)
    return told and bool(h.actors or h.recipients or (h.places and h.day))


def _watched(t: Truce, found: Sequence[Happening], records: Sequence[Record], parties: Parties) -> Watch:
    told = {e.report for e in t.evidence}
    inside = [h for h in found if _within(t, h, told)]
    return Watch(t, tuple(_violation(t, h, parties) for h in inside), _claimed(t, records, parties), parties)


def _within(t: Truce, h: Happening, told: set[str]) -> bool:
    """By its day; without one, by that of the report, unless that very report tells of the truce's beginning."""
    if h.day:
        return t.covers(h.day)
    return t.covers(h.reported) and h.reported != t.start and not all(r.report.id in told for r, _ in h.members)


def _violation(t: Truce, h: Happening, parties: Parties) -> Violation:
    denied = tuple(s for s in h.said if s.how in ("denied", "doubted"))
    claimed = tuple(s for s in h.said if s.how not in ("denied", "doubted"))
    sides = tuple(k for k in h.actors if parties.is_side(k))
    return Violation(h, sides, claimed, denied, _excluded(t, h, sides, parties))


def _excluded(t: Truce, h: Happening, sides: Sequence[str], parties: Parties) -> str | None:
    left_out = set(t.excluded)
    struck = [k for k in h.recipients if parties.is_side(k)]
    for who, keys in (("against", struck), ("by", sides)):
        if keys and left_out and set(keys) <= left_out:
            return f"{who} {', '.join(parties.name(k) for k in keys)}, whom the truce leaves out"
    if t.parties and sides and not set(sides) & set(t.parties):
        return f"by {', '.join(parties.name(k) for k in sides)}, no party to the truce"
    return None


def _claimed(t: Truce, records: Sequence[Record], parties: Parties) -> tuple[Claimed, ...]:
    out = []
    for r in records:
        if not t.covers(r.report.published):
            continue
        for f in r.figures:
            if f.measure == "violations":
                holding = [s for s in r.statements if any(a <= f.span[0] < b for a, b in s.content) and s.speaker]
                by = (
                    parties.key(r, min(holding, key=lambda s: sum(b - a for a, b in s.content)).speaker)
                    if holding
                    else None
                )
                around = next((e.sentence for e in r.events if e.sentence[0] <= f.span[0] < e.sentence[1]), f.span)
                out.append(Claimed(f.low, f.high, by, evidence(r, around)))
    return tuple(out)


def as_json(w: Watch) -> dict[str, Any]:
    """A watched truce as plain values."""
    name = w.parties.name

    def words(e: Evidence) -> dict[str, Any]:
        return {"report": e.report, "published": str(e.published) if e.published else None, "span": list(e.span), "words": e.words}  # fmt: skip

    def said(s: Said) -> dict[str, Any]:
        return {"how": s.how, "by": name(s.by) if s.by else None, "source": s.source, "evidence": words(s.evidence)}

    t = w.truce
    return {
        "truce": {
            "parties": [name(k) for k in t.parties], "excluded": [name(k) for k in t.excluded], "places": list(t.places),
            "from": str(t.start) if t.start else None, "until": str(t.end) if t.end else None, "dated": t.dated,
            "evidence": [words(e) for e in t.evidence],
        },
        "violations": [
            {
                "incident": v.happening.id, "parties": [name(k) for k in v.parties], "against": [name(k) for k in v.happening.recipients],
                "places": list(v.happening.places), "day": str(v.happening.day) if v.happening.day else None,
                "reported": str(v.happening.reported) if v.happening.reported else None,
                "claimed_by": [said(s) for s in v.claimed_by], "denied_by": [said(s) for s in v.denied_by],
                "independent_sources": len(v.happening.sources), "sources": list(v.happening.sources), "excluded": v.excluded,
            }
            for v in w.violations
        ],
        "series": [
            {"party": p, "accuser": a, "days": {str(d): n for d, n in days.items()}} for (p, a), days in w.series().items()
        ],
        "claimed_totals": [{"low": c.low, "high": c.high, "by": name(c.by) if c.by else None, "evidence": words(c.evidence)} for c in w.claimed],
    }  # fmt: skip
