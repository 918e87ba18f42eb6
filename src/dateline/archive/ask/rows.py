"""An event with all that stands beside it, fetched for many events at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, select

from dateline.archive import tables
from dateline.archive.stances import ASSERTS, DISPUTES

# Fewer than any database allows in one question.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Source:
    """The report that tells of it."""

    key: str
    url: str | None
    title: str | None
    outlet: str | None
    agency: str | None
    published: date | None
    language: str


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part; `words` are the report's own for it."""

    key: str | None
    name: str
    kind: str
    country: str | None
    part_of: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where; degrees WGS 84, `radius_km` the radius that it is known to."""

    name: str
    lat: float | None
    lon: float | None
    country: str | None
    feature: str | None
    source: str | None
    precision: str
    radius_km: float | None


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of the event."""

    measure: str
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    cumulative: bool


@dataclass(frozen=True, slots=True)
class Word:
    """Someone's stance on it; `reports` says whether it is they who report it."""

    key: str | None
    name: str
    stance: str
    reports: bool


@dataclass(frozen=True, slots=True)
class EventInFull:
    """One event of one report. `row` is private to the database."""

    row: int
    source: Source
    local: str
    type: str
    mode: str | None
    status: str
    trigger: tuple[int, int]
    trigger_text: str
    sentence_span: tuple[int, int]
    sentence: str
    time: str | None
    start: date | None
    end: date | None
    cameo: str | None
    acled_event_type: str | None
    acled_sub_event_type: str | None
    contexts: tuple[str, ...]
    confidence: float
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    places: tuple[Spot, ...]
    figures: tuple[Count, ...]
    words: tuple[Word, ...]
    incident: str | None

    @property
    def said_by(self) -> tuple[str, ...]:
        """Names of those on whose word the report gives it, innermost first."""
        return tuple(dict.fromkeys(w.name for w in self.words if w.reports))

    @property
    def denied_by(self) -> tuple[str, ...]:
        """Names of those who deny, doubt or reject it."""
        return tuple(dict.fromkeys(w.name for w in self.words if w.stance in DISPUTES))

    @property
    def disputed(self) -> bool:
        """Denied by someone, and asserted by someone or by the report itself."""
        asserted = any(w.stance in ASSERTS for w in self.words) or not self.said_by
        return bool(self.denied_by) and asserted

    def count(self, measure: str) -> tuple[float | None, float | None]:
        """Low and high of a measure, the largest figure that is no running total."""
        found = [f for f in self.figures if f.measure == measure and not f.cumulative]
        best = max(found, key=lambda f: (f.low or f.high or 0.0, f.high or 0.0), default=None)
        return (best.low, best.high) if best else (None, None)


def in_full(connection: Connection, ids: Iterable[int]) -> Iterator[EventInFull]:
    """The events of some rows, in that order."""
    some: list[int] = []
    for id_ in ids:
        some.append(id_)
        if len(some) == AT_ONCE:
            yield from _some(connection, some)
            some = []
    if some:
        yield from _some(connection, some)


def _some(connection: Connection, ids: Sequence[int]) -> Iterator[EventInFull]:
    e, r, v = tables.events.c, tables.reports.c, tables.versions.c
    query = (
        select(tables.events, r.key, r.url, r.title, r.outlet, r.agency, r.published, r.language, v.text)
        .join(tables.reports, r.id == e.report_id)
        .join(tables.versions, v.id == r.version_id)
        .where(e.id.in_(ids))
    )
    found = {row.id: row for row in connection.execute(query)}
    texts = {id_: row.text for id_, row in found.items()}
    parties = _parties(connection, ids, texts)
    places, figures, words = _places(connection, ids), _figures(connection, ids), _words(connection, ids)
    homes = _incidents(connection, ids)
    for id_ in ids:
        if (row := found.get(id_)) is not None:
            yield _event(row, parties, places, figures, words, homes)


