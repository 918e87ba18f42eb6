"""What does an incident say, when several reports tell of it? Nothing is overwritten: each fact keeps whose it is.

Agreement is a share of independent sources: of those that name any place (party, day), how many
name this one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dateline.archive.incidents_compare import distance_km
from dateline.archive.incidents_figures import claims, ranges
from dateline.knowledge.places.fold import fold, loosen
from dateline.record import Actor, Event, Participant, Place, Record

Member = tuple[Record, Event]

# Stances that make a position on an event, and those of them that dispute it.
POSITIONS = frozenset(
    ("says", "accuses", "claims-responsibility", "denies", "doubts", "rejects", "condemns", "welcomes")
)
DISPUTES = frozenset(("denies", "doubts", "rejects"))
ASSERTS = frozenset(("says", "accuses", "claims-responsibility"))
# From the finest; a finer place is preferred to one that holds it.
PRECISIONS = ("exact", "settlement", "near", "route", "district", "province", "region", "country")


def tell(members: Sequence[Member], source_of: Mapping[str, str]) -> dict[str, Any]:
    """The facts of an incident; `members` in the order of publication, report and trigger."""
    published = sorted({r.report.published for r, _ in members if r.report.published})
    found = ranges(claims(members, dict(source_of)))
    start, end, days = _days(members, source_of)
    positions = _positions(members)
    killed = found.get("killed")
    return {
        "type": _most((e.type for _, e in members), lambda t: t),
        "status": _status(members),
        "start": str(start) if start else None, "end": str(end) if end else None, "days_agreement": days,
        "first_reported": str(published[0]) if published else None,
        "last_reported": str(published[-1]) if published else None,
        "place": _place(members, source_of),
        "actors": _parties(members, source_of, lambda e: e.actor),
        "recipients": _parties(members, source_of, lambda e: e.recipient),
        "killed": {"low": killed["low"], "high": killed["high"]} if killed else None,
        "figures": found,
        "independent_sources": len({source_of[r.report.id] for r, _ in members}),
        "sources": sorted({source_of[r.report.id] for r, _ in members}),
        "positions": positions,
        "disputed": bool({p["stance"] for p in positions} & DISPUTES) and _asserted(members, positions),
    }  # fmt: skip


def _most(values: Iterable[str], rank: Callable[[str], Any]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], rank(v)))


def _status(members: Sequence[Member]) -> str:
    """What happened in the end: `happened` when anyone says so, else what the latest reports say."""
    if any(e.status == "happened" for _, e in members):
        return "happened"
    last = max((r.report.published or date.min for r, _ in members))
    return _most((e.status for r, e in members if (r.report.published or date.min) == last), lambda s: s)


def _days(members: Sequence[Member], source_of: Mapping[str, str]) -> tuple[date | None, date | None, float | None]:
    by: dict[tuple[date, date], set[str]] = defaultdict(set)
    for r, e in members:
        first, last = e.start or e.end, e.end or e.start
        if first and last:
            by[first, last].add(source_of[r.report.id])
    if not by:
        return None, None, None
    best = min(by, key=lambda d: (-len(by[d]), d[1] - d[0], d))
    return *best, round(len(by[best]) / len(set().union(*by.values())), 3)


def _place(members: Sequence[Member], source_of: Mapping[str, str]) -> dict[str, Any] | None:
    named: list[tuple[Place, str]] = []
    for r, e in members:
        places = {p.id: p for p in r.places}
        named += [(places[i], source_of[r.report.id]) for i in e.places if i in places]
    if not named:
        return None
    sources: dict[str, set[str]] = defaultdict(set)
    for p, source in named:
        sources[_same(p)].add(source)

    def rank(p: Place) -> tuple[Any, ...]:
        return (p.lat is None, -len(sources[_same(p)]), PRECISIONS.index(p.precision), p.radius_km or 0.0, p.name)

    best = min((p for p, _ in named), key=rank)
    agree = {s for p, s in named if _same(p) == _same(best) or _near(p, best)}
    return {
        "name": best.name, "lat": best.lat, "lon": best.lon, "country": best.country, "precision": best.precision,
        "radius_km": best.radius_km, "agreement": round(len(agree) / len({s for _, s in named}), 3),
    }  # fmt: skip


def _same(p: Place) -> str:
    return p.source or loosen(fold(p.name))


def _near(p: Place, q: Place) -> bool:
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return False
    return distance_km(p.lat, p.lon, q.lat, q.lon) <= (p.radius_km or 0.0) + (q.radius_km or 0.0)


def _identity(a: Actor) -> str:
    return a.key or fold(a.name)


def _parties(
    members: Sequence[Member], source_of: Mapping[str, str], role: Callable[[Event], Sequence[Participant]]
) -> list[dict[str, Any]]:
    """Who is named in a role, most agreed first."""
    actors: dict[str, list[Actor]] = defaultdict(list)
    sources: dict[str, set[str]] = defaultdict(set)
    any_named: set[str] = set()
    for r, e in members:
        known = {a.id: a for a in r.actors}
        for p in role(e):
            if (actor := known.get(p.id)) is not None:
                actors[_identity(actor)].append(actor)
                sources[_identity(actor)].add(source_of[r.report.id])
                any_named.add(source_of[r.report.id])
    out = [
        {
            "key": found[0].key, "name": _most((a.name for a in found), lambda n: n), "kind": _most((a.kind for a in found), lambda k: k),
            "country": next((a.country for a in found if a.country), None), "sources": len(sources[identity]),
            "agreement": round(len(sources[identity]) / len(any_named), 3),
        }
        for identity, found in actors.items()
    ]  # fmt: skip
    return sorted(out, key=lambda a: (-a["sources"], a["key"] is None, a["key"] or a["name"]))


def _positions(members: Sequence[Member]) -> list[dict[str, Any]]:
    """Who takes which stance on it, and where each says so; an actor's stance stands once."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for r, e in members:
        known = {a.id: a for a in r.actors}
        for s in r.statements:
            actor = known.get(s.speaker or "")
            if actor is None or s.stance not in POSITIONS or not (e.id in s.events or s.id in e.said_by):
                continue
            entry = found.setdefault(
                (_identity(actor), s.stance), {"key": actor.key, "name": actor.name, "stance": s.stance, "evidence": []}
            )
            evidence = {"report": r.report.id, "cue": list(s.cue)}
            if evidence not in entry["evidence"]:
                entry["evidence"].append(evidence)
    return [found[k] for k in sorted(found)]


def _asserted(members: Sequence[Member], positions: Sequence[Mapping[str, Any]]) -> bool:
    """Does anyone assert it: a speaker, or a report in its own voice?"""
    return any(p["stance"] in ASSERTS for p in positions) or any(not e.said_by for _, e in members)
