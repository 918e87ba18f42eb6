"""Which places does a gazetteer of the user's own hold?

GeoNames' dump (`allCountries.zip`, `SY.zip`, or the text in it; 19 columns, tabs, as
https://download.geonames.org/export/dump/readme.txt says), CSV with a header, GeoJSON
(RFC 7946: longitude first). A row that cannot be used is told to `reject` and passed over.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, get_args

from dateline.errors import KnowledgeError
from dateline.kinds import Precision
from dateline.knowledge.places.rows import Matched, Row
from dateline.knowledge.places.sources import country_codes, usable

Reject = Callable[[str], None]

_GEONAMES_COLUMNS = 19
# Precision and radius in kilometres by the beginning of a GeoNames feature code, the longest first.
_SIZES: dict[str, tuple[Precision, float]] = {
    "PCL": ("country", 300.0), "ADM1": ("province", 80.0), "ADM2": ("district", 25.0), "ADM": ("district", 10.0),
    "RGN": ("region", 60.0), "AREA": ("district", 20.0), "STM": ("route", 50.0), "LK": ("district", 10.0),
    "MTS": ("region", 60.0), "VAL": ("district", 20.0), "DSRT": ("region", 150.0), "SEA": ("region", 400.0),
    "PPL": ("settlement", 2.0), "ISL": ("district", 10.0), "RD": ("route", 20.0), "CONT": ("region", 2000.0),
}  # fmt: skip
_HEADERS = {"latitude": "lat", "longitude": "lon", "lng": "lon", "alternatenames": "aliases", "country_code": "country"}


def size_of(feature: str) -> tuple[Precision, float]:
    """How precise a place of that feature code is, and its radius."""
    fits = [k for k in _SIZES if feature.startswith(k)]
    return _SIZES[max(fits, key=len)] if fits else ("exact", 3.0)


def read_gazetteer(path: Path, countries: frozenset[str], reject: Reject) -> Iterator[Row]:
    """The places of a file, those of `countries` (alpha-3) alone unless that is empty.

    Raises `KnowledgeError` when the file is none of the formats.
    """
    for row in _reader_of(path)(path, reject):
        if not countries or row.country in countries:
            yield row


def _reader_of(path: Path) -> Callable[[Path, Reject], Iterator[Row]]:
    suffix = path.suffix.lower()
    if suffix in (".zip", ".txt", ".tsv"):
        return _geonames
    if suffix == ".csv":
        return _csv
    if suffix in (".geojson", ".json"):
        return _geojson
    raise KnowledgeError(f"{path.name}: give GeoNames' zip or txt, a .csv or a .geojson")


@contextmanager
def _lines(path: Path) -> Iterator[IO[str]]:
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield lines
        return
    try:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n.lower()]
            if not names:
                raise KnowledgeError(f"{path.name}: there is no .txt in the archive")
            with archive.open(names[0]) as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8", newline="")
    except zipfile.BadZipFile as error:
        raise KnowledgeError(f"{path.name}: no whole zip archive ({error}); fetch it again") from None


def _geonames(path: Path, reject: Reject) -> Iterator[Row]:
    codes = country_codes()
    with _lines(path) as lines:
        for n, line in enumerate(lines, 1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != _GEONAMES_COLUMNS:
                reject(f"line {n}: {len(cells)} columns, GeoNames has {_GEONAMES_COLUMNS}")
                continue
            try:
                yield _geoname(cells, codes)
            except ValueError as error:
                reject(f"line {n}: {error}")


def _geoname(cells: list[str], codes: dict[str, str]) -> Row:
    feature = cells[7] or cells[6]
    precision, radius = size_of(feature)
    others = [a for a in dict.fromkeys((cells[2], *cells[3].split(","))) if usable(a) and a != cells[1]]
    return _row(
        cells[1], [(a, "alternate") for a in others], cells[4], cells[5], codes.get(cells[8]), cells[10] or None,
        feature, cells[14], f"geonames:{int(cells[0])}", precision, radius,
    )  # fmt: skip


def _csv(path: Path, reject: Reject) -> Iterator[Row]:
    with _lines(path) as lines:
        reader = csv.DictReader(lines)
        header = [_HEADERS.get(h.strip().lower(), h.strip().lower()) for h in reader.fieldnames or ()]
        if missing := [c for c in ("name", "lat", "lon") if c not in header]:
            raise KnowledgeError(f"{path.name}: the header lacks {', '.join(missing)}; it has {', '.join(header)}")
        reader.fieldnames = header
        for cells in reader:
            try:
                yield _described(path.stem, reader.line_num, {k: v for k, v in cells.items() if k and v})
            except ValueError as error:
                reject(f"line {reader.line_num}: {error}")


def _geojson(path: Path, reject: Reject) -> Iterator[Row]:
    try:
        whole = json.loads(path.read_text(encoding="utf-8-sig"))
        features = whole["features"] if whole.get("type") == "FeatureCollection" else [whole]
    except (ValueError, KeyError, AttributeError) as error:
        raise KnowledgeError(f"{path.name}: no GeoJSON ({error})") from None
    for n, feature in enumerate(features, 1):
        try:
            properties = {str(k).lower(): v for k, v in (feature.get("properties") or {}).items() if v is not None}
            lon, lat, reach = _middle(feature.get("geometry"))
            yield _described(path.stem, n, {"radius_km": reach, **properties, "lat": lat, "lon": lon})
        except (ValueError, TypeError, AttributeError) as error:
            reject(f"feature {n}: {error}")


def _middle(geometry: Any) -> tuple[float, float, float | None]:
    """Longitude and latitude of the middle of a geometry's bounds, and half its height in kilometres."""
    points = list(_points((geometry or {}).get("coordinates")))
    if not points:
        raise ValueError("no geometry with coordinates")
    (west, east), (south, north) = ((min(x), max(x)) for x in zip(*points, strict=True))
    return (west + east) / 2, (south + north) / 2, round((north - south) * 55.6, 1) or None


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
    elif isinstance(coordinates, list):
        for part in coordinates:
            yield from _points(part)


