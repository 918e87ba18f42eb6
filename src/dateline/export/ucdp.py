"""UCDP GED: 49 columns of CSV. Only lethal violence that happened, between known sides, in a known country and year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.archive.ask.rows import Party
from dateline.export.cells import Value
from dateline.export.facts import Fact
from dateline.export.precision import UCDP_PLACE, ucdp_date
from dateline.knowledge.countries import load as countries
from dateline.knowledge.ontology.exchange import ARMED

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id",
    "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude",
    "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
STATE = frozenset(("state", "government", "military", "police"))


def left_out(f: Fact) -> str | None:
    """Why a fact has no row here, or None."""
    if f.status != "happened" or f.type != "ASSAULT":
        return "no violence, or did not happen"
    if not any(f.killed[:2]):
        return "nobody is said to be killed"
    if sides(f) is None:
        return "the sides are not known"
    if f.start is None or ucdp_date(f.start, f.end) is None:
        return "the date is not known to the year"
    if f.country is None or f.place is None or f.place.lat is None:
        return "the place or its country is not known"
    return None


def sides(f: Fact) -> tuple[int, Party, Party | None] | None:
    """Type of violence (1 state-based, 2 non-state, 3 one-sided), side a, and side b (None: civilians).

    A government is side a of state-based violence, whoever attacked; an armed actor alone against
    people, or against nobody named, is one-sided only where civilians are the target.
    """
    armed = [p for p in f.actors if p.kind in ARMED]
    against = [p for p in f.recipients if p.kind in ARMED]
    if armed and against:
        a, b = armed[0], against[0]
        if a.kind not in STATE and b.kind in STATE:
            a, b = b, a
        return (1 if a.kind in STATE else 2), a, b
    if armed and f.recipients:
        return 3, armed[0], None
    return None


def grid(lat: float, lon: float) -> int:
    """PRIO-GRID cell: half degrees, counted from the south-west corner, 720 a row."""
    row = min(int((lat + 90) * 2), 359)
    column = min(int((lon + 180) * 2), 719)
    return row * 720 + column + 1


def row(f: Fact) -> Sequence[Value]:
    """Only for facts that are not left out."""
    found = sides(f)
    assert found and f.start and f.country and f.place and f.place.lat is not None and f.place.lon is not None
    violence, a, b = found
    side_b = b.name if b else "Civilians"
    low, high, last = f.killed
    low, high = (low if low is not None else high), (high if high is not None else low)
    best = last if last is not None else low
    dyad = f"{a.name} - {side_b}"
    date_prec, where_prec = ucdp_date(f.start, f.end), UCDP_PLACE[f.place.precision]
    sources = [t.source for t in f.tellings]
    return (
        f.number, f.id, f.start.year, None, "Clear" if not f.disputed else None, violence, None, None, f.country.name, None,
        None, dyad, None, None, a.name, None, None, side_b, f.independent_sources,
        _joined(f'"{s.outlet or s.key},{s.published or ""},{s.title or ""}"' for s in sources), _joined(f.outlets),
        _joined(str(s.published or "") for s in sources), _joined(s.title or "" for s in sources), _joined(f.said_by), where_prec,
        f.place.name, _where(f), f.division, None, f.place.lat, f.place.lon, f"POINT ({f.place.lon:.6f} {f.place.lat:.6f})",
        grid(f.place.lat, f.place.lon), f.country.name, f.country.gw, f.country.ucdp_region,
        1 if date_prec == 1 and where_prec <= 2 else 2, date_prec, f.start, f.end or f.start, 0, 0,
        best if violence == 3 else 0, 0 if violence == 3 else best, best, high, low, _gw(a), _gw(b),
    )  # fmt: skip


def _gw(p: Party | None) -> int | None:
    known = countries().get(p.country or "") if p and p.kind in STATE else None
    return known.gw if known else None


def _where(f: Fact) -> str:
    assert f.place and f.country
    return ", ".join(x for x in (f.place.name, f.division, f.country.name) if x)


def _joined(found: Iterable[str | None]) -> str:
    return ";".join(dict.fromkeys(x for x in found if x))
