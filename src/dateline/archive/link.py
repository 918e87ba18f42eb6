"""Reprints and incidents of an archive: worked out anew when something changed, and written whole.

What is written depends on the reports in view, their records and the decisions that hold: not
on the order in which they came, nor on what was linked before. A run `link` keeps the stamp of
what it was worked out from, so that an archive that did not change is not linked again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, select

from dateline.archive import decide
from dateline.archive.incidents import Incident, gather
from dateline.archive.incidents_compare import weights
from dateline.archive.incidents_decisions import Decision
from dateline.archive.incidents_mention import Key
from dateline.archive.incidents_scores import Known
from dateline.archive.independent import independent
from dateline.archive.pack import unpack
from dateline.archive.reprints import Copy, Group, reprints
from dateline.archive.store import Archive
from dateline.archive.tables import comparisons, incidents, links, records, reports, runs, versions
from dateline.archive.tables import reprints as reprints_table
from dateline.record import Record

# Raise it when the same archive is to be linked otherwise than before.
LINKER = "link/1"
_AT_ONCE = 500

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Linked:
    """What a linking came to; `anew` is false when nothing had changed."""

    anew: bool
    reports: int
    groups: int
    incidents: int


def stamp(connection: Connection) -> str:
    """Digest of all that reprints and incidents depend on."""
    total = hashlib.sha256(LINKER.encode() + json.dumps(weights(), sort_keys=True).encode())
    c = reports.c
    for row in connection.execute(select(c.key, c.version_id, c.record_id).where(c.state == "usable").order_by(c.id)):
        total.update(repr(tuple(row)).encode())
    for d in decide.in_force(connection):
        total.update(repr(d).encode())
    return total.hexdigest()


def is_linked(connection: Connection) -> bool:
    """Whether what is written belongs to what is in view now."""
    found = connection.execute(
        select(runs.c.sources)
        .where(runs.c.command == "link", runs.c.state == "done")
        .order_by(runs.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return found == [stamp(connection)]


def link(archive: Archive, jobs: int = 1, tell: Tell = lambda _: None) -> Linked:
    """Bring reprints and incidents up to date, in one transaction."""
    with archive.reading() as connection:
        if is_linked(connection):
            return _count(connection, anew=False)
        before = stamp(connection)
        copies = list(_copies(connection))
        tell(f"looking for copies among {len(copies):,} reports")
        groups = reprints(copies, jobs)
        source_of = independent(copies, groups)
        decisions = list(decide.in_force(connection))
        known = _known(connection)
        tell(f"gathering the events of {len(copies):,} reports")
        gathered = gather(lambda: _records(connection), source_of, decisions, jobs, known)
        carried = _carried(connection, gathered)
        if carried:
            numbered = [*decisions, *carried]
            gathered = gather(lambda: _records(connection), source_of, numbered, jobs, known)
    with archive.writing() as connection:
        fresh = stamp(connection) == before
        if not fresh:
            tell("reports came in meanwhile; the next linking takes them up")
        made = decide.keep(connection, carried)
        _write(connection, groups, gathered, {c.number: m for c, m in zip(carried, made, strict=True)})
        _remember(connection, known)
        connection.execute(runs.delete().where(runs.c.command == "link"))
        done = [stamp(connection)] if fresh else ["out of date"]
        now = datetime.now(UTC)
        connection.execute(runs.insert().values(command="link", sources=done, started=now, finished=now, state="done"))
        return _count(connection, anew=True)


def _count(connection: Connection, *, anew: bool) -> Linked:
    read = len(connection.execute(select(reports.c.id).where(reports.c.state == "usable")).all())
    grouped = connection.execute(select(reprints_table.c.group_key).distinct()).all()
    return Linked(anew, read, len(grouped), len(connection.execute(select(incidents.c.id)).all()))


def _copies(connection: Connection) -> Iterator[Copy]:
    c = reports.c
    query = (
        select(c.key, versions.c.text, c.agency, c.published, c.outlet)
        .join(versions, versions.c.id == c.version_id)
        .where(c.state == "usable")
    )
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
        yield Copy(*row)


def _records(connection: Connection) -> Iterator[Record]:
    query = select(records.c.json).join(reports, reports.c.record_id == records.c.id).where(reports.c.state == "usable")
    for body in connection.execution_options(yield_per=_AT_ONCE).execute(query).scalars():
        yield unpack(body)


def _known(connection: Connection) -> Known:
    """Scores that earlier linkings kept, and which record each report has now."""
    c = reports.c
    rows = connection.execute(select(c.key, c.record_id).where(c.state == "usable"))
    how = hashlib.sha256(LINKER.encode() + json.dumps(weights(), sort_keys=True).encode()).hexdigest()[:16]
    k = comparisons.c
    stamps = {task: stamp_ for task, stamp_ in connection.execute(select(k.task, k.stamp))}

    def scores(task: str) -> bytes:
        return bytes(connection.execute(select(k.body).where(k.task == task)).scalar_one())

    return Known({key: f"{record_id} {how}" for key, record_id in rows}, stamps, scores)


def _remember(connection: Connection, known: Known) -> None:
    gone = set(known.stamps) - known.seen | set(known.fresh)
    if gone:
        connection.execute(
            comparisons.delete().where(comparisons.c.task == bindparam("at")), [{"at": t} for t in sorted(gone)]
        )
    fresh = sorted(known.fresh.items())
    _insert(connection, comparisons, ({"task": t, "stamp": stamp_, "body": body} for t, (stamp_, body) in fresh))


def _carried(connection: Connection, gathered: Sequence[Incident]) -> list[Decision]:
    """Names to keep: incidents whose first mention a new reading no longer has, though its report is in view.

    Without this a newer model that moves one trigger would rename an incident.
    """
    now = {x.key for i in gathered for x in i.links}
    ids = {i.id for i in gathered}
    in_view = set(connection.execute(select(reports.c.key).where(reports.c.state == "usable")).scalars())
    old: dict[str, list[tuple[date, Key]]] = {}
    query = select(
        links.c.incident_id, links.c.report_key, links.c.trigger_start, links.c.trigger_end, reports.c.published
    )
    for id_, *key, published in connection.execute(query.join(reports, reports.c.key == links.c.report_key)):
        old.setdefault(id_, []).append((published or date.max, (key[0], key[1], key[2])))
    number = max((d.number for d in decide.in_force(connection)), default=0)
    out: list[Decision] = []
    for id_, mentions in sorted(old.items()):
        first = min(mentions)[1]
        if id_ not in ids and first[0] in in_view and first not in now:
            number += 1
            out.append(Decision(number, "carry", tuple(sorted(k for _, k in mentions)), id=id_))
    return out


def _write(
    connection: Connection, groups: Sequence[Group], gathered: Sequence[Incident], renumbered: Mapping[int, int]
) -> None:
    for table in (links, incidents, reprints_table):
        connection.execute(table.delete())
    _insert(connection, reprints_table, (row for g in groups for row in _rows_of_group(g)))
    _insert(connection, incidents, map(_row, gathered))
    _insert(connection, links, (
        {
            "incident_id": i.id, "report_key": x.key[0], "trigger_start": x.key[1], "trigger_end": x.key[2], "score": x.score,
            "reasons": list(x.reasons), "decision_id": renumbered.get(x.decision, x.decision) if x.decision else None,
        }
        for i in gathered
        for x in i.links
    ))  # fmt: skip


def _insert(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Some at a time, so that the rows of a large archive are never held all at once."""
    left = iter(rows)
    while some := list(islice(left, 2000)):
        connection.execute(table.insert(), some)


