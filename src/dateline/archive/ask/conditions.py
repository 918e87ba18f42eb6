"""Which events answer a question? The question as conditions of SQL."""

from __future__ import annotations

from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, and_, func, not_, or_, select

from dateline.archive import tables
from dateline.archive.ask import where, who
from dateline.archive.ask.question import Question
from dateline.archive.disputed import disputed
from dateline.errors import UnknownActor

Ids: TypeAlias = Select[tuple[int]]

e, ea, ep, es, s, a, r = (
    t.c
    for t in (
        tables.events, tables.event_actors, tables.event_places, tables.event_statements, tables.statements,
        tables.actors, tables.reports,
    )
)  # fmt: skip


def on_events(connection: Connection, q: Question) -> list[ColumnElement[bool]]:
    """Conditions on rows of `events`. Raises `UnknownActor`, `UnknownPlace`."""
    out: list[ColumnElement[bool]] = []
    if q.actors:
        out.append(e.id.in_(_taking_part(connection, q.actors, q)))
    if q.with_actors:
        met = select(ea.event_id).where(ea.actor_id.in_(meant(connection, q.with_actors, q.alone)))
        out.append(e.id.in_(met))
    if q.place or q.point or q.country:
        there = select(tables.places.c.id).where(where.condition(connection, q.place, q.point, q.km, q.country))
        out.append(e.id.in_(select(ep.event_id).where(ep.place_id.in_(there))))
    if q.types:
        out.append(e.type.in_(q.types))
    if q.modes:
        out.append(e.mode.in_(q.modes))
    if q.statuses:
        out.append(e.status.in_(q.statuses))
    out += _days(q)
    if q.source:
        out.append(e.report_id.in_(of_source(q.source)))
    if q.said_by:
        speakers = meant(connection, (q.said_by,), q.alone)
        said = select(es.event_id).join(tables.statements, s.id == es.statement_id)
        out.append(e.id.in_(said.where(es.said_by_rank.is_not(None), s.speaker_id.in_(speakers))))
    if q.disputed is not None:
        out.append(disputed() if q.disputed else not_(disputed()))
    return out


def of_source(source: str) -> Ids:
    """Ids of the reports of an outlet, on an agency, or under an id."""
    low = source.lower()
    return select(r.id).where(or_(r.key == source, func.lower(r.outlet) == low, func.lower(r.agency) == low))


def reported(q: Question) -> list[ColumnElement[bool]]:
    """Conditions on rows of `reports` by the day of publication."""
    out: list[ColumnElement[bool]] = []
    if q.since:
        out.append(r.published >= q.since)
    if q.until:
        out.append(r.published <= q.until)
    return out


def meant(connection: Connection, names: tuple[str, ...], alone: bool) -> Ids:
    """Ids of the actors that names mean. Raises `UnknownActor` for a name that neither register nor archive has."""
    for name in names:
        if not who.keys(name, alone=True):
            there = select(a.id).where(func.lower(a.name) == name.lower()).limit(1)
            if connection.execute(there).first() is None:
                near = who.near(connection, name)
                meant_so = f"; did you mean {', '.join(near)}?" if near else ""
                raise UnknownActor(f"neither the register nor the archive has an actor {name!r}{meant_so}")
    return who.rows(names, alone=alone)


def _taking_part(connection: Connection, names: tuple[str, ...], q: Question) -> Ids:
    query = select(ea.event_id).where(ea.actor_id.in_(meant(connection, names, q.alone)))
    return query if q.role == "any" else query.where(ea.role == q.role)


def _days(q: Question) -> list[ColumnElement[bool]]:
    if not (q.since or q.until):
        return []
    if q.reported:
        return [e.report_id.in_(select(r.id).where(*reported(q)))]
    out: list[ColumnElement[bool]] = []
    if q.until:
        out.append(e.start_date <= q.until)
    if q.since:
        # What began before and went on.
        out.append(or_(e.start_date >= q.since, and_(e.start_date.is_not(None), e.end_date >= q.since)))
    return out
