"""How many, on whose word, and when? The figures of an incident as claims, with the range that they span.

A toll that rises from one day to the next is no contradiction; two sources whose figures for one
day cannot both be right are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.archive.incidents_mention import NO_FIGURE
from dateline.record import Event, Record, Span


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's figure. `by` is the speaker that the report names, `published` the claim's date."""

    measure: str
    low: float | None
    high: float | None
    approximate: bool
    source: str
    by: str | None
    published: date | None
    report: str
    span: Span

    def as_json(self) -> dict[str, Any]:
        return {
            "low": self.low, "high": self.high, "approximate": self.approximate, "source": self.source, "by": self.by,
            "date": str(self.published) if self.published else None, "report": self.report, "span": list(self.span),
        }  # fmt: skip


def claims(members: Iterable[tuple[Record, Event]], source_of: dict[str, str]) -> list[Claim]:
    """The largest figure of each measure that a report gives on one speaker's word; smaller ones are parts of it."""
    best: dict[tuple[str, str | None, str], Claim] = {}
    for record, event in members:
        speakers = {s.id: s.speaker for s in record.statements}
        names = {a.id: a.name for a in record.actors}
        said = next((names[speakers[s] or ""] for s in event.said_by if names.get(speakers.get(s) or "")), None)
        for f in record.figures:
            if f.id not in event.figures or f.cumulative or f.measure in NO_FIGURE:
                continue
            claim = Claim(
                f.measure, f.low, f.high, f.approximate, source_of[record.report.id], said,
                record.report.published, record.report.id, f.span,
            )  # fmt: skip
            key = (record.report.id, said, f.measure)
            if key not in best or _size(claim) > _size(best[key]):
                best[key] = claim
    return sorted(best.values(), key=lambda c: (c.measure, c.published or date.max, c.report, c.span))


def _size(c: Claim) -> tuple[float, float, int]:
    return (c.low or c.high or 0.0, c.high or 0.0, -c.span[0])


def ranges(found: Sequence[Claim]) -> dict[str, dict[str, Any]]:
    """Measure -> `{low, high, rising, contradicted, claims}`: the range of each source's latest word."""
    by_measure: dict[str, list[Claim]] = defaultdict(list)
    for c in found:
        by_measure[c.measure].append(c)
    return {m: _range(cs) for m, cs in sorted(by_measure.items())}


def _range(found: Sequence[Claim]) -> dict[str, Any]:
    latest: dict[tuple[str, str | None], Claim] = {}
    for c in found:
        latest[c.source, c.by] = c
    now = list(latest.values())
    lows = [c.low for c in now if c.low is not None] or [c.high for c in now if c.high is not None]
    highs = [x for c in now for x in (c.high if c.high is not None else c.low,) if x is not None]
    return {
        "low": min(lows, default=None), "high": max(highs, default=None), "rising": _rising(found),
        "contradicted": _contradicted(found), "claims": [c.as_json() for c in found],
    }  # fmt: skip


def _rising(found: Sequence[Claim]) -> bool:
    days: dict[date, float] = {}
    for c in found:
        if c.published:
            days[c.published] = max(days.get(c.published, 0.0), c.low or c.high or 0.0)
    tolls = [days[d] for d in sorted(days)]
    return len(tolls) > 1 and tolls[-1] > tolls[0]


def _contradicted(found: Sequence[Claim]) -> bool:
    """Two sources, one day, and no number that both allow."""
    return any(
        a.published is not None
        and a.published == b.published
        and (a.source, a.by) != (b.source, b.by)
        and _disjoint(a, b)
        for i, a in enumerate(found)
        for b in found[i + 1 :]
    )


def _disjoint(a: Claim, b: Claim) -> bool:
    if a.approximate or b.approximate:
        return False
    low = max(x for x in (a.low, b.low, 0.0) if x is not None)
    high = min((x for x in (a.high, b.high) if x is not None), default=None)
    return high is not None and low > high
