"""Which events are there, the latest first?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from dateline.archive.ask.conditions import on_events
from dateline.archive.ask.order import latest_first, plain
from dateline.archive.ask.question import EVERYTHING, Question
from dateline.archive.ask.rows import EventInFull, in_full
from dateline.archive.store import Archive
from dateline.archive.tables import events as table
from dateline.archive.tables import reports

# Conditions on an event's own columns, none of them asked.
_OWN: dict[str, Any] = {"types": (), "modes": (), "statuses": (), "since": None, "until": None}


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event on one line; names of several are joined by a semicolon. `event` is the id that the report's record gives."""

    report: str
    event: str
    start: date | None
    end: date | None
    type: str
    mode: str | None
    status: str
    actors: str
    recipients: str
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    killed_low: float | None
    killed_high: float | None
    said_by: str
    denied_by: str
    disputed: bool
    words: str
    outlet: str | None
    published: date | None
    url: str | None
    cameo: str | None
    acled_event_type: str | None
    acled_sub_event_type: str | None
    confidence: float
    trigger_start: int
    trigger_end: int
    incident: str | None


def events(archive: Archive, question: Question = EVERYTHING, most: int | None = None) -> Iterator[EventLine]:
    """Events that answer a question, the latest first, undated ones last. Raises `UnknownActor`, `UnknownPlace`."""
    return map(line_of, events_in_full(archive, question, most))


def events_in_full(
    archive: Archive, question: Question = EVERYTHING, most: int | None = None
) -> Iterator[EventInFull]:  # fmt: skip
    """The same events with their parties, places, figures and statements."""
    with archive.reading() as connection:
        yield from in_full(connection, rows(connection, question, most))


def rows(connection: Connection, question: Question, most: int | None = None) -> list[int]:
    """Row ids of the events that answer a question, in order."""
    c, r = table.c, reports.c
    query = select(c.id).join(reports, r.id == c.report_id).where(*on_events(connection, question))
    if most is not None and replace(question, **_OWN).is_open:
        query = query.where(*_late_enough(connection, query, most))
    query = query.order_by(latest_first(c.start_date), plain(connection, r.key), c.trigger_start, c.id)
    return list(connection.execute(query.limit(most)).scalars())


def _late_enough(connection: Connection, query: Any, most: int) -> list[ColumnElement[bool]]:
    """Of many events only those that can be among the last: a day, which an index finds without ordering all of them."""
    c = table.c
    last = (
        connection.execute(
            select(c.start_date)
            .where(*([query.whereclause] if query.whereclause is not None else []), c.start_date.is_not(None))
            .order_by(c.start_date.desc())
            .offset(most - 1)
            .limit(1)
        ).scalar_one_or_none()
        if most
        else None
    )
    return [c.start_date >= last] if last else []


def line_of(x: EventInFull) -> EventLine:
    """The event on one line; its place is the first that has a point, else the first."""
    place = next((p for p in x.places if p.lat is not None), x.places[0] if x.places else None)
    low, high = x.count("killed")
    return EventLine(
        report=x.source.key, event=x.local, start=x.start, end=x.end, type=x.type, mode=x.mode, status=x.status,
        actors=_names(tuple(p.name for p in x.actors)), recipients=_names(tuple(p.name for p in x.recipients)),
        place=place.name if place else None, country=place.country if place else None, lat=place.lat if place else None,
        lon=place.lon if place else None, killed_low=low, killed_high=high, said_by=_names(x.said_by),
        denied_by=_names(x.denied_by), disputed=x.disputed, words=x.sentence, outlet=x.source.outlet,
        published=x.source.published, url=x.source.url, cameo=x.cameo, acled_event_type=x.acled_event_type,
        acled_sub_event_type=x.acled_sub_event_type, confidence=x.confidence, trigger_start=x.trigger[0],
        trigger_end=x.trigger[1], incident=x.incident,
    )  # fmt: skip


def _names(names: tuple[str, ...]) -> str:
    return "; ".join(dict.fromkeys(names))
