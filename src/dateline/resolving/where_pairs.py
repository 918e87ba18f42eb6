"""Which two toponyms make one place together?

"between Tikrit and Baiji", "the road from Homs towards Palmyra", "the Homs-Palmyra highway", "along the border of Chad
and Sudan", "Chad's border with Sudan": the two stay places of their own, and the phrase is one more. Or which lies in
which: "Kallaseh neighbourhood of Aleppo", "Sarajevo's Dobrinja suburb".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dateline.record import Span
from dateline.resolving.where_relative import Phrase, Relation

_KIND = r"(?:(?:the )?(?:towns?|cities|villages?|districts?|provinces?|regions?|states?|countries) of )?(?:the )?$"
_WAY = r"(?:roads?|highways?|motorways?|routes?|axis|railways?|pipelines?|supply lines?)"
_LINE = r"(?:borders?|frontiers?|boundary|border (?:area|region|zone|strip)s?)"
# What stands before the first, between the two, after the second; the first that fits.
_RULES: tuple[tuple[Relation, re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "border",
        re.compile(rf"\b{_LINE} (?:of|between|separating|dividing) {_KIND}"),
        re.compile(r" (?:and|from) (?:the )?"),
        re.compile(""),
    ),
    ("border", re.compile(""), re.compile(rf"['’`]s? (?:\w+ )?{_LINE} with (?:the )?"), re.compile("")),
    ("border", re.compile(""), re.compile(r"\s?[-–/]\s?"), re.compile(rf" {_LINE}\b")),
    (
        "route",
        re.compile(rf"\b{_WAY}(?: (?:that|which))? (?:from|between|linking|links|connecting|connects|joining|joins|of) {_KIND}"),
        re.compile(r",? (?:to|towards?|and|with) (?:the )?(?:town of |city of |village of )?"),
        re.compile(""),
    ),
    ("route", re.compile(""), re.compile(r"\s?[-–]\s?"), re.compile(rf" {_WAY}\b")),
    ("between", re.compile(rf"\b(?:[Bb]etween|midway between|halfway between) {_KIND}"), re.compile(r" and (?:the )?"), re.compile("")),
)  # fmt: skip
_QUARTER = r"(?:neighbou?rhood|suburb|quarter|district|ward|subdistrict|commune)"
_QUARTER_OF = re.compile(rf"(?: {_QUARTER})? (?:of|in)(?: the)?(?: (?:city|town)(?: of)?)? ")
_QUARTER_AFTER = re.compile(rf"(?: [a-z]+)? {_QUARTER}s?\b")
_OWNED = re.compile(r"['’`]s (?:[a-z]+ )?")
# So far before the first name a rule looks.
_BEFORE = 60


def pairs(text: str, phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases that two neighbouring ones of one name each make, in text order, no name in two of them."""
    out: list[Phrase] = []
    taken = -1
    for a, b in pairwise(sorted(phrases, key=lambda p: p.span)):
        if len(a.names) + len(b.names) > 2 or a.span[0] < taken:
            continue
        found = _relation(text, a, b)
        if found is not None:
            out.append(found)
            taken = b.span[1]
    return out


def town_of(text: str, spans: Sequence[Span], i: int) -> Span | None:
    """The name of which the i-th one is said to be a quarter, or nothing; `spans` are all names in text order."""
    span = spans[i]
    own = text[span[0] : span[1]]
    kind = _QUARTER_AFTER.match(text, span[1]) or re.search(rf" {_QUARTER}$", own)
    if kind is None:
        return None
    if i + 1 < len(spans) and _QUARTER_OF.fullmatch(text, span[1], spans[i + 1][0]):
        return spans[i + 1]
    if i and _OWNED.fullmatch(text, spans[i - 1][1], span[0]):
        return spans[i - 1]
    return None


def _relation(text: str, a: Phrase, b: Phrase) -> Phrase | None:
    if (
        "\n" in text[a.span[1] : b.span[0]]
        or b.span[0] - a.span[1] > 40
        or text[slice(*a.span)] == text[slice(*b.span)]
    ):
        return None
    floor = max(0, a.span[0] - _BEFORE)
    before, gap = text[floor : a.span[0]], text[a.span[1] : b.span[0]]
    for relation, leads, joins, ends in _RULES:
        lead = leads.search(before) if leads.pattern else None
        if (leads.pattern and not lead) or not joins.fullmatch(gap):
            continue
        end = ends.match(text, b.span[1], b.span[1] + 30)
        if end is None:
            continue
        start = floor + lead.start() if lead else a.span[0]
        return Phrase(
            (start, end.end()), (a.names[0], b.names[0]), relation, words=(start, end.end()),
        )  # fmt: skip
    return None
