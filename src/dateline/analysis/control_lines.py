"""A hold on one line, for tables and files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateline.analysis.control import Hold


@dataclass(frozen=True, slots=True)
class HoldLine:
    """`since` is empty where no report says when; `reported` is then the day by which it was so."""

    place: str
    country: str | None
    lat: float | None
    lon: float | None
    holder: str | None
    holder_key: str | None
    claimed_by: str
    how: str
    since: date | None
    until: date | None
    reported: date | None
    fought_on: str
    said_by: str
    denied_by: str
    disputed: bool
    sources: int
    reports: str


def line_of(h: Hold) -> HoldLine:
    """Several names, days and reports are joined by a semicolon."""
    return HoldLine(
        h.where.name, h.where.country, h.where.lat, h.where.lon, h.holder.name if h.holder else None,
        h.holder.id if h.holder else None, "; ".join(h.claimed_by), h.how, h.since, h.until, h.reported,
        "; ".join(map(str, h.fought_on)), "; ".join(h.said_by), "; ".join(h.denied_by), h.disputed, h.sources, "; ".join(h.reports),
    )  # fmt: skip
