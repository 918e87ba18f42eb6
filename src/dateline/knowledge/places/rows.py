"""What one place of the gazetteer is, before and after it is stored."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from dateline.kinds import Precision

# How a name came to match: the usual name, one of our news spellings, another name of the
# place, an abbreviation ("Conn."), or only the looser key.
Matched = Literal["main", "alias", "alternate", "abbreviation", "loose"]
KINDS: tuple[Matched, ...] = ("main", "alias", "alternate", "abbreviation", "loose")


@dataclass(frozen=True, slots=True)
class Row:
    """One place as a source gives it. `names` pairs each name with how it would match."""

    name: str
    names: tuple[tuple[str, Matched], ...]
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    feature: str
    population: int
    source: str
    precision: Precision
    radius_km: float


# What reports of war speak of is meant like a town of so many people, log10, whatever its size.
OF_WAR = 4.2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name could mean.

    `lat`, `lon`: degrees, WGS 84. `country`: ISO 3166-1 alpha-3. `feature`: GeoNames feature
    code. `source`: gazetteer and id there. `radius_km`: the place lies within it of the point.
    """

    name: str
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    feature: str
    population: int
    source: str
    precision: Precision
    radius_km: float
    matched: Matched = "main"

    @property
    def importance(self) -> float:
        """How likely a report means this place, other things equal: about log10 of its people."""
        if self.feature == "PCLI":
            return 7.3 if self.population > 1_000_000 else 6.0
        if self.feature.startswith(("ADM1", "RGN")):
            return 4.0 + math.log10(max(self.radius_km, 1.0))
        if self.population:
            # A capital is named far more often than its size would have it.
            return math.log10(self.population) + (0.8 if self.feature == "PPLC" else 0.0)
        if self.source.startswith(("dateline", "war")):
            return OF_WAR
        return 3.4 if self.source.startswith("ucdp") else 2.6


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance on a sphere of radius 6,371 km."""
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))
