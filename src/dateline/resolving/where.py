"""Where? Toponyms of a report to points on the map.

All names of a report are settled together: each candidate of the gazetteer is weighed by
its rank, the kind of place that the words ask for, the countries that the report speaks
of, what the report says it lies in, and how near it is to the other places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dateline.knowledge.places import Candidate, Gazetteer, distance_km
from dateline.record import Note, Place, Precision, Span
from dateline.resolving.where_candidates import Named
from dateline.resolving.where_choice import Choice, choose, countries_of
from dateline.resolving.where_elided import full_name
from dateline.resolving.where_names import find_toponyms
from dateline.resolving.where_pairs import pairs
from dateline.resolving.where_relative import Phrase, part_precision, read_phrase, shifted, spelt

__all__ = ["find_toponyms", "resolve_places"]

# So far beyond a town's edge lies "west of the town".
_BESIDE_KM = 3.0


@dataclass(slots=True)
class _Draft:
    """A place being gathered from its mentions."""

    phrase: Phrase
    choices: tuple[Choice, ...]
    mentions: list[Span] = field(default_factory=list)


def resolve_places(
    text: str,
    sentences: Sequence[Span],
    spans: Sequence[tuple[Span, float]],
    gazetteer: Gazetteer,
    *,
    blocked: Sequence[Span] = (),
    aside: Sequence[Span] = (),
    country_hints: Mapping[str, float] | None = None,
) -> tuple[tuple[Place, ...], tuple[Note, ...]]:
    """One `Place` for each distinct place of the report, in order of first mention, and what stayed open.

    `spans`: toponyms with scores, such as the model's and `find_toponyms`'; overlapping ones
    are settled in favour of the longer. `blocked`: spans that are no places.
    `aside`: names that are no places of the report and tell where it is. `country_hints`:
    ISO 3166-1 alpha-3 to a weight of 0 to 2. Notes: `place-unknown` (no gazetteer has the
    name; `lat` and `lon` are null, or the point of the place it is said to lie in) and
    `place-ambiguous` (the runner-up is named).
    """
    phrases = [read_phrase(text, s, lambda name: bool(gazetteer.exact(name))) for s in _apart(spans, blocked)]
    phrases = sorted([*phrases, *pairs(text, phrases)], key=lambda p: (p.span[0], -p.span[1]))
    names = sorted({n for p in phrases for n in p.names})
    features = {n: p.features for p in sorted(phrases, key=lambda p: -len(p.names)) for n in p.names}
    named = [Named(n, full_name(text, n), features[n]) for n in names]
    weights = countries_of(text, gazetteer, country_hints or {})
    beside = [Named(s, text[s[0] : s[1]], ()) for s in aside]
    choices = choose(text, named, gazetteer, weights, beside)
    drafts: dict[tuple[object, ...], _Draft] = {}
    for p in phrases:
        picked = tuple(choices[n] for n in p.names)
        draft = drafts.setdefault(_identity(p, picked), _Draft(p, picked))
        draft.mentions.append(p.span)
    places, notes = [], []
    for i, draft in enumerate(drafts.values(), 1):
        places.append(_place(f"p{i}", text, draft))
        notes.extend(_notes(text, draft))
    return tuple(places), tuple(dict.fromkeys(notes))


def _apart(spans: Sequence[tuple[Span, float]], blocked: Sequence[Span]) -> list[Span]:
    """Spans that overlap neither each other nor `blocked`, the longer and surer first, in text order."""
    kept: list[Span] = []
    for (s, e), _ in sorted(spans, key=lambda x: (x[0][0] - x[0][1], -x[1], x[0])):
        if s < e and not any(s < b and a < e for a, b in (*kept, *blocked)):
            kept.append((s, e))
    return sorted(kept)


def _identity(phrase: Phrase, picked: tuple[Choice, ...]) -> tuple[object, ...]:
    which = tuple(c.best.source if c.best else c.key for c in picked)
    if phrase.relation == "near" and phrase.bearing_deg is None:
        return ("near", which)
    return (phrase.relation, which, phrase.bearing_deg, phrase.offset_km)


def _place(place_id: str, text: str, draft: _Draft) -> Place:
    start, end = draft.phrase.words
    name = spelt(" ".join(full_name(text, (start, end)).split()))
    best = [c.best for c in draft.choices]
    if len(best) == 2:
        return _of_two(place_id, name, draft, best[0], best[1])
    choice, only = draft.choices[0], best[0]
    if only is None and choice.within is not None:
        within = choice.within
        wide: Precision = within.precision if within.precision in ("country", "region", "province") else "district"
        return Place(
            id=place_id, name=name, lat=within.lat, lon=within.lon, country=within.country, source=within.source,
            precision=wide, radius_km=max(10.0, within.radius_km), mentions=draft.mentions,
        )  # fmt: skip
    if only is None:
        return Place(id=place_id, name=name, precision="region", mentions=draft.mentions)
    lat, lon, precision, radius = _lies(draft.phrase, only)
    return Place(
        id=place_id, name=name, lat=lat, lon=lon, country=only.country, feature=only.feature, source=only.source,
        precision=precision, radius_km=radius, mentions=draft.mentions,
    )  # fmt: skip


def _lies(phrase: Phrase, c: Candidate) -> tuple[float, float, Precision, float]:
    """Point, precision and radius of a place that lies so to the candidate."""
    bearing = phrase.bearing_deg
    if phrase.relation == "part" and bearing is not None and c.precision not in ("settlement", "exact"):
        lat, lon = shifted(c.lat, c.lon, bearing, 0.45 * c.radius_km)
        return lat, lon, part_precision(c.precision), round(0.6 * c.radius_km, 1)
    if phrase.relation == "part":
        return c.lat, c.lon, c.precision, c.radius_km
    if phrase.relation == "offset" and phrase.offset_km is not None:
        km = phrase.offset_km
        if bearing is None:
            return c.lat, c.lon, "near", round(km + c.radius_km, 1)
        lat, lon = shifted(c.lat, c.lon, bearing, km)
        return lat, lon, "near", round(max(3.0, 0.25 * km), 1)
    if phrase.relation == "near":
        small = c.precision in ("exact", "settlement", "near")
        if small and bearing is not None:
            lat, lon = shifted(c.lat, c.lon, bearing, c.radius_km + _BESIDE_KM)
            return lat, lon, "near", round(c.radius_km + 10.0, 1)
        return c.lat, c.lon, "near" if small else c.precision, round(c.radius_km + (10.0 if small else 25.0), 1)
    return c.lat, c.lon, c.precision, c.radius_km


def _of_two(place_id: str, name: str, draft: _Draft, a: Candidate | None, b: Candidate | None) -> Place:
    precision: Precision = "region" if draft.phrase.relation == "border" else "route"
    if a is None or b is None:
        known = a or b
        return Place(
            id=place_id, name=name, lat=known and known.lat, lon=known and known.lon,
            country=known and known.country, source=known and known.source, precision=precision,
            radius_km=known and known.radius_km, mentions=draft.mentions,
        )  # fmt: skip
    # Between two countries the line lies nearer the smaller one's middle.
    share = a.radius_km / max(0.1, a.radius_km + b.radius_km) if draft.phrase.relation == "border" else 0.5
    lat, lon = round(a.lat + share * (b.lat - a.lat), 4), round(a.lon + share * (b.lon - a.lon), 4)
    apart = distance_km(a.lat, a.lon, b.lat, b.lon)
    return Place(
        id=place_id, name=name, lat=lat, lon=lon, country=a.country if a.country == b.country else None,
        source=f"{a.source}+{b.source}", precision=precision, radius_km=round(max(3.0, apart / 2), 1),
        mentions=draft.mentions,
    )  # fmt: skip


def _notes(text: str, draft: _Draft) -> list[Note]:
    out = []
    for span, choice in zip(draft.phrase.names, draft.choices, strict=True):
        name = text[span[0] : span[1]]
        if choice.best is None:
            where = f"; placed in {choice.within.name}, which is named with it" if choice.within else ""
            known = "lies far from all that the report names" if choice.far else "is in no gazetteer"
            out.append(Note(code="place-unknown", span=span, message=f"{name} {known}{where}"))
        elif choice.runner_up is not None:
            r, b = choice.runner_up, choice.best
            out.append(Note(
                code="place-ambiguous", span=span,
                message=f"{name} is read as {_label(b)}; it could be {_label(r)}",
            ))  # fmt: skip
    return out


def _label(c: Candidate) -> str:
    return ", ".join(x for x in (c.name, c.admin1 if c.admin1 != c.name else None, c.country) if x)