def _event(
    x: Any,
    parties: Mapping[tuple[int, str], list[Party]],
    places: Mapping[int, list[Spot]],
    figures: Mapping[int, list[Count]],
    words: Mapping[int, list[Word]],
    homes: Mapping[int, str],
) -> EventInFull:
    source = Source(x.key, x.url, x.title, x.outlet, x.agency, x.published, x.language)
    sentence = " ".join(x.text[x.sentence_start : x.sentence_end].split())
    return EventInFull(
        x.id, source, x.local, x.type, x.mode, x.status, (x.trigger_start, x.trigger_end), x.trigger_text,
        (x.sentence_start, x.sentence_end), sentence, x.time_value, x.start_date, x.end_date, x.cameo, x.acled_event_type,
        x.acled_sub_event_type, tuple(x.contexts), x.confidence, tuple(parties.get((x.id, "actor"), ())),
        tuple(parties.get((x.id, "recipient"), ())), tuple(places.get(x.id, ())), tuple(figures.get(x.id, ())),
        tuple(words.get(x.id, ())), homes.get(x.id),
    )  # fmt: skip


def _parties(
    connection: Connection, ids: Sequence[int], texts: Mapping[int, str]
) -> dict[tuple[int, str], list[Party]]:
    ea, a, whole = tables.event_actors.c, tables.actors.c, tables.actors.alias("whole")
    query = (
        select(
            ea.event_id, ea.role, ea.span_start, ea.span_end, a.key, a.name, a.kind, a.country,
            whole.c.key.label("whole_key"), whole.c.name.label("whole_name"),
        )
        .join(tables.actors, a.id == ea.actor_id)
        .outerjoin(whole, whole.c.id == a.part_of_id)
        .where(ea.event_id.in_(ids))
        .order_by(ea.event_id, ea.role, ea.rank)
    )  # fmt: skip
    out: dict[tuple[int, str], list[Party]] = defaultdict(list)
    for x in connection.execute(query):
        words = texts.get(x.event_id, "")[x.span_start : x.span_end]
        out[x.event_id, x.role].append(Party(x.key, x.name, x.kind, x.country, x.whole_name, " ".join(words.split())))
    return out


def _places(connection: Connection, ids: Sequence[int]) -> dict[int, list[Spot]]:
    ep, p = tables.event_places.c, tables.places.c
    query = (
        select(ep.event_id, p.name, p.lat, p.lon, p.country, p.feature, p.source, p.precision, p.radius_km)
        .join(tables.places, p.id == ep.place_id)
        .where(ep.event_id.in_(ids))
        .order_by(ep.event_id, ep.rank)
    )
    out: dict[int, list[Spot]] = defaultdict(list)
    for event_id, *place in connection.execute(query):
        out[event_id].append(Spot(*place))
    return out


def _figures(connection: Connection, ids: Sequence[int]) -> dict[int, list[Count]]:
    ef, f = tables.event_figures.c, tables.figures.c
    query = (
        select(ef.event_id, f.measure, f.low, f.high, f.approximate, f.unit, f.cumulative)
        .join(tables.figures, f.id == ef.figure_id)
        .where(ef.event_id.in_(ids))
        .order_by(ef.event_id, f.span_start)
    )
    out: dict[int, list[Count]] = defaultdict(list)
    for event_id, *figure in connection.execute(query):
        out[event_id].append(Count(*figure))
    return out


def _words(connection: Connection, ids: Sequence[int]) -> dict[int, list[Word]]:
    es, s, a = tables.event_statements.c, tables.statements.c, tables.actors.c
    query = (
        select(es.event_id, es.said_by_rank, s.stance, a.key, a.name)
        .join(tables.statements, s.id == es.statement_id)
        .join(tables.actors, a.id == s.speaker_id)
        .where(es.event_id.in_(ids))
        .order_by(es.event_id, es.said_by_rank.is_(None), es.said_by_rank, s.cue_start)
    )
    out: dict[int, list[Word]] = defaultdict(list)
    for x in connection.execute(query):
        out[x.event_id].append(Word(x.key, x.name, x.stance, x.said_by_rank is not None))
    return out


def _incidents(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    e, r, k = tables.events.c, tables.reports.c, tables.links.c
    query = (
        select(e.id, k.incident_id)
        .join(tables.reports, r.id == e.report_id)
        .join(
            tables.links,
            and_(k.report_key == r.key, k.trigger_start == e.trigger_start, k.trigger_end == e.trigger_end),
        )
        .where(e.id.in_(ids))
    )
    return {id_: incident for id_, incident in connection.execute(query)}