def _rows_of_group(g: Group) -> Iterator[dict[str, Any]]:
    for key in g.reports:
        descent = g.lineage.get(key)
        lineage = {"agency": g.agency, **(asdict(descent) if descent else {})}
        yield {"report_key": key, "group_key": g.origin, "lineage": lineage}


def _row(i: Incident) -> dict[str, Any]:
    b = i.body
    place, killed = b["place"] or {}, b["killed"] or {}
    days = {n: date.fromisoformat(b[k]) if b[k] else None for n, k in (
        ("start_date", "start"), ("end_date", "end"), ("first_reported", "first_reported"), ("last_reported", "last_reported"),
    )}  # fmt: skip
    return {
        "id": i.id, "type": b["type"], "status": b["status"], **days, "place": place.get("name"), "lat": place.get("lat"),
        "lon": place.get("lon"), "country": place.get("country"), "killed_low": killed.get("low"),
        "killed_high": killed.get("high"), "independent_sources": b["independent_sources"], "disputed": b["disputed"],
        "body": i.as_json(),
    }  # fmt: skip


def incidents_in_view(archive: Archive, id_: str | None = None) -> Iterator[dict[str, Any]]:
    """Incidents as they stand, by the day of their first report, then id; or the one that an id means."""
    with archive.reading() as connection:
        query = select(incidents.c.body).order_by(
            incidents.c.first_reported.is_(None), incidents.c.first_reported, incidents.c.id
        )
        if id_ is not None:
            query = query.where(incidents.c.id == decide.meant(connection, id_))
        yield from connection.execution_options(yield_per=_AT_ONCE).execute(query).scalars()


def reprints_in_view(archive: Archive) -> Iterator[dict[str, Any]]:
    """Groups of copies: `{reports, origin, agency, lineage}`, by their origin."""
    t = reprints_table.c
    found: dict[str, dict[str, Any]] = {}
    with archive.reading() as connection:
        for key, origin, lineage in connection.execute(select(t.report_key, t.group_key, t.lineage)):
            g = found.setdefault(origin, {"reports": [], "origin": origin, "agency": lineage["agency"], "lineage": {}})
            g["reports"].append(key)
            if "parent" in lineage:
                g["lineage"][key] = {k: lineage[k] for k in ("parent", "contained", "jaccard")}
    for _, g in sorted(found.items()):
        yield {**g, "reports": sorted(g["reports"]), "lineage": dict(sorted(g["lineage"].items()))}
