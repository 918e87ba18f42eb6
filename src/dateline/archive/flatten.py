"""A record laid flat: the rows of what is in view. Pure; row ids are drawn from the counters given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from dateline.record import Event, Record

Rows = Mapping[str, list[dict[str, Any]]]
# Tables whose rows have an id of their own.
NUMBERED = ("actors", "places", "events", "statements", "figures", "terms", "relations")


def flatten(record: Record, report_id: int, ids: Mapping[str, Iterator[int]]) -> Rows:
    """Rows by table, in the order in which they can be inserted."""
    text = record.report.text
    number = {(name, part.id): next(ids[name]) for name in NUMBERED for part in getattr(record, name)}

    def at(name: str, local: str | None) -> int | None:
        """Row of a part; None where the record names none, or one that it does not have."""
        return number.get((name, local)) if local is not None else None

    def of(table: str, part: Any, /, **columns: Any) -> dict[str, Any]:
        return {"id": number[table, part.id], "report_id": report_id, "local": part.id, **columns}

    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows["actors"] = [
        of(
            "actors",
            a,
            key=a.key,
            name=a.name,
            kind=a.kind,
            country=a.country,
            part_of_id=at("actors", a.part_of),
            mentions=a.mentions,
        )
        for a in record.actors
    ]
    rows["places"] = [
        of(
            "places",
            p,
            name=p.name,
            lat=p.lat,
            lon=p.lon,
            country=p.country,
            feature=p.feature,
            source=p.source,
            precision=p.precision,
            radius_km=p.radius_km,
            mentions=p.mentions,
        )
        for p in record.places
    ]
    values = {t.id: t.value for t in record.times}
    rows["events"] = [of("events", e, **_event(e, text, values)) for e in record.events]
    rows["statements"] = [
        of(
            "statements",
            s,
            speaker_id=at("actors", s.speaker),
            **_span("speaker", s.speaker_span),
            **_span("cue", s.cue),
            content=s.content,
            quoted=s.quoted,
            stance=s.stance,
            confidence=s.confidence,
        )
        for s in record.statements
    ]
    rows["figures"] = [
        of(
            "figures",
            f,
            **_span("span", f.span),
            low=f.low,
            high=f.high,
            approximate=f.approximate,
            measure=f.measure,
            unit=f.unit,
            cumulative=f.cumulative,
            since=f.since,
            event_id=at("events", f.event),
            place_id=at("places", f.place),
            confidence=f.confidence,
        )
        for f in record.figures
    ]
    rows["terms"] = [
        of(
            "terms",
            t,
            party_id=at("actors", t.party),
            form=t.form,
            commitment=t.commitment.action if t.commitment else None,
            **_span("commitment", t.commitment.span if t.commitment else None),
            requires=[r.model_dump(mode="json") for r in t.requires],
            statement_id=at("statements", t.statement),
            confidence=t.confidence,
        )
        for t in record.terms
    ]
    rows["relations"] = [
        of("relations", r, kind=r.kind, from_id=from_, to_id=to, **_span("span", r.span), confidence=r.confidence)
        for r in record.relations
        if (from_ := at("actors", r.from_)) is not None and (to := at("actors", r.to)) is not None
    ]
    _links(record, number, rows)
    return rows


def _event(event: Event, text: str, values: Mapping[str, str | None]) -> dict[str, Any]:
    return {
        "type": event.type, "mode": event.mode, "status": event.status, **_span("trigger", event.trigger),
        "trigger_text": text[slice(*event.trigger)], **_span("sentence", event.sentence),
        "time_value": values.get(event.time) if event.time else None, "start_date": event.start, "end_date": event.end,
        "cameo": event.cameo, "acled_event_type": event.acled.event_type, "acled_sub_event_type": event.acled.sub_event_type,
        "contexts": event.contexts, "confidence": event.confidence,
    }  # fmt: skip


def _span(name: str, span: tuple[int, int] | None) -> dict[str, int | None]:
    return {f"{name}_start": span[0] if span else None, f"{name}_end": span[1] if span else None}


def _links(record: Record, number: Mapping[tuple[str, str], int], rows: dict[str, list[dict[str, Any]]]) -> None:
    """Rows that join events to actors, places, statements and figures, each once."""
    told: dict[tuple[int, int], int | None] = {}
    for event in record.events:
        at = number["events", event.id]
        for role in ("actor", "recipient"):
            rows["event_actors"] += [
                {
                    "event_id": at,
                    "role": role,
                    "rank": n,
                    "actor_id": number["actors", p.id],
                    "span_start": p.span[0],
                    "span_end": p.span[1],
                }
                for n, p in enumerate(getattr(event, role))
                if ("actors", p.id) in number
            ]
        rows["event_places"] += [
            {"event_id": at, "rank": n, "place_id": number["places", p]}
            for n, p in enumerate(event.places)
            if ("places", p) in number
        ]
        rows["event_figures"] += [
            {"event_id": at, "figure_id": number["figures", f]}
            for f in dict.fromkeys(event.figures)
            if ("figures", f) in number
        ]
        for n, s in enumerate(event.said_by):
            if ("statements", s) in number:
                told.setdefault((at, number["statements", s]), n)
    for statement in record.statements:
        for e in statement.events:
            if ("events", e) in number:
                told.setdefault((number["events", e], number["statements", statement.id]), None)
    rows["event_statements"] = [
        {"event_id": e, "statement_id": s, "said_by_rank": rank} for (e, s), rank in told.items()
    ]
