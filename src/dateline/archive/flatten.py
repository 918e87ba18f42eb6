"""A record laid flat: the rows of what is in view. Pure; row ids are drawn from the counters given.

A row is a tuple of all columns of its table, in the order of `tables`; a column of JSON holds its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from dateline.record import Event, Record, Span

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
# Tables whose rows have an id of their own.
NUMBERED = ("actors", "places", "events", "statements", "figures", "terms", "relations")
_Number = Mapping[str, Mapping[str | None, int]]
_NO_SPAN = (None, None)


def flatten(record: Record, report: int, ids: Mapping[str, Iterator[int]]) -> Rows:
    """Rows by table, in the order in which they can be inserted; `report` is the row of the report."""
    text = record.report.text
    # Rows of the parts by their local ids. The ids come first: a counter that is asked has counted.
    number: _Number = {
        name: dict(zip([part.id for part in getattr(record, name)], ids[name], strict=False)) for name in NUMBERED
    }
    actors, places, events, statements, figures, terms, relations = number.values()
    values = {t.id: t.value for t in record.times}
    rows: Rows = {
        "actors": [
            (actors[a.id], report, a.id, a.key, a.name, a.kind, a.country, actors.get(a.part_of), _spans(a.mentions))
            for a in record.actors
        ],
        "places": [
            (
                places[p.id], report, p.id, p.name, p.lat, p.lon, p.country, p.feature, p.source, p.precision, p.radius_km,
                _spans(p.mentions),
            )
            for p in record.places
        ],
        "events": [_event(e, events[e.id], report, text, values) for e in record.events],
        "statements": [
            (
                statements[s.id], report, s.id, actors.get(s.speaker), *(s.speaker_span or _NO_SPAN), *s.cue, _spans(s.content),
                s.quoted, s.stance, s.confidence,
            )
            for s in record.statements
        ],
        "figures": [
            (
                figures[f.id], report, f.id, *f.span, f.low, f.high, f.approximate, f.measure, f.unit, f.cumulative, f.since,
                events.get(f.event), places.get(f.place), f.confidence,
            )
            for f in record.figures
        ],
        "terms": [
            (
                terms[t.id], report, t.id, actors.get(t.party), t.form, *((t.commitment.action, *t.commitment.span) if t.commitment else (None, None, None)),
                json.dumps([r.model_dump(mode="json") for r in t.requires]), statements.get(t.statement), t.confidence,
            )
            for t in record.terms
        ],
        "relations": [
            (relations[r.id], report, r.id, r.kind, actors[r.from_], actors[r.to], *r.span, r.confidence)
            for r in record.relations
            if r.from_ in actors and r.to in actors
        ],
    }  # fmt: skip
    _links(record, number, rows)
    return rows


def _event(event: Event, id_: int, report: int, text: str, values: Mapping[str, str | None]) -> Row:
    return (
        id_, report, event.id, event.type, event.mode, event.status, *event.trigger, text[slice(*event.trigger)], *event.sentence,
        values.get(event.time) if event.time else None, event.start, event.end, event.cameo, event.acled.event_type,
        event.acled.sub_event_type, _words(tuple(event.contexts)), event.confidence,
    )  # fmt: skip


def _spans(spans: Sequence[Span]) -> str:
    """Spans as `json.dumps` writes them; there are so many that its own way takes longer than the database."""
    return f"[{', '.join([f'[{start}, {end}]' for start, end in spans])}]"


@lru_cache(1000)
def _words(words: tuple[str, ...]) -> str:
    return json.dumps(words)


def _links(record: Record, number: _Number, rows: Rows) -> None:
    """Rows that join events to actors, places, statements and figures, each once."""
    events, actors, places, statements, figures = (
        number[n] for n in ("events", "actors", "places", "statements", "figures")
    )
    took: list[Row] = []
    where: list[Row] = []
    counted: list[Row] = []
    told: dict[tuple[int, int], int | None] = {}
    for event in record.events:
        at = events[event.id]
        for role, parties in (("actor", event.actor), ("recipient", event.recipient)):
            took += [(at, role, n, actors[p.id], *p.span) for n, p in enumerate(parties) if p.id in actors]
        where += [(at, n, places[p]) for n, p in enumerate(event.places) if p in places]
        counted += [(at, figures[f]) for f in dict.fromkeys(event.figures) if f in figures]
        for n, s in enumerate(event.said_by):
            if s in statements:
                told.setdefault((at, statements[s]), n)
    for statement in record.statements:
        for e in statement.events:
            if e in events:
                told.setdefault((events[e], statements[statement.id]), None)
    rows["event_actors"], rows["event_places"], rows["event_figures"] = took, where, counted
    rows["event_statements"] = [(e, s, rank) for (e, s), rank in told.items()]
