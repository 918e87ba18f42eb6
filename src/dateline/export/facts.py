"""What is exported: one fact a row. Incidents where the archive has any, else the events of each report."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, and_, select

from dateline.archive import tables
from dateline.archive.ask import told_incidents as of_incidents
from dateline.archive.ask.conditions import on_events
from dateline.archive.ask.order import plain
from dateline.archive.ask.question import Question
from dateline.archive.ask.rows import EventInFull, Party, Spot, in_full
from dateline.archive.stances import DISPUTES, PRECISIONS
from dateline.archive.store import Archive
from dateline.knowledge import ontology
from dateline.knowledge import places as gazetteer
from dateline.knowledge.actors.register import fold
from dateline.knowledge.countries import Country
from dateline.knowledge.countries import load as countries
from dateline.knowledge.ontology.exchange import ARMED, load_exchange

T = TypeVar("T")
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: an incident with all that tell of it, or one event. `tellings` are in the order of publication.

    `counts`: measure -> (low, high, last): the range over sources, and the figure published last.
    `acled`: event type and sub-event type of the whole; None where ACLED would not record it.
    """

    id: str
    type: str
    mode: str | None
    status: str
    start: date | None
    end: date | None
    place: Spot | None
    division: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    counts: Mapping[str, tuple[float | None, float | None, float | None]]
    cameo: str | None
    acled: tuple[str, str] | None
    contexts: tuple[str, ...]
    said_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    disputed: bool
    independent_sources: int
    first_reported: date | None
    last_reported: date | None
    tellings: tuple[EventInFull, ...]

    @property
    def killed(self) -> tuple[float | None, float | None, float | None]:
        """Low, high and last of those killed; None where nobody says."""
        return self.counts.get("killed", (None, None, None))

    @property
    def country(self) -> Country | None:
        """Where it was."""
        return countries().get(self.place.country) if self.place and self.place.country else None

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who published it: outlets, else agencies, else ids of reports."""
        return tuple(dict.fromkeys(t.source.outlet or t.source.agency or t.source.key for t in self.tellings))

    @property
    def reports(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(t.source.key for t in self.tellings))

    @property
    def first(self) -> EventInFull:
        """The first telling."""
        return self.tellings[0]

    @property
    def number(self) -> int:
        """A whole number of 52 bits made of the id, for shapes whose ids are numbers: exact in JSON and in spreadsheets."""
        return int.from_bytes(hashlib.blake2b(self.id.encode(), digest_size=7).digest()) >> 4


def two_armed_sides(actors: Iterable[Party], recipients: Iterable[Party]) -> bool:
    """Whether armed actors stand on both sides."""
    ours = {identity(a) for a in actors if a.kind in ARMED}
    theirs = {identity(a) for a in recipients if a.kind in ARMED}
    return bool(ours and theirs - ours) or bool(theirs and ours - theirs)


def identity(a: Party) -> str:
    """The same for two mentions of one actor."""
    return a.key or fold(a.name)


def facts(archive: Archive, question: Question, *, events: bool = False) -> Iterator[Fact]:
    """Facts that answer a question, in an order that does not depend on arrival. `events`: of each report by itself.

    Raises `UnknownActor`, `UnknownPlace`.
    """
    with archive.reading() as connection:
        if not events and of_incidents.is_linked(connection):
            yield from _of_incidents(connection, question)
        else:
            yield from _of_events(connection, question)


def _of_events(connection: Connection, question: Question) -> Iterator[Fact]:
    e, r = tables.events.c, tables.reports.c
    query = select(e.id).join(tables.reports, r.id == e.report_id).where(*on_events(connection, question))
    ids = list(connection.execute(query.order_by(plain(connection, r.key), e.trigger_start, e.id)).scalars())
    for event in in_full(connection, ids):
        yield _fact(f"{event.source.key}#{event.local}", (event,), None)


def _of_incidents(connection: Connection, question: Question) -> Iterator[Fact]:
    c = tables.incidents.c
    query = select(c.id).where(*of_incidents.on_incidents(connection, question))
    ids = list(connection.execute(query.order_by(c.start_date.asc().nulls_last(), c.id)).scalars())
    k, r, e = tables.links.c, tables.reports.c, tables.events.c
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        bodies = {x.id: x.body for x in connection.execute(select(c.id, c.body).where(c.id.in_(some)))}
        members = (
            select(k.incident_id, e.id)
            .select_from(tables.links)
            .join(tables.reports, r.key == k.report_key)
            .join(
                tables.events,
                and_(e.report_id == r.id, e.trigger_start == k.trigger_start, e.trigger_end == k.trigger_end),
            )
            .where(k.incident_id.in_(some))
        )
        of: dict[str, list[int]] = defaultdict(list)
        for incident, event in connection.execute(members):
            of[incident].append(event)
        told = {x.row: x for x in in_full(connection, sorted(e for m in of.values() for e in m))}
        for id_ in some:
            if found := [told[e] for e in of[id_]]:
                yield _fact(id_, tuple(sorted(found, key=_order)), bodies[id_])


def _order(x: EventInFull) -> tuple[Any, ...]:
    return (x.source.published or date.max, x.source.key, x.trigger)


def _fact(id_: str, told: tuple[EventInFull, ...], body: Mapping[str, Any] | None) -> Fact:
    """`body` is what the incident says of itself; None for an event alone."""
    one = told[0]
    type_, status = (body["type"], body["status"]) if body else (one.type, one.status)
    actors = _parties(told, lambda t: t.actors, body, "actors")
    recipients = _parties(told, lambda t: t.recipients, body, "recipients")
    place = _place(told, body)
    mode = _commonest(t.mode for t in told if t.type == type_ and t.mode)
    published = sorted(t.source.published for t in told if t.source.published)
    start, end = (_day(body["start"]), _day(body["end"])) if body else (one.start, one.end)
    subs = {t.acled_sub_event_type for t in told if t.acled_sub_event_type}
    happened = status == "happened"
    division = gazetteer.load().divisions([place.source]).get(place.source) if place and place.source else None
    return Fact(
        id=id_, type=type_, mode=mode, status=status, start=start, end=end, place=place, division=division, actors=actors,
        recipients=recipients, counts=_counts(told, body), cameo=ontology.load().cameo(type_, mode, status),
        acled=load_exchange().acled(subs, two_armed_sides(actors, recipients)) if happened else None,
        contexts=tuple(dict.fromkeys(c for t in told for c in t.contexts)),
        said_by=tuple(dict.fromkeys(n for t in told for n in t.said_by)),
        denied_by=tuple(p["name"] for p in body["positions"] if p["stance"] in DISPUTES) if body else one.denied_by,
        disputed=bool(body["disputed"]) if body else one.disputed,
        independent_sources=int(body["independent_sources"]) if body else 1,
        first_reported=published[0] if published else None, last_reported=published[-1] if published else None, tellings=told,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _commonest(found: Iterable[T]) -> T | None:
    counts = Counter(found)
    return min(counts, key=lambda v: (-counts[v], str(v))) if counts else None


def _parties(
    told: Sequence[EventInFull], of: Callable[[EventInFull], Sequence[Party]], body: Mapping[str, Any] | None, role: str
) -> tuple[Party, ...]:
    """In the incident's order, which is by agreement."""
    found: dict[str, Party] = {}
    for t in told:
        for p in of(t):
            found.setdefault(identity(p), p)
    if body is None:
        return tuple(found.values())
    named = [found[i] for a in body[role] if (i := a["key"] or fold(a["name"])) in found]
    return (*named, *(p for p in found.values() if p not in named))


def _place(told: Sequence[EventInFull], body: Mapping[str, Any] | None) -> Spot | None:
    """The incident's own; of an event the finest that has a point."""
    spots = [p for t in told for p in t.places]
    if body and body["place"]:
        b = body["place"]
        same = (p for p in spots if p.name == b["name"] and p.lat == b["lat"] and p.lon == b["lon"])
        if (own := next(same, None)) is not None:
            return own
    return min(spots, key=lambda p: (p.lat is None, PRECISIONS.index(p.precision)), default=None)


def _counts(
    told: Sequence[EventInFull], body: Mapping[str, Any] | None
) -> dict[str, tuple[float | None, float | None, float | None]]:
    if body:
        out = {}
        for measure, f in body["figures"].items():
            last = max(f["claims"], key=lambda c: (c["date"] or "", c["low"] or c["high"] or 0.0))
            out[measure] = (f["low"], f["high"], last["low"] if last["low"] is not None else last["high"])
        return out
    one = told[0]
    pairs = {f.measure: one.count(f.measure) for f in one.figures if not f.cumulative}
    return {m: (low, high, low if low is not None else high) for m, (low, high) in pairs.items()}
