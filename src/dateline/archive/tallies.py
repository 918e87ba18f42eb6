"""How many events are there by day, actor, place, type? Counts kept beside the events, so that a total need not visit them all.

The writer keeps them in the transaction in which it changes what is in view: what a batch takes
out of view is taken off before, what it puts in view is added after. `recount` makes them anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, String, and_, cast, func, select, text

from dateline.archive import tables
from dateline.archive.disputed import disputed

# A day that is not known, and a value that is not (a mode, a country); the last stands for `None`.
UNKNOWN = ""
# What a B-tree of PostgreSQL holds of a name, with room to spare.
_LONGEST = 500
_AT_ONCE = 5_000
# Splits whose value is several in one.
_WHOLE = frozenset(("as-actor", "as-recipient", "spot", "as-spot"))
_PARTIES = frozenset(("as-actor", "as-recipient"))
Key = tuple[str, str, str]
# `json.dumps` would make an encoder for each.
_encode = json.JSONEncoder(ensure_ascii=False).encode

e, ea, a, ep, p, r = (
    t.c
    for t in (
        tables.events, tables.event_actors, tables.actors, tables.event_places, tables.places, tables.reports,
    )
)  # fmt: skip


def whole(values: Sequence[Any]) -> str:
    """Several values as one, such as key, name, kind and country of an actor; of two zeros there is one."""
    return _encode([v[:_LONGEST] if isinstance(v, str) else v + 0.0 if isinstance(v, float) else v for v in values])


def cut(value: str | None) -> str:
    """A value as it is counted by: as long as an index takes, and not None."""
    return (value or UNKNOWN)[:_LONGEST]


def identity_of(key: str | None, name: str) -> tuple[str | None, str | None]:
    """Who someone is, for counting: an entry of the register by its key, anyone else by the name in any case."""
    return (key, None) if key else (None, name.casefold())


def span_of(identity: Sequence[Any]) -> tuple[str, str]:
    """From where to where, in code points, the `whole` values lie that begin with these values."""
    begin = whole(identity)[:-1] + ", "
    return begin, begin[:-1] + "!"


def parts(value: str) -> list[Any]:
    """The values of a `whole`."""
    return list(json.loads(value))


def all_parts(values: Iterable[str]) -> list[list[Any]]:
    """The values of many a `whole`, which is ten times as quick as one by one."""
    return list(json.loads(f"[{','.join(values)}]"))


def take_off(connection: Connection, reports: Sequence[int]) -> None:
    """What these reports have in view no longer counts; call it before anything of them is changed."""
    gone = Counter({k: -n for k, n in _counted(connection, reports)})
    _add(connection, gone)
    if gone:
        connection.execute(
            text("delete from tallies where split = :split and day = :day and value = :value and count <= 0"),
            [{"split": s, "day": d, "value": v} for s, d, v in gone],
        )


def put_on(connection: Connection, counts: Counter[Key]) -> None:
    """What comes into view counts, as `tallies_rows.counted` found."""
    _add(connection, counts)


def recount(connection: Connection) -> None:
    """All counts anew."""
    connection.execute(tables.tallies.delete())
    _add(connection, Counter(dict(_counted(connection, None))))


def _add(connection: Connection, counts: Counter[Key]) -> None:
    # By the driver itself: SQLAlchemy's preparing of each row takes longer than the database does.
    marks = ", ".join(("?" if connection.dialect.name == "sqlite" else "%s",) * 4)
    rows = [(*key, n) for key, n in sorted(counts.items())]
    for start in range(0, len(rows), _AT_ONCE):
        connection.exec_driver_sql(
            f"insert into tallies (split, day, value, count) values ({marks}) "
            "on conflict (split, day, value) do update set count = tallies.count + excluded.count",
            rows[start : start + _AT_ONCE],
        )


def _counted(connection: Connection, reports: Sequence[int] | None) -> Iterator[tuple[Key, int]]:
    """Split, day and value with the number of events (of `as-…`: of parts taken), of some reports or of all."""
    if reports is not None and not reports:
        return
    found: Counter[Key] = Counter()
    for split, query, report in _queries():
        if reports is not None:
            query = query.where(report.in_(reports))
        for *values, day, count in connection.execute(query).all():
            if not count:
                continue
            if split in _PARTIES:
                identity = identity_of(values[0], values[1])
                found["who", UNKNOWN, whole(identity)] += count
                values = [*identity, *values[1:]]
            value = whole(values) if split in _WHOLE else cut(values[0])
            found[split, day or UNKNOWN, value] += count
    yield from found.items()


def _queries() -> Iterator[tuple[str, Any, Any]]:
    """For each split what it counts by, the day, and how many; and the column that says of which report."""
    for table in tables.IN_VIEW:
        yield "rows", select(text(f"'{table.name}'"), text("''"), func.count()).select_from(table), table.c.report_id
    for split, query in _of_events():
        yield split, query, e.report_id


def _of_events() -> Iterator[tuple[str, Any]]:
    day = cast(e.start_date, String)
    each = func.count(func.distinct(e.id))  # an event may have an actor or a place twice
    for split, column in (("type", e.type), ("status", e.status), ("mode", e.mode)):
        yield split, select(column, day, func.count()).group_by(column, e.start_date)
    by_outlet = select(r.outlet, day, func.count()).join(tables.reports, r.id == e.report_id)
    yield "outlet", by_outlet.group_by(r.outlet, e.start_date)
    yield "disputed", select(text("'disputed'"), day, func.count()).where(disputed()).group_by(e.start_date)
    for role in ("actor", "recipient"):
        taking = and_(ea.event_id == e.id, ea.role == role)
        who = func.coalesce(a.key, a.name)
        query = select(who, day, each).join(tables.event_actors, taking).join(tables.actors, a.id == ea.actor_id)
        yield role, query.group_by(who, e.start_date)
        full = (a.key, a.name, a.kind, a.country)
        query = select(*full, text("''"), func.count()).select_from(tables.events)
        query = query.join(tables.event_actors, taking).join(tables.actors, a.id == ea.actor_id)
        yield f"as-{role}", query.group_by(*full)
    for split, column in (("place", p.name), ("country", p.country)):
        query = select(column, day, each).join(tables.event_places, ep.event_id == e.id)
        yield split, query.join(tables.places, p.id == ep.place_id).group_by(column, e.start_date)
    same = (func.coalesce(p.source, p.name), p.country)
    query = select(*same, day, each).join(tables.event_places, ep.event_id == e.id)
    yield "spot", query.join(tables.places, p.id == ep.place_id).group_by(*same, e.start_date)
    full_spot = (*same, p.name, p.lat, p.lon, p.precision)
    query = select(*full_spot, text("''"), func.count()).select_from(tables.events)
    query = query.join(tables.event_places, ep.event_id == e.id).join(tables.places, p.id == ep.place_id)
    yield "as-spot", query.group_by(*full_spot)
