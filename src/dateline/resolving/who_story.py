"""Which countries is a text about?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from dateline.knowledge.actors import Register
from dateline.record import Note, Place
from dateline.resolving.who_names import straight

_WORD = re.compile(r"[A-Za-zÀ-ž](?:[\w.-]|'(?!s\b))*")
NAME, CAPITAL, GROUP, DATELINE = 1.0, 0.5, 0.5, 2.0
# Share of the places in what a story is about, beside the countries that it names.
PLACES = 0.6


def story_countries(text: str, register: Register) -> Mapping[str, float]:
    """ISO 3166-1 alpha-3 codes with weights that sum to 1, heaviest first; empty when none is named.

    A state's name or demonym counts one, its capital and a known group half;
    a capital in capitals is a dateline and counts two.
    """
    weights: Counter[str] = Counter()
    words = [m[0].rstrip(".-") for m in _WORD.finditer(straight(text))]
    i = 0
    while i < len(words):
        size = 1
        if words[i][:1].isupper():
            for size in range(min(4, len(words) - i), 0, -1):
                country, weight = _country(" ".join(words[i : i + size]), register)
                if country:
                    weights[country] += weight  # type: ignore[assignment]  # Counter of floats
                    break
        i += size
    total = sum(weights.values())
    return {c: w / total for c, w in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))}


def place_countries(places: Iterable[Place], notes: Iterable[Note] = ()) -> Mapping[str, float]:
    """Countries of a report's places by the number of their mentions; the weights sum to 1.

    A place that a note calls unsettled counts half, and no country is told by one such place alone.
    """
    unsettled = {note.span for note in notes}
    count: Counter[str] = Counter()
    for place in places:
        if place.country and place.precision != "country":
            count[place.country] += 1 if unsettled & set(place.mentions) else 2
    total = sum(count.values())
    if max(count.values(), default=0) < 2:
        return {}
    return {c: n / total for c, n in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))}


def both_countries(named: Mapping[str, float], places: Mapping[str, float]) -> Mapping[str, float]:
    """Weights of countries by name and by place together, heaviest first; each side alone where the other is empty."""
    if not named or not places:
        return named or places
    total = Counter({c: PLACES * w for c, w in places.items()})
    for country, weight in named.items():
        total[country] += (1 - PLACES) * weight  # type: ignore[assignment]  # Counter of floats
    return {c: w for c, w in sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))}


def _country(name: str, register: Register) -> tuple[str | None, float]:
    state = register.adjective(name)
    if state:
        return state.country, NAME
    found = register.named(name)
    if found and (found[0].kind != "person" or " " in name) and found[0].kind != "media":
        return found[0].country, NAME if found[0].kind == "state" else GROUP
    state = register.capital(name)
    return (state.country, DATELINE if name.isupper() else CAPITAL) if state else (None, 0.0)
