"""Which places may a name of the report stand for, and how likely is each by itself?"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.knowledge.places import Candidate, Gazetteer
from dateline.knowledge.places.fold import fold
from dateline.knowledge.places.tables import place_words
from dateline.record import Span

# Weights of the evidence, tuned on kinds of error in local news and reports of war.
_RANK, _USUAL, _LOOSE = 0.75, 1.0, -1.5
_FITS, _MISFITS = 4.0, -3.0
_BARE = 3.0
# A town as large as this, log10 of its people, may be meant by the name of a people.
_PEOPLE = 5.0
_STATE_NAME = 0.7
# A hamlet that bears a famous name is seldom meant: people of fewer than a thousand or two.
_HAMLET, _HAMLET_RANK = -1.5, 3.2
# Candidates weighed of each name.
WEIGHED = 25

CAPITAL_WORD = re.compile(r"\b(?:North |South |Saudi |Sri |Sierra |Central |Costa )?[A-Z][a-zé]+\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the text and the feature codes, by their beginning, that the words ask for."""

    span: Span
    name: str
    features: tuple[str, ...]


def capital_meant(text: str, named: Named, gazetteer: Gazetteer, weights: Mapping[str, float]) -> Candidate | None:
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
    for m in CAPITAL_WORD.finditer(sentence):
        # Whoever the sentence begins with: "Turkey blamed the YPG for an attack in the capital".
        country = gazetteer.demonym(m[0]) or next(
            (c.country for c in gazetteer.exact(m[0])[:1] if c.feature == "PCLI"), None
        )
        if country:
            return gazetteer.capital(country)
    ranked = sorted(weights.items(), key=lambda x: (-x[1], x[0]))
    return gazetteer.capital(ranked[0][0]) if ranked else None


def inner_name(text: str, named: Named, gazetteer: Gazetteer) -> Named | None:
    """The longest name in a name that the gazetteer lacks, the first of those: "Walker County" of "Walker County Fair"."""
    words = list(re.finditer(r"[^\s–-]+", named.name))
    last = words[-1][0].lower() if words else ""
    first = words[0][0].lower() if words else ""
    sited = last in place_words().sites or first in place_words().compass or "-" in named.name
    if len(words) < 2 or not sited:
        return None
    if last in place_words().sites:
        words = words[:-1]
    for n in range(len(words), 0, -1):
        for i in range(len(words) - n + 1):
            start, end = words[i].start(), words[i + n - 1].end()
            name = named.name[start:end]
            if (
                name != named.name
                and name[:1].isupper()
                and len(name) > 3
                and any(c.matched in ("main", "alias") for c in gazetteer.exact(name))
            ):
                at = named.span[0]
                return Named((at + start, at + end), name, ())
    return None


def scored_candidates(
    text: str, named: Named, gazetteer: Gazetteer, capital: Candidate | None
) -> list[tuple[float, Candidate]]:
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
    usual = [c for c in candidates if c.matched in ("main", "alias") and c.importance > _PEOPLE]
    if not usual and (people := gazetteer.demonym(named.name)):
        # A people's name that is marked as a place stands for its country.
        return [(9.0, c) for c in gazetteer.country(people)]
    if not candidates:
        candidates = gazetteer.alike(names[0]) or (gazetteer.alike(bare) if bare else ())
    dotted = text[max(0, named.span[0] - 2) : named.span[0]] == ", "
    unique = {c.source: c for c in reversed(candidates)}
    towns = [] if named.features else [c for c in unique.values() if c.feature in ("PPL", "PPLC")]
    seat = any(c.feature == "PPLC" and c.importance > _PEOPLE for c in unique.values())
    scored = [(_prior(c, named, dotted, seat) - _BARE * is_town_too(c, towns), c) for c in unique.values()]
    return ranked(scored)[: WEIGHED * 3]


def is_town_too(c: Candidate, towns: Sequence[Candidate]) -> bool:
    """A division with a town of its name in it: a bare "Aleppo" is the city, a bare "Kidal" the town."""
    if c.feature not in ("ADM1", "ADM2") or c.country == "USA":
        return False
    own = fold(c.admin1 or "")
    return any(
        t.country == c.country and (fold(t.admin1 or "-") == own or flat_km(t, c) <= 2.0 * c.radius_km) for t in towns
    )


def _prior(c: Candidate, named: Named, after_comma: bool, capital: bool) -> float:
    """`capital`: whether a country's capital bears the name too."""
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
    if (
        c.feature in ("RGN", "CONT", "OCN", "SEA", "GULF", "LK", "BDRY")
        and c.matched in ("main", "alias")
        and c.country is None
    ):
        score += 3.0
    if c.feature == "ADM1" and c.country == "USA":
        score += 2.0 if after_comma else 0.0 if capital else _STATE_NAME
    return score


def ranked(scored: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    return sorted(scored, key=lambda x: (-round(x[0], 6), x[1].source))


def flat_km(a: Candidate, b: Candidate) -> float:
    x = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return 111.2 * math.hypot(x, a.lat - b.lat)
