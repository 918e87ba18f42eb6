"""How much speaks for a name being a place?

The words before and after, its rank in the gazetteer, a container that follows ("Alexandria, Louisiana"); names of
persons and bodies, and words that usually stand small, count against.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.knowledge.places import Candidate, Gazetteer
from dateline.knowledge.places.fold import fold
from dateline.knowledge.places.tables import place_words, read_words

_CREDIT = re.compile(r"(?:, [\w. ]{2,20})? ?(?:\([A-Z][\w/ ]+\)|--|—|–| - |:)")
_SITE = re.compile(
    r"(?:military|international|refugee|air|displacement|border) ?(?:air)?(?:port|base|field|camp|crossing)\b"
)
# Where settlements bear the surnames that reports in English are full of.
ENGLISH = frozenset(("USA", "GBR", "CAN", "AUS", "NZL", "IRL", "ZAF"))


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    text: str
    capital: bool
    first: bool  # of its sentence


@cache
def given() -> frozenset[str]:
    return read_words("given_names.txt")


@cache
def _common() -> frozenset[str]:
    return read_words("not_places.txt")


@cache
def _small() -> frozenset[str]:
    return read_words("usually_small.txt")


def evidence(
    text: str,
    tokens: Sequence[Token],
    run: tuple[int, int],
    match: tuple[int, int],
    candidates: Sequence[Candidate],
    persons: frozenset[str],
    gazetteer: Gazetteer,
) -> float:
    words = place_words()
    i, j = match
    stop = tokens[j - 1].end
    usual = [c for c in candidates if c.matched in ("main", "alias")]
    rank = max((c.importance for c in usual), default=max((c.importance - 1.5 for c in candidates), default=0.0))
    known = any(c.feature.startswith(("PCLI", "ADM1", "RGN", "CONT")) for c in usual)
    sure = any(c.feature in ("PCLI", "CONT") for c in usual)
    score = 2.5 if known else 2.0 if rank >= 6 else 1.5 if rank >= 5 else 0.5 if rank >= 4 else 0.0
    score += 0.5 * (j - i > 1) + 0.7 * any(c.source.startswith(("dateline:", "war:")) for c in usual)
    score += _before(text, tokens, run, i, words.prepositions, words.weak, named_so(text, tokens, i))
    score += _after(text, tokens, run, j, persons)
    if _contained(text, stop, candidates, gazetteer):
        score += 3.0
    if tokens[i].first and tokens[i].text.isupper() and _CREDIT.match(text, stop):
        score += 3.0
    low = tokens[i].text.lower()
    if not candidates and placed(text, tokens, i, j):
        score += 0.5
    if 0 < len(candidates) <= 3 and not any(c.country in ENGLISH for c in candidates):
        score += 0.5
    if j - i == 1:
        score -= (
            4.0 * (low in _common() and not _before_deed(tokens, j))
            + 2.5 * (low in _small())
            + 3.0 * (fold(low) in persons and not sure)
            + 1.0 * tokens[i].first
        )
        if low in given() and not known and run[1] - run[0] > 1:
            score -= 3.0
    return score


def _before(
    text: str,
    tokens: Sequence[Token],
    run: tuple[int, int],
    i: int,
    prepositions: frozenset[str],
    weak: frozenset[str],
    named: bool,
) -> float:
    if named:
        return 4.0
    if i > run[0]:
        left = tokens[i - 1].text.lower()
        if left in place_words().compass or left in ("downtown", "central", "in", "at", "near", "from"):
            return 1.0
        return -4.0 if left in given() or len(left) == 1 else -2.0
    k = i - 1
    while k >= 0 and tokens[k].text.lower() in ("the", "nearby", "neighbouring") and not tokens[k].first:
        k -= 1
    if k < 0 or tokens[i].first:
        return 0.0
    gap = text[tokens[k].end : tokens[k + 1].start]
    word = tokens[k].text.lower()
    if gap != " ":
        return 0.7 if gap in (", ", " and ") else 0.0
    if word in weak:
        return 1.0
    return 2.0 if word in prepositions else 0.5 if word in ("and", "or") else 0.0


def _after(text: str, tokens: Sequence[Token], run: tuple[int, int], j: int, persons: frozenset[str]) -> float:
    words = place_words()
    if j < len(tokens) and text[tokens[j - 1].end : tokens[j].start] == " ":
        right = tokens[j].text.lower()
        if right in words.speech:
            return -3.0
        if _SITE.match(text, tokens[j].start):
            return 2.0
        if _before_deed(tokens, j):
            return 3.0
        if right in words.features and not (right == "state" and not tokens[j].capital):
            return 2.0
        if j < run[1]:
            if right in words.otherwise:
                return -3.5
            if right in words.attributive:
                return 0.0
            return -4.0 if tokens[j - 1].text.lower() in given() or fold(right) in persons else -1.5
    if text[tokens[j - 1].end : tokens[j - 1].end + 1] == "-":
        pair = j < len(tokens) and tokens[j].start == tokens[j - 1].end + 1 and tokens[j].capital
        return 0.0 if pair else -1.0
    return 0.0


def _before_deed(tokens: Sequence[Token], j: int) -> bool:
    """ "the Nice attack": a word of every day that is a name here."""
    return j < len(tokens) and tokens[j].text in place_words().deeds and not tokens[j - 1].first


def _contained(text: str, stop: int, candidates: Sequence[Candidate], gazetteer: Gazetteer) -> bool:
    """ "City, State" and "City, Country" where the one lies in the other."""
    m = re.match(r", ((?:[A-Z][\w.]*)(?: [A-Z][\w.]*)*)", text[stop : stop + 40])
    if not m or not candidates:
        return False
    names = [m[1], m[1].rstrip("."), m[1].split(". ")[0], m[1].split()[0]]
    for holder in (h for n in names for h in gazetteer.exact(n)[:4]):
        if holder.feature == "PCLI" and any(c.country == holder.country for c in candidates):
            return True
        if holder.feature == "ADM1" and any(
            c.admin1 and holder.admin1 and c.country == holder.country and fold(c.admin1) == fold(holder.admin1)
            for c in candidates
        ):
            return True
    return False


def placed(text: str, tokens: Sequence[Token], i: int, j: int) -> bool:
    """ "in Kompienbiga.": an unknown name after a word of place, with nothing that makes it a body or a person."""
    if i == 0 or j - i > 2 or text[tokens[i - 1].end : tokens[i].start] != " " or tokens[i].first:
        return False
    if tokens[i - 1].text not in ("in", "near", "outside", "between") or not text[tokens[i].start].isupper():
        return False
    low = [t.text.lower() for t in tokens[i:j]]
    if any(w in _common() or w in given() or w in place_words().otherwise or t.isupper() for w, t in
           zip(low, (t.text for t in tokens[i:j]), strict=True)):  # fmt: skip
        return False
    return bool(re.match(r"[.,;)]? ?(?:\(|$|[a-z\n])|[.,;]|$", text[tokens[j - 1].end :])) and len(low[-1]) > 3


def named_so(text: str, tokens: Sequence[Token], i: int) -> bool:
    """ "the village of X": a place whether or not a gazetteer has it."""
    before = [t.text.lower() for t in tokens[max(0, i - 2) : i]]
    return len(before) == 2 and before[1] == "of" and before[0] in place_words().heads and before[0] != "state"
