"""Which two toponyms make one place together?

"between Tikrit and Baiji", "the road from Homs towards Palmyra", "the Homs-Palmyra highway", "along the border of Chad
and Sudan", "Chad's border with Sudan": the two stay places of their own, and the phrase is one more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

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


def _relation(text: str, a: Phrase, b: Phrase) -> Phrase | None:
    if "\n" in text[a.span[1] : b.span[0]] or b.span[0] - a.span[1] > 40:
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
