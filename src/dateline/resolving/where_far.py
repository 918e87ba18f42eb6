"""Which places that bear a name can the report not mean: small namesakes of great ones, and those far from all it names?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dateline.knowledge.places import Candidate
from dateline.record import Span
from dateline.resolving.where_candidates import flat_km
from dateline.resolving.where_evidence import ENGLISH

# A place of so many people, log10, so much larger than a namesake, is meant before it, by this much: Tripoli beside
# Piraeus. Not before those of English-speaking countries, where the report names a part of one.
_GREAT, _LARGER, _BEFORE = 6.7, 1.5, 3.0
# A capital as large as this is meant before them too, where the report speaks less than this of their country.
_SEAT, _MUCH = 5.3, 1.0
# A town smaller than this in a country that the report does not speak of, so far from all that it names, is not meant.
_KNOWN, _FAR_KM = 4.9, 1500.0
_VILLAGE_OF = re.compile(r"\b(?:village|hamlet)s? of $")
# "At the Freeport;", but not "the Mopti police".
_ARTICLE, _NO_NOUN = (
    re.compile(r"\b[Tt]he $"),
    re.compile(r"[.,;:!?)”\"]|\s(?:and|or|in|on|by|at|from|to|was|were|is|as|with)\b|$"),
)


def great_first(
    scored: Sequence[tuple[float, Candidate]], countries: Mapping[str, float], local: bool
) -> list[tuple[float, Candidate]]:
    """The candidates, those that are small beside a great namesake with less.

    `local`: whether the report names a part of an English-speaking country, whose towns bear the names of capitals.
    """
    usual = [c for _, c in scored if c.matched in ("main", "alias") and c.feature in ("PPL", "PPLC", "ADM1")]
    great = max((c.importance for c in usual if c.importance >= _GREAT), default=0.0)
    seat = max((c.importance for c in usual if c.feature == "PPLC" and c.importance >= _SEAT), default=0.0)

    def is_small(c: Candidate) -> bool:
        if (c.country in ENGLISH and local) or not c.feature.startswith("PPL"):
            return False
        most = max(great, seat if countries.get(c.country or "", 0.0) < _MUCH or c.country in ENGLISH else 0.0)
        return c.importance < most - _LARGER

    return [(s - _BEFORE * is_small(c), c) for s, c in scored]


def is_thing(text: str, span: Span) -> bool:
    """Whether a name has the article of a thing, and no noun after it that the article is of."""
    return bool(_ARTICLE.search(text, max(0, span[0] - 4), span[0]) and _NO_NOUN.match(text, span[1]))


def is_far_guess(c: Candidate, countries: Mapping[str, float], with_article: bool) -> bool:
    """Whether a candidate lies where the report speaks of no country and only its name, or less, speaks for it.

    A name that is only spelt alike, or that of a town with the article of a thing ("the Freeport").
    """
    if not countries or c.country in countries or c.country is None:
        return False
    return c.matched == "loose" or (with_article and c.feature.startswith("PPL"))


def called_village(text: str, span: Span) -> bool:
    """ "the village of Kobe": none of the city's size."""
    return _VILLAGE_OF.search(text, max(0, span[0] - 16), span[0]) is not None


def is_far(
    best: Candidate, others: Sequence[Candidate], lands: Mapping[str, Candidate], held: bool, village: bool
) -> bool:
    """Whether the likeliest place of a name is a small one far from everything that the report names or speaks of.

    `others`: the likeliest places of its other names; `held`: whether the text says what the name lies in;
    `village`: whether it calls it one.
    """
    if not best.feature.startswith(("PPL", "ADM2")) or best.feature == "PPLC" or not lands:
        return False
    spoken = {*lands, *(c.country for c in others)}
    if (best.importance >= _KNOWN and not village) or best.country in spoken | ENGLISH or held:
        return False
    return all(flat_km(best, c) > _FAR_KM + c.radius_km for c in (*others, *lands.values()))
