"""HXL: CSV whose second row are hashtags. Everything, whether it happened or not."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.archive.ask.rows import Party
from dateline.export.cells import Value
from dateline.export.facts import Fact

TAGS = {
    "id": "#meta+id", "date": "#date+occurred", "end date": "#date+end", "year": "#date+year", "event type": "#event+type",
    "sub type": "#event+type+sub", "code": "#event+code", "status": "#status", "actor": "#group+name+first",
    "other actors": "#group+name+first+assoc", "recipient": "#group+name+second", "other recipients": "#group+name+second+assoc",
    "region": "#region+name", "country": "#country+name", "country code": "#country+code", "province": "#adm1+name",
    "place": "#loc+name", "latitude": "#geo+lat", "longitude": "#geo+lon", "killed at least": "#affected+killed+min",
    "killed": "#affected+killed", "killed at most": "#affected+killed+max", "injured": "#affected+injured",
    "displaced": "#affected+displaced", "source": "#meta+source", "description": "#description", "url": "#meta+url",
}  # fmt: skip
COLUMNS = tuple(TAGS)


def left_out(_: Fact) -> str | None:
    """Nothing is left out."""
    return None


def row(f: Fact) -> Sequence[Value]:
    """CAMEO code as text; `killed` is the figure published last, beside its range."""
    low, high, last = f.killed
    p, c = f.place, f.country
    return (
        f.id, f.start, f.end, f.start.year if f.start else None, f.type, f.mode, f.cameo, f.status,
        f.actors[0].name if f.actors else None, _rest(f.actors), f.recipients[0].name if f.recipients else None, _rest(f.recipients),
        c.acled_region if c else None, c.name if c else None, c.iso3 if c else None, f.division, p.name if p else None,
        p.lat if p else None, p.lon if p else None, low, last, high, f.counts.get("injured", (None,) * 3)[2],
        f.counts.get("displaced", (None,) * 3)[2], "; ".join(f.outlets), f.first.sentence,
        next((t.source.url for t in f.tellings if t.source.url), None),
    )  # fmt: skip


def _rest(side: tuple[Party, ...]) -> str | None:
    return "; ".join(p.name for p in side[1:]) or None
