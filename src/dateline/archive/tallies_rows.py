"""How do rows count that are about to be written? What `tallies.recount` would count of them, without asking the database.

Pure. A test holds the two to each other; what is counted, and why, stands in `tallies`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from dateline.archive.stances import ASSERTS, DISPUTES
from dateline.archive.tables import IN_VIEW
from dateline.archive.tallies import UNKNOWN, Key, cut, identity_of, whole

_whole = lru_cache(20_000)(whole)


def counted(rows: Mapping[str, list[tuple[Any, ...]]], outlets: Mapping[int, str | None]) -> Counter[Key]:
    """Counts of events by split, day and value. `rows` are those of `flatten`, `outlets` those of their reports by row."""
    found: Counter[Key] = Counter()
    days: dict[int, str] = {}
    for row in rows["events"]:
        id_, report, _, type_, mode, status = row[:6]
        days[id_] = day = row[12].isoformat() if row[12] else UNKNOWN
        for split, value in (("type", type_), ("mode", mode), ("status", status), ("outlet", outlets[report])):
            found[split, day, cut(value)] += 1
    found |= {("rows", UNKNOWN, table.name): len(rows[table.name]) for table in IN_VIEW if rows[table.name]}
    for event in _disputed(rows):
        found["disputed", days[event], "disputed"] += 1
    _by_actor(rows, days, found)
    _by_place(rows, days, found)
    return found


class _Counted(NamedTuple):
    """By what an actor counts: as an identity, in each role, and as it is called (not yet cut)."""

    who: Key
    by_role: Mapping[str, Key]
    called: str


def _by_actor(rows: Mapping[str, list[tuple[Any, ...]]], days: Mapping[int, str], found: Counter[Key]) -> None:
    actors = {row[0]: _counted_as(*row[3:7]) for row in rows["actors"]}
    took = [(event, role, actors[actor]) for event, role, _, actor, *_ in rows["event_actors"]]
    # Lists, which `Counter` counts five times as fast as one key at a time.
    found.update([as_.who for _, _, as_ in took])
    found.update([as_.by_role[role] for _, role, as_ in took])
    once = {(event, role, as_.called) for event, role, as_ in took}
    found.update([(role, days[event], cut(called)) for event, role, called in once])


@lru_cache(20_000)
def _counted_as(key: str | None, name: str, kind: str, country: str | None) -> _Counted:
    identity = identity_of(key, name)
    value = whole((*identity, name, kind, country))
    by_role = {role: (f"as-{role}", UNKNOWN, value) for role in ("actor", "recipient")}
    return _Counted(("who", UNKNOWN, whole(identity)), by_role, name if key is None else key)


def _by_place(rows: Mapping[str, list[tuple[Any, ...]]], days: Mapping[int, str], found: Counter[Key]) -> None:
    places = {row[0]: row for row in rows["places"]}
    seen: set[tuple[int, str, Any]] = set()
    for event, _, place in rows["event_places"]:
        _, _, _, name, lat, lon, country, _, source, precision, *_ = places[place]
        spot = (name if source is None else source, country)
        found["as-spot", UNKNOWN, _whole((*spot, name, lat, lon, precision))] += 1
        for split, same, value in (("place", name, name), ("country", country, country), ("spot", spot, spot)):
            if (event, split, same) not in seen:
                seen.add((event, split, same))
                found[split, days[event], _whole(value) if isinstance(value, tuple) else cut(value)] += 1


def _disputed(rows: Mapping[str, list[tuple[Any, ...]]]) -> Iterator[int]:
    """Events that `disputed.disputed` finds: denied, doubted or rejected, and asserted by someone or by the report itself."""
    stances = {row[0]: row[10] for row in rows["statements"]}
    told: defaultdict[int, list[tuple[str, Any]]] = defaultdict(list)
    for event, statement, rank in rows["event_statements"]:
        told[event].append((stances[statement], rank))
    for event, by in told.items():
        if any(stance in DISPUTES for stance, _ in by) and (
            any(stance in ASSERTS for stance, _ in by) or all(rank is None for _, rank in by)
        ):
            yield event
