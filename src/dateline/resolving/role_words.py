"""What do the words of a sentence say of who does an act and to whom? One name for each thing that holds of the two.

"A was shot by B", "the shelling of A", "B, which shelled A": which of the two comes first, what stands between them, in
what voice the act is told, whether another act or name is nearer. Only words; what the model links is not looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.knowledge.table import load_table, refuse
from dateline.record import Span

TABLE = "ontology/roles.toml"
_LISTS = ("be", "have", "modal", "determiner", "preposition", "relative", "pronoun", "owner", "joining", "participle", "noun_ends", "adverb", "opening")  # fmt: skip
_TOKEN = re.compile(r"[’']s\b|\w+(?:[-.’'](?!s\b)\w+)*|[^\w\s]")
_STEM = re.compile(r"(?:ing|ed|es|s|e)$")
# Adverbs stand between an auxiliary and its verb; so many tokens before a trigger are looked at.
_BEFORE = 6
_QUOTES = frozenset('"“”')


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of `knowledge/ontology/roles.toml`."""

    be: frozenset[str]
    have: frozenset[str]
    modal: frozenset[str]
    determiner: frozenset[str]
    preposition: frozenset[str]
    relative: frozenset[str]
    pronoun: frozenset[str]
    owner: frozenset[str]
    joining: frozenset[str]
    participle: frozenset[str]
    noun_ends: tuple[str, ...]
    adverb: frozenset[str]
    opening: frozenset[str]


@cache
def word_lists() -> Words:
    """Raises `KnowledgeError` naming each list that is missing or empty."""
    table = load_table(TABLE)
    refuse(TABLE, [f"no words for {name}" for name in _LISTS if not table.get(name)])
    lists = {name: frozenset(table[name]) for name in _LISTS if name != "noun_ends"}
    return Words(**lists, noun_ends=tuple(table["noun_ends"]))


class Sentence:
    """A sentence in tokens, with the tokens of its actor marks and triggers; positions are those of the whole text."""

    def __init__(self, text: str, span: Span, actors: Sequence[Span], triggers: Sequence[Span]) -> None:
        found = list(_TOKEN.finditer(text, *span))
        self.text = text
        self.starts = [m.start() for m in found]
        self.words = [m[0].lower() for m in found]
        self.actors = sorted(self._tokens(s) for s in actors)
        self.triggers = sorted(self._tokens(s) for s in triggers)
        self.quotes = [i for i, w in enumerate(self.words) if w in _QUOTES]

    def _tokens(self, span: Span) -> Span:
        first = max(0, bisect_right(self.starts, span[0]) - 1)
        return first, max(first + 1, bisect_left(self.starts, span[1]))

    def act(self, trigger: Span, type_: str) -> Act:
        """A trigger of the sentence, ready to be compared with its actors."""
        at = self._tokens(trigger)
        words = self.words[at[0] : at[1]] or [""]
        before = self.words[max(0, at[0] - _BEFORE) : at[0]]
        after = self.words[at[1]] if at[1] < len(self.words) else "$"
        lists = word_lists()
        while before and (before[-1].endswith("ly") or before[-1] in lists.adverb):
            before.pop()
        return Act(at, type_, _stem(words[0]), " ".join(words), _voice(words[0], before[-1] if before else "^", after))

    def features(self, act: Act, actor: Span, kinds: Mapping[str, str]) -> Iterator[str]:
        """Names of what holds of an act and an actor's mark in its sentence; `kinds` says of a noun what kind of actor it is."""
        words = self.words
        a, b = self._tokens(actor)
        low, high = act.at
        before = b <= low
        gap = (b, low) if before else (high, a)
        between = words[gap[0] : gap[1]] if gap[0] < gap[1] else []
        o = "b" if before else "a" if a >= high else "i"
        m, t = _inside(self.actors, gap), _inside(self.triggers, gap)
        near = f"m{m}t{t}"
        pb, pa = self._beside(a, b)
        form, kind = self._form(actor, words[a:b], kinds)
        v, st, ty = act.voice, act.stem, act.type
        ov, few = f"{o}|{v}", f"m{min(m, 1)}t{min(t, 1)}"
        yield from (o, ov, f"{ov}|m{m}", f"{ov}|t{t}", f"{ov}|{near}", f"{ov}|d{_far(len(between))}")
        yield from (f"{ov}|<{pb}", f"{ov}|>{pa}", f"{o}|{near}|<{pb}", f"{o}|{near}|>{pa}")
        yield from (f"{o}|{st}|{v}", f"{o}|{st}|{few}" if before else f"{o}|{st}|<{pb}", st, f"{o}|{act.phrase}|{few}.")
        yield from (f"{ov}|{ty}|m{min(m, 2)}t{min(t, 1)}", f"{o}|{ty}|<{pb}", f"{o}|{ty}|{kind}", f"{ty}|{v}")
        yield from (
            f"{ov}|{form}",
            f"{o}|{form}|m{m}t{min(t, 1)}",
            f"{ov}|{kind}",
            f"{form}|>{pa}",
            f"{o}|{form}|<{pb}",
        )
        yield from _between(between, before, o, ov, t)
        yield f"{o}|c{min(between.count(','), 3)}|m{m}"
        yield f"{o}|q{min(sum(gap[0] <= q < gap[1] for q in self.quotes), 2)}"
        if self._joined(a):
            yield f"{o}|after-and|t{t}"
        if before and t:
            following = next(x for x in self.triggers if x[0] >= b)
            yield f"next|{v}|{min(following[0] - b, 4)}|{'and' in between[-3:]}|{',' in between[-3:]}"
            yield f"last|{between[-1]}|{near}"
        if a <= 1:
            yield f"start|{v}|{near}"
        others = (sum(x[0] >= high for x in self.actors), sum(x[1] <= low for x in self.actors))
        yield f"{ov}|n{min(others[0], 2)}{min(others[1], 2)}|m{m}"

    def _before(self, token: int) -> str:
        """The word before a mark, articles and numbers passed over; "^" where the sentence begins."""
        token -= 1
        while token >= 0 and (self.words[token] in word_lists().determiner or self.words[token].isdigit()):
            token -= 1
        return self.words[token] if token >= 0 else "^"

    def _joined(self, token: int) -> bool:
        return self._before(token) == "and"

    def _beside(self, a: int, b: int) -> tuple[str, str]:
        """The words before and after a mark, as far as they join or part; any other is "*"."""
        lists, pb, pa = word_lists(), self._before(a), self.words[b] if b < len(self.words) else "$"
        if pb != "^" and pb not in lists.preposition and pb not in lists.relative and pb not in lists.joining:
            pb = "*"
        if pa in ("'s", "’s", "'", "’"):
            return pb, "'s"
        kept = (lists.be, lists.have, lists.modal, lists.relative, lists.preposition, lists.joining)
        return pb, pa if any(pa in words for words in kept) else "*"

    def _form(self, span: Span, words: Sequence[str], kinds: Mapping[str, str]) -> tuple[str, str]:
        """How a mark names its actor: by a pronoun, a name, a description; and of what kind a described one is."""
        lists = word_lists()
        if len(words) == 1 and words[0] in lists.pronoun:
            return f"p:{words[0]}", "p"
        said = self.text[span[0] : span[1]].split()
        if words and words[0] in lists.owner:
            form = "own"
        elif said and said[-1][:1].isupper():
            return "name", "name"
        else:
            form = "mixed" if any(w[:1].isupper() for w in said) else "desc"
        return form, kinds.get(words[-1], "other") if words else "other"


