"""Which capitalised names of a text are toponyms?

A rule-based recogniser, for what the model does not mark. Evidence is added up: the words
before and after, the name's rank in the gazetteer, a container that follows ("Alexandria,
Louisiana"); names of persons and bodies count against. High precision is the aim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from dateline.knowledge.places import Candidate, Gazetteer
from dateline.knowledge.places.fold import fold
from dateline.knowledge.places.tables import place_words, read_words
from dateline.record import Span

_TOKEN = re.compile(r"(?:[A-Z]\. ?){2,}|[^\W_](?:[\w'’`-]*\w)?")
_POSSESSIVE = re.compile(r"['’`]s?$")
_PARTICLE = frozenset(
    (
        "de",
        "la",
        "al",
        "el",
        "of",
        "the",
        "du",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "des",
        "es",
        "esh",
        "ar",
        "ash",
        "sur",
        "upon",
        "e",
        "i",
        "ez",
        "ad",
        "as",
        "an",
        "au",
    )
)
_LOWER_ARTICLE = re.compile(r"(?:al|el|ad|ar|as|ash|at|az|an|ed|er|es|et|ez)-[A-Z‘'`]")
_CREDIT = re.compile(r"(?:, [\w. ]{2,20})? ?(?:\([A-Z][\w/ ]+\)|--|—|–| - |:)")
# What evidence must add up to, for a first mention and for a name accepted elsewhere in the report.
_ACCEPT, _AGAIN = 1.5, -0.5
_LONGEST = 5
_AGED = re.compile(r"\b([A-Z][\w'’-]+), \d\d,")
_SITE = re.compile(
    r"(?:military|international|refugee|air|displacement|border) ?(?:air)?(?:port|base|field|camp|crossing)\b"
)
# Where settlements bear the surnames that reports in English are full of.
_ENGLISH = frozenset(("USA", "GBR", "CAN", "AUS", "NZL", "IRL", "ZAF"))
_LIST = frozenset((", ", " and ", ", and ", " or ", " (", "-", " - "))
_PAIR = re.compile(r"(?P<a>[A-Z][\w'’`]{2,})-(?P<b>[A-Z][\w'’`]{2,})")
_ROAD_BEFORE = re.compile(
    r"\b(?:axis|road|highway|route|corridor|line)(?: (?:from|between|linking))?(?: the)? $", re.IGNORECASE
)
_ROAD_AFTER = re.compile(r" (?:axis|road|highway|route|corridor|stretch|front ?line)\b")
_THE_CAPITAL = re.compile(
    r"\b(?:in|of|to|on|near|from|outside|around|into) (?:the )?(?:[A-Z][\w' ]{2,24} )?(?P<capital>capital)\b"
    r"(?!,? [A-Z]|[ -]"
    r"(?:city|region|punishment|murder|gain|market|charge|offen|crime|improvement|fund|invest|project|expend|budget))"
)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    capital: bool
    first: bool  # of its sentence


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    key: str
    score: float


@cache
def _given() -> frozenset[str]:
    return read_words("given_names.txt")


@cache
def _common() -> frozenset[str]:
    return read_words("not_places.txt")


@cache
def _small() -> frozenset[str]:
    return read_words("usually_small.txt")


def find_toponyms(
    text: str, sentences: Sequence[Span], gazetteer: Gazetteer, blocked: Sequence[Span] = ()
) -> list[tuple[Span, float]]:
    """Spans of toponyms with a score from 0.5 to 1, in text order, apart from each other and from `blocked`."""
    tokens = list(_tokens(text, sentences))
    persons = _surnames(text, tokens)
    found: list[_Found] = []
    for run in _runs(text, tokens):
        found.extend(_in_run(text, tokens, run, gazetteer, persons))
    found = _listed(text, sorted(found, key=lambda f: (f.start, -f.end)))
    found.extend(_capitals(text, sentences))
    accepted = {f.key for f in found if f.score >= _ACCEPT}
    kept = [f for f in found if f.score >= (_AGAIN if f.key in accepted else _ACCEPT)]
    out: list[tuple[Span, float]] = []
    for f in sorted(kept, key=lambda f: (f.start, -f.end)):
        free = not any(f.start < e and s < f.end for s, e in blocked) and (not out or out[-1][0][1] <= f.start)
        if free:
            out.append(((f.start, f.end), round(min(0.95, 0.55 + 0.08 * max(0.0, f.score)), 2)))
    return out


def _listed(text: str, found: Sequence[_Found]) -> list[_Found]:
    """ "in Po, Bousse, and Tougan": a name in a list with a toponym is likelier one."""
    out: list[_Found] = []
    for f in found:
        last = out[-1] if out else None
        beside = last is not None and last.score >= _ACCEPT and text[last.end : f.start] in _LIST
        out.append(replace(f, score=f.score + 1.0) if beside else f)
    return out


def _capitals(text: str, sentences: Sequence[Span]) -> Iterator[_Found]:
    """ "in the capital", "the Syrian capital", where no name follows."""
    for s, e in sentences:
        for m in _THE_CAPITAL.finditer(text, s, e):
            yield _Found(m.start("capital"), m.end("capital"), "capital", 2.0)


def _tokens(text: str, sentences: Sequence[Span]) -> Iterator[_Token]:
    for s, e in sentences:
        first = True
        for m in _TOKEN.finditer(text, s, e):
            word = m[0].rstrip()
            if word.isalpha():
                yield _Token(m.start(), m.start() + len(word), word, word[0].isupper(), first)
                first = False
                continue
            bare = _POSSESSIVE.sub("", word) if len(word) > 3 else word
            for start, part in _ends_of_road(text, m.start(), bare):
                capital = part[0].isupper() or bool(_LOWER_ARTICLE.match(part))
                yield _Token(start, start + len(part), part, capital, first)
                first = False


def _ends_of_road(text: str, start: int, word: str) -> list[tuple[int, str]]:
    """The two names of "the Djibo-Arbinda road", "on the axis Banh-Ouahigouya"; else the word as it is."""
    ends = _PAIR.fullmatch(word)
    stop = start + len(word)
    if ends and (_ROAD_BEFORE.search(text[max(0, start - 24) : start]) or _ROAD_AFTER.match(text, stop)):
        return [(start + ends.start("a"), ends["a"]), (start + ends.start("b"), ends["b"])]
    return [(start, word)]


def _runs(text: str, tokens: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """Index ranges of tokens that stand together as one capitalised name, particles between."""
    i = 0
    while i < len(tokens):
        if not tokens[i].capital:
            i += 1
            continue
        j = i + 1
        while j < len(tokens) and _joined(text, tokens[j - 1], tokens[j]):
            if tokens[j].capital:
                j += 1
            elif (
                tokens[j].text in _PARTICLE
                and j + 1 < len(tokens)
                and tokens[j + 1].capital
                and _joined(text, tokens[j], tokens[j + 1])
            ):
                j += 2
            else:
                break
        yield i, j
        i = j


def _joined(text: str, a: _Token, b: _Token) -> bool:
    between = text[a.end : b.start]
    return between == " " or (between == ". " and not b.first and len(a.text) <= 3)


def _surnames(text: str, tokens: Sequence[_Token]) -> frozenset[str]:
    """Folded words that the report uses as the surname of someone: "Gov. Ted Strickland", "Desmond Clark, 22,"."""
    out: set[str] = {fold(m[1]) for m in _AGED.finditer(text)}
    for a, b in pairwise(tokens):
        if a.capital and a.text.lower() in _given() and b.capital and _joined(text, a, b):
            out.add(fold(b.text))
            nxt = next((t for t in tokens if t.start > b.end), None) if len(b.text) < 3 else None
            if nxt and nxt.capital:
                out.add(fold(nxt.text))
    return frozenset(out)


def _in_run(
    text: str, tokens: Sequence[_Token], run: tuple[int, int], gazetteer: Gazetteer, persons: frozenset[str]
) -> Iterator[_Found]:
    i, end = run
    while i < end:
        taken = i + 1
        for j in range(min(end, i + _LONGEST), i, -1):
            if tokens[i].text in _PARTICLE or tokens[j - 1].text in _PARTICLE:
                continue
            start, stop = tokens[i].start, tokens[j - 1].end
            name = text[start:stop]
            if (
                j - i == 1
                and tokens[i].text.isupper()
                and len(name) < 4
                and fold(name) not in ("us", "uk", "uae", "drc")
            ):
                continue
            candidates = [c for c in gazetteer.exact(name) if c.matched != "abbreviation"]
            after = _abbreviated(text, start, name, gazetteer)
            street = _street(text, tokens, i, j)
            unknown = not candidates and not after
            whole = i == run[0] and j == end
            if unknown and not street and not (whole and (_named_so(text, tokens, i) or _placed(text, tokens, i, j))):
                continue
            if street and j - i > 1 and not candidates:
                yield _Found(start, stop, fold(name), 2.0)
                taken = j
                break
            dotted = after and text[stop : stop + 1] == "." and name.count(".") == 0
            if after:
                yield _Found(start, stop + bool(dotted), fold(name), 4.0)
            else:
                score = _evidence(text, tokens, run, (i, j), candidates, persons, gazetteer)
                yield _Found(start, _with_feature(text, stop), fold(name), score)
            taken = j
            break
        i = taken


def _abbreviated(text: str, start: int, name: str, gazetteer: Gazetteer) -> bool:
    """ "Conn." after "Hartford, "."""
    if text[max(0, start - 2) : start] != ", " or not re.search(r"\w, $", text[max(0, start - 3) : start]):
        return False
    return any(c.matched == "abbreviation" for c in gazetteer.exact(name))


def _street(text: str, tokens: Sequence[_Token], i: int, j: int) -> bool:
    """ "Memphis Street", but not an address with its number, nor "Wall Street" of the markets."""
    last = tokens[j - 1].text.lower()
    if j - i < 2 or last not in place_words().streets:
        return False
    return not re.search(r"\d\w*\.? (?:[NSEW]\.? )?$", text[max(0, tokens[i].start - 8) : tokens[i].start])


def _placed(text: str, tokens: Sequence[_Token], i: int, j: int) -> bool:
    """ "in Kompienbiga.": an unknown name after a word of place, with nothing that makes it a body or a person."""
    if i == 0 or j - i > 2 or text[tokens[i - 1].end : tokens[i].start] != " " or tokens[i].first:
        return False
    if tokens[i - 1].text not in ("in", "near", "outside", "between") or not text[tokens[i].start].isupper():
        return False
    low = [t.text.lower() for t in tokens[i:j]]
    if any(w in _common() or w in _given() or w in place_words().otherwise or t.isupper() for w, t in
           zip(low, (t.text for t in tokens[i:j]), strict=True)):  # fmt: skip
        return False
    return bool(re.match(r"[.,;)]? ?(?:\(|$|[a-z\n])|[.,;]|$", text[tokens[j - 1].end :])) and len(low[-1]) > 3


def _named_so(text: str, tokens: Sequence[_Token], i: int) -> bool:
    """ "the village of X": a place whether or not a gazetteer has it."""
    before = [t.text.lower() for t in tokens[max(0, i - 2) : i]]
    return len(before) == 2 and before[1] == "of" and before[0] in place_words().heads and before[0] != "state"


def _with_feature(text: str, stop: int) -> int:
    """The end with "County", "province" taken in, as one name."""
    m = re.match(
        r" (County|Parish|Province|Governorate|Region|District|State|Oblast|River|Island|Valley)\b", text[stop:]
    )
    return stop + m.end() if m else stop


def _evidence(
    text: str,
    tokens: Sequence[_Token],
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
    score += _before(text, tokens, run, i, words.prepositions, words.weak, _named_so(text, tokens, i))
    score += _after(text, tokens, run, j, persons)
    if _contained(text, stop, candidates, gazetteer):
        score += 3.0
    if tokens[i].first and tokens[i].text.isupper() and _CREDIT.match(text, stop):
        score += 3.0
    low = tokens[i].text.lower()
    if not candidates and _placed(text, tokens, i, j):
        score += 0.5
    if 0 < len(candidates) <= 3 and not any(c.country in _ENGLISH for c in candidates):
        score += 0.5
    if j - i == 1:
        score -= (
            4.0 * (low in _common())
            + 2.5 * (low in _small())
            + 3.0 * (fold(low) in persons and not sure)
            + 1.0 * tokens[i].first
        )
        if low in _given() and not known and run[1] - run[0] > 1:
            score -= 3.0
    return score


def _before(
    text: str,
    tokens: Sequence[_Token],
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
        return -4.0 if left in _given() or len(left) == 1 else -2.0
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


def _after(text: str, tokens: Sequence[_Token], run: tuple[int, int], j: int, persons: frozenset[str]) -> float:
    words = place_words()
    if j < len(tokens) and text[tokens[j - 1].end : tokens[j].start] == " ":
        right = tokens[j].text.lower()
        if right in words.speech:
            return -3.0
        if _SITE.match(text, tokens[j].start):
            return 2.0
        if right in words.features and not (right == "state" and not tokens[j].capital):
            return 2.0
        if j < run[1]:
            if right in words.otherwise:
                return -3.5
            if right in words.attributive:
                return 0.0
            return -4.0 if tokens[j - 1].text.lower() in _given() or fold(right) in persons else -1.5
    if text[tokens[j - 1].end : tokens[j - 1].end + 1] == "-":
        pair = j < len(tokens) and tokens[j].start == tokens[j - 1].end + 1 and tokens[j].capital
        return 0.0 if pair else -1.0
    return 0.0


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
