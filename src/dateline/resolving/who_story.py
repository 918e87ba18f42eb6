"""Which countries is a text about?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.knowledge.actors import Entry, Register
from dateline.knowledge.countries import load as countries
from dateline.knowledge.table import load_table, refuse
from dateline.record import Note, Place, Span
from dateline.resolving.who_names import straight

_WORD = re.compile(r"[A-Za-zÀ-ž](?:[\w.-]|'(?!s\b))*")
NAME, CAPITAL, GROUP, DATELINE = 1.0, 0.5, 0.5, 2.0
LONGEST = 4
# Share of the places in what a story is about, beside the countries that it names.
PLACES = 0.6


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name a country: its own name, its capital, or a group or body of it (`entry`); `weight` is what they count."""

    span: Span
    country: str
    weight: float
    entry: Entry


@cache
def arenas() -> Mapping[str, tuple[str, ...]]:
    """Key of a group without a country of its own -> countries where it fights. Raises `KnowledgeError` naming bad entries."""
    table = load_table("actors/arenas.toml").get("arena", {})
    refuse("arenas.toml", [f"{k}: {c!r} is no country" for k, v in table.items() for c in v if c not in countries()])
    return {key: tuple(where) for key, where in table.items()}


@lru_cache(maxsize=4)
def named_countries(text: str, register: Register) -> tuple[Named, ...]:
    """Where a text names a country, in text order; the longest name at each place. Asked more than once of a report."""
    return tuple(_named_countries(text, register))


def _named_countries(text: str, register: Register) -> Iterator[Named]:
    words = [(m.start(), m[0].rstrip(".-")) for m in _WORD.finditer(straight(text))]
    i = 0
    while i < len(words):
        size = 1
        if words[i][1][:1].isupper():
            for size in range(min(LONGEST, len(words) - i), 0, -1):
                entry, weight = _country(" ".join(w for _, w in words[i : i + size]), register)
                if entry and entry.country:
                    last, word = words[i + size - 1]
                    yield Named((words[i][0], last + len(word)), entry.country, weight, entry)
                    break
                if entry and entry.key in arenas():
                    last, word = words[i + size - 1]
                    where = arenas()[entry.key]
                    for country in where:
                        yield Named((words[i][0], last + len(word)), country, weight / len(where), entry)
                    break
        i += size


def story_countries(text: str, register: Register) -> Mapping[str, float]:
    """ISO 3166-1 alpha-3 codes with weights that sum to 1, heaviest first; empty when none is named.

    A state's name or demonym counts one, its capital and a known group half;
    a capital in capitals is a dateline and counts two.
    """
    return shares((n.country, n.weight) for n in named_countries(text, register))


def shares(weighed: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    """Each name's share of all weights, heaviest first."""
    weights: Counter[str] = Counter()
    for name, weight in weighed:
        weights[name] += weight  # type: ignore[assignment]  # Counter of floats
    total = sum(weights.values())
    return {c: w / total for c, w in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))}


def place_countries(
    places: Iterable[Place], notes: Iterable[Note] = (), told: Container[str] = ()
) -> Mapping[str, float]:
    """Countries of a report's places by the number of their mentions; the weights sum to 1.

    A place that a note calls unsettled counts half, and no country is told by one such place alone, unless
    the report speaks of it otherwise (`told`).
    """
    unsettled = {note.span for note in notes}
    weighed = [
        (p.country, 0.5 if unsettled & set(p.mentions) and p.country not in told else 1.0)
        for p in places
        if p.country and p.precision != "country"
    ]
    count: Counter[str] = Counter()
    for country, weight in weighed:
        count[country] += weight  # type: ignore[assignment]  # Counter of floats
    return shares(weighed) if max(count.values(), default=0) >= 1 else {}


def both_countries(named: Mapping[str, float], places: Mapping[str, float]) -> Mapping[str, float]:
    """Weights of countries by name and by place together, heaviest first; each side alone where the other is empty."""
    if not named or not places:
        return named or places
    total = Counter({c: PLACES * w for c, w in places.items()})
    for country, weight in named.items():
        total[country] += (1 - PLACES) * weight  # type: ignore[assignment]  # Counter of floats
    return {c: w for c, w in sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))}


def _country(name: str, register: Register) -> tuple[Entry | None, float]:
    state = register.adjective(name)
    if state:
        return state, NAME
    found = register.named(name)
    if found and (found[0].kind != "person" or " " in name) and found[0].kind != "media":
        return found[0], NAME if found[0].kind == "state" else GROUP
    state = register.capital(name)
    return (state, DATELINE if name.isupper() else CAPITAL) if state else (None, 0.0)