def _between(between: Sequence[str], before: bool, o: str, ov: str, t: int) -> Iterator[str]:
    """What stands between an act and a mark: all of it where that is little, and the words that part clauses."""
    lists = word_lists()
    plain = [w for w in between if w not in lists.determiner and not w.isdigit()]
    if len(plain) <= 2:
        yield f"{ov}|-{' '.join(plain)}"
    if len(between) <= 4:
        yield f"{o}|={' '.join(between)}"
    if plain:
        yield f"{o}|~{plain[0] if before else plain[-1]}"
    for word in sorted({w for w in between if w in lists.relative or w in lists.opening}):
        yield f"{ov}|+{word}"
    if "and" in between or "or" in between or "but" in between:
        yield f"{ov}|and|t{t}"


@dataclass(frozen=True, slots=True)
class Act:
    """A trigger: its tokens, type, the stem of its first word, its words and in what voice it stands."""

    at: Span
    type: str
    stem: str
    phrase: str
    voice: str


def _stem(word: str) -> str:
    return _STEM.sub("", word) if len(word) > 4 else word


def _voice(word: str, before: str, after: str) -> str:
    """How an act is told: "was shelled" passive, "has shelled" active, "to shell" inf, "shelling" ing, "the shelling" noun, "shelled" ed."""
    lists = word_lists()
    participle = word.endswith(("ed", "en")) or word in lists.participle
    if participle and (before in lists.be or before == "got" or after == "by"):
        return "passive"
    owned = before in lists.determiner or before in ("'s", "’s", "'", "’")
    if word.endswith("ing") and len(word) > 4:
        if before in lists.be:
            return "active"
        return "noun" if owned else "ing-of" if before in lists.preposition else "ing"
    if before == "to":
        return "inf"
    if before in lists.have or before in lists.modal:
        return "active"
    if owned:
        return "noun"
    if participle:
        return "ed"
    if (
        before in lists.preposition
        or after in ("of", "by", "against", "on", "between")
        or word.endswith(lists.noun_ends)
    ):
        return "noun"
    return "other"


def _inside(spans: Sequence[Span], gap: Span) -> int:
    """How many of the spans lie in a gap; three and more are three."""
    return min(3, sum(gap[0] <= x[0] and x[1] <= gap[1] for x in spans))


def _far(n: int) -> int:
    return 0 if n == 0 else 1 if n < 3 else 2 if n < 6 else 3 if n < 12 else 4
