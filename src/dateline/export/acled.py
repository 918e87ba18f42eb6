"""ACLED: 31 columns of CSV. Only what happened, has a day known to the month, a country, and an ACLED type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from dateline.archive.ask.rows import Party
from dateline.export.cells import Value
from dateline.export.facts import Fact
from dateline.export.precision import ACLED_PLACE, acled_time
from dateline.knowledge.ontology.exchange import load_exchange

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
EXTERNAL = "External/Other forces"
AGAINST_CIVILIANS = "Violence against civilians"
CIVILIANS = Party("generic:civilians", "Civilians", "civilians", None, None, "")


def left_out(f: Fact) -> str | None:
    """Why a fact has no row here, or None."""
    if f.status != "happened":
        return "did not happen, or not yet"
    if f.acled is None:
        return "ACLED records no such event"
    if f.start is None or acled_time(f.start, f.end) is None:
        return "the day is not known to the month"
    if f.country is None or f.place is None or f.place.lat is None:
        return "the place or its country is not known"
    return None


def inter(party: Party, event_type: str, country: str, first: bool) -> str:
    """ACLED's kind of actor, in this event: demonstrators by the event, forces abroad as external."""
    if first and event_type in ("Riots", "Protests") and party.kind in ("civilians", "person", "party", "other", "ngo"):
        return "Rioters" if event_type == "Riots" else "Protesters"
    kind = load_exchange().inter[party.kind]
    return EXTERNAL if kind == "State forces" and party.country not in (None, country) else kind


def row(f: Fact) -> Sequence[Value]:
    """Only for facts that are not left out."""
    assert f.acled and f.start and f.country and f.place
    event_type, sub = f.acled
    one, two = _sides(f)
    kinds = [inter(side[0], event_type, f.country.iso3, side is one) if side else "" for side in (one, two)]
    last = f.last_reported or f.start
    return (
        f"{f.country.iso3}-{f.id}", f.start, f.start.year, acled_time(f.start, f.end), load_exchange().disorder[event_type],
        event_type, sub, one[0].name if one else None, _others(one), kinds[0] or None, two[0].name if two else None, _others(two),
        kinds[1] or None, _interaction(*kinds), "Civilian targeting" if _targets_civilians(f) else None, f.country.number,
        f.country.acled_region, f.country.name, f.division, None, None, f.place.name, f.place.lat, f.place.lon,
        ACLED_PLACE[f.place.precision], "; ".join(f.outlets), None, _notes(f), _fatalities(f), _tags(f),
        int(datetime(last.year, last.month, last.day, tzinfo=UTC).timestamp()),
    )  # fmt: skip


def _sides(f: Fact) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and recipients; where nobody is known to have done it, the recipients stand first, as the columns imply no direction.

    Whom "violence against civilians" hits when no report names them ("attacked the village") the type says (codebook, actor 2).
    """
    hit = f.recipients or ((CIVILIANS,) if f.acled and f.acled[0] == AGAINST_CIVILIANS else ())
    return (f.actors, hit) if f.actors else (hit, ())


def _others(side: tuple[Party, ...]) -> str | None:
    named = [p.name for p in side[1:]] + ([side[0].part_of] if side and side[0].part_of else [])
    return "; ".join(dict.fromkeys(named)) or None


def _interaction(one: str, two: str) -> str | None:
    if one and two:
        return f"{one}-{two}"
    return f"{one or two} only" if one or two else None


def _targets_civilians(f: Fact) -> bool:
    hit = any(load_exchange().inter[p.kind] == "Civilians" for p in f.recipients) and f.type == "ASSAULT"
    return hit or (f.acled is not None and f.acled[0] == AGAINST_CIVILIANS and not f.recipients)


def _notes(f: Fact) -> str:
    """What each report says, in its words; each sentence once."""
    return " | ".join(dict.fromkeys(t.sentence for t in f.tellings))


def _fatalities(f: Fact) -> int:
    """ACLED takes the most conservative estimate; nothing reported is 0."""
    low, high, _ = f.killed
    return int(low if low is not None else high if high is not None else 0)


def _tags(f: Fact) -> str | None:
    """What the columns have no room for: a range of tolls, and that it is disputed."""
    low, high, _ = f.killed
    tags = [f"fatalities={low:g}-{high:g}"] if low is not None and high is not None and low != high else []
    return "; ".join(tags + (["disputed"] if f.disputed else [])) or None
