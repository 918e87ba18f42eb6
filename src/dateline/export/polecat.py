"""POLECAT: 40 columns of TSV; what is not known is the text None. Whatever happened on a known day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline import __version__
from dateline.archive.ask.rows import Party
from dateline.export.cells import Value
from dateline.export.facts import Fact
from dateline.knowledge.actors import load_register
from dateline.knowledge.countries import load as countries
from dateline.knowledge.ontology.exchange import load_exchange

NULL = "None"
COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country",
    "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude",
    "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


def left_out(f: Fact) -> str | None:
    """Why a fact has no row here, or None."""
    if f.status != "happened":
        return "did not happen, or not yet"
    return None if f.start else "the day is not known"


def row(f: Fact) -> Sequence[Value]:
    """Only for facts that are not left out. Several actors, contexts and sectors are joined by a semicolon."""
    quad = QUADS[load_exchange().quad[f.type]]
    p = f.place
    city = p.name if p and p.precision in ("exact", "settlement") else None
    people = {a.name for t in f.tellings for a in (*t.actors, *t.recipients) if a.kind == "person"}
    bodies = {
        a.name for t in f.tellings for a in (*t.actors, *t.recipients) if a.kind not in ("person", "civilians", "other")
    }
    places = {s.name for t in f.tellings for s in t.places}
    return (
        f.id, f.start, f.type, f.mode, None, quad, _joined(f.contexts), *_party(f.actors), *_party(f.recipients),
        p.name if p else None, city, p.name if p and p.precision == "district" else None, f.division, p.country if p else None,
        p.lat if p else None, p.lon if p else None, _geonames(p.source if p else None), p.name if p else None,
        p.feature if p else None, _joined(f.outlets), f.first_reported, _joined(sorted(people)), _joined(sorted(bodies)),
        _joined(sorted(places)), f.tellings[0].source.language, f"dateline-{__version__}",
    )  # fmt: skip


def _party(side: tuple[Party, ...]) -> tuple[Value, ...]:
    """Name, country, COW number, primary sector, sectors, title, words, Wikipedia id (never known)."""
    sectors = [load_exchange().sector[p.kind] for p in side]
    lands = [p.country for p in side if p.country]
    cow = [str(c.cow) for n in lands if (c := countries().get(n)) and c.cow]
    return (
        _joined(p.name for p in side), _joined(lands), _joined(cow), sectors[0] if sectors else None, _joined(sectors),
        _joined(_title(p) for p in side), _joined(p.words for p in side), None,
    )  # fmt: skip


def _title(p: Party) -> str:
    """The office of a person of the register, if there is but one."""
    entry = load_register().get(p.key) if p.key and p.kind == "person" else None
    roles = {r.role for r in entry.roles} if entry else set()
    return roles.pop() if len(roles) == 1 else ""


def _joined(found: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(x for x in found if x)) or None


def _geonames(source: str | None) -> str | None:
    return source.removeprefix("geonames:") if source and source.startswith("geonames:") else None
