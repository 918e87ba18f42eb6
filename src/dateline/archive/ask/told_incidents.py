"""Which incidents are there, the latest first? As they were last linked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from dateline.archive.ask.conditions import on_events
from dateline.archive.ask.order import latest_first
from dateline.archive.ask.question import EVERYTHING, Question
from dateline.archive.store import Archive

from dateline.archive.tables import events, incidents as table, links, reports  # isort: skip

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident on one line; `dateline incidents --format jsonl` has the whole of it."""

    incident: str
    start: date | None
    end: date | None
    first_reported: date | None
    last_reported: date | None
    type: str
    status: str
    actors: str
    recipients: str
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    killed_low: float | None
    killed_high: float | None
    independent_sources: int
    reports: int
    said_by: str
    denied_by: str
    disputed: bool


def on_incidents(connection: Connection, q: Question) -> list[ColumnElement[bool]]:
    """Conditions on rows of `incidents`.

    Type, status, day and dispute are the incident's own; actors, places, sources and speakers
    are those of any event that tells of it.
    """
    c = table.c
    out: list[ColumnElement[bool]] = []
    if q.types:
        out.append(c.type.in_(q.types))
    if q.statuses:
        out.append(c.status.in_(q.statuses))
    if q.disputed is not None:
        out.append(c.disputed == q.disputed)
    first, last = (c.first_reported, c.last_reported) if q.reported else (c.start_date, c.end_date)
    if q.until:
        out.append(first <= q.until)
    if q.since:
        out.append(or_(first >= q.since, and_(first.is_not(None), last >= q.since)))
    rest = replace(q, types=(), statuses=(), disputed=None, since=None, until=None, reported=False, measures=())
    if not rest.is_open:
        k, e, r = links.c, events.c, reports.c
        told = (
            select(k.incident_id)
            .select_from(events)
            .join(reports, r.id == e.report_id)
            .join(
                links, and_(k.report_key == r.key, k.trigger_start == e.trigger_start, k.trigger_end == e.trigger_end)
            )
            .where(*on_events(connection, rest))
        )
        out.append(c.id.in_(told))
    return out


def is_linked(connection: Connection) -> bool:
    """Whether the archive has any incident."""
    return bool(connection.execute(select(exists().select_from(table))).scalar_one())


def ids(connection: Connection, question: Question, most: int | None = None) -> list[str]:
    """Ids of the incidents that answer a question, in order."""
    query = select(table.c.id).where(*on_incidents(connection, question))
    query = query.order_by(latest_first(table.c.start_date), latest_first(table.c.first_reported), table.c.id)
    return list(connection.execute(query.limit(most)).scalars())


def incidents(archive: Archive, question: Question = EVERYTHING, most: int | None = None) -> Iterator[IncidentLine]:
    """Incidents that answer a question, the latest first, undated ones last. Raises `UnknownActor`, `UnknownPlace`."""
    with archive.reading() as connection:
        wanted = ids(connection, question, most)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            found = {x.id: x for x in connection.execute(select(table).where(table.c.id.in_(some)))}
            for id_ in some:
                yield _line(found[id_])


def _line(x: Any) -> IncidentLine:
    b = x.body
    positions = b["positions"]

    def names(stances: frozenset[str] | set[str]) -> str:
        return "; ".join(dict.fromkeys(p["name"] for p in positions if p["stance"] in stances))

    return IncidentLine(
        incident=x.id, start=x.start_date, end=x.end_date, first_reported=x.first_reported, last_reported=x.last_reported,
        type=x.type, status=x.status, actors="; ".join(a["name"] for a in b["actors"]),
        recipients="; ".join(a["name"] for a in b["recipients"]), place=x.place, country=x.country, lat=x.lat, lon=x.lon,
        killed_low=x.killed_low, killed_high=x.killed_high, independent_sources=x.independent_sources,
        reports=len({m["report"] for m in b["mentions"]}), said_by=names({"says", "accuses", "claims-responsibility"}),
        denied_by=names({"denies", "doubts", "rejects"}), disputed=x.disputed,
    )  # fmt: skip