def _described(label: str, number: int, cells: dict[str, Any]) -> Row:
    """A row from named fields: name, lat, lon; aliases (parted by |), country, admin1, feature, population, …"""
    feature = str(cells.get("feature") or "PPL").upper()
    precision, radius = size_of(feature)
    precision = cells.get("precision") or precision
    if precision not in get_args(Precision):
        raise ValueError(f"precision {precision!r} is none of {', '.join(get_args(Precision))}")
    aliases = cells.get("aliases") or ""
    names = aliases if isinstance(aliases, list) else str(aliases).split("|")
    country = str(cells.get("country") or "").upper()
    iso3 = country_codes().get(country, country)
    if iso3 and iso3 not in country_codes().values():
        raise ValueError(f"country {country!r} is no ISO 3166-1 code")
    return _row(
        str(cells.get("name") or ""), [(str(a).strip(), "alias") for a in names if str(a).strip()],
        cells.get("lat"), cells.get("lon"), iso3 or None, cells.get("admin1"), feature, cells.get("population") or 0,
        f"user:{label}:{cells.get('id') or number}", precision, cells.get("radius_km") or radius,
    )  # fmt: skip


def _row(
    name: str, others: list[tuple[str, Matched]], lat: Any, lon: Any, country: str | None, admin1: str | None,
    feature: str, population: Any, source: str, precision: Precision, radius_km: Any,
) -> Row:  # fmt: skip
    if not name.strip():
        raise ValueError("no name")
    try:
        y, x, people, radius = float(lat), float(lon), int(population or 0), float(radius_km)
    except (TypeError, ValueError):
        raise ValueError(f"{name}: lat {lat!r}, lon {lon!r}, population and radius_km must be numbers") from None
    if not (-90 <= y <= 90 and -180 <= x <= 180 and radius > 0):
        raise ValueError(f"{name}: no such point ({lat}, {lon}) or radius ({radius_km})")
    return Row(
        name.strip(),
        ((name.strip(), "main"), *others),
        y,
        x,
        country,
        admin1,
        feature,
        people,
        source,
        precision,
        radius,
    )
