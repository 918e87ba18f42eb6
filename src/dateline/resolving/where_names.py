"""Which capitalised names of a text are toponyms?

A rule-based recogniser, for what the model does not mark. The evidence of `where_evidence` is
added up. High precision is the aim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dateline.knowledge.places import Gazetteer
from dateline.knowledge.places.fold import fold
from dateline.knowledge.places.tables import place_words
from dateline.record import Span
from dateline.resolving.where_elided import elided, full_name
from dateline.resolving.where_evidence import Token, evidence, given, named_so, placed

_TOKEN = re.compile(r"(?:[A-Z]\. ?){2,}|[^\W_](?:[\w'’`-]*\w)?")
_POSSESSIVE = re.compile(r"['’`]s?$")
_PARTICLE = frozenset((
    "de", "la", "al", "el", "of", "the", "du", "da", "do", "dos", "das", "del", "des",
    "es", "esh", "ar", "ash", "sur", "upon", "e", "i", "ez", "ad", "as", "an", "au",
))  # fmt: skip
_LOWER_ARTICLE = re.compile(r"(?:al|el|ad|ar|as|ash|at|az|an|ed|er|es|et|ez)-[A-Z‘'`]")
# What evidence must add up to, for a first mention and for a name accepted elsewhere in the report.
_ACCEPT, _AGAIN = 1.5, -0.5
_LONGEST = 5
_AGED = re.compile(r"\b([A-Z][\w'’-]+), \d\d,")
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
class _Found:
    start: int
    end: int
    key: str
    score: float


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
    found.extend(_Found(s, e, fold(full_name(text, (s, e))), 4.0) for s, e in elided(text, gazetteer))
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


def _tokens(text: str, sentences: Sequence[Span]) -> Iterator[Token]:
    for s, e in sentences:
        first = True
        for m in _TOKEN.finditer(text, s, e):
            word = m[0].rstrip()
            if word.isalpha():
                yield Token(m.start(), m.start() + len(word), word, word[0].isupper(), first)
                first = False
                continue
            bare = _POSSESSIVE.sub("", word) if len(word) > 3 else word
            for start, part in _ends_of_road(text, m.start(), bare):
                capital = part[0].isupper() or bool(_LOWER_ARTICLE.match(part))
                yield Token(start, start + len(part), part, capital, first)
                first = False


def _ends_of_road(text: str, start: int, word: str) -> list[tuple[int, str]]:
    """The two names of "the Djibo-Arbinda road", "on the axis Banh-Ouahigouya"; else the word as it is."""
    ends = _PAIR.fullmatch(word)
    stop = start + len(word)
    if ends and (_ROAD_BEFORE.search(text[max(0, start - 24) : start]) or _ROAD_AFTER.match(text, stop)):
        return [(start + ends.start("a"), ends["a"]), (start + ends.start("b"), ends["b"])]
    return [(start, word)]


def _runs(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
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


def _joined(text: str, a: Token, b: Token) -> bool:
    between = text[a.end : b.start]
    return between == " " or (between == ". " and not b.first and len(a.text) <= 3)


def _surnames(text: str, tokens: Sequence[Token]) -> frozenset[str]:
    """Folded words that the report uses as the surname of someone: "Gov. Ted Strickland", "Desmond Clark, 22,"."""
    out: set[str] = {fold(m[1]) for m in _AGED.finditer(text)}
    for a, b in pairwise(tokens):
        if a.capital and a.text.lower() in given() and b.capital and _joined(text, a, b):
            out.add(fold(b.text))
            nxt = next((t for t in tokens if t.start > b.end), None) if len(b.text) < 3 else None
            if nxt and nxt.capital:
                out.add(fold(nxt.text))
    return frozenset(out)


def _in_run(
    text: str, tokens: Sequence[Token], run: tuple[int, int], gazetteer: Gazetteer, persons: frozenset[str]
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
            if unknown and not street and not (whole and (named_so(text, tokens, i) or placed(text, tokens, i, j))):
                continue
            if street and j - i > 1 and not candidates:
                yield _Found(start, stop, fold(name), 2.0)
                taken = j
                break
            dotted = after and text[stop : stop + 1] == "." and name.count(".") == 0
            if after:
                yield _Found(start, stop + bool(dotted), fold(name), 4.0)
            else:
                score = evidence(text, tokens, run, (i, j), candidates, persons, gazetteer)
                yield _Found(start, _with_feature(text, stop), fold(name), score)
            taken = j
            break
        i = taken


def _abbreviated(text: str, start: int, name: str, gazetteer: Gazetteer) -> bool:
    """ "Conn." after "Hartford, "."""
    if text[max(0, start - 2) : start] != ", " or not re.search(r"\w, $", text[max(0, start - 3) : start]):
        return False
    return any(c.matched == "abbreviation" for c in gazetteer.exact(name))


def _street(text: str, tokens: Sequence[Token], i: int, j: int) -> bool:
    """ "Memphis Street", but not an address with its number, nor "Wall Street" of the markets."""
    last = tokens[j - 1].text.lower()
    if j - i < 2 or last not in place_words().streets:
        return False
    return not re.search(r"\d\w*\.? (?:[NSEW]\.? )?$", text[max(0, tokens[i].start - 8) : tokens[i].start])


def _with_feature(text: str, stop: int) -> int:
    """The end with "County", "province" taken in, as one name."""
    m = re.match(
        r" (County|Parish|Province|Governorate|Region|District|State|Oblast|River|Island|Valley)\b", text[stop:]
    )
    return stop + m.end() if m else stop
