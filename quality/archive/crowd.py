"""Do readers and writers get along? 8 writers' worth of ingest beside 32 readers.

usage: python -m quality.archive.crowd RECORDS.jsonl [--seconds 60] [--db FILE|postgresql|postgresql://…]

Eight processes add records, each at the rate at which one process reads reports (`--rate` a
second), in batches as `dateline add` makes them; four processes of eight threads ask, each
thread again a moment after its last answer: a search, a record, events by type, an actor's
events, a day's. Half of the records are there beforehand. Prints errors, what was added, and
the time of an answer at the median, at 99 of 100, and at most, in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

import dateline.archive
from dateline.archive import Archive, tables
from dateline.archive.write import Arrival, take
from dateline.record import Record
from dateline.sources.take_in import report_of
from quality.archive.database import named
from quality.archive.kill import wipe

WRITERS, ASKING_PROCESSES, ASKING_THREADS = 8, 4, 8
BATCH = 8
# Between an answer and the next question of one reader.
THINK_S = 0.25
WORDS = ("ceasefire", "shelled or bombed", '"security council"', "hostages -truce", "villages", "minister denied")


def ask(archive: Archive, chance: random.Random, keys: Sequence[str]) -> None:
    """One question, drawn by chance."""
    e, ea, a, r = tables.events.c, tables.event_actors.c, tables.actors.c, tables.reports.c
    kind = chance.randrange(5)
    if kind == 0:
        archive.search(chance.choice(WORDS), 20)
    elif kind == 1:
        assert archive.record(chance.choice(keys))
    else:
        query: Any = select(e.type, func.count()).where(e.status == "happened").group_by(e.type)
        if kind == 3:
            query = (
                select(e.id, e.trigger_text).join(tables.event_actors, ea.event_id == e.id)
                .join(tables.actors, a.id == ea.actor_id).where(a.kind == chance.choice(("rebel", "militia", "police"))).limit(50)
            )  # fmt: skip
        elif kind == 4:
            query = select(r.key, r.title).order_by(r.published.desc()).limit(50)
        with archive.reading() as connection:
            connection.execute(query).all()


def read(name: str, keys: Sequence[str], until: float, seed: int, out: Any) -> None:
    """One process of readers."""
    took: list[float] = []
    errors: list[str] = []

    def one(archive: Archive, chance: random.Random) -> None:
        while time.time() < until:
            began = time.perf_counter()
            try:
                ask(archive, chance, keys)
            except Exception as error:
                errors.append(f"{type(error).__name__}: {error}"[:200])
            took.append(time.perf_counter() - began)
            time.sleep(chance.uniform(0.5, 1.5) * THINK_S)

    with dateline.archive.open(name, create=False) as archive:
        threads = [
            threading.Thread(target=one, args=(archive, random.Random(seed * 100 + n))) for n in range(ASKING_THREADS)
        ]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
    out.put(("read", took, errors))


def write(name: str, lines: Sequence[str], until: float, rate: float, out: Any) -> None:
    """One writer, at the pace of one process that reads reports."""
    added, errors = 0, []
    took: list[float] = []
    with dateline.archive.open(name, create=False) as archive:
        began = time.time()
        for start in range(0, len(lines), BATCH):
            if time.time() >= until:
                break
            made = [Record.model_validate_json(line) for line in lines[start : start + BATCH]]
            time.sleep(max(0.0, began + (start + len(made)) / rate - time.time()))
            at = time.perf_counter()
            try:
                with archive.writing() as connection:
                    done = take(connection, [Arrival(report_of(r), r, "crowd") for r in made])
                added += sum(d.became == "added" for d in done)
            except Exception as error:
                errors.append(f"{type(error).__name__}: {error}"[:200])
            took.append(time.perf_counter() - at)
    out.put(("write", took, errors, added))


def at(times: Sequence[float], share: float) -> float:
    return round(1000 * sorted(times)[min(len(times) - 1, int(share * len(times)))], 1)


def trial(name: str, lines: Sequence[str], seconds: float, rate: float) -> dict[str, Any]:
    """The crowd on a database that is emptied first."""
    wipe(name)
    half = len(lines) // 2
    first = [Record.model_validate_json(line) for line in lines[:half]]
    with dateline.archive.open(name) as archive, archive.writing() as connection:
        take(connection, [Arrival(report_of(r), r, "crowd") for r in first])
    keys = [r.report.id for r in first]
    context = multiprocessing.get_context("fork")  # all that is needed is loaded, and nothing is open
    out = context.Queue()
    until = time.time() + seconds
    rest = lines[half:]
    crowd = [context.Process(target=write, args=(name, rest[n::WRITERS], until, rate, out)) for n in range(WRITERS)]
    crowd += [context.Process(target=read, args=(name, keys, until, n, out)) for n in range(ASKING_PROCESSES)]
    for p in crowd:
        p.start()
    found = [out.get(timeout=seconds + 120) for _ in crowd]
    for p in crowd:
        p.join()
    asked = [t for f in found if f[0] == "read" for t in f[1]]
    wrote = [t for f in found if f[0] == "write" for t in f[1]]
    errors = [e for f in found for e in f[2]]
    added = sum(f[3] for f in found if f[0] == "write")
    with dateline.archive.open(name) as archive, archive.reading() as connection:
        there = connection.execute(select(func.count()).select_from(tables.reports)).scalar_one()
        dialect = archive.engine.dialect.name
    return {
        "database": dialect, "errors": len(errors), "first_error": errors[0] if errors else None, "added": added,
        "lost_or_doubled": there - len(first) - added, "asked": len(asked), "read_ms": {"p50": at(asked, 0.5), "p99": at(asked, 0.99), "max": at(asked, 1)},
        "write_ms": {"p50": at(wrote, 0.5), "p99": at(wrote, 0.99), "max": at(wrote, 1)},
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--db", default="build/archive/crowd.db")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=12.0)
    options = parser.parse_args()
    lines = [line for line in options.records.read_text(encoding="utf-8").split("\n") if line]
    with named(options.db) as name:
        found = trial(name, lines, options.seconds, options.rate)
    print(json.dumps(found))
    if found["errors"] or found["lost_or_doubled"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
