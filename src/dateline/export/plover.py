"""PLOVER: JSON Lines. Whatever has a day; what did not happen says so in `context`."""

from __future__ import annotations

from typing import Any

from dateline import __version__
from dateline.archive.ask.rows import Party
from dateline.export.facts import Fact
from dateline.knowledge.ontology.exchange import load_exchange

KEYS = (
    "id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc", "event_text",
    "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info", "coder", "coded_date",
    "coded_time", "comment",
)  # fmt: skip
# PLOVER's own contexts for what did not come to pass, or not yet (codebook: "future", "hypothetical").
UNREAL = {
    "intended": "future", "demanded": "future", "conditional": "hypothetical", "negated": "hypothetical", "cancelled": "hypothetical",
}  # fmt: skip


def left_out(f: Fact) -> str | None:
    """Why a fact has no line here, or None."""
    return None if f.start else "the day is not known, which PLOVER requires"


def line(f: Fact) -> dict[str, Any]:
    """Keys in the order of the specification; those without a value are left away, save the required."""
    assert f.start
    one = f.first
    found: dict[str, Any] = {
        "id": f.id, "has_event": True, "date": f.start.isoformat(), "enddate": f.end.isoformat() if f.end and f.end != f.start else None,
        "actor": [_party(p) for p in f.actors], "recipient": [_party(p) for p in f.recipients], "event": f.type,
        "event_loc": _place(f), "event_text": one.trigger_text, "quad_code": load_exchange().quad[f.type],
        "event_scale": load_exchange().goldstein(f.cameo) if f.cameo else None, "mode": f.mode,
        "context": [*f.contexts, *([UNREAL[f.status]] if f.status in UNREAL else [])],
        "link": [u for u in dict.fromkeys(t.source.url for t in f.tellings) if u], "text": one.sentence,
        "text_info": [{"report": t.source.key, "trigger": list(t.trigger), "sentence": list(t.sentence_span)} for t in f.tellings],
        "cite_info": [
            {"report": s.key, "title": s.title, "outlet": s.outlet, "published": s.published.isoformat() if s.published else None}
            for s in dict.fromkeys(t.source for t in f.tellings)
        ],
        "coder": f"dateline {__version__}", "comment": _comment(f),
    }  # fmt: skip
    required = ("id", "date", "actor", "event")
    return {k: found[k] for k in KEYS if k in required or found.get(k) not in (None, [], {}, "")}


def _party(p: Party) -> dict[str, Any]:
    found = {
        "name": p.name,
        "key": p.key,
        "country": p.country,
        "sector": load_exchange().sector[p.kind],
        "text": p.words,
    }
    return {k: v for k, v in found.items() if v}


def _place(f: Fact) -> dict[str, Any]:
    if f.place is None:
        return {}
    p = f.place
    found = {
        "name": p.name,
        "lat": p.lat,
        "lon": p.lon,
        "country": p.country,
        "admin1": f.division,
        "precision": p.precision,
    }
    return {k: v for k, v in found.items() if v is not None}


def _comment(f: Fact) -> str:
    """On whose word, who denies it, how many were killed: PLOVER has no place for them."""
    low, high, _ = f.killed
    said = [f"said by {', '.join(f.said_by)}"] if f.said_by else []
    denied = [f"denied by {', '.join(f.denied_by)}"] if f.denied_by else []
    toll = (
        ["killed " + "-".join(dict.fromkeys(f"{x:g}" for x in (low, high) if x is not None))]
        if (low, high) != (None, None)
        else []
    )
    return "; ".join([f.status, *said, *denied, *toll])
