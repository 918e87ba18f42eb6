"""GDELT 1.0 events: 58 tab-separated columns without a header. Whatever happened on a known day and has a CAMEO code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.archive.ask.rows import Party, Spot
from dateline.export.cells import Value
from dateline.export.facts import Fact
from dateline.knowledge.countries import load as countries
from dateline.knowledge.ontology.exchange import load_exchange

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *(f"Actor{n}{c}" for n in (1, 2) for c in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
    "NumArticles", "AvgTone", *(f"{w}Geo_{c}" for w in ("Actor1", "Actor2", "Action") for c in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
_QUAD = {
    **dict.fromkeys(["01", "02", "03", "04", "05"], 1),
    **dict.fromkeys(["06", "07", "08"], 2),
    **dict.fromkeys(["09", "10", "11", "12", "13"], 3),
}


def left_out(f: Fact) -> str | None:
    """Why a fact has no row here, or None."""
    if f.status != "happened" or f.cameo is None:
        return "did not happen, or not yet"
    return None if f.start else "the day is not known"


def row(f: Fact) -> Sequence[Value]:
    """Only for facts that are not left out. Codes are texts: their zeros stay."""
    assert f.start and f.cameo
    day, root = f.start, f.cameo[:2]
    added = f.last_reported or day
    mentions = len(f.tellings)
    return (
        f.number, _compact(day), _compact(day)[:6], str(day.year), fraction(day), *_actor(f.actors), *_actor(f.recipients),
        1 if f.first.confidence >= 0.5 else 0, f.cameo, f.cameo[:3], root, _QUAD.get(root, 4), load_exchange().goldstein(f.cameo),
        mentions, f.independent_sources, len(f.reports), None, *_geo(None), *_geo(None), *_geo(f.place, f.division), _compact(added),
        next((t.source.url for t in f.tellings if t.source.url), None),
    )  # fmt: skip


def fraction(day: date) -> float:
    """GDELT's year with its fraction: (month × 30 + day) / 365, at most .9999."""
    return day.year + min(int((day.month * 30 + day.day) / 365 * 10000), 9999) / 10000


def _compact(day: date) -> str:
    return day.strftime("%Y%m%d")


def _actor(side: tuple[Party, ...]) -> tuple[Value, ...]:
    """The first of a side: CAMEO's code is country and type."""
    if not side:
        return (None,) * 10
    p = side[0]
    kind = load_exchange().cameo_type[p.kind]
    return (
        f"{p.country or ''}{kind}" or None,
        p.name.upper(),
        p.country,
        None,
        None,
        None,
        None,
        kind or None,
        None,
        None,
    )


def _geo(p: Spot | None, division: str | None = None) -> tuple[Value, ...]:
    """1 country, 4 city, 5 division outside the USA; 2 and 3 in it."""
    if p is None or p.lat is None:
        return (None,) * 7
    country = countries().get(p.country or "")
    at_home = p.country == "USA"
    kind = (
        1
        if p.precision == "country"
        else (2 if at_home else 5)
        if p.precision in ("province", "region")
        else (3 if at_home else 4)
    )
    name = ", ".join(
        dict.fromkeys(x for x in (p.name, division if kind in (3, 4) else None, country.name if country else None) if x)
    )
    fips = country.fips if country else None
    return (kind, name, fips, None, p.lat, p.lon, fips if kind == 1 else None)
