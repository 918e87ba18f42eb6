"""Do two events tell of the same happening, and why?

`features` says what speaks for and against it, each a number from 0 to 1; `score` weighs them
(`incidents_weights.toml`, fitted on the half of our written days that is open to tuning) to
log-odds; `reasons` names those that weighed most.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from dateline.archive.incidents_mention import Mention, Where
from dateline.archive.words import alike, near, weight
from dateline.errors import KnowledgeError

EARTH_KM = 6371.0
# A point's radius is no border: how far apart two settlements of one happening may lie besides.
LEEWAY_KM = 6.0
_FORCE = frozenset(("ASSAULT", "COERCE", "PROTEST"))
UNREAL = frozenset(("negated", "cancelled"))

Features = dict[str, float]


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Tables `across` (two reports), `within` (one report), `company` (the second look): feature to weight."""
    raw = tomllib.loads(files("dateline.archive").joinpath("incidents_weights.toml").read_text("utf-8"))
    tables = {name: raw.get(name) for name in ("across", "within", "company")}
    bad = [n for n, t in tables.items() if not t or not all(isinstance(v, int | float) for v in t.values())]
    if bad:
        raise KnowledgeError(f"archive/incidents_weights.toml wants a number for each feature in {bad}")
    return {n: t for n, t in tables.items() if t is not None}


@cache
def families() -> Mapping[str, frozenset[str]]:
    """Which families a type belongs to: two types are compatible when they share one."""
    raw = tomllib.loads(files("dateline.archive").joinpath("incidents_families.toml").read_text("utf-8"))
    out: dict[str, set[str]] = {}
    for family, types in raw["families"].items():
        for t in types:
            out.setdefault(t, set()).add(family)
    return {t: frozenset(f) for t, f in out.items()}


@cache
def related(a: str, b: str) -> bool:
    """Are these types often two readings of one happening?"""
    return a == b or bool(families().get(a, frozenset()) & families().get(b, frozenset()))


def features(a: Mention, b: Mention) -> Features:
    """What speaks for and against; symmetric in its arguments."""
    f: Features = {"bias": 1.0}
    _kind(a, b, f)
    _who(a, b, f)
    _where(a, b, f)
    _when(a, b, f)
    _how_many(a, b, f)
    _words(a, b, f)
    _together(a, b, f)
    if a.report == b.report:
        _position(a, b, f)
    return f


def score(f: Features, same_report: bool) -> float:
    """Log-odds that the two are one, rounded so that no machine's last bit decides."""
    table = weights()["within" if same_report else "across"]
    return round(math.fsum(table.get(k, 0.0) * v for k, v in f.items()), 4)


def reasons(f: Features, same_report: bool, most: int = 5) -> list[str]:
    """The features that weighed most, each with its share of the score: `same-place +1.84`."""
    table = weights()["within" if same_report else "across"]
    parts = sorted(
        ((round(table.get(k, 0.0) * v, 2), k) for k, v in f.items() if k != "bias"), key=lambda p: (-abs(p[0]), p[1])
    )
    return [f"{k} {w:+.2f}" for w, k in parts[:most] if w]


def _kind(a: Mention, b: Mention, f: Features) -> None:
    f["same-type" if a.type == b.type else "related-type" if related(a.type, b.type) else "other-type"] = 1.0
    if a.type == b.type == "ASSAULT":
        f["both-assault"] = 1.0
    if a.mode and b.mode:
        f["same-mode" if a.mode == b.mode else "other-mode"] = 1.0
    if a.status != b.status:
        f["unreal-beside-real" if (a.status in UNREAL) != (b.status in UNREAL) else "other-status"] = 1.0
    if a.head == b.head:
        f["same-trigger"] = weight(a.head)
    else:
        f["like-trigger"] = round(near(frozenset((a.head,)), frozenset((b.head,))), 4)


def _who(a: Mention, b: Mention, f: Features) -> None:
    for role, x, y in (("actor", a.actors, b.actors), ("recipient", a.recipients, b.recipients)):
        if x and y:
            f[_shared(x, y) + role] = 1.0
    if _shared(a.actors, b.recipients) == "same-" or _shared(a.recipients, b.actors) == "same-":
        f["crossed-roles"] = 1.0
    f["shared-parties"] = min(1.0, sum(weight(t[1:]) for t in a.parties & b.parties if t[0] == "~") / 2)


def _shared(x: frozenset[str], y: frozenset[str]) -> str:
    both = x & y
    if any(t[0] == "=" for t in both) or sum(weight(t[1:]) for t in both if t[0] == "~") >= 0.5:
        return "same-"
    if both:
        return "like-"
    named = any(t[0] in "=~" for t in x) and any(t[0] in "=~" for t in y)
    return "other-" if named else "unnamed-"


def _where(a: Mention, b: Mention, f: Features) -> None:
    if not a.places or not b.places:
        f["place-unknown"] = 1.0
        f["named-in-other"] = float(
            any(w.name and _in(w.name, b.story) for w in a.places)
            or any(w.name and _in(w.name, a.story) for w in b.places)
        )
        return
    f[min((_apart(p, q) for p in a.places for q in b.places), key=_APART.index)] = 1.0


