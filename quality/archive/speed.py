"""How fast are records added, and how large does the archive get?

usage: python -m quality.archive.speed RECORDS.jsonl [--db FILE|postgresql|postgresql://…]

Prints reports and events, reports a second (reading the file, checking, writing, committing),
the size of the database in MB, the most memory of the process in MB, and the seconds of a few
questions on the full archive.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

import dateline.archive
from dateline.archive import Archive, tables
from dateline.archive.ingest import add
from dateline.archive.look import overview, search
from dateline.batch import ReadingRoom
from quality.archive.database import named


def size_mb(archive: Archive) -> float:
    """The database on the disk, its log included."""
    if archive.is_sqlite:
        path = Path(str(archive.engine.url.database))
        return sum(p.stat().st_size for p in path.parent.glob(path.name + "*")) / 1e6
    with archive.reading() as connection:
        return float(connection.execute(text("select pg_database_size(current_database())")).scalar_one()) / 1e6


def timed(ask: Callable[[], Any]) -> float:
    """Seconds of a question, the better of two."""
    best = 1e9
    for _ in range(2):
        began = time.perf_counter()
        ask()
        best = min(best, time.perf_counter() - began)
    return round(best, 3)


def questions(archive: Archive) -> dict[str, float]:
    """Seconds of questions that look at much of the archive."""
    e, ea, a = tables.events.c, tables.event_actors.c, tables.actors.c

    def ask(query: Any) -> Callable[[], Any]:
        def run() -> None:
            with archive.reading() as connection:
                connection.execute(query).all()

        return run

    by_type = select(e.type, func.count()).where(e.status == "happened").group_by(e.type)
    of_actor = (
        select(e.id)
        .join(tables.event_actors, ea.event_id == e.id)
        .join(tables.actors, a.id == ea.actor_id)
        .where(a.key == "turkey")
    )
    return {
        "search_s": timed(lambda: search(archive, "shelled or bombed", 100)),
        "status_s": timed(lambda: overview(archive)),
        "events_by_type_s": timed(ask(by_type)),
        "events_of_an_actor_s": timed(ask(of_actor)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records")
    parser.add_argument("--db", default="build/archive/speed.db")
    options = parser.parse_args()
    with named(options.db) as name, dateline.archive.open(name) as archive, ReadingRoom() as room:
        began = time.perf_counter()
        summary = add(archive, [options.records], room)
        took = time.perf_counter() - began
        found = overview(archive)
        print(
            json.dumps(
                {
                    "database": archive.engine.dialect.name, **summary.counts, "events": found.counts["events"],
                    "reports_per_s": round(summary.counts.total() / took), "size_mb": round(size_mb(archive)),
                    "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, **questions(archive),
                }
            )
        )  # fmt: skip


if __name__ == "__main__":
    main()
