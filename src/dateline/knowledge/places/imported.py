"""Which gazetteers has the user brought?

Each is one more index, beside the built one and of its shape, in `gazetteers/` of the data
folder; the gazetteer asks all of them. Rows are written as they are read, so all of
GeoNames (12 million places) passes in little memory.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing
from hashlib import sha256
from itertools import islice
from pathlib import Path

from dateline.errors import KnowledgeError
from dateline.knowledge.places.build import SCHEMA
from dateline.knowledge.places.fold import fold, loosen
from dateline.knowledge.places.rows import KINDS, Row

_BATCH = 10_000
# A division's code stands in `admin1` until its name is known.
_NAME_DIVISIONS = """
UPDATE place SET admin1 = coalesce(
  (SELECT d.name FROM division d WHERE d.country IS place.country AND d.code = place.admin1), admin1)
"""


def data_folder() -> Path:
    """`$DATELINE_DATA`, else `$XDG_DATA_HOME/dateline`, else `~/.local/share/dateline`."""
    if own := os.environ.get("DATELINE_DATA"):
        return Path(own)
    if shared := os.environ.get("XDG_DATA_HOME"):
        return Path(shared) / "dateline"
    return Path.home() / ".local" / "share" / "dateline"


def imported() -> tuple[Path, ...]:
    """The indices of the user's gazetteers, in order of name; a name ends in a digest of its places."""
    return tuple(sorted((data_folder() / "gazetteers").glob("*.sqlite")))


def remove(name: str) -> bool:
    """Takes a gazetteer out; whether there was one of that name."""
    found = [p for p in imported() if p.stem.rpartition("-")[0] == name]
    for path in found:
        path.unlink()
    return bool(found)


def store(name: str, rows: Iterable[Row]) -> int:
    """Writes rows as the gazetteer `name`, in place of one of that name; how many.

    Raises `KnowledgeError` where there is no row: what stood there before then stays.
    """
    if not re.fullmatch(r"[\w.]+", name):
        raise KnowledgeError(f"{name!r}: a gazetteer's name is letters, digits, dots and underscores")
    folder = data_folder() / "gazetteers"
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=name, suffix=".tmp", dir=folder)
    os.close(handle)
    try:
        with closing(sqlite3.connect(temporary)) as db:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
            count, digest = _write(db, rows)
            db.commit()
        if not count:
            raise KnowledgeError(f"{name}: no place to import")
        remove(name)
        Path(temporary).replace(folder / f"{name}-{digest}.sqlite")
    finally:
        Path(temporary).unlink(missing_ok=True)
    return count


def _write(db: sqlite3.Connection, rows: Iterable[Row]) -> tuple[int, str]:
    db.execute("CREATE TEMP TABLE division (country TEXT, code TEXT, name TEXT)")
    seen, count = sha256(), 0
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        numbered = list(enumerate(batch, count + 1))
        count += len(batch)
        db.executemany(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    i,
                    r.name,
                    r.lat,
                    r.lon,
                    r.country,
                    r.admin1,
                    r.feature,
                    r.population,
                    r.source,
                    r.precision,
                    r.radius_km,
                )
                for i, r in numbered
            ],
        )
        db.executemany(
            "INSERT INTO division VALUES (?,?,?)",
            [(r.country, r.admin1, r.name) for _, r in numbered if r.feature == "ADM1" and r.admin1],
        )
        _write_names(db, numbered)
        seen.update(repr(batch).encode())
    db.execute("CREATE INDEX temp.by_code ON division (country, code)")
    db.execute(_NAME_DIVISIONS)
    return count, seen.hexdigest()[:12]


def _write_names(db: sqlite3.Connection, numbered: list[tuple[int, Row]]) -> None:
    keys = [(fold(name), i, KINDS.index(kind)) for i, r in numbered for name, kind in r.names]
    db.executemany(
        "INSERT INTO name VALUES (?,?,?) ON CONFLICT (key, place) DO UPDATE SET kind = min(kind, excluded.kind)",
        [k for k in keys if k[0]],
    )
    loose = {(loosen(key), i) for key, i, _ in keys if key}
    db.executemany("INSERT OR IGNORE INTO loose VALUES (?,?)", [x for x in sorted(loose) if len(x[0]) >= 3])
