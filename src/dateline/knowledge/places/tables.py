"""Our own tables of places: news spellings, places with a point, countries.

Each file in `data/` opens with `#` lines that say what it holds and where its facts are
from. A table with bad rows raises one `KnowledgeError` that lists them all.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import get_args

from dateline.errors import KnowledgeError
from dateline.kinds import Precision
from dateline.knowledge.places.fold import fold
from dateline.knowledge.places.rows import Row

FILES = (
    "places.csv", "conflict_places.csv", "war_places.csv", "spellings.csv", "countries.csv", "abbreviations.csv",
    "us_counties.csv",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """`alias` is how the news writes `target`, the gazetteer's name of a place in `country`."""

    alias: str
    target: str
    country: str
    kind: str


@dataclass(frozen=True, slots=True)
class CountryWords:
    """How a country and its people are called: `names` beside the official one, `demonyms`."""

    iso3: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    point: tuple[float, float] | None = None


def read_bytes(name: str) -> bytes:
    """A data file as it is stored, for digests."""
    return files("dateline.knowledge.places").joinpath("data", name).read_bytes()


def read_words(name: str) -> frozenset[str]:
    """Lower-case words of a `.txt` list; `#` opens a comment line."""
    lines = read_bytes(name).decode("utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


def _rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    lines = read_bytes(name).decode("utf-8").splitlines()
    body = [(n, line) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    reader = csv.DictReader([line for _, line in body])
    if tuple(reader.fieldnames or ()) != columns:
        raise KnowledgeError(f"{name}: columns are {reader.fieldnames}, should be {list(columns)}")
    for (n, _), row in zip(body[1:], reader, strict=True):
        if None in row or None in row.values():
            raise KnowledgeError(f"{name}, line {n}: not {len(columns)} fields")
        yield n, row


_COLUMNS = ("name", "aliases", "lat", "lon", "country", "feature", "precision", "radius_km")


def own_places() -> list[Row]:
    """`places.csv` and `conflict_places.csv`: places with a point of their own."""
    return _points((("places.csv", "dateline"), ("conflict_places.csv", "ucdp")))


def war_places() -> list[Row]:
    """`war_places.csv`: what reports of war call places, many of which the packages hold under another name."""
    return _points((("war_places.csv", "war"),))


def _points(sheets: tuple[tuple[str, str], ...]) -> list[Row]:
    problems: list[str] = []
    out: list[Row] = []
    for table, label in sheets:
        for n, row in _rows(table, _COLUMNS):
            try:
                out.append(_own(row, label))
            except ValueError as error:
                problems.append(f"{table}, line {n}: {error}")
    if problems:
        raise KnowledgeError("; ".join(problems))
    return out


def _own(row: dict[str, str], label: str) -> Row:
    lat, lon, radius = float(row["lat"]), float(row["lon"]), float(row["radius_km"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and radius > 0):
        raise ValueError(f"{row['name']}: no such point ({lat}, {lon}) or radius {radius}")
    country = row["country"] or None
    if country and not (len(country) == 3 and country.isupper()):
        raise ValueError(f"{row['name']}: country {country!r} is not ISO 3166-1 alpha-3")
    precision = row["precision"]
    if precision not in get_args(Precision):
        raise ValueError(f"{row['name']}: precision {precision!r}")
    aliases = [a.strip() for a in row["aliases"].split("|") if a.strip()]
    source = f"{label}:{fold(row['name']).replace(' ', '-')}" + (f":{country}" if country else "")
    return Row(
        name=row["name"],
        names=((row["name"], "main"), *((a, "alias") for a in aliases)),
        lat=lat, lon=lon, country=country, admin1=None, feature=row["feature"], population=0,
        source=source, precision=precision, radius_km=radius,  # type: ignore[arg-type]
    )  # fmt: skip


def spellings() -> list[Spelling]:
    """`spellings.csv` and `abbreviations.csv`: other ways to write a place that the gazetteer has."""
    columns = ("aliases", "target", "country")
    out: list[Spelling] = []
    for table, kind in (("spellings.csv", "alias"), ("abbreviations.csv", "abbreviation")):
        for _, row in _rows(table, columns):
            names = [a.strip() for a in row["aliases"].split("|")]
            out.extend(Spelling(a, row["target"], row["country"], kind) for a in names if a)
    return out


def county_points() -> dict[str, tuple[float, float]]:
    """`us_counties.csv`: a point by the county's five-digit FIPS code."""
    rows = _rows("us_counties.csv", ("fips", "lat", "lon"))
    return {row["fips"]: (float(row["lat"]), float(row["lon"])) for _, row in rows}


@cache
def countries() -> tuple[CountryWords, ...]:
    """`countries.csv`: names and demonyms by country."""
    out: list[CountryWords] = []
    for n, row in _rows("countries.csv", ("iso3", "names", "demonyms", "lat", "lon")):
        if len(row["iso3"]) != 3:
            raise KnowledgeError(f"countries.csv, line {n}: {row['iso3']!r} is not ISO 3166-1 alpha-3")
        names = tuple(a.strip() for a in row["names"].split("|") if a.strip())
        demonyms = tuple(a.strip() for a in row["demonyms"].split("|") if a.strip())
        point = (float(row["lat"]), float(row["lon"])) if row["lat"] else None
        out.append(CountryWords(row["iso3"], names, demonyms, point))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """`words.toml`: words about a name that say whether it is a place, and of which kind."""

    prepositions: frozenset[str]
    weak: frozenset[str]
    heads: frozenset[str]
    attributive: frozenset[str]
    otherwise: frozenset[str]
    streets: frozenset[str]
    speech: frozenset[str]
    seats: frozenset[str]
    deeds: frozenset[str]
    compass: frozenset[str]
    sites: frozenset[str]
    things: frozenset[str]
    sights: frozenset[str]
    wishes: frozenset[str]
    given: frozenset[str]
    sent: frozenset[str]
    owned: frozenset[str]
    missions: frozenset[str]
    bodies: frozenset[str]
    features: dict[str, tuple[str, ...]]
    lands: dict[str, tuple[str, ...]]


@cache
def place_words() -> PlaceWords:
    """The words of `words.toml`."""
    raw = tomllib.loads(read_bytes("words.toml").decode("utf-8"))
    features = {word: tuple(codes) for word, codes in raw.pop("features").items()}
    lands = {word: tuple(codes) for word, codes in raw.pop("lands").items()}
    names = {f.name for f in fields(PlaceWords)} - {"features", "lands"}
    if set(raw) != names:
        raise KnowledgeError(f"words.toml: lists are {sorted(raw)}, should be {sorted(names)}")
    return PlaceWords(**{k: frozenset(v) for k, v in raw.items()}, features=features, lands=lands)
