"""Which events of an archive are changes of hands? The rules are in `control.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from dateline.analysis.control import Claim, Hold, Kind, Side, Where, changes, holds
from dateline.archive import tables
from dateline.archive.ask.conditions import meant, on_events
from dateline.archive.ask.question import EVERYTHING, Question
from dateline.archive.ask.who import entries
from dateline.archive.stances import DISPUTES
from dateline.archive.store import Archive
from dateline.errors import KnowledgeError
from dateline.kinds import ActorKind, EventType, Precision
from dateline.knowledge.actors import load_register
from dateline.knowledge.actors.register import fold

e, ea, a, ep, p, es, s, r, k, i, rp = (
    t.c
    for t in (
        tables.events, tables.event_actors, tables.actors, tables.event_places, tables.places, tables.event_statements,
        tables.statements, tables.reports, tables.links, tables.incidents, tables.reprints,
    )
)  # fmt: skip

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """An event of this type, mode and ACLED sub-type (None: any) whose trigger begins with one of the words (None: any)."""

    kind: Kind
    type: str
    mode: str | None
    acled: str | None
    words: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Rules:
    """`control.toml`, loaded."""

    rules: tuple[Rule, ...]
    armed: frozenset[str]
    precisions: tuple[str, ...]


@cache
def load_rules() -> Rules:
    """Raises `KnowledgeError` with every bad entry."""
    data = tomllib.loads(files("dateline.analysis").joinpath("control.toml").read_text(encoding="utf-8"))
    bad: list[str] = []
    rules: list[Rule] = []
    for n, x in enumerate(data["rule"], 1):
        if x.get("kind") not in get_args(Kind):
            bad.append(f"rule {n}: kind {x.get('kind')!r}")
        if x.get("type") not in get_args(EventType):
            bad.append(f"rule {n}: type {x.get('type')!r}")
        words = re.compile("|".join(rf"\b{re.escape(w)}" for w in x["words"]), re.IGNORECASE) if "words" in x else None
        rules.append(Rule(x.get("kind"), x.get("type"), x.get("mode"), x.get("acled"), words))
    bad += [f"armed: {x!r} is no kind" for x in data["armed"]["kinds"] if x not in get_args(ActorKind)]
    bad += [f"held: {x!r} is no precision" for x in data["held"]["precisions"] if x not in get_args(Precision)]
    if bad:
        raise KnowledgeError("control.toml: " + "; ".join(bad))
    return Rules(tuple(rules), frozenset(data["armed"]["kinds"]), tuple(data["held"]["precisions"]))


def control(archive: Archive, question: Question = EVERYTHING) -> Iterator[Hold]:
    """Who held which place when, of the places and actors asked for, by place. Raises `UnknownActor`, `UnknownPlace`.

    A question on an actor or a span of days is answered from all that happened at the places:
    it chooses among the holds, not among the events that they rest on.
    """
    q = question
    of_places = replace(q, actors=(), role="any", since=None, until=None)
    sides = {s for name in q.actors for s in _sides_named(name)}
    with archive.reading() as connection:
        if q.actors:
            meant(connection, q.actors, q.alone)
        for some in claims(connection, of_places):
            for h in holds(changes(some)):
                if (
                    (not sides or (h.holder is not None and h.holder.id in sides))
                    and (q.until is None or (h.since or h.reported or date.min) <= q.until)
                    and (q.since is None or h.until is None or h.until > q.since)
                ):
                    yield h


def _sides_named(name: str) -> set[str]:
    found = {side(e.key, e.name, e.kind, e.country).id for e in entries(name)}
    return found or {fold(name)}


def claims(connection: Connection, question: Question = EVERYTHING) -> Iterator[list[Claim]]:
    """What reports say of places that changed hands, some places at a time, in the order of their ids."""
    kinds: dict[int, Kind] = {}
    at: dict[str, list[int]] = defaultdict(list)
    where: dict[int, Where] = {}
    for id_, kind, place in _changes_of_hands(connection, question):
        kinds[id_], where[id_] = kind, place
        at[place.id].append(id_)
    some: list[int] = []
    for place_id in sorted(at):
        some += sorted(at[place_id])
        if len(some) >= _AT_ONCE:
            yield _claims_of(connection, some, kinds, where)
            some = []
    yield _claims_of(connection, some, kinds, where)


def _changes_of_hands(connection: Connection, question: Question) -> Iterator[tuple[int, Kind, Where]]:
    """Events with the kind of change that they are, and the finest place of each that can be held."""
    precisions = load_rules().precisions
    where = (p.name, p.country, p.lat, p.lon, p.source, p.precision, ep.rank)
    query = (
        select(e.id, e.type, e.mode, e.acled_sub_event_type, e.trigger_text, *where)
        .join(tables.event_places, ep.event_id == e.id)
        .join(tables.places, p.id == ep.place_id)
        .where(_candidates(), p.precision.in_(precisions), *on_events(connection, question))
    )
    kind_of = cache(_kind)  # many events are told in the same words
    order = {name: n for n, name in enumerate(precisions)}
    best: dict[int, tuple[tuple[int, int], Any]] = {}
    for x in connection.execute(query).all():
        rank = (order[x[10]], x[11])
        if (x[0] not in best and kind_of(*x[1:5])) or (x[0] in best and rank < best[x[0]][0]):
            best[x[0]] = (rank, x)
    for id_, (_, x) in best.items():
        name, country, lat, lon, source = x[5:10]
        kind = kind_of(*x[1:5])
        assert kind
        yield id_, kind, Where(source or f"{fold(name)}, {country or ''}", name, country, lat, lon)


def _claims_of(
    connection: Connection, ids: Sequence[int], kinds: Mapping[int, Kind], where: Mapping[int, Where]
) -> list[Claim]:
    return [
        claim
        for start in range(0, len(ids), _AT_ONCE)
        for claim in _claims(connection, ids[start : start + _AT_ONCE], kinds, where)
    ]


def _claims(
    connection: Connection, ids: Sequence[int], kinds: Mapping[int, Kind], where: Mapping[int, Where]
) -> Iterator[Claim]:
    parties = _parties(connection, ids)
    said, denied = _words(connection, ids)
    query = (
        select(e.id, e.start_date, r.key, r.outlet, r.agency, r.published, rp.group_key, rp.lineage)
        .join(tables.reports, r.id == e.report_id)
        .outerjoin(tables.reprints, rp.report_key == r.key)
        .where(e.id.in_(ids))
    )
    found = connection.execute(query).all()
    dated = _days_of_incidents(connection, [x.id for x in found if x.start_date is None])
    for x in found:
        sides, others = parties.get((x.id, "actor"), ()), parties.get((x.id, "recipient"), ())
        if sides or (others and kinds[x.id] != "capture"):
            yield Claim(
                where[x.id], kinds[x.id], x.start_date or dated.get(x.id), x.published, sides, others,
                tuple(said.get(x.id, ())), tuple(denied.get(x.id, ())), _source(x), x.key,
            )  # fmt: skip


def _candidates() -> ColumnElement[bool]:
    any_of = []
    for rule in load_rules().rules:
        parts = [e.type == rule.type]
        if rule.mode:
            parts.append(e.mode == rule.mode)
        if rule.acled:
            parts.append(e.acled_sub_event_type == rule.acled)
        any_of.append(and_(*parts))
    types = sorted({rule.type for rule in load_rules().rules})
    return and_(e.type.in_(types), e.status == "happened", or_(*any_of))


def _kind(type_: str, mode: str | None, acled: str | None, trigger: str) -> Kind | None:
    for rule in load_rules().rules:
        if (
            rule.type == type_
            and rule.mode in (None, mode)
            and rule.acled in (None, acled)
            and (rule.words is None or rule.words.search(trigger))
        ):
            return rule.kind
    return None


def _parties(connection: Connection, ids: Sequence[int]) -> Mapping[tuple[int, str], tuple[Side, ...]]:
    query = (
        select(e.id, ea.role, a.key, a.name, a.kind, a.country)
        .join(tables.event_actors, ea.event_id == e.id)
        .join(tables.actors, a.id == ea.actor_id)
        .where(e.id.in_(ids), a.kind.in_(sorted(load_rules().armed)))
        .order_by(e.id, ea.rank)
    )
    out: dict[tuple[int, str], tuple[Side, ...]] = defaultdict(tuple)
    for x in connection.execute(query).all():
        out[x.id, x.role] += (side(x.key, x.name, x.kind, x.country),)
    return out


def side(key: str | None, name: str, kind: str, country: str | None) -> Side:
    """The side that an actor stands on: the top of what it is part of; forces without a key are their state's."""
    register = load_register()
    if key is None and country and kind in ("government", "military", "police") and register.get(f"state:{country}"):
        key = f"state:{country}"
    if key is None:
        return Side(fold(name), name)
    if "/" in key and key.startswith("state:"):
        key = key.partition("/")[0]
    seen = {key}
    while (entry := register.get(key)) and (wholes := [w for w in entry.wholes() if w not in seen]):
        key = wholes[0]
        seen.add(key)
    top = register.get(key)
    return Side(key, top.name if top else name)


