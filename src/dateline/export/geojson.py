"""GeoJSON (RFC 7946): one feature a fact; longitude first, WGS 84. What has no place has `geometry: null`."""

from __future__ import annotations

from typing import Any

from dateline.export.facts import Fact


def left_out(_: Fact) -> str | None:
    """Nothing is left out."""
    return None


def feature(f: Fact) -> dict[str, Any]:
    """A point with its precision: a province's point stands for the province."""
    p = f.place
    point = {"type": "Point", "coordinates": [p.lon, p.lat]} if p and p.lat is not None and p.lon is not None else None
    low, high, last = f.killed
    return {
        "type": "Feature", "id": f.id, "geometry": point,
        "properties": {
            "type": f.type, "mode": f.mode, "status": f.status, "start": str(f.start) if f.start else None,
            "end": str(f.end) if f.end else None, "actors": [a.name for a in f.actors], "recipients": [a.name for a in f.recipients],
            "place": p.name if p else None, "country": p.country if p else None, "province": f.division,
            "precision": p.precision if p else None, "radius_km": p.radius_km if p else None, "cameo": f.cameo,
            "acled_event_type": f.acled[0] if f.acled else None, "acled_sub_event_type": f.acled[1] if f.acled else None,
            "killed_low": low, "killed_high": high, "killed_last": last, "said_by": list(f.said_by), "denied_by": list(f.denied_by),
            "disputed": f.disputed, "independent_sources": f.independent_sources, "words": f.first.sentence,
            "reports": list(f.reports), "urls": [u for u in dict.fromkeys(t.source.url for t in f.tellings) if u],
        },
    }  # fmt: skip
