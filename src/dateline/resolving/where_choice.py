"""Which of the places that bear a name does the report mean?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dateline.knowledge.places import Candidate, Gazetteer
from dateline.knowledge.places.fold import fold
from dateline.knowledge.places.tables import place_words
from dateline.record import Span
from dateline.resolving.where_candidates import (
    CAPITAL_WORD,
    WEIGHED,
    Named,
    capital_meant,
    flat_km,
    inner_name,
    is_town_too,
    ranked,
    scored_candidates,
)
from dateline.resolving.where_evidence import ENGLISH
from dateline.resolving.where_far import called_village, great_first, is_far, is_far_guess, is_thing
from dateline.resolving.where_joint import settle
from dateline.resolving.where_listed import is_division_of, lists, shared_division
from dateline.resolving.where_pairs import town_of

# Weights of the evidence, tuned on kinds of error in local news and reports of war.
_COUNTRY, _INSIDE, _ELSEWHERE = 2.4, 6.0, -4.0
# What a name counts that is no place of the report, and the countries spoken of that count: how many, from which weight.
_ASIDE, _SPOKEN_OF, _SPOKEN = 0.6, 3, 0.3
# The lead below which the runner-up is said.
_CLOSE = 1.0
# A place so many radii away from the middle of a state lies in another, whatever its borders.
_BEYOND = 1.5
# What a name that clearly lies in one country counts for whose "the capital" is.
_PLACED = 0.4
# What a division in a list of divisions leads a town of its name by.
_LISTED = 4.0
# A report that names nothing else tells where it is if it speaks this much of a country.
_SURE = 0.9
# A quarter or district of a town lies no farther from it.
_QUARTER_KM = 60.0

# A state's name or its abbreviation with a stop.
_STATE = re.compile(
    r"\b(?:(?:North |South |West |New |Rhode )?[A-Z][a-z]{3,}\b|(?:[A-Z][a-z]{1,4}|[NSW]\. ?[A-Z][a-z]*)\.)"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """`best` is null where no gazetteer has the name; `within` is then what the report puts it in."""

    key: str
    best: Candidate | None = None
    runner_up: Candidate | None = None
    within: Candidate | None = None
    lead: float = 0.0
    # Whether gazetteers have the name, and only where the report speaks of nothing.
    far: bool = False


@dataclass(slots=True)
class _Group:
    """All mentions of one name that ask for the same kind of place."""

    key: str
    names: list[Named]
    scored: list[tuple[float, Candidate]]
    holders: list[Span]
    # Towns that the text makes it a quarter of.
    towns: list[Span] = field(default_factory=list)
    # Whether the likeliest lies far from all that the report names.
    far: bool = False
    # Whether the candidates are of a name within the name: "Mopti" of "Mopti Hospital".
    inner: bool = False


def _towns_first(group: _Group, settled: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """Where no kind is said, a division gains from its neighbours no more than the town of its name in it."""
    gains = [(s - before, c) for (s, c), (before, _) in zip(settled, group.scored, strict=False)]
    towns = [] if any(n.features for n in group.names) else [x for x in gains if x[1].feature in ("PPL", "PPLC")]
    out = []
    for (s, c), (gain, _) in zip(settled, gains, strict=True):
        most = max((g for g, t in towns if is_town_too(c, [t])), default=gain)
        out.append((s - max(0.0, gain - most), c))
    return out


def _hints(
    text: str, groups: Sequence[_Group], aside: Sequence[Named], gazetteer: Gazetteer, weights: Mapping[str, float]
) -> list[_Group]:
    """What tells where the report is and is no place of it: names of bodies, states, countries spoken of."""
    known = {g.key for g in groups}
    out: list[_Group] = []
    for g in (*_groups(text, aside, gazetteer, weights), *_states(text, gazetteer)):
        if g.key not in known:
            known.add(g.key)
            out.append(g)
    told = {c.country for g in (*groups, *out) for _, c in g.scored[:1] if c.feature == "PCLI"}
    for code, weight in sorted(weights.items(), key=lambda x: (-x[1], x[0]))[:_SPOKEN_OF]:
        if code not in told and weight >= _SPOKEN and (state := gazetteer.country(code)):
            out.append(_Group(code, [], [(0.0, state[0])], []))
    return out


def _lands(text: str) -> list[str]:
    """Countries whose words of public life the text uses, one for each word."""
    low = text.lower().replace("’", "'")
    lands = place_words().lands
    return [c for word in lands if word in low and re.search(rf"\b{re.escape(word)}\b", low) for c in lands[word]]


def countries_of(text: str, gazetteer: Gazetteer, hints: Mapping[str, float]) -> dict[str, float]:
    """How strongly the report speaks of each country, 0 to about 2, from demonyms and hints."""
    counts = Counter(c for m in CAPITAL_WORD.finditer(text) if (c := gazetteer.demonym(m[0])))
    counts.update(_lands(text))
    out = {c: min(0.9, 0.35 + 0.15 * n) for c, n in counts.items()}
    for country, weight in hints.items():
        out[country] = out.get(country, 0.0) + weight
    return out


def choose(
    text: str,
    named: Sequence[Named],
    gazetteer: Gazetteer,
    weights: Mapping[str, float],
    aside: Sequence[Named] = (),
) -> dict[Span, Choice]:
    """A choice for each name, all of them settled together; names `aside` only tell where the report is."""
    groups = _groups(text, named, gazetteer, weights)
    hints = _hints(text, groups, aside, gazetteer, weights)
    countries = dict(weights)
    for g in groups:
        if g.scored and g.scored[0][1].feature == "PCLI" and not _is_also_state(g):
            code = g.scored[0][1].country or ""
            # Reports from everywhere speak of the United States.
            weight = (0.5 + 0.15 * len(g.names)) * (0.4 if code == "USA" else 1.0)
            countries[code] = min(1.6, countries.get(code, 0.0) + weight)
    for g in groups:
        called = all(is_thing(text, n.span) for n in g.names) and not g.key.startswith("capital ")
        g.scored = [(s, c) for s, c in g.scored if not is_far_guess(c, countries, called)]
    for g in (*groups, *hints):
        g.scored = ranked([(s + _COUNTRY * min(1.6, countries.get(c.country or "", 0.0)), c) for s, c in g.scored])
    by_span = {n.span: g for g in groups for n in g.names}
    local = any(g.scored and _is_english_part(g.scored[0][1]) for g in (*groups, *hints))
    local = local or any(c in ENGLISH for c in _lands(text))
    for g in groups:
        g.scored = ranked(great_first(g.scored, countries, local))
    _level(text, by_span)
    for _ in range(2):
        _hold(groups, by_span)
    bearing = [1.0] * len(groups) + [_ASIDE] * len(hints)
    settled = settle([g.scored[:WEIGHED] for g in (*groups, *hints)], bearing)
    for g, scored in zip(groups, settled, strict=False):
        g.scored = ranked(_towns_first(g, scored))
    sure = max(countries.values(), default=0.0) >= _SURE
    lands = {c: state[0] for c in countries if (state := gazetteer.country(c))}
    for g in groups:
        village = any(called_village(text, n.span) for n in g.names)
        others = [x.scored[0][1] for x in groups if x is not g and x.scored]
        told = g.scored and (sure or bool(others) or (village and bool(lands)))
        g.far = bool(told) and is_far(g.scored[0][1], others, lands, bool(g.holders), village)
    return {n.span: _choice(g, n, by_span) for g in groups for n in g.names}


def _is_english_part(c: Candidate) -> bool:
    return c.country in ENGLISH and c.feature in ("ADM1", "ADM2")


def _level(text: str, by_span: Mapping[Span, _Group]) -> None:
    """Names of one list are divisions together: "Cauca, Nariño and Valle del Cauca"."""
    for run in lists(text, [*by_span]):
        groups = [by_span[s] for s in run]
        if any(n.features for g in groups for n in g.names):
            continue
        country = shared_division([g.scored for g in groups])
        if country is None:
            continue
        for g in groups:
            most = max(s for s, _ in g.scored)
            g.scored = ranked([(most + _LISTED, c) if is_division_of(c, country) else (s, c) for s, c in g.scored])


def _states(text: str, gazetteer: Gazetteer) -> list[_Group]:
    """States and provinces that the text names or abbreviates anywhere: "the Ohio EPA", "R-Ga."."""
    out: dict[str, _Group] = {}
    for word in dict.fromkeys(m[0] for m in _STATE.finditer(text)):
        candidates = gazetteer.exact(word)
        if word.endswith("."):
            found = [c for c in candidates if c.matched == "abbreviation"]
        elif candidates and candidates[0].feature == "ADM1":
            found = [c for c in candidates if c.feature == "ADM1" and c.matched in ("main", "alias")]
        else:
            continue
        if found:
            out.setdefault(fold(word), _Group(fold(word), [], [(0.0, c) for c in found[:3]], []))
    return list(out.values())


def _is_also_state(group: _Group) -> bool:
    """Georgia: as well a state of another country."""
    first = group.scored[0][1]
    return any(c.feature == "ADM1" and c.country != first.country and c.matched == "main" for _, c in group.scored[:3])


def _groups(text: str, named: Sequence[Named], gazetteer: Gazetteer, weights: Mapping[str, float]) -> list[_Group]:
    found: dict[tuple[str, tuple[str, ...]], _Group] = {}
    weights = _with_places(named, gazetteer, weights)
    for i, n in enumerate(named):
        key = fold(n.name)
        if key.endswith(" capital"):
            # "the Iranian capital" marked whole: the last word is the name, the others say whose.
            asked, key = Named((n.span[1] - len("capital"), n.span[1]), "capital", n.features), "capital"
        else:
            asked = n
        capital = capital_meant(text, asked, gazetteer, weights) if key == "capital" else None
        if capital:
            key = f"capital {capital.country}"
        group = found.get((key, n.features))
        if group is None:
            scored = scored_candidates(text, asked, gazetteer, capital)
            inner = inner_name(text, asked, gazetteer) if not scored else None
            if inner is not None:
                scored = scored_candidates(text, inner, gazetteer, None)
            group = found[key, n.features] = _Group(key, [], scored, [], inner=inner is not None)
        group.names.append(n)
        if (holder := _holder(text, named, i)) is not None:
            group.holders.append(holder)
        if (town := town_of(text, [x.span for x in named], i)) is not None:
            group.towns.append(town)
    return list(found.values())


def _with_places(named: Sequence[Named], gazetteer: Gazetteer, weights: Mapping[str, float]) -> Mapping[str, float]:
    """How much is spoken of each country, with what the names likeliest lie in: whose "the capital" is."""
    if not any(fold(n.name).endswith("capital") for n in named):
        return weights
    out = dict(weights)
    for name in dict.fromkeys(n.name for n in named):
        best: dict[str, float] = {}
        for c in gazetteer.exact(name):
            if c.matched in ("main", "alias") and c.country:
                best[c.country] = max(best.get(c.country, 0.0), c.importance)
        likeliest = sorted(best, key=lambda k: -best[k])[:2]
        if likeliest and (len(likeliest) == 1 or best[likeliest[0]] - best[likeliest[1]] > _CLOSE):
            out[likeliest[0]] = out.get(likeliest[0], 0.0) + _PLACED
    return out


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
                g.scored = ranked([
                    (s + (_INSIDE / 2 if ok else _ELSEWHERE / 2), c)
                    for (s, _), (c, ok) in zip(g.scored, fits, strict=True)
                ])  # fmt: skip
                holder.scored = ranked([
                    (s + (1.5 if _lies_in(g.scored[0][1], w) else 0.0), w) for s, w in holder.scored
                ])  # fmt: skip


def _other_state(group: _Group, by_span: Mapping[Span, _Group]) -> Candidate | None:
    """The state that every mention with one puts the name in, where no place of the name lies in it or near it."""
    held = [by_span[s].scored[0][1] for s in group.holders if by_span[s].scored]
    if not held or any(h.feature != "PCLI" or h.source != held[0].source for h in held):
        return None
    state = held[0]
    if not group.scored[0][1].feature.startswith("PPL"):
        return None
    near = any(c.country == state.country or flat_km(c, state) <= _BEYOND * state.radius_km for _, c in group.scored)
    return None if near else state


def _lies_in(c: Candidate, holder: Candidate) -> bool:
    if c.source == holder.source:
        return False
    if holder.country and c.country != holder.country:
        return False
    if holder.feature == "PCLI":
        return True
    if c.admin1 and holder.admin1 and fold(c.admin1) == fold(holder.admin1):
        return True
    return flat_km(c, holder) <= 1.3 * holder.radius_km and holder.country != "USA"


def _choice(group: _Group, named: Named, by_span: Mapping[Span, _Group]) -> Choice:
    for span in group.towns:
        town = next((c for _, c in by_span[span].scored[:1] if c.precision == "settlement"), None)
        if town is not None:
            near = [x for x in group.scored if flat_km(x[1], town) <= _QUARTER_KM]
            if not near:
                return Choice(group.key, within=town)
            group.scored = near
    if not group.scored:
        held = (by_span[s] for s in group.holders)
        within = next((h.scored[0][1] for h in held if h.scored), None)
        return Choice(group.key, within=within)
    lead = _lead(group.scored)
    best = group.scored[0][1]
    if (state := _other_state(group, by_span)) is not None:
        return Choice(group.key, within=state)
    if group.far:
        return Choice(group.key, far=True)
    if group.inner:
        return Choice(group.key, within=best)
    rival = group.scored[1][1] if lead < _CLOSE and len(group.scored) > 1 else None
    if rival is not None and flat_km(best, rival) < max(25.0, best.radius_km, rival.radius_km):
        rival = None
    return Choice(group.key, best, rival, None, lead)
