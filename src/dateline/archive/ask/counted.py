"""How many a day, a week, a month? Counts of events or incidents, split by what is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, String, and_, cast, func, literal, select

from dateline.archive import tables
from dateline.archive.ask.conditions import on_events
from dateline.archive.ask.question import Question
from dateline.archive.ask.told_incidents import on_incidents
from dateline.archive.store import Archive
from dateline.errors import BadQuestion

Period = Literal["day", "week", "month", "year"]
PERIODS = ("day", "week", "month", "year")
SPLITS = ("type", "status", "mode", "actor", "recipient", "place", "country", "outlet", "disputed")


@dataclass(frozen=True, slots=True)
class Total:
    """A period (`2016-02-20`, `2016-W07`, `2016-02`, `2016`; None for what has no date), what it is split by, and counts.

    `killed_low` and `killed_high` are sums over incidents; None for events, which several reports tell of.
    """

    period: str | None
    start: date | None
    split: str | None
    count: int
    killed_low: float | None
    killed_high: float | None


def totals(
    archive: Archive, question: Question, by: Period, split: str | None = None, of: Literal["events", "incidents"] = "events",
    most: int | None = None,
) -> list[Total]:  # fmt: skip
    """Totals by period, the first first, undated ones last; periods with nothing are not there. The first `most`, or all.

    The day is the first of the event, or that of the report where the question is `reported`.
    Raises `BadQuestion`, `UnknownActor`, `UnknownPlace`.
    """
    if by not in PERIODS:
        raise BadQuestion(f"{by!r} is no period; periods are {', '.join(PERIODS)}")
    allowed = SPLITS if of == "events" else ("type", "status", "place", "country", "disputed")
    if split is not None and split not in allowed:
        raise BadQuestion(f"{of} cannot be split by {split!r}; give one of {', '.join(allowed)}")
    found: Iterable[tuple[Any, ...]]
    with archive.reading() as connection:
        if of == "incidents":
            found = _incidents(connection, question, split)
        elif question.is_open and most and split not in (None, "disputed"):
            found = _first_tallied(connection, str(split), by, most)
        else:
            found = _events(connection, question, split)
    return _gathered(found, by)[:most]


def _events(connection: Connection, q: Question, split: str | None) -> list[tuple[Any, ...]]:
    """Day, split, count, and no toll."""
    if q.is_open:
        return _tallied(connection, split)
    if split == "disputed":
        return _by_dispute(connection, q)
    e, r = tables.events.c, tables.reports.c
    what, joined = _split(split)
    day = r.published if q.reported else e.start_date
    by = [day, *([what] if what is not None else [])]
    count = func.count(func.distinct(e.id)) if joined else func.count()  # an event may have an actor or a place twice
    query: Any = select(cast(day, String), *by[1:], count).select_from(tables.events)
    if q.reported or split == "outlet":
        query = query.join(tables.reports, r.id == e.report_id)
    for table, on in joined:
        query = query.join(table, on)
    found = connection.execute(query.where(*on_events(connection, q)).group_by(*by)).all()
    return [(x[0], x[1] if what is not None else None, x[-1], None, None) for x in found]


def _tallied(connection: Connection, split: str | None) -> list[tuple[Any, ...]]:
    """The same of all events, from the counts that the archive keeps."""
    c = tables.tallies.c
    if split is None or split == "disputed":
        query = select(c.day, literal(None), func.sum(c.count)).where(c.split == "status").group_by(c.day)
        found = [tuple(x) for x in connection.execute(query).all()]
        if split is None:
            return [(day, None, n, None, None) for day, _, n in found]
        of = select(c.day, c.count).where(c.split == "disputed")
        disputed = {day: n for day, n in connection.execute(of)}
        rest = [(day, "undisputed", n - disputed.get(day, 0), None, None) for day, _, n in found]
        return [x for x in rest if x[2]] + [(day, "disputed", n, None, None) for day, n in disputed.items()]
    query = select(c.day, c.value, c.count).where(c.split == split)
    return [(day, value or None, n, None, None) for day, value, n in connection.execute(query).all()]


def _first_tallied(connection: Connection, split: str, by: str, most: int) -> list[tuple[Any, ...]]:
    """As much of the same as the first totals need: whole periods, the first first."""
    c = tables.tallies.c
    query = select(c.day, c.value, c.count).where(c.split == split)
    dated = connection.execution_options(yield_per=1000).execute(query.where(c.day > "").order_by(c.day))
    out: list[tuple[Any, ...]] = []
    seen: set[tuple[date, str]] = set()
    now: date | None = None
    for day, value, n in dated:
        period = first_day(date.fromisoformat(day), by)
        if period != now and len(seen) >= most:
            dated.close()
            return out
        now = period
        seen.add((period, value))
        out.append((day, value or None, n, None, None))
    undated = connection.execute(query.where(c.day == "")).all()
    return out + [(day, value or None, n, None, None) for day, value, n in undated]


def _by_dispute(connection: Connection, q: Question) -> list[tuple[Any, ...]]:
    out = []
    for disputed in (True, False):
        if q.disputed in (None, disputed):
            name = "disputed" if disputed else "undisputed"
            found = _events(connection, replace(q, disputed=disputed), None)
            out += [(day, name, count, None, None) for day, _, count, _, _ in found]
    return out


def _split(split: str | None) -> tuple[Any, list[tuple[Any, Any]]]:
    """The column to group by, and the tables that it needs."""
    e, r, ea, a, ep, p = (
        t.c
        for t in (
            tables.events, tables.reports, tables.event_actors, tables.actors, tables.event_places, tables.places,
        )
    )  # fmt: skip
    if split in ("actor", "recipient"):
        taking = (tables.event_actors, and_(ea.event_id == e.id, ea.role == split))
        return func.coalesce(a.key, a.name), [taking, (tables.actors, a.id == ea.actor_id)]
    if split in ("place", "country"):
        there = [(tables.event_places, ep.event_id == e.id), (tables.places, p.id == ep.place_id)]
        return (p.name if split == "place" else p.country), there
    own = {"type": e.type, "status": e.status, "mode": e.mode, "outlet": r.outlet}
    return (own[split] if split else None), []


def _incidents(connection: Connection, q: Question, split: str | None) -> Iterable[tuple[Any, ...]]:
    c = tables.incidents.c
    day = c.first_reported if q.reported else c.start_date
    what = getattr(c, split) if split else None
    keys = [day, *([what] if what is not None else [])]
    query = select(*keys, func.count(), func.sum(c.killed_low), func.sum(func.coalesce(c.killed_high, c.killed_low)))
    found = connection.execute(query.where(*on_incidents(connection, q)).group_by(*keys))
    names = {True: "disputed", False: "undisputed"}
    return [
        (x[0], (names[bool(x[1])] if split == "disputed" else x[1]) if what is not None else None, *x[-3:])
        for x in found
    ]


def _gathered(found: Iterable[tuple[Any, ...]], by: str) -> list[Total]:
    counts: dict[tuple[date | None, str | None], int] = defaultdict(int)
    killed: dict[tuple[date | None, str | None], list[float | None]] = {}
    firsts: dict[Any, date | None] = {None: None, "": None}
    for day, split, count, low, high in found:
        if day not in firsts:
            firsts[day] = first_day(date.fromisoformat(day) if isinstance(day, str) else day, by)
        at = (firsts[day], split)
        counts[at] += count
        for n, value in enumerate((low, high)):
            if value is not None:
                sums = killed.setdefault(at, [None, None])
                sums[n] = (sums[n] or 0.0) + value
    order = sorted(counts, key=lambda k: (k[0] is None, k[0] or date.min, -counts[k], k[1] or ""))
    names = {d: named(d, by) if d else None for d in set(firsts.values())}
    return [Total(names[d], d, s, counts[d, s], *killed.get((d, s), (None, None))) for d, s in order]


def first_day(day: date, by: str) -> date:
    """The first day of the period that a day is in; weeks begin on Monday (ISO 8601)."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    if by == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if by == "year" else day


def named(first: date, by: str) -> str:
    """`2016-02-20`, `2016-W07`, `2016-02`, `2016`."""
    if by == "week":
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}"
    return {"day": str(first), "month": str(first)[:7], "year": str(first)[:4]}[by]