def _in(name: str, story: frozenset[str]) -> bool:
    return any(s in name or name in s for s in story if len(s) > 3)


_APART = ("same-place", "like-place", "near", "within", "same-wide", "close-by", "far", "place-unplaced")


def _apart(p: Where, q: Where) -> str:
    if p.name and p.name == q.name:
        return "same-wide" if p.wide else "same-place"
    if p.core & q.core:
        return "like-place"
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return "place-unplaced"
    km = distance_km(p.lat, p.lon, q.lat, q.lon)
    reach = p.radius_km + q.radius_km
    if p.wide != q.wide and (km <= reach or (p.country is not None and p.country == q.country and reach > 200)):
        return "within"
    if km <= (reach if p.wide else min(reach, 15.0) + LEEWAY_KM):
        return "near"
    return "close-by" if km <= 40 else "far"


def distance_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    p, q = math.radians(lat), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def _when(a: Mention, b: Mention, f: Features) -> None:
    if a.first and a.last and b.first and b.last:
        gap = max((b.first - a.last).days, (a.first - b.last).days)
        sure = "" if a.dated and b.dated else "perhaps-"
        if gap <= 0:
            long = max((a.last - a.first).days, (b.last - b.first).days) > 3
            f[f"{sure}same-days" if long else f"{sure}same-day"] = 1.0
        else:
            f[f"{sure}day-apart" if gap == 1 else f"{sure}days-apart"] = 1.0
    elif a.first or b.first:
        x, y = (a, b) if a.first else (b, a)
        assert x.first
        f["one-undated"] = 1.0
        if y.published:
            f["undated-before" if y.published < x.first else f"undated-{_lag((y.published - x.first).days)}"] = 1.0
    else:
        f["both-undated"] = 1.0
    late = _lag(_days_between(a.published, b.published))
    f[f"published-{late}"] = 1.0
    if late != "same-day" and a.type not in _FORCE and b.type not in _FORCE:
        f["word-or-deed-later"] = 1.0


def _lag(days: int) -> str:
    return "same-day" if days == 0 else "next-day" if days == 1 else "days-later" if days < 4 else "long-after"


def _days_between(a: date | None, b: date | None) -> int:
    return abs((a - b).days) if a and b else 3


def _how_many(a: Mention, b: Mention, f: Features) -> None:
    for x in a.counts:
        for y in b.counts:
            if x.measure != y.measure:
                continue
            kind = "toll" if x.measure in ("killed", "injured") else "count"
            if (x.low, x.high) == (y.low, y.high):
                f[f"same-{kind}"] = max(f.get(f"same-{kind}", 0.0), min(1.0, math.log1p(x.low or x.high or 0.0) / 3))
            else:
                f[f"other-{kind}"] = 1.0
    if "same-toll" in f:
        f.pop("other-toll", None)
    if "same-count" in f:
        f.pop("other-count", None)


def _words(a: Mention, b: Mention, f: Features) -> None:
    if a.report != b.report or a.sentence != b.sentence:
        f["like-sentence"] = round(alike(a.words, b.words), 4)
        f["near-sentence"] = round(near(a.words, b.words), 4)
        f["shared-names"] = round(min(1.0, sum(map(weight, a.names & b.names)) / 3), 4)
    f["like-phrase"] = round(alike(a.near, b.near), 4)
    f["near-phrase"] = round(near(a.near, b.near), 4)
    if a.nearest and b.nearest:
        both = math.fsum(map(weight, a.nearest & b.nearest))
        f["same-names-beside" if both else "other-names-beside"] = round(min(1.0, both / 1.5), 4) if both else 1.0
    f["shared-words"] = round(min(1.0, math.fsum(weight(s) for s in (a.near & b.near) - a.names - b.names) / 2), 4)
    f["like-story"] = round(alike(a.story, b.story), 4) if a.report != b.report else 0.0


def _together(a: Mention, b: Mention, f: Features) -> None:
    """What says more together than apart: a deed by its doer, force by its scene."""
    here = "same-place" in f or "near" in f or "like-place" in f
    apart_in_time = any(k in f for k in ("day-apart", "days-apart", "perhaps-days-apart"))
    if a.type == b.type != "ASSAULT" and "same-actor" in f:
        f["same-deed"] = 1.0
        f["same-deed-to"] = float("same-recipient" in f)
        f["same-deed-here"] = float(here)
    if {a.type, b.type} <= _FORCE and here and not apart_in_time:
        f["same-scene"] = 1.0
        f["same-scene-and-doer"] = float("same-actor" in f)
        f["same-scene-and-victim"] = float("same-recipient" in f)
    if {a.type, b.type} <= _FORCE and a.places and b.places and not here and "within" not in f:
        f["other-scene"] = 1.0


def _position(a: Mention, b: Mention, f: Features) -> None:
    if a.sentence == b.sentence:
        f["same-sentence"] = 1.0
        f["words-apart"] = round(min(1.0, abs(a.trigger[0] - b.trigger[0]) / 200), 4)
    else:
        f["sentence-lag"] = round(min(1.0, abs(a.sentence[0] - b.sentence[0]) / 1500), 4)
