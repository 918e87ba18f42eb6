"""Parquet of facts: everything that a flat shape can carry, typed, lists as lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline.export.facts import Fact

COLUMNS = {
    "id": "VARCHAR", "type": "VARCHAR", "mode": "VARCHAR", "status": "VARCHAR", "start": "DATE", "end": "DATE",
    "actors": "VARCHAR[]", "actor_keys": "VARCHAR[]", "actor_kinds": "VARCHAR[]", "recipients": "VARCHAR[]",
    "recipient_keys": "VARCHAR[]", "recipient_kinds": "VARCHAR[]", "place": "VARCHAR", "lat": "DOUBLE", "lon": "DOUBLE",
    "country": "VARCHAR", "province": "VARCHAR", "precision": "VARCHAR", "radius_km": "DOUBLE", "place_source": "VARCHAR",
    "killed_low": "DOUBLE", "killed_high": "DOUBLE", "killed_last": "DOUBLE", "injured_low": "DOUBLE", "injured_high": "DOUBLE",
    "displaced_low": "DOUBLE", "displaced_high": "DOUBLE", "said_by": "VARCHAR[]", "denied_by": "VARCHAR[]", "disputed": "BOOLEAN",
    "independent_sources": "INTEGER", "first_reported": "DATE", "last_reported": "DATE", "cameo": "VARCHAR",
    "acled_event_type": "VARCHAR", "acled_sub_event_type": "VARCHAR", "contexts": "VARCHAR[]", "reports": "VARCHAR[]",
    "outlets": "VARCHAR[]", "urls": "VARCHAR[]",
    "mentions": "STRUCT(report VARCHAR, event VARCHAR, trigger_start BIGINT, trigger_end BIGINT, words VARCHAR)[]",
}  # fmt: skip


def left_out(_: Fact) -> str | None:
    """Nothing is left out."""
    return None


def row(f: Fact) -> Sequence[Any]:
    """Mentions point at the reports' text by code points."""
    p = f.place
    injured, displaced = (f.counts.get(m, (None, None, None)) for m in ("injured", "displaced"))
    mentions = [
        {
            "report": t.source.key,
            "event": t.local,
            "trigger_start": t.trigger[0],
            "trigger_end": t.trigger[1],
            "words": t.sentence,
        }
        for t in f.tellings
    ]
    return (
        f.id, f.type, f.mode, f.status, f.start, f.end, [a.name for a in f.actors], [a.key for a in f.actors],
        [a.kind for a in f.actors], [a.name for a in f.recipients], [a.key for a in f.recipients], [a.kind for a in f.recipients],
        p.name if p else None, p.lat if p else None, p.lon if p else None, p.country if p else None, f.division,
        p.precision if p else None, p.radius_km if p else None, p.source if p else None, *f.killed, *injured[:2], *displaced[:2],
        list(f.said_by), list(f.denied_by), f.disputed, f.independent_sources, f.first_reported, f.last_reported, f.cameo,
        f.acled[0] if f.acled else None, f.acled[1] if f.acled else None, list(f.contexts), list(f.reports), list(f.outlets),
        [u for u in dict.fromkeys(t.source.url for t in f.tellings) if u], mentions,
    )  # fmt: skip
