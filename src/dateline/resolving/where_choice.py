"""Which of the places that bear a name does the report mean?"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.knowledge.places import Candidate, Gazetteer
from dateline.knowledge.places.fold import fold
from dateline.record import Span

# Weights of the evidence, tuned on kinds of error in local news and reports of war.
_RANK, _USUAL, _LOOSE = 0.9, 1.0, -1.5
_FITS, _MISFITS = 4.0, -3.0
_COUNTRY, _INSIDE, _ELSEWHERE = 2.4, 6.0, -4.0
_NEAR, _NEAR_KM, _SAME_DIVISION = 2.6, 120.0, 0.8
_BARE = 3.0
# A hamlet that bears a famous name is seldom meant: people of fewer than a thousand or two.
_HAMLET, _HAMLET_RANK = -1.5, 3.2
_GATHER, _GATHER_LAND = 2.0, 0.8
# Names weighed, and the lead below which the runner-up is said.
_WEIGHED, _CLOSE = 25, 1.0

_CAPITAL_WORD = re.compile(r"\b(?:North |South |Saudi |Sri |Sierra |Central |Costa )?[A-Z][a-zé]+\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the text and the feature codes, by their beginning, that the words ask for."""

    span: Span
    name: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`best` is null where no gazetteer has the name; `within` is then what the report puts it in."""

    key: str
    best: Candidate | None = None
    runner_up: Candidate | None = None
    within: Candidate | None = None
    lead: float = 0.0


@dataclass(slots=True)
class _Group:
    """All mentions of one name that ask for the same kind of place."""

    key: str
    names: list[Named]
    scored: list[tuple[float, Candidate]]
    holders: list[Span]


def countries_of(text: str, gazetteer: Gazetteer, hints: Mapping[str, float]) -> dict[str, float]:
    """How strongly the report speaks of each country, 0 to about 2, from demonyms and hints."""
    counts = Counter(c for m in _CAPITAL_WORD.finditer(text) if (c := gazetteer.demonym(m[0])))
    out = {c: min(0.9, 0.35 + 0.15 * n) for c, n in counts.items()}
    for country, weight in hints.items():
        out[country] = out.get(country, 0.0) + weight
    return out


def choose(text: str, named: Sequence[Named], gazetteer: Gazetteer, weights: Mapping[str, float]) -> dict[Span, Choice]:
    """A choice for each name, all of them settled together."""
    groups = _groups(text, named, gazetteer, weights)
    countries = dict(weights)
    for g in groups:
        if g.scored and g.scored[0][1].feature == "PCLI" and not _is_also_state(g):
            code = g.scored[0][1].country or ""
            # Reports from everywhere speak of the United States.
            weight = (0.5 + 0.15 * len(g.names)) * (0.4 if code == "USA" else 1.0)
            countries[code] = min(1.6, countries.get(code, 0.0) + weight)
    for g in groups:
        g.scored = _ranked([(s + _COUNTRY * min(1.6, countries.get(c.country or "", 0.0)), c) for s, c in g.scored])
    _gather(groups)
    by_span = {n.span: g for g in groups for n in g.names}
    for _ in range(2):
        _hold(groups, by_span)
    base = [list(g.scored) for g in groups]
    for _ in range(2):
        anchors = _anchors(groups)
        for g, scored in zip(groups, base, strict=True):
            if len(scored) > 1 and _lead(scored) < 6.0:
                g.scored = _ranked([(s + _nearness(c, g, anchors), c) for s, c in scored])
    return {n.span: _choice(g, n, by_span) for g in groups for n in g.names}


def _is_also_state(group: _Group) -> bool:
    """Georgia: as well a state of another country."""
    first = group.scored[0][1]
    return any(c.feature == "ADM1" and c.country != first.country and c.matched == "main" for _, c in group.scored[:3])


def _gather(groups: Sequence[_Group]) -> None:
    """Prefers the country, and the division, that many names of the report could lie in; rare names count more."""
    lands = [{c.country for _, c in g.scored if c.country and c.feature != "PCLI"} for g in groups]
    divisions = [{(c.country, c.admin1) for _, c in g.scored if c.admin1} for g in groups]
    by_land: dict[str | None, float] = {}
    by_division: dict[tuple[str | None, str | None], float] = {}
    for own, within in zip(lands, divisions, strict=True):
        for land in own:
            by_land[land] = by_land.get(land, 0.0) + 1.0 / len(own)
        for d in within:
            by_division[d] = by_division.get(d, 0.0) + 1.0 / len(within)
    for g, own, within in zip(groups, lands, divisions, strict=True):
        if len(g.scored) > 1:
            g.scored = _ranked([
                (
                    s
                    + _GATHER_LAND * min(2.0, by_land.get(c.country, 0.0) - (c.country in own) / max(1, len(own)))
                    + (_GATHER * min(1.5, by_division[c.country, c.admin1] - 1.0 / len(within)) if c.admin1 else 0.0),
                    c,
                )
                for s, c in g.scored
            ])  # fmt: skip


def _capital(text: str, named: Named, gazetteer: Gazetteer, weights: Mapping[str, float]) -> Candidate | None:
    """ "the Syrian capital", "Burkina Faso's capital"; else that of the country most spoken of."""
    words = re.findall(r"[\w.-]+", text[max(0, named.span[0] - 40) : named.span[0]])[-3:]
    for n in range(1, len(words) + 1):
        near = " ".join(words[-n:]).removesuffix(" s")
        country = gazetteer.demonym(near) or next(
            (c.country for c in gazetteer.exact(near)[:1] if c.feature == "PCLI"), None
        )
        if country:
            return gazetteer.capital(country)
    if words and words[-1] not in ("the", "s"):
        return None
    sentence = text[max(0, named.span[0] - 300) : named.span[0]]
    sentence = re.split(r"[.!?]\s+(?=[A-Z\"“])|\n", sentence)[-1]
    for m in _CAPITAL_WORD.finditer(sentence):
        # Whoever the sentence begins with: "Turkey blamed the YPG for an attack in the capital".
        country = gazetteer.demonym(m[0]) or next(
            (c.country for c in gazetteer.exact(m[0])[:1] if c.feature == "PCLI"), None
        )
        if country:
            return gazetteer.capital(country)
    ranked = sorted(weights.items(), key=lambda x: (-x[1], x[0]))
    return gazetteer.capital(ranked[0][0]) if ranked else None


def _groups(text: str, named: Sequence[Named], gazetteer: Gazetteer, weights: Mapping[str, float]) -> list[_Group]:
    found: dict[tuple[str, tuple[str, ...]], _Group] = {}
    for i, n in enumerate(named):
        key = fold(n.name)
        if key.endswith(" capital"):
            # "the Iranian capital" marked whole: the last word is the name, the others say whose.
            asked, key = Named((n.span[1] - len("capital"), n.span[1]), "capital", n.features), "capital"
        else:
            asked = n
        capital = _capital(text, asked, gazetteer, weights) if key == "capital" else None
        if capital:
            key = f"capital {capital.country}"
        group = found.get((key, n.features))
        if group is None:
            group = found[key, n.features] = _Group(key, [], _scored(text, asked, gazetteer, capital), [])
        group.names.append(n)
        if (holder := _holder(text, named, i)) is not None:
            group.holders.append(holder)
    # A plain mention goes with the one that says its kind, where only one kind is said: "Aleppo", "Aleppo city".
    return list(found.values())


def _scored(text: str, named: Named, gazetteer: Gazetteer, capital: Candidate | None) -> list[tuple[float, Candidate]]:
    if fold(named.name) == "capital":
        return [(9.0, capital)] if capital else []
    names = [named.name]
    head, _, last = named.name.rpartition(" ")
    bare = head if head and named.features and last[:1].isalpha() else ""
    candidates: Sequence[Candidate] = gazetteer.exact(named.name)
    if bare and (not candidates or last[:1].isupper()):
        candidates = (
            (*candidates, *gazetteer.exact(bare))
            if fold(last) not in ("city",)
            else candidates or gazetteer.exact(bare)
        )
    if "AIRP" in named.features or "AIRB" in named.features:
        candidates = (*candidates, *gazetteer.exact(f"{named.name} airport"))
    if all(c.matched not in ("main", "alias") for c in candidates) and (people := gazetteer.demonym(named.name)):
        # A people's name that is marked as a place stands for its country.
        return [(9.0, c) for c in gazetteer.country(people)]
    if not candidates:
        candidates = gazetteer.alike(names[0]) or (gazetteer.alike(bare) if bare else ())
    dotted = text[max(0, named.span[0] - 2) : named.span[0]] == ", "
    unique = {c.source: c for c in reversed(candidates)}
    towns = [] if named.features else [c for c in unique.values() if c.feature in ("PPL", "PPLC")]
    scored = [(_prior(c, named, dotted) - _BARE * _is_town_too(c, towns), c) for c in unique.values()]
    return _ranked(scored)[: _WEIGHED * 3]


def _is_town_too(c: Candidate, towns: Sequence[Candidate]) -> bool:
    """A division with a town of its name in it: a bare "Aleppo" is the city, a bare "Kidal" the town."""
    if c.feature not in ("ADM1", "ADM2") or c.country == "USA":
        return False
    return any(t.country == c.country and _flat_km(t, c) <= 1.5 * c.radius_km for t in towns)


def _prior(c: Candidate, named: Named, after_comma: bool) -> float:
    score = _RANK * c.importance
    if c.matched in ("main", "alias"):
        score += _USUAL
    elif c.matched == "loose":
        score += _LOOSE
    elif c.matched == "abbreviation":
        score += 2.0 if after_comma else -6.0
    if c.importance < _HAMLET_RANK:
        score += _HAMLET
    if named.features:
        fits = any(c.feature.startswith(f) for f in named.features)
        score += _FITS if fits else _MISFITS
    elif c.feature in ("ADM1", "ADM2") and c.country != "USA":
        score -= 0.6
    elif c.feature == "ADM2":
        score -= 1.0
    if c.feature in ("RGN", "CONT", "OCN", "SEA") and c.matched in ("main", "alias") and c.country is None:
        score += 3.0
    if c.feature == "ADM1" and c.country == "USA" and after_comma:
        score += 2.0
    return score


def _ranked(scored: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    return sorted(scored, key=lambda x: (-round(x[0], 6), x[1].source))


def _lead(scored: Sequence[tuple[float, Candidate]]) -> float:
    return scored[0][0] - scored[1][0] if len(scored) > 1 else 9.0


def _holder(text: str, named: Sequence[Named], i: int) -> Span | None:
    """The name that the text puts this one in: "A, B", "A (B", "A in B", "A, in the B"."""
    if i + 1 >= len(named):
        return None
    gap = text[named[i].span[1] : named[i + 1].span[0]]
    if re.fullmatch(
        r"(?: (?:city|town|village|district|province|governorate|area))?(?:,| \(|,? in(?: the)?"
        r"(?: (?:(?:north|south|east|west)(?:ern)?|central|province of|region of|\w+ province of))*(?: the)?) ?",
        gap,
    ):  # fmt: skip
        return named[i + 1].span
    return None


def _hold(groups: Sequence[_Group], by_span: Mapping[Span, _Group]) -> None:
    """Weighs each candidate by whether it lies in what the text puts the name in."""
    for g in groups:
        for span in g.holders[:3]:
            holder = by_span[span]
            if holder is g or not holder.scored or not g.scored:
                continue
            wide = [c for _, c in holder.scored[:4] if c.precision in ("country", "region", "province", "district")]
            if not wide:
                continue
            fits = [(c, any(_lies_in(c, w) for w in wide[:2])) for _, c in g.scored]
            if any(ok for _, ok in fits):
                g.scored = _ranked([
                    (s + (_INSIDE / 2 if ok else _ELSEWHERE / 2), c)
                    for (s, _), (c, ok) in zip(g.scored, fits, strict=True)
                ])  # fmt: skip
                holder.scored = _ranked([
                    (s + (1.5 if _lies_in(g.scored[0][1], w) else 0.0), w) for s, w in holder.scored
                ])  # fmt: skip


def _lies_in(c: Candidate, holder: Candidate) -> bool:
    if c.source == holder.source:
        return False
    if holder.country and c.country != holder.country:
        return False
    if holder.feature == "PCLI":
        return True
    if c.admin1 and holder.admin1 and fold(c.admin1) == fold(holder.admin1):
        return True
    return _flat_km(c, holder) <= 1.3 * holder.radius_km and holder.country != "USA"


def _flat_km(a: Candidate, b: Candidate) -> float:
    x = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return 111.2 * math.hypot(x, a.lat - b.lat)


def _anchors(groups: Sequence[_Group]) -> list[tuple[float, _Group, Candidate]]:
    """The places so far that others may lie near, the surest first."""
    out = []
    for g in groups:
        if g.scored and g.scored[0][1].precision not in ("country", "region"):
            sure = min(1.0, 0.25 + 0.25 * _lead(g.scored))
            out.append((sure, g, g.scored[0][1]))
    return sorted(out, key=lambda x: (-x[0], x[1].key))[:14]


def _nearness(c: Candidate, group: _Group, anchors: Sequence[tuple[float, _Group, Candidate]]) -> float:
    if c.precision in ("country", "region"):
        return 0.0
    near: list[float] = []
    same = 0.0
    for sure, g, a in anchors:
        if g is group or g.key == group.key:
            continue
        reach = _NEAR_KM + (a.radius_km if a.precision == "province" else 0.0)
        near.append(sure * math.exp(-_flat_km(c, a) / reach))
        if c.country == a.country and c.admin1 and a.admin1 and fold(c.admin1) == fold(a.admin1):
            same = max(same, sure)
    near.sort(reverse=True)
    return _NEAR * sum(w * n for w, n in zip((1.0, 0.6, 0.3), near, strict=False)) + _SAME_DIVISION * same


def _choice(group: _Group, named: Named, by_span: Mapping[Span, _Group]) -> Choice:
    if not group.scored:
        held = (by_span[s] for s in group.holders)
        within = next((h.scored[0][1] for h in held if h.scored), None)
        return Choice(group.key, within=within)
    lead = _lead(group.scored)
    best = group.scored[0][1]
    rival = group.scored[1][1] if lead < _CLOSE and len(group.scored) > 1 else None
    if rival is not None and _flat_km(best, rival) < max(25.0, best.radius_km, rival.radius_km):
        rival = None
    return Choice(group.key, best, rival, None, lead)
