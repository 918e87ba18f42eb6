"""Who, where, how many, on what terms, on whose word: what stands beside the events that answer a question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select

from dateline.archive import tables
from dateline.archive.ask import conditions, where
from dateline.archive.ask.order import latest_first, plain
from dateline.archive.ask.question import EVERYTHING, Question
from dateline.archive.ask.tallied import parties, spots
from dateline.archive.store import Archive
from dateline.archive.tallies import identity_of

e, ea, ep, a, p, r, v, s, f, t = (
    x.c
    for x in (
        tables.events, tables.event_actors, tables.event_places, tables.actors, tables.places, tables.reports,
        tables.versions, tables.statements, tables.figures, tables.terms,
    )
)  # fmt: skip
_AT_ONCE = 500
_ROLES = ("actor", "recipient")


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor, and in how many events of the answer it acts and is acted upon."""

    key: str | None
    name: str
    kind: str
    country: str | None
    as_actor: int
    as_recipient: int


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place, how many events of the answer are there, and their first and last day."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str
    events: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of one report; `words` are the report's own."""

    report: str
    measure: str
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    cumulative: bool
    since: str | None
    event: str | None
    day: date | None
    place: str | None
    words: str
    outlet: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class TermLine:
    """On what terms a party would do something; several requirements are joined by a semicolon."""

    report: str
    party: str | None
    form: str
    commitment: str | None
    requires: str
    by: str
    said_by: str | None
    outlet: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Who takes which stance, in which words."""

    report: str
    speaker: str | None
    stance: str
    quoted: bool
    words: str
    outlet: str | None
    published: date | None


def _meant_events(connection: Connection, q: Question) -> Select[tuple[int]]:
    return select(e.id).where(*conditions.on_events(connection, q))


def actors(archive: Archive, question: Question = EVERYTHING, most: int | None = None) -> list[ActorLine]:
    """Who takes part in the events that answer a question, the busiest first; of a question on actors, they and their parts."""
    with archive.reading() as connection:
        found = parties(connection, most) if question.is_open else _taking_part(connection, question)
    return _by_actor(found, most)


def _taking_part(connection: Connection, question: Question) -> Sequence[Any]:
    # By the row of each report's actor first, which the index serves; by who it is then.
    each: Any = select(ea.actor_id, *(func.sum(case((ea.role == n, 1), else_=0)).label(n) for n in _ROLES))
    if question.actors:
        each = each.where(ea.actor_id.in_(conditions.meant(connection, question.actors, question.alone)))
        # Found by the actor alone: SQLite would look each of these actors up with each of the events.
        each = each.where((ea.event_id + 0).in_(_meant_events(connection, question)))
    else:
        each = each.where(ea.event_id.in_(_meant_events(connection, question)))
    of = each.group_by(ea.actor_id).subquery()
    who = (a.key, a.name, a.kind, a.country)
    query = select(*who, func.sum(of.c.actor), func.sum(of.c.recipient)).join(of, of.c.actor_id == a.id)
    return connection.execute(query.group_by(*who)).all()


def _by_actor(found: Sequence[Any], most: int | None) -> list[ActorLine]:
    """The busiest first; one whose names differ has the name that it has most often."""
    known: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for x in found:
        key, name = identity_of(x[0], x[1])
        known[key or "", name or ""].append(x)
    order = sorted((-sum(x[4] + x[5] for x in as_), who) for who, as_ in known.items())
    from dateline.knowledge.actors import load_register  # a quarter of a second, for this question alone

    register = load_register()
    lines = []
    for _, who in order[:most]:
        times: Counter[tuple[str, str, str | None]] = Counter()
        for _, name, kind, country, *both in known[who]:
            times[name, kind, country] += sum(both)
        name, kind, country = min(times, key=lambda x: (-times[x], str(x)))
        entry = register.get(who[0]) if who[0] else None
        acts, acted_upon = (int(sum(x[n] for x in known[who])) for n in (4, 5))
        lines.append(ActorLine(who[0] or None, entry.name if entry else name, kind, country, acts, acted_upon))
    return lines


def places(archive: Archive, question: Question = EVERYTHING, most: int | None = None) -> list[PlaceLine]:
    """Where the events that answer a question are, the busiest place first; of a question on a place, what lies in it."""
    with archive.reading() as connection:
        if question.is_open:
            return _ordered([PlaceLine(*x) for x in spots(connection)])[:most]
        identity = func.coalesce(p.source, p.name)
        columns = (identity, p.country, func.min(p.name), func.min(p.lat), func.min(p.lon), func.min(p.precision))
        query: Any = (
            select(*columns, func.count(func.distinct(ep.event_id)), func.min(e.start_date), func.max(e.start_date))
            .select_from(tables.event_places)
            .join(tables.places, p.id == ep.place_id)
            .join(tables.events, e.id == ep.event_id)
            .group_by(identity, p.country)
        )
        if question.place or question.point or question.country:
            there = where.condition(connection, question.place, question.point, question.km, question.country)
            # As above: by the place alone.
            query = query.where(there, (ep.event_id + 0).in_(_meant_events(connection, question)))
        else:
            query = query.where(ep.event_id.in_(_meant_events(connection, question)))
        found = [PlaceLine(x[2], x[1], *x[3:]) for x in connection.execute(query).all()]
    return _ordered(found)[:most]


def _ordered(found: list[PlaceLine]) -> list[PlaceLine]:
    return sorted(found, key=lambda x: (-x.events, x.name, x.country or ""))


def _on_reports(q: Question, *, by_day: bool) -> list[ColumnElement[bool]]:
    out = [r.id.in_(conditions.of_source(q.source))] if q.source else []
    return out + (conditions.reported(q) if by_day else [])


def figures(archive: Archive, question: Question = EVERYTHING, most: int | None = None) -> Iterator[FigureLine]:
    """Figures of the events that answer a question, the last published first; of an open question, all figures."""
    q = question
    with archive.reading() as connection:
        on = _on_reports(q, by_day=q.reported)
        if q.measures:
            on.append(f.measure.in_(q.measures))
        if q.place or q.point or q.country:
            there = select(p.id).where(where.condition(connection, q.place, q.point, q.km, q.country))
            of_event = select(ep.event_id).where(ep.place_id.in_(there))
            on.append(or_(f.place_id.in_(there), f.event_id.in_(of_event)))
        rest = replace(q, place=None, point=None, km=None, country=None, source=None, measures=())
        if q.reported:
            rest = replace(rest, since=None, until=None, reported=False)
        if not rest.is_open:
            on.append(f.event_id.in_(_meant_events(connection, rest)))
        query = (
            select(
                tables.figures, r.key, e.local.label("event_local"), e.start_date, p.name.label("place"), v.text, r.outlet, r.published
            )
            .join(tables.reports, r.id == f.report_id)
            .join(tables.versions, v.id == r.version_id)
            .outerjoin(tables.events, e.id == f.event_id)
            .outerjoin(tables.places, p.id == f.place_id)
            .where(*on)
            .order_by(latest_first(r.published), plain(connection, r.key), f.span_start)
            .limit(most)
        )  # fmt: skip
        for x in connection.execution_options(yield_per=_AT_ONCE).execute(query):
            yield FigureLine(
                x.key, x.measure, x.low, x.high, x.approximate, x.unit, x.cumulative, x.since, x.event_local, x.start_date,
                x.place, x.text[x.span_start : x.span_end], x.outlet, x.published,
            )  # fmt: skip


def terms(archive: Archive, question: Question = EVERYTHING, most: int | None = None) -> Iterator[TermLine]:
    """Terms of the actors asked for, the last published first. Days are those of the reports."""
    q = question
    with archive.reading() as connection:
        party, speaker = tables.actors.alias("party"), tables.actors.alias("speaker")
        on = _on_reports(q, by_day=True)
        if q.actors:
            on.append(t.party_id.in_(conditions.meant(connection, q.actors, q.alone)))
        if q.said_by:
            on.append(s.speaker_id.in_(conditions.meant(connection, (q.said_by,), q.alone)))
        query = (
            select(
                t.id, t.report_id, r.key, party.c.name.label("party"), t.form, t.commitment, t.requires,
                speaker.c.name.label("speaker"), r.outlet, r.published,
            )
            .join(tables.reports, r.id == t.report_id)
            .outerjoin(party, party.c.id == t.party_id)
            .outerjoin(tables.statements, s.id == t.statement_id)
            .outerjoin(speaker, speaker.c.id == s.speaker_id)
            .where(*on)
            .order_by(latest_first(r.published), plain(connection, r.key), t.commitment_start, t.id)
            .limit(most)
        )  # fmt: skip
        found = connection.execute(query).all()
        for start in range(0, len(found), _AT_ONCE):
            some = found[start : start + _AT_ONCE]
            names = _local_names(connection, {x.report_id for x in some})
            for x in some:
                by = dict.fromkeys(names.get((x.report_id, i), i) for q_ in x.requires for i in q_["by"])
                yield TermLine(
                    x.key, x.party, x.form, x.commitment, "; ".join(q_["action"] for q_ in x.requires), "; ".join(by),
                    x.speaker, x.outlet, x.published,
                )  # fmt: skip


def _local_names(connection: Connection, reports: set[int]) -> dict[tuple[int, str], str]:
    query = select(a.report_id, a.local, a.name).where(a.report_id.in_(sorted(reports)))
    return {(x.report_id, x.local): x.name for x in connection.execute(query)}


def statements(archive: Archive, question: Question = EVERYTHING, most: int | None = None) -> Iterator[StatementLine]:
    """What the actors asked for say, deny or demand, the last published first. Days are those of the reports."""
    q = question
    with archive.reading() as connection:
        on = _on_reports(q, by_day=True)
        named = (*q.actors, *((q.said_by,) if q.said_by else ()))
        if named:
            on.append(s.speaker_id.in_(conditions.meant(connection, named, q.alone)))
        query = (
            select(r.key, a.name, s.stance, s.quoted, s.content, v.text, r.outlet, r.published)
            .join(tables.reports, r.id == s.report_id)
            .join(tables.versions, v.id == r.version_id)
            .outerjoin(tables.actors, a.id == s.speaker_id)
            .where(*on)
            .order_by(latest_first(r.published), plain(connection, r.key), s.cue_start)
            .limit(most)
        )
        for x in connection.execution_options(yield_per=_AT_ONCE).execute(query):
            words = " … ".join(" ".join(x.text[b:c].split()) for b, c in x.content)
            yield StatementLine(x.key, x.name, x.stance, x.quoted, words, x.outlet, x.published)
