"""Whose army is "the army"? The country whose war a report tells, which need not be where it was filed.

A report of talks is filed where the talks are held: "the army" that the FARC speak of in Havana is
Colombia's, and Saudi mediators make the war of the RSF no Saudi one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dateline.knowledge.actors import Patterns, Register
from dateline.reading.masthead import read_masthead
from dateline.record import Note, Place, Span
from dateline.resolving.who_story import Named, both_countries, named_countries, place_countries, shares

HOME = 0.4  # a country is the story's own from this share of the named countries on
# Kinds of actor that stand in their own country against its government or army.
_OPPOSING = frozenset(("rebel", "militia", "terrorist"))
# So far before the name of a city stands the word that makes it the seat of talks.
_VENUE_WITHIN = 45
_STOP = re.compile(r"[.;:!?]\s")
_WORDS = re.compile(r"[\w'-]+")


def home_country(
    text: str, register: Register, patterns: Patterns, weights: Mapping[str, float],
    places: Sequence[Place] = (), notes: Sequence[Note] = (),
) -> str | None:  # fmt: skip
    """The story's own country (ISO 3166-1 alpha-3), or None.

    `weights` are the countries that the report speaks of. The heaviest is the story's own, unless it
    is only where the report was filed, where talks are held or who mediates, and a named armed group
    or opposition is of another country: then the heaviest of what is left.
    """
    first = next((c for c, weight in weights.items() if weight >= HOME), None)
    named = named_countries(text, register)
    groups = {c for n in named for c in _homes(text[slice(*n.span)].removeprefix("The "), register, patterns)}
    if not groups or first in groups:
        return first
    hosts = [n for n in named if _is_host(text, n, patterns)]
    told = shares((patterns.fought_by.get(n.country, n.country), n.weight) for n in named if n not in hosts)
    if first is not None and first in told:
        return first
    dateline = read_masthead(text).place_span
    venues = [n.span for n in hosts] + ([dateline] if dateline else [])
    left = both_countries(told, place_countries(outside_of(places, venues), notes))
    if first is not None and next(iter(left)) == first:
        return first  # a group that strikes across the border
    return next((c for c, weight in left.items() if weight >= HOME and c in groups), first)


def _homes(words: str, register: Register, patterns: Patterns) -> set[str]:
    """Countries whose state the groups of a name stand against: armed ones, and bodies that an opposition speaks through."""
    against = [
        e.country
        for e in register.named(words)
        if (e.kind in _OPPOSING or any(t.kind == "speaks-for" for t in e.ties))
        and words in (e.name, *(a.text for a in e.aliases))
    ]
    return {patterns.fought_by.get(c, c) for c in against if c}


def _is_host(text: str, named: Named, patterns: Patterns) -> bool:
    """Whether words name a country as the place of a report or of talks, or as a mediator: "in Havana", "Saudi mediators"."""
    start, end = named.span
    dateline = read_masthead(text).span
    if dateline and start < dateline[1]:
        return True
    after = _WORDS.match(text, end + 1)
    if after and after[0].lower() in patterns.mediating:
        return True
    if text[start:end].lower().partition("-")[2] in patterns.mediating:
        return True
    before = _STOP.split(text[max(0, start - _VENUE_WITHIN) : start])[-1].lower()
    words = _WORDS.findall(before)
    if words[-2:-1] and words[-1] in ("from", "for", "of") and words[-2] in patterns.mediating:
        return True
    seat = named.entry.kind == "state" and words[-1:] in (["in"], ["at"], ["to"])
    return seat and any(w in patterns.talks for w in words)


def without_groups(text: str, register: Register, places: Sequence[Place]) -> list[Place]:
    """Places that are named beside the names of groups: "Katiba Macina" tells of no event in Macina."""
    return outside_of(places, [n.span for n in named_countries(text, register) if n.entry.kind != "state"])


def outside_of(places: Iterable[Place], spans: Iterable[Span]) -> list[Place]:
    """Places without the mentions that lie in spans; those that are mentioned nowhere else are left out."""
    taken = list(spans)
    kept = [
        p.model_copy(update={"mentions": [m for m in p.mentions if not any(m[0] < b and a < m[1] for a, b in taken)]})
        for p in places
    ]
    return [p for p in kept if p.mentions]
