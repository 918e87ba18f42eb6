"""Does each spelling of our tables lead to its own place?

    python -m quality.spellings                    # every alias of the shipped tables
    python -m quality.spellings --sample UCDP.csv  # and a sample of UCDP's places that our tables do not hold

Each alias stands in a neutral sentence that names its country; it must be put within 25 km of its
entry, or within the entry's radius where that is larger. An alias that another place of the country has better right to fails, and is printed. Exit status 1 under the floor.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.knowledge import places
from dateline.knowledge.places import tables
from dateline.knowledge.places.fold import fold
from dateline.reading.sentences import split
from dateline.resolving.where import resolve_places

FLOOR, WITHIN_KM, SAMPLE = 0.97, 25.0, 300
_SMALL = {"1", "2"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as the news writes it and the point that it should lead to; `table` says where it stands.

    `also`: points that are as right, as of a province and the town of its name.
    """

    name: str
    country: str | None
    lat: float
    lon: float
    table: str
    radius_km: float = 0.0
    also: tuple[tuple[float, float], ...] = ()


def of_tables() -> Iterator[Spelling]:
    """Every name and alias that our tables give to a place with a point, then those given to a place of the packages."""
    for table, rows in (("places.csv", tables.own_places()), ("war_places.csv", tables.war_places())):
        for row in rows:
            label = "conflict_places.csv" if row.source.startswith("ucdp") else table
            for name, _ in row.names:
                yield Spelling(name, row.country, row.lat, row.lon, label, row.radius_km)
    gazetteer = places.load()
    for s in tables.spellings():
        if s.kind == "alias":
            meant = [c for c in gazetteer.exact(s.target) if c.country == s.country]
            if meant:
                also = tuple((c.lat, c.lon) for c in meant[1:])
                yield Spelling(s.alias, s.country, meant[0].lat, meant[0].lon, "spellings.csv", 0.0, also)


def of_ucdp(path: Path) -> Iterator[Spelling]:
    """`SAMPLE` places of UCDP known to a point or its neighbourhood, by the digest of their names, that no table of ours holds."""
    held = {(fold(s.name), s.country) for s in of_tables()}
    codes = _codes()
    found = []
    with path.open(encoding="utf-8", newline="") as lines:
        for r in csv.DictReader(lines):
            precise = {x.split(".")[0].strip() for x in r["precision_codes"].split("|")} <= _SMALL
            name = r["place"].removesuffix(" village").removesuffix(" town").removesuffix(" city")
            iso3 = codes.get(r["country"].split(" (")[0])
            if precise and iso3 and name != r["country"] and (fold(name), iso3) not in held:
                found.append(Spelling(name, iso3, float(r["latitude"]), float(r["longitude"]), "UCDP GED"))
    return iter(sorted(found, key=lambda s: hashlib.sha256(f"{s.name}{s.country}".encode()).digest())[:SAMPLE])


def _codes() -> dict[str, str]:
    return {n: c for c, n in _names().items()}


def _names() -> dict[str, str]:
    """The usual name of a country by its ISO 3166-1 alpha-3 code."""
    gazetteer = places.load()
    return {c: state[0].name for c in {r.country for r in _rows() if r.country} if (state := gazetteer.country(c))}


def _rows() -> list[places.Row]:
    return [*tables.own_places(), *tables.war_places()]


def leads_to(spelling: Spelling, land: str | None) -> float | None:
    """Kilometres from where the reader puts it to its point, or nothing where it is put nowhere."""
    text = f"Fighting was reported in {spelling.name}{f', {land}' if land else ''} on Friday."
    at = (25, 25 + len(spelling.name))
    spans = [(at, 1.0)] + ([((at[1] + 2, at[1] + 2 + len(land)), 0.9)] if land else [])
    found, _ = resolve_places(text, split(text), spans, places.load())
    place = next((p for p in found if at in p.mentions), None)
    if place is None or place.lat is None or place.lon is None:
        return None
    points = ((spelling.lat, spelling.lon), *spelling.also)
    return min(places.distance_km(place.lat, place.lon, *point) for point in points)


def measure(spellings: Iterator[Spelling]) -> dict[str, float]:
    """How many spellings, and the share of each table; what fails is printed."""
    lands, hit = _names(), dict[str, list[bool]]()
    for s in spellings:
        far = leads_to(s, lands.get(s.country or ""))
        hit.setdefault(s.table, []).append(far is not None and far <= max(WITHIN_KM, s.radius_km))
        if not hit[s.table][-1]:
            print(
                f"  {s.name} ({s.country}, {s.table}): {'nowhere' if far is None else f'{far:.0f} km'}", file=sys.stderr
            )
    every = [x for one in hit.values() for x in one]
    shares = {f"{k}": round(sum(v) / len(v), 4) for k, v in hit.items()}
    return {"spellings": len(every), "within_25_km": round(sum(every) / max(1, len(every)), 4), **shares}


def main() -> int:
    """Measure."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sample", type=Path, metavar="UCDP.csv")
    given = ask.parse_args()
    figures = measure(of_tables())
    print(json.dumps(figures))
    if given.sample:
        print(json.dumps(measure(of_ucdp(given.sample))))
    return int(figures["within_25_km"] < FLOOR)


if __name__ == "__main__":
    sys.exit(main())
