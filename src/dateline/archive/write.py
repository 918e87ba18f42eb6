"""How do reports and their records get into the tables? One batch, one transaction: whole or not at all."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from dateline.archive import full_text, tables, tallies
from dateline.archive.flatten import NUMBERED, Rows, flatten
from dateline.archive.pack import pack
from dateline.archive.rows import insert
from dateline.archive.runs import Became
from dateline.archive.standing import Standing, Standings, reader_row, standings
from dateline.archive.tallies_rows import counted
from dateline.archive.versions import Version, digest, in_utc, text_digest
from dateline.record import ReaderVersion, Record
from dateline.report import Report, State

_IN_ORDER = (
    tables.actors, tables.places, tables.events, tables.event_actors, tables.event_places, tables.statements,
    tables.event_statements, tables.figures, tables.event_figures, tables.terms, tables.relations,
)  # fmt: skip
_OF_REPORT = tuple(c.name for c in tables.reports.columns)
_WITH_ID = ("reports", "versions", "records", "readers", *NUMBERED)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report that arrives; its record when it is usable and new. `whence` says where it was."""

    report: Report
    record: Record | None
    whence: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one arrival, once it is on the disk."""

    key: str
    became: Became
    code: str | None = None
    message: str | None = None


@dataclass
class _Batch:
    """Rows of one batch, gathered and then written table by table."""

    connection: Connection
    run_id: int | None
    now: datetime
    ids: dict[str, Iterator[int]]
    standings: Standings
    rows: Rows = field(default_factory=lambda: defaultdict(list))
    # What reports look like after the batch, by row id; a report that arrives twice is written once.
    shown: dict[int, dict[str, Any]] = field(default_factory=dict)
    view: dict[int, tuple[Standing, Report, Record | None]] = field(default_factory=dict)
    readers: dict[ReaderVersion, int] = field(default_factory=dict)

    def reader(self, reader: ReaderVersion) -> int:
        if reader not in self.readers:
            row = reader_row(self.connection, reader)
            if row is None:
                row = next(self.ids["readers"])
                self.rows["readers"].append((row, reader.version, reader.model, reader.knowledge))
            self.readers[reader] = row
        return self.readers[reader]


def take(connection: Connection, arrivals: Sequence[Arrival], run_id: int | None = None) -> list[Done]:
    """Write a batch, in order, inside the caller's transaction, and say what becomes of each arrival.

    The caller must be the only writer (`Archive.writing`).
    """
    batch = _Batch(
        connection,
        run_id,
        datetime.now(UTC),
        _counters(connection),
        standings(connection, (a.report for a in arrivals)),
    )
    done = [_take_one(batch, a) for a in arrivals]
    _write(batch)
    return done


def _counters(connection: Connection) -> dict[str, Iterator[int]]:
    """The next row ids of each table; nobody else writes meanwhile."""
    highest = (select(func.max(tables.metadata.tables[n].c.id)).scalar_subquery().label(n) for n in _WITH_ID)
    found = connection.execute(select(*highest)).one()
    return {name: itertools.count((last or 0) + 1) for name, last in zip(_WITH_ID, found, strict=True)}


def _take_one(batch: _Batch, arrival: Arrival) -> Done:
    report = arrival.report
    key, standing = batch.standings.of(report)
    same = standing.version_of(report) if standing else None
    if standing and same:
        became = _again(batch, standing, same, arrival)
        return Done(key, became)
    if standing is None:
        standing = Standing(next(batch.ids["reports"]), key, report.named, text_digest(report.text), is_new=True)
        batch.standings.put(standing)
    first = not standing.versions
    version = _version(batch, standing, arrival)
    record_id = _record(batch, standing, version, arrival.record) if arrival.record else None
    if standing.in_view is version:
        _show(batch, standing, report, version, arrival.record, record_id)
    if report.state != "usable":
        return Done(key, report.state)
    return Done(key, "added" if first else "corrected")


def _again(batch: _Batch, standing: Standing, version: Version, arrival: Arrival) -> Became:
    """A version that is there; perhaps with a record by a reader that is new to it."""
    if arrival.record is None or (version.id, batch.reader(arrival.record.reader)) in standing.records:
        return "unchanged"
    had = standing.record_of(version) is not None
    record_id = _record(batch, standing, version, arrival.record)
    if standing.in_view is version:
        _show(batch, standing, arrival.report, version, arrival.record, record_id)
    return "reread" if had else "added"


def _version(batch: _Batch, standing: Standing, arrival: Arrival) -> Version:
    report = arrival.report
    number = 1 + max((v.number for v in standing.versions), default=0)
    version = Version(
        next(batch.ids["versions"]), number, digest(report), report.state, report.version, in_utc(report.revised)
    )
    standing.versions.append(version)
    batch.rows["versions"].append(
        (
            version.id, standing.id, number, version.digest, report.state, report.version, version.revised, report.url, report.title,
            report.outlet, report.published, report.language, report.text, json.dumps(report.extra), arrival.whence, batch.now,
            batch.run_id,
        )
    )  # fmt: skip
    return version


def _record(batch: _Batch, standing: Standing, version: Version, record: Record) -> int:
    reader = batch.reader(record.reader)
    row = next(batch.ids["records"])
    standing.records[version.id, reader] = row
    # The key is the record's id in this archive.
    whole = record if record.report.id == standing.key else _under(record, standing.key)
    batch.rows["records"].append((row, version.id, reader, pack(whole), batch.now))
    return row


def _under(record: Record, key: str) -> Record:
    return record.model_copy(update={"report": record.report.model_copy(update={"id": key})})


def _show(
    batch: _Batch, standing: Standing, report: Report, version: Version, record: Record | None, record_id: int | None
) -> None:
    """Put a version in view, or out of it when it is killed or withheld."""
    standing.text_digest = text_digest(report.text)
    info = record.report if record else None
    batch.shown[standing.id] = {
        "id": standing.id, "key": standing.key, "named": standing.named, "state": report.state, "version_id": version.id,
        "record_id": record_id, "url": report.url, "title": report.title, "outlet": report.outlet, "agency": info.agency if info else None,
        "published": report.published, "language": report.language, "dateline_place": info.dateline.place if info else None,
        "dateline_date": info.dateline.date if info else None, "text_digest": standing.text_digest,
    }  # fmt: skip
    batch.view[standing.id] = (standing, report, record)


def _write(batch: _Batch) -> None:
    connection = batch.connection
    new = [row for id_, row in batch.shown.items() if batch.view[id_][0].is_new]
    old = [row for id_, row in batch.shown.items() if not batch.view[id_][0].is_new]
    tallies.take_off(connection, [row["id"] for row in old])
    insert(connection, tables.readers, batch.rows["readers"])
    insert(connection, tables.reports, [tuple(map(row.get, _OF_REPORT)) for row in new])
    if old:
        names = [n for n in _OF_REPORT if n not in ("id", "key", "named")]
        query = (
            tables.reports.update()
            .where(tables.reports.c.id == bindparam("at"))
            .values({n: bindparam(n) for n in names})
        )
        connection.execute(query, [{"at": row["id"], **{n: row[n] for n in names}} for row in old])
    insert(connection, tables.versions, batch.rows["versions"])
    insert(connection, tables.records, batch.rows["records"])
    _out_of_view(connection, [row["id"] for row in old])
    _into_view(batch)


def _out_of_view(connection: Connection, ids: Sequence[int]) -> None:
    if not ids:
        return
    full_text.forget(connection, ids)
    for table in tables.IN_VIEW:
        connection.execute(table.delete().where(table.c.report_id == bindparam("at")), [{"at": i} for i in ids])


def _into_view(batch: _Batch) -> None:
    rows: Rows = defaultdict(list)
    found: list[dict[str, Any]] = []
    outlets: dict[int, str | None] = {}
    usable: State = "usable"
    for id_, (_, report, record) in batch.view.items():
        if report.state != usable:
            continue
        found.append({"id": id_, "title": report.title or "", "body": report.text})
        outlets[id_] = report.outlet
        if record:
            for name, some in flatten(record, id_, batch.ids).items():
                rows[name] += some
    for table in _IN_ORDER:
        insert(batch.connection, table, rows[table.name])
    tallies.put_on(batch.connection, counted(rows, outlets))
    full_text.index(batch.connection, found)
