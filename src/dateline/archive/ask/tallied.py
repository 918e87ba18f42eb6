"""Who takes part in all events, and where are they? Answered from the counts that the archive keeps."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, Text, and_, column, func, select, values

from dateline.archive import tallies
from dateline.archive.tables import tallies as table

_c = table.c
# Of so many the parts taken are looked up one by one; of more, all are read.
_LOOKED_UP = 500


def parties(connection: Connection, most: int | None) -> list[tuple[Any, ...]]:
    """Key, name, kind, country and times in each role, of the busiest, or of all."""
    splits = ("as-actor", "as-recipient")
    query = select(_c.split, _c.value, _c.count).where(_c.day == tallies.UNKNOWN)
    if most is None or most > _LOOKED_UP:
        query = query.where(_c.split.in_(splits))
    elif busiest := _busiest(connection, most):
        span = values(column("low", Text), column("high", Text)).data(busiest).cte("span")
        inside = and_(_c.split.in_(splits), _c.day == tallies.UNKNOWN, _c.value >= span.c.low, _c.value < span.c.high)
        # An outer join is done in this order: a few spans of the index each, not all of it for each.
        query = select(_c.split, _c.value, _c.count).select_from(span.outerjoin(table, inside))
    else:
        return []
    numbers: dict[str, list[int]] = {}
    for split, value, count in connection.execute(query).all():
        numbers.setdefault(value, [0, 0])[splits.index(split)] = count
    # Who it is counts first, and is told by key and name.
    return [
        (key, name, kind, country, *both)
        for (key, _, name, kind, country), both in zip(tallies.all_parts(numbers), numbers.values(), strict=True)
    ]


def _busiest(connection: Connection, most: int) -> list[tuple[str, str]]:
    """Spans of values of `as-…` that belong to those who take part most often."""
    of_all = select(_c.value, _c.count).where(_c.split == "who", _c.day == tallies.UNKNOWN)
    last = select(_c.count).where(_c.split == "who", _c.day == tallies.UNKNOWN).order_by(_c.count.desc())
    least = connection.execute(last.offset(most - 1).limit(1)).scalar_one_or_none() if most else None
    found = connection.execute(of_all.where(_c.count >= least) if least else of_all).all()
    order = sorted(found, key=lambda x: (-x[1], [v or "" for v in tallies.parts(x[0])]))
    return [tallies.span_of(tallies.parts(value)) for value, _ in order[:most]]


def spots(connection: Connection) -> list[tuple[Any, ...]]:
    """Name, country, degrees north and east, precision, events, first and last day of every place."""
    known: dict[str, list[list[Any]]] = defaultdict(list)
    for value in connection.execute(select(_c.value).where(_c.split == "as-spot")).scalars().all():
        identity, country, *more = tallies.parts(value)
        known[tallies.whole((identity, country))].append(more)
    days = func.nullif(_c.day, tallies.UNKNOWN)
    query = select(_c.value, func.sum(_c.count), func.min(days), func.max(days)).where(_c.split == "spot")
    out = []
    for value, count, first, last in connection.execute(query.group_by(_c.value)).all():
        name, lat, lon, precision = (
            min((x for x in of if x is not None), default=None) for of in zip(*known[value], strict=True)
        )
        out.append(
            (
                str(name), tallies.parts(value)[1], lat, lon, str(precision), int(count),
                date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None,
            )
        )  # fmt: skip
    return out
