"""Which places lie in a place, or within some kilometres of a point?

A country holds what bears its code; a first-level division what the gazetteer lists in it; any
other place what lies within its own radius, as far as it is known more finely than that. Within
a distance lie only places that are themselves known to the distance: a province whose centre is
near is not near.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from dateline.archive.tables import places
from dateline.errors import UnknownPlace

# The gazetteer is loaded for questions that name a place.
if TYPE_CHECKING:
    from dateline.knowledge.places import Candidate, Gazetteer

_p = places.c
_EARTH_KM = 6371.0
# Points of one place in two gazetteers are no farther apart.
_SAME_KM = 50.0
_DIVISION = re.compile(r"\s+(province|governorate|region|oblast|state|department|prefecture)$", re.IGNORECASE)
FINE = ("exact", "settlement", "near", "route")


def _gazetteer() -> Gazetteer:
    from dateline.knowledge import places

    return places.load()


@dataclass(frozen=True, slots=True)
class Circle:
    """Degrees north and east, and a radius in kilometres."""

    lat: float
    lon: float
    km: float


def condition(
    connection: Connection, name: str | None, point: tuple[float, float] | None, km: float | None, country: str | None
) -> ColumnElement[bool]:
    """A condition on rows of `places`. Raises `UnknownPlace` for a name that neither gazetteer nor archive has."""
    parts: list[ColumnElement[bool]] = []
    if country:
        parts.append(_p.country == _country_code(country))
    if point and km:
        parts.append(_within(Circle(*point, km)))
    if name:
        parts.append(_near(connection, name, km) if km and not point else _inside(connection, name))
    return and_(*parts)


def _country_code(name: str) -> str:
    known = _gazetteer()
    if len(name) == 3 and known.country(name.upper()):
        return name.upper()
    found = next((c for c in known.candidates(name) if c.feature == "PCLI" and c.country), None)
    if found is None or found.country is None:
        raise UnknownPlace(f"no country {name!r}; give its name or its ISO 3166-1 alpha-3 code")
    return found.country


def meant(name: str) -> Candidate | None:
    """The gazetteer's likeliest place of a name; a division where the name says so ("Idlib province")."""
    known = _gazetteer()
    if len(name) == 3 and name.isupper() and (country := known.country(name)):
        return country[0]
    bare = _DIVISION.sub("", name)
    if bare != name and (found := [c for c in known.candidates(bare) if c.precision == "province"]):
        return found[0]
    return next(iter(known.candidates(name)), None)


def _same_name(name: str) -> ColumnElement[bool]:
    return func.lower(_p.name) == name.lower()


def _inside(connection: Connection, name: str) -> ColumnElement[bool]:
    place = meant(name)
    if place is None:
        _must_be_there(connection, name)
        return _same_name(name)
    if place.feature.startswith("PCL") and place.country:
        return _p.country == place.country
    itself = _p.source == place.source
    if place.precision == "province" and place.admin1 and place.country:
        return and_(_p.country == place.country, _in_division(connection, place.country, place.admin1, place))
    finer = and_(_within(Circle(place.lat, place.lon, place.radius_km)), _p.radius_km <= place.radius_km)
    # Places that a reading took from elsewhere than this gazetteer go by their names.
    around = or_(_p.lat.is_(None), _within(Circle(place.lat, place.lon, _SAME_KM)))
    named = and_(func.lower(_p.name).in_((name.lower(), place.name.lower())), around)
    return or_(itself, finer, named)


def _in_division(connection: Connection, country: str, admin1: str, place: Candidate) -> ColumnElement[bool]:
    inside = _gazetteer().in_division(country, admin1)
    there = connection.execute(select(_p.source).where(_p.country == country, _p.source.is_not(None)).distinct())
    found = sorted({s for s in there.scalars() if s in inside} | {place.source})
    return _p.source.in_(found)


def _near(connection: Connection, name: str, km: float) -> ColumnElement[bool]:
    place = meant(name)
    if place is not None:
        return _within(Circle(place.lat, place.lon, km))
    found = connection.execute(select(_p.lat, _p.lon).where(_same_name(name), _p.lat.is_not(None)).limit(1)).first()
    if found is None:
        raise UnknownPlace(f"no place {name!r} with a known point; give --near LAT,LON")
    return _within(Circle(found.lat, found.lon, km))


def _must_be_there(connection: Connection, name: str) -> None:
    if connection.execute(select(_p.id).where(_same_name(name)).limit(1)).first() is None:
        raise UnknownPlace(f"neither the gazetteer nor the archive has a place {name!r}")


def _within(circle: Circle) -> ColumnElement[bool]:
    """Great-circle distance on a sphere; a box first, which the index on points serves."""
    north = math.degrees(circle.km / _EARTH_KM)
    south, top = circle.lat - north, circle.lat + north
    box: list[ColumnElement[bool]] = [_p.lat.between(south, top)]
    if south > -90 and top < 90:
        east = math.degrees(math.asin(min(1.0, math.sin(math.radians(north)) / math.cos(math.radians(circle.lat)))))
        west, far = circle.lon - east, circle.lon + east
        spans = [(west, far)]
        if west < -180:
            spans = [(-180.0, far), (west + 360, 180.0)]
        elif far > 180:
            spans = [(west, 180.0), (-180.0, far - 360)]
        box.append(or_(false(), *(_p.lon.between(a, b) for a, b in spans)))
    half_lat = func.sin(func.radians(_p.lat - circle.lat) / 2)
    half_lon = func.sin(func.radians(_p.lon - circle.lon) / 2)
    h = half_lat * half_lat + math.cos(math.radians(circle.lat)) * func.cos(func.radians(_p.lat)) * half_lon * half_lon
    most = math.sin(min(circle.km / (2 * _EARTH_KM), math.pi / 2)) ** 2
    known = or_(_p.precision.in_(FINE), _p.radius_km <= circle.km)
    return and_(*box, h <= most, known)
