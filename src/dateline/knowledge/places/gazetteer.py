"""Which places could a name mean?

    gazetteer = load()
    gazetteer.candidates("Raqa")    # the likeliest first

The index is opened read-only and looked up, not loaded: memory stays small and any number
of processes may share the file.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from urllib.parse import quote

from dateline.knowledge.places import tables
from dateline.knowledge.places.build import index_path
from dateline.knowledge.places.fold import fold, loosen
from dateline.knowledge.places.imported import imported
from dateline.knowledge.places.rows import KINDS, Candidate

_COLUMNS = "p.name, p.lat, p.lon, p.country, p.admin1, p.feature, p.population, p.source, p.precision, p.radius_km"
# The most candidates of one name that are weighed; San José has more.
_MOST = 120
# How alike two loosely equal names must be, of 1.
_ALIKE = 0.6


class Gazetteer:
    """The index of places. Pure to its callers: the same name gives the same candidates."""

    def __init__(self, path: Path, *more: Path) -> None:
        """`path`: the built index; `more`: the user's, which add to it."""
        self._dbs = [
            sqlite3.connect(f"file:{quote(str(p))}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            for p in (path, *more)
        ]
        self._db = self._dbs[0]
        self._strict: dict[str, tuple[Candidate, ...]] = {}
        self._capitals: dict[str, Candidate | None] = {}
        self._loose: dict[str, tuple[Candidate, ...]] = {}
        self._division_of: dict[str, str] = {}

    def candidates(self, name: str) -> list[Candidate]:
        """Places of that name, likeliest first; by the looser key where the strict one has none."""
        return list(self.exact(name) or self.alike(name))

    def exact(self, name: str) -> tuple[Candidate, ...]:
        """Places with that name but for case, diacritics and punctuation."""
        key = fold(name)
        if key not in self._strict:
            found = self._ask(
                f"SELECT {_COLUMNS}, n.kind FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? "
                "ORDER BY p.population DESC, p.id LIMIT ?",
                key,
            )
            self._strict[key] = _unique(sorted((_candidate(r, r[10]) for r in found), key=_order))
        return self._strict[key]

    def alike(self, name: str) -> tuple[Candidate, ...]:
        """Places whose name could be another romanisation of this one, most alike first."""
        key = fold(name)
        if key not in self._loose:
            loose = loosen(key)
            found = self._ask(
                f"SELECT {_COLUMNS} FROM loose n JOIN place p ON p.id = n.place WHERE n.key = ? "
                "ORDER BY p.population DESC, p.id LIMIT ?",
                loose,
            ) if len(loose) >= 3 else []  # fmt: skip
            scored = [(_alike(key, fold(str(r[0]))), _candidate(r, KINDS.index("loose"))) for r in found]
            kept = [(-round(s, 2), c) for s, c in scored if s >= _ALIKE]
            self._loose[key] = _unique([c for _, c in sorted(kept, key=lambda x: (x[0], _order(x[1])))])
        return self._loose[key]

    def _ask(self, query: str, key: str) -> list[tuple[object, ...]]:
        return [row for db in self._dbs for row in db.execute(query, (key, _MOST))]

    def capital(self, country: str) -> Candidate | None:
        """The capital of a country (ISO 3166-1 alpha-3)."""
        if country not in self._capitals:
            row = self._db.execute(
                f"SELECT {_COLUMNS} FROM place p WHERE p.feature = 'PPLC' AND p.country = ? "
                "ORDER BY p.population DESC, p.id LIMIT 1",
                (country,),
            ).fetchone()
            self._capitals[country] = _candidate(row, KINDS.index("main")) if row else None
        return self._capitals[country]

    def country(self, iso3: str) -> tuple[Candidate, ...]:
        """The country of an ISO 3166-1 alpha-3 code, or nothing."""
        name = self._db.execute(
            "SELECT name FROM place WHERE feature = 'PCLI' AND country = ? ORDER BY id LIMIT 1", (iso3,)
        ).fetchone()
        return tuple(c for c in self.exact(name[0]) if c.feature == "PCLI" and c.country == iso3)[:1] if name else ()

    def in_division(self, country: str, admin1: str) -> frozenset[str]:
        """Sources of all places in a first-level division, itself included; `admin1` as its own row has it."""
        found = self._db.execute("SELECT source FROM place WHERE country = ? AND admin1 = ?", (country, admin1))
        return frozenset(row[0] for row in found)

    def divisions(self, sources: Iterable[str]) -> dict[str, str]:
        """First-level division by source of a place; places without one are left out."""
        if not self._division_of:
            rows = self._db.execute("SELECT source, admin1 FROM place WHERE admin1 IS NOT NULL")
            self._division_of = {sys.intern(s): sys.intern(a) for s, a in rows}
        return {s: self._division_of[s] for s in sources if s in self._division_of}

    def demonym(self, word: str) -> str | None:
        """ISO 3166-1 alpha-3 of the country whose people or things are called so."""
        return _demonyms().get(word.casefold())


def _candidate(row: tuple[object, ...], kind: object) -> Candidate:
    return Candidate(*row[:10], KINDS[int(str(kind))])  # type: ignore[arg-type, call-arg]


def _unique(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The first of each place: a gazetteer of the user's may hold what the packages hold."""
    return tuple({c.source: c for c in reversed(candidates)}.values())[::-1]


def _order(c: Candidate) -> tuple[bool, float, str]:
    return (c.matched not in ("main", "alias"), -c.importance, c.source)


def _alike(a: str, b: str) -> float:
    return SequenceMatcher(None, a.replace(" ", ""), b.replace(" ", ""), autojunk=False).ratio()


@cache
def _demonyms() -> dict[str, str]:
    return {d.casefold(): c.iso3 for c in tables.countries() for d in c.demonyms}


@cache
def load() -> Gazetteer:
    """The gazetteer of this installation; the first call on a machine builds its index."""
    return Gazetteer(index_path(), *imported())
