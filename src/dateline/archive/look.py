"""What is in this archive? Counts, the last runs, what failed in them, and what a search finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from dateline.archive import tables
from dateline.archive.full_text import excerpt, find
from dateline.archive.runs import COUNTED
from dateline.archive.store import Archive

_COUNTED = (
    "reports",
    "versions",
    "records",
    "events",
    "statements",
    "terms",
    "figures",
    "actors",
    "places",
    "incidents",
    "decisions",
)
# Of these the archive keeps the counts.
_KEPT = frozenset(table.name for table in tables.IN_VIEW)


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run, for people."""

    id: int
    command: str
    sources: Sequence[str]
    started: datetime
    state: str
    # How many reports became what, as `runs.COUNTED`.
    counts: Counter[str]
    # The last things that could not be taken in, as `code message`.
    failures: Sequence[str]


@dataclass(frozen=True, slots=True)
class Overview:
    """The archive at a glance."""

    counts: dict[str, int]
    states: dict[str, int]
    first: date | None
    last: date | None
    readers: Sequence[str]
    runs: Sequence[RunLine]


@dataclass(frozen=True, slots=True)
class Found:
    """One report that a search found; `words` are those of its text about the first that was asked for."""

    key: str
    published: date | None
    outlet: str | None
    title: str | None
    words: str


def overview(archive: Archive, most_runs: int = 5) -> Overview:
    """Counts of everything, and the last runs, the newest first."""
    r = tables.reports.c
    with archive.reading() as connection:
        t = tables.tallies.c
        kept = {n: c for n, c in connection.execute(select(t.value, t.count).where(t.split == "rows"))}
        counts = {
            name: kept.get(name, 0)
            if name in _KEPT
            else connection.execute(select(func.count()).select_from(tables.metadata.tables[name])).scalar_one()
            for name in _COUNTED
        }
        states = {s: n for s, n in connection.execute(select(r.state, func.count()).group_by(r.state))}
        first, last = connection.execute(select(func.min(r.published), func.max(r.published))).one()
        readers = [
            f"{x.version} · {x.model}" for x in connection.execute(select(tables.readers).order_by(tables.readers.c.id))
        ]
        lines = []
        came = select(tables.runs).where(tables.runs.c.command != "link").order_by(tables.runs.c.id.desc())
        for run in connection.execute(came.limit(most_runs)).all():
            f = tables.failures.c
            failed = connection.execute(
                select(f.message).where(f.run_id == run.id).order_by(f.id.desc()).limit(3)
            ).scalars()
            lines.append(
                RunLine(
                    run.id, run.command, run.sources, run.started, run.state,
                    Counter({name: getattr(run, name) for name in COUNTED}), list(failed),
                )
            )  # fmt: skip
    return Overview(counts, states, first, last, readers, lines)


def search(archive: Archive, words: str, most: int) -> list[Found]:
    """Reports in view that hold the words, the best first."""
    c = tables.reports.c
    with archive.reading() as connection:
        ids = find(connection, words, most)
        v = tables.versions.c
        query = select(c.id, c.key, c.published, c.outlet, c.title, v.text).join(tables.versions, v.id == c.version_id)
        rows = {
            row.id: Found(row.key, row.published, row.outlet, row.title, excerpt(row.text, words))
            for row in connection.execute(query.where(c.id.in_(ids)))
        }
    return [rows[i] for i in ids]
