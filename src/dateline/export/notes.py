"""W3C Web Annotation with PROV: every event and statement as a note on the words that say it, and who made it with what.

The spans of a record are code points; so are the positions of a TextPositionSelector, which the
recommendation counts so that no surrogate pair is cut. A JavaScript string counts UTF-16 units:
`to_utf16` converts, for those who mark text in a browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, select

from dateline.archive import tables
from dateline.archive.ask.conditions import on_events
from dateline.archive.ask.order import plain
from dateline.archive.ask.question import Question
from dateline.archive.pack import unpack
from dateline.archive.store import Archive
from dateline.record import Event, Record, Span, Statement

CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "prov": "http://www.w3.org/ns/prov#", "dateline": "urn:dateline:terms:", "wasGeneratedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
        "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"}, "wasAssociatedWith": {"@id": "prov:wasAssociatedWith", "@type": "@id"},
        "wasAttributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"}, "used": {"@id": "prov:used", "@type": "@id"},
        "hadMember": {"@id": "prov:hadMember", "@type": "@id"}, "dateline:detail": {"@type": "@json"},
    },
]  # fmt: skip
# Code points before and after a quotation: enough to find it again in a text that has moved.
AROUND = 32
_AT_ONCE = 200


def to_utf16(text: str, span: Span) -> Span:
    """A span in UTF-16 units, as JavaScript counts, of a span in code points."""
    start = len(text[: span[0]].encode("utf-16-le", "surrogatepass")) // 2
    return start, start + len(text[span[0] : span[1]].encode("utf-16-le", "surrogatepass")) // 2


def urn(*parts: str) -> str:
    """An address that needs no server: `urn:dateline:report:ap-7`."""
    return ":".join(("urn:dateline", *(quote(p, safe="~.-_") for p in parts)))


def selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """Where the words are: by quotation and by position, either of which finds them."""
    start, end = span
    return [
        {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]  # fmt: skip


def notes(archive: Archive, question: Question) -> Iterator[dict[str, Any]]:
    """Annotations of the reports that hold an answer, and the PROV nodes that they name. Raises `UnknownActor`, `UnknownPlace`."""
    with archive.reading() as connection:
        e, r, v, k = tables.events.c, tables.reports.c, tables.records.c, tables.links.c
        query = select(r.id, r.record_id).where(r.state == "usable", r.record_id.is_not(None))
        if not question.is_open:
            query = query.where(r.id.in_(select(e.report_id).where(*on_events(connection, question))))
        wanted = connection.execute(query.order_by(plain(connection, r.key))).all()
        agents: set[str] = set()
        for start in range(0, len(wanted), _AT_ONCE):
            some = [x.record_id for x in wanted[start : start + _AT_ONCE]]
            bodies = {id_: unpack(body) for id_, body in connection.execute(select(v.id, v.json).where(v.id.in_(some)))}
            keys = [b.report.id for b in bodies.values()]
            homes = {
                (x.report_key, x.trigger_start, x.trigger_end): x.incident_id
                for x in connection.execute(
                    select(k.report_key, k.trigger_start, k.trigger_end, k.incident_id).where(k.report_key.in_(keys))
                )
            }
            for id_ in some:
                yield from of_record(bodies[id_], homes, agents)
        if question.is_open:
            yield from _incidents(connection)
            yield from _decisions(connection)


def of_record(record: Record, homes: dict[tuple[str, int, int], str], agents: set[str]) -> Iterator[dict[str, Any]]:
    """The annotations of one record; the reader's own node once."""
    reader = record.reader
    agent = urn("reader", reader.version, reader.model, reader.knowledge)
    if agent not in agents:
        agents.add(agent)
        yield {
            "id": agent, "type": ["Software", "prov:SoftwareAgent"], "name": f"dateline {reader.version}",
            "dateline:model": reader.model, "dateline:knowledge": reader.knowledge,
        }  # fmt: skip
    source = record.report.url or urn("report", record.report.id)
    reading = urn("reading", record.report.id, reader.version, reader.model, reader.knowledge)
    report = {"id": source, "type": "prov:Entity", "dateline:report": record.report.id}
    if record.report.published:
        report["dateline:published"] = record.report.published.isoformat()
    yield report
    yield {"id": reading, "type": "prov:Activity", "used": source, "wasAssociatedWith": agent}
    for event in record.events:
        home = homes.get((record.report.id, *event.trigger))
        spans = [event.trigger, *(p.span for p in (*event.actor, *event.recipient))]
        yield _annotation(record, source, reading, agent, event.id, _tag(event), event, spans, home)
    for s in record.statements:
        spans = [s.cue, *([s.speaker_span] if s.speaker_span else []), *s.content]
        yield _annotation(record, source, reading, agent, s.id, s.stance, s, spans, None)


def _tag(event: Event) -> str:
    return event.type if event.status == "happened" else f"{event.type} ({event.status})"


def _annotation(
    record: Record, source: str, reading: str, agent: str, local: str, tag: str, part: Event | Statement, spans: Iterable[Span], home: str | None,
) -> dict[str, Any]:  # fmt: skip
    text = record.report.text
    targets = [{"source": source, "selector": selectors(text, s)} for s in dict.fromkeys(spans)]
    out: dict[str, Any] = {
        "id": urn("annotation", record.report.id, local), "type": ["Annotation", "prov:Entity"],
        "motivation": "classifying" if isinstance(part, Event) else "identifying", "creator": agent,
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag}],
        "target": targets, "wasGeneratedBy": reading, "wasDerivedFrom": source, "wasAttributedTo": agent,
        "dateline:detail": part.model_dump(mode="json", by_alias=True),
    }  # fmt: skip
    if home:
        out["dateline:incident"] = urn("incident", home)
    return out


def _incidents(connection: Connection) -> Iterator[dict[str, Any]]:
    """Incidents as collections of the annotations that tell of them."""
    e, r, k = tables.events.c, tables.reports.c, tables.links.c
    query = (
        select(k.incident_id, r.key, e.local)
        .join(tables.reports, r.key == k.report_key)
        .join(
            tables.events,
            (e.report_id == r.id) & (e.trigger_start == k.trigger_start) & (e.trigger_end == k.trigger_end),
        )
        .order_by(k.incident_id, plain(connection, r.key), e.trigger_start)
    )
    members: list[str] = []
    now: str | None = None
    for incident, key, local in connection.execute(query):
        if incident != now and now is not None:
            yield _incident(now, members)
            members = []
        now = incident
        members.append(urn("annotation", key, local))
    if now is not None:
        yield _incident(now, members)


def _incident(id_: str, members: list[str]) -> dict[str, Any]:
    return {"id": urn("incident", id_), "type": ["prov:Entity", "prov:Collection"], "hadMember": members}


def _decisions(connection: Connection) -> Iterator[dict[str, Any]]:
    """What reviewers decided, and whether it holds."""
    c = tables.decisions.c
    for x in connection.execute(select(tables.decisions).order_by(c.id)):
        out = {
            "id": urn("decision", str(x.id)), "type": "prov:Activity", "dateline:kind": x.kind, "wasAssociatedWith": urn("reviewer", x.reviewer),
            "prov:endedAtTime": x.made.isoformat(), "dateline:holds": x.undone is None, "dateline:detail": x.body,
        }  # fmt: skip
        if x.reason:
            out["dateline:reason"] = x.reason
        yield out