def _words(connection: Connection, ids: Sequence[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    query = (
        select(e.id, es.said_by_rank, s.stance, a.name)
        .join(tables.event_statements, es.event_id == e.id)
        .join(tables.statements, s.id == es.statement_id)
        .join(tables.actors, a.id == s.speaker_id)
        .where(e.id.in_(ids))
        .order_by(e.id, es.said_by_rank, s.cue_start)
    )
    said: dict[int, list[str]] = defaultdict(list)
    denied: dict[int, list[str]] = defaultdict(list)
    for x in connection.execute(query).all():
        if x.stance in DISPUTES:
            denied[x.id].append(x.name)
        elif x.said_by_rank is not None:
            said[x.id].append(x.name)
    return said, denied


def _days_of_incidents(connection: Connection, ids: Sequence[int]) -> dict[int, date]:
    """Undated events that an incident dates."""
    query = (
        select(e.id, i.start_date)
        .join(tables.reports, r.id == e.report_id)
        .join(
            tables.links,
            and_(k.report_key == r.key, k.trigger_start == e.trigger_start, k.trigger_end == e.trigger_end),
        )
        .join(tables.incidents, i.id == k.incident_id)
        .where(e.id.in_(ids), i.start_date.is_not(None))
    )
    return {id_: day for id_, day in connection.execute(query)}


def _source(x: Any) -> str:
    """Who is behind a report: the agency or outlet; copies of one text are one source."""
    agency = (x.lineage or {}).get("agency") or x.agency
    return str(agency or x.outlet or x.group_key or x.key).casefold()
