"""Is anything lost or doubled when the process that takes reports in is killed, at any moment?

usage: python -m quality.archive.kill RECORDS.jsonl [--times 200] [--db FILE|postgresql|postgresql://…] [--seed 1]

A child process adds the records and says what it has put on the disk; after a random time it
gets SIGKILL. What it said must be there. The same command is then given again, and killed
again, until it comes to its end: the archive must then export what one that was never
disturbed exports, row for row. Then all begins anew, until there have been enough kills.
The database named is emptied first.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select, text

import dateline.archive
from dateline.archive import Archive, tables
from dateline.archive.ingest import add
from dateline.batch import ReadingRoom
from quality.archive.database import named

# Row ids, times of arrival and runs differ between two archives of the same reports.
_PRIVATE = frozenset(("id", "added", "run_id", "version_id", "record_id"))


def wipe(name: str) -> None:
    """Empty the database."""
    if "://" not in name:
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)
        return
    with dateline.archive.open(name) as archive, archive.writing() as connection:
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(table.delete())
        connection.execute(text("delete from reports_fts"))


def export(archive: Archive) -> str:
    """Digest of all that the archive says, whatever the order in which it came."""
    found = hashlib.sha256()
    for record in archive.records():
        found.update(record.to_json().encode())
    with archive.reading() as connection:
        keys = dict(tuple(row) for row in connection.execute(select(tables.reports.c.id, tables.reports.c.key)).all())
        for table in (tables.reports, tables.versions):
            rows = []
            for row in connection.execute(select(table)):
                values = {k: v for k, v in row._mapping.items() if k not in _PRIVATE}
                if "report_id" in values:
                    values["report_id"] = keys[values["report_id"]]
                rows.append(repr(sorted(values.items(), key=str)))
            found.update("\n".join(sorted(rows)).encode())
        for table in (
            *tables.IN_VIEW,
            tables.records,
            tables.event_actors,
            tables.event_places,
            tables.event_statements,
            tables.event_figures,
        ):
            count = connection.execute(text(f"select count(*) from {table.name}")).scalar_one()
            found.update(f"{table.name} {count}".encode())
        indexed = connection.execute(text("select count(*) from reports_fts")).scalar_one()
        found.update(f"fts {indexed}".encode())
    return found.hexdigest()


def run_and_kill(name: str, source: str, after_s: float) -> tuple[bool, set[str]]:
    """Whether the child came to its end, and the keys that it said were on the disk."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            _child(name, source, writing)
            os._exit(0)
        except BaseException as error:
            print(f"child: {error}", file=sys.stderr)
            os._exit(3)
    os.close(writing)
    time.sleep(after_s)
    done, status = os.waitpid(pid, os.WNOHANG)
    if not done:
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        # A line that was cut off was not said.
        said = {line[:-1] for line in pipe if line.endswith("\n")}
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise SystemExit("a child failed by itself")
    return os.WIFEXITED(status), said


def _child(name: str, source: str, writing: int) -> None:
    def tell(done: object) -> None:
        os.write(writing, "".join(f"{d.key}\n" for d in done).encode())  # type: ignore[attr-defined]

    with dateline.archive.open(name) as archive, ReadingRoom() as room:
        add(archive, [source], room, on_done=tell)


def trial(
    name: str, source: str, times: int, seed: int, longest_s: float = 1.5, say: Callable[[str], None] = print
) -> dict[str, object]:
    """Kill `times` times; count what was lost, what was doubled, and which exports differ."""
    chance = random.Random(seed)
    wipe(name)
    with dateline.archive.open(name) as archive, ReadingRoom() as room:
        add(archive, [source], room)
        wanted = export(archive)
    wipe(name)
    kills = lost = rounds = differ = broken = 0
    while kills < times:
        ended, said = run_and_kill(name, source, chance.uniform(0.0, longest_s))
        kills += not ended
        with dateline.archive.open(name) as archive:
            with archive.reading() as connection:
                there = set(connection.execute(select(tables.reports.c.key)).scalars())
                if archive.is_sqlite:
                    broken += connection.execute(text("pragma quick_check")).scalar_one() != "ok"
            lost += len(said - there)
            if ended:
                rounds += 1
                differ += export(archive) != wanted
        if ended:
            wipe(name)
        if kills and kills % 50 == 0 and not ended:
            say(f"{kills} kills, {rounds} whole runs, {lost} lost, {differ} exports differ")
    # The last one is brought to its end undisturbed.
    with dateline.archive.open(name) as archive, ReadingRoom() as room:
        add(archive, [source], room)
        differ += export(archive) != wanted
    return {
        "kills": kills,
        "whole_runs": rounds + 1,
        "lost": lost,
        "exports_that_differ": differ,
        "broken_files": broken,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records")
    parser.add_argument("--db", default="build/archive/kill.db")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with named(options.db) as name:
        found = trial(name, options.records, options.times, options.seed, say=lambda line: print(line, file=sys.stderr))
    print(json.dumps(found))
    if found["lost"] or found["exports_that_differ"] or found["broken_files"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
