"""A large archive quickly, to time questions on: the rows of a small one many times over, on other days.

usage: python -m quality.archive.multiply SMALL.db LARGE.db --times 25

What is in view is copied with new ids and keys and moved in time, copy by copy; the versions and
records of reports are shared, for no question but a text looks at them. SQLite only.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from dateline.archive import tables
from dateline.archive.engine import sqlite_driver

COPIED = (
    "reports", "actors", "places", "events", "event_actors", "event_places", "statements", "event_statements", "figures",
    "event_figures", "terms", "relations",
)  # fmt: skip
# Columns that point at another table's rows.
POINTS = {
    "report_id": "reports", "part_of_id": "actors", "event_id": "events", "actor_id": "actors", "place_id": "places",
    "speaker_id": "actors", "statement_id": "statements", "figure_id": "figures", "party_id": "actors", "from_id": "actors", "to_id": "actors",
}  # fmt: skip
DAYS = ("start_date", "end_date", "published")


def multiply(db: Any, times: int) -> None:
    """Copies of all that is in view, in one transaction; indexes are made again at the end."""
    indexes = db.execute("select name, sql from sqlite_master where type = 'index' and sql is not null").fetchall()
    most = {t: db.execute(f"select coalesce(max(id), 0) from {t}").fetchone()[0] for t in COPIED if "id" in _names(t)}
    db.execute("begin")
    for name, _ in indexes:
        db.execute(f"drop index {name}")
    for n in range(1, times):
        moved = (n * 37) % 3000 - 1500
        for table in COPIED:
            names = _names(table)
            values = ", ".join(_value(table, c, n, moved, most) for c in names)
            last = f" where id <= {most[table]}" if table in most else f" where event_id <= {most['events']}"
            db.execute(f"insert into {table} ({', '.join(names)}) select {values} from {table}{last}")
    for _, sql in indexes:
        db.execute(sql)
    db.execute("commit")


def _names(table: str) -> list[str]:
    return [c.name for c in tables.metadata.tables[table].columns]


def _value(table: str, column: str, n: int, moved: int, most: dict[str, int]) -> str:
    if column == "id":
        return f"id + {n * most[table]}"
    if column in POINTS:
        return f"{column} + {n * most[POINTS[column]]}"
    if column in DAYS:
        return f"date({column}, '{moved} days')"
    return f"key || '-{n}'" if table == "reports" and column == "key" else column


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("small", type=Path)
    parser.add_argument("large", type=Path)
    parser.add_argument("--times", type=int, default=25)
    options = parser.parse_args()
    driver = sqlite_driver()
    options.large.unlink(missing_ok=True)
    small, db = driver.connect(str(options.small)), driver.connect(str(options.large), isolation_level=None)
    small.backup(db)
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = off")
    db.execute("pragma cache_size = -262144")
    multiply(db, options.times)
    print({t: db.execute(f"select count(*) from {t}").fetchone()[0] for t in COPIED})


if __name__ == "__main__":
    main()
