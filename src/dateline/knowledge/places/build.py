"""How is the index of places made?

Once, from the installed packages and our tables, into one SQLite file whose name holds a
digest of both; a new version of either makes a new file. It is written beside its place
and renamed, so two processes may build at once: the last rename wins, with the same bytes'
worth of facts.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from dateline.knowledge.places import sources, tables
from dateline.knowledge.places.fold import fold, loosen
from dateline.knowledge.places.rows import KINDS, OF_WAR, Row, distance_km

# Raise it when the rows below would differ for the same sources.
_BUILD = "6"

# Two places of one name, so near and no larger than a district, are one.
_SAME_KM = 25.0
_POINTS = frozenset(("exact", "settlement", "near", "district"))

SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, country TEXT,
  admin1 TEXT, feature TEXT NOT NULL, population INTEGER NOT NULL, source TEXT NOT NULL, precision TEXT NOT NULL,
  radius_km REAL NOT NULL);
CREATE INDEX capital ON place (country) WHERE feature = 'PPLC';
CREATE INDEX country ON place (country) WHERE feature = 'PCLI';
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL,
  PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE loose (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""


def digest() -> str:
    """Twelve hexadecimal digits that change with the packages and our tables."""
    h = hashlib.sha256("\n".join([_BUILD, *sources.versions()]).encode())
    for name in tables.FILES:
        h.update(tables.read_bytes(name))
    return h.hexdigest()[:12]


def cache_folder() -> Path:
    """`$DATELINE_CACHE`, else `$XDG_CACHE_HOME/dateline`, else `~/.cache/dateline`."""
    if own := os.environ.get("DATELINE_CACHE"):
        return Path(own)
    if shared := os.environ.get("XDG_CACHE_HOME"):
        return Path(shared) / "dateline"
    return Path.home() / ".cache" / "dateline"


def expected_path() -> Path:
    """Where the index for what is installed now stands, or will."""
    return cache_folder() / f"places-{digest()}.sqlite"


def is_built() -> bool:
    """Whether the index is there; building it takes about half a minute, once."""
    return expected_path().is_file()


def index_path() -> Path:
    """The index for what is installed now; built first where it is missing."""
    path = expected_path()
    if not path.is_file():
        build(path)
    return path


def build(path: Path) -> None:
    """Writes the index to `path`, in one rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=path.stem, suffix=".tmp", dir=path.parent)
    os.close(handle)
    try:
        with closing(sqlite3.connect(temporary)) as db:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
            _fill(db, all_rows())
            db.commit()
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def all_rows() -> list[Row]:
    """Every place, our spellings added to the places that they name."""
    divisions = sources.Divisions()
    rows: list[Row] = [
        *tables.own_places(),
        *sources.country_rows(),
        *divisions.rows(),
        *sources.settlement_rows(divisions),
        *sources.airport_rows(),
    ]
    return with_spellings(with_war_places(rows, tables.war_places()))[0]


def with_war_places(rows: list[Row], more: Iterable[Row]) -> list[Row]:
    """The rows and `more`; one of `more` that stands within reach under one of its names lends that row the others."""
    rows = list(rows)
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        if row.precision in _POINTS:
            for key in {fold(n) for n, _ in row.names}:
                by_name[key, row.country or ""].append(i)
    for new in more:
        keys = dict.fromkeys(fold(n) for n, _ in new.names)
        same = dict.fromkeys(i for k in keys for i in by_name.get((k, new.country or ""), ()))
        near = [i for i in same if distance_km(rows[i].lat, rows[i].lon, new.lat, new.lon) <= _SAME_KM]
        if not near:
            rows.append(new)
            continue
        best = max(near, key=lambda i: (rows[i].population, -i))
        have = {fold(n) for n, kind in rows[best].names if kind in ("main", "alias")}
        added = tuple((n, "alias") for n, _ in new.names if fold(n) not in have)
        known = rows[best].population or round(10**OF_WAR)
        rows[best] = replace(rows[best], names=(*rows[best].names, *added), population=known)  # type: ignore[arg-type]
    return rows


def with_spellings(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """The rows, each with our spellings of it, and the spellings whose place is not among them.

    A later version of a package may rename a place: its spellings are then lost, not the whole index.
    """
    rows = list(rows)
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for key in {fold(n) for n, kind in row.names if kind in ("main", "alternate")}:
            by_name[key, row.country or ""].append(i)
    missing = []
    for s in tables.spellings():
        found = by_name.get((fold(s.target), s.country), [])
        if s.kind == "abbreviation":
            found = [i for i in found if rows[i].feature in ("ADM1", "PCLI")]
        if not found:
            missing.append(f"{s.alias}: no {s.target!r} in {s.country}")
            continue
        best = max(found, key=lambda i: (fold(rows[i].name) == fold(s.target), rows[i].population, -i))
        kind = "abbreviation" if s.kind == "abbreviation" else "alias"
        rows[best] = replace(rows[best], names=(*rows[best].names, (s.alias, kind)))  # type: ignore[arg-type]
    return rows, missing


def _fill(db: sqlite3.Connection, rows: Iterable[Row]) -> None:
    names: dict[tuple[str, int], int] = {}
    looser: set[tuple[str, int]] = set()

    def places() -> Iterator[tuple[object, ...]]:
        for i, r in enumerate(rows, 1):
            for name, kind in r.names:
                key = fold(name)
                if not key:
                    continue
                rank = KINDS.index(kind)
                names[key, i] = min(rank, names.get((key, i), rank))
                if len(loose := loosen(key)) >= 3:
                    looser.add((loose, i))
            yield (i, r.name, r.lat, r.lon, r.country, r.admin1, r.feature, r.population, r.source, r.precision,
                   r.radius_km)  # fmt: skip

    db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", places())
    db.executemany("INSERT INTO name VALUES (?,?,?)", [(k, i, kind) for (k, i), kind in sorted(names.items())])
    db.executemany("INSERT INTO loose VALUES (?,?)", sorted(looser))
