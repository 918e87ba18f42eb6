"""What does a count count? Killed, injured, detained, kilometres, villages …

The nearest evidence decides, in this order: a unit or currency; a word of harm right after
the number ("ten dead"); the verb that has it as object ("killing ten people"); the passive
that follows its noun phrase ("ten people were killed"); the count it is listed with
("killing five soldiers and two policemen"); the head noun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.reading.graph import Span
from dateline.record import Measure
from dateline.resolving.figure_words import figure_words
from dateline.resolving.timex_rules import either

# How far right of a count its verb may stand, in tokens.
_REACH = 30

_TOKEN = re.compile(r"[\w’'-]+|[%;:.,()\"“”\[\]]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure, its unit, and how sure the evidence is (a probability)."""

    measure: Measure
    unit: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """Lower-case tokens of one sentence with their spans and printed forms."""

    tokens: tuple[str, ...]
    spans: tuple[Span, ...]
    printed: tuple[str, ...]


def tokenize(text: str, sentence: Span) -> Sentence:
    found = list(_TOKEN.finditer(text, *sentence))
    return Sentence(tuple(m[0].lower() for m in found), tuple(m.span() for m in found), tuple(m[0] for m in found))


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(rf"[\s-]?({either(figure_words().units)})(?!\w)", re.IGNORECASE)


def unit_after(text: str, end: int) -> tuple[Measure, str] | None:
    """The measure and unit written right after a number that ends at `end`."""
    m = _unit_pattern().match(text, end)
    return figure_words().units[" ".join(m[1].lower().split())] if m else None


def phrase_at(tokens: Sequence[str], i: int, table: dict[str, Measure]) -> tuple[Measure, int] | None:
    """The longest phrase of `table` that starts at token `i`, with its length in tokens."""
    for size in (3, 2, 1):
        measure = table.get(" ".join(tokens[i : i + size]))
        if measure and i + size <= len(tokens):
            return measure, size
    return None


def harm_at(tokens: Sequence[str], i: int) -> tuple[Measure, int] | None:
    """The passive or the word of harm by itself that starts at token `i`, with its length in tokens."""
    w = figure_words()
    if tokens[i] not in w.begins:
        return None
    return phrase_at(tokens, i, w.passive) or phrase_at(tokens, i, w.alone)


def object_verb(s: Sentence, i: int) -> Measure | None:
    """The measure of the verb or noun of harm left of token `i` that governs it.

    "killing [at least] N", "shot dead N", "the death of N"; not "were killed, N …".
    """
    w = figure_words()
    light = w.grammar["light"]
    for j in range(i - 1, max(-1, i - 9), -1):
        token = s.tokens[j]
        phrase = next((p for p in w.phrases if _ends_at(s, j, p)), None) if token in w.ends else None
        if phrase is not None:
            return None if _passive(s, j - len(phrase.split()) + 1) else w.phrases[phrase]
        measure = w.active.get(token)
        if measure and not _passive(s, j):
            unreal = j and s.tokens[j - 1] in w.grammar["unreal"]
            return "people" if unreal else _with_other(s, j, measure)
        if token in w.nouns_of and "of" in s.tokens[j + 1 : i]:
            return w.nouns_of[token]
        if token in ("left", "leaving", "leaves") or (token not in light and not token.endswith("ly")):
            return None
    return None


def _ends_at(s: Sentence, j: int, phrase: str) -> bool:
    words = phrase.split()
    return list(s.tokens[max(0, j - len(words) + 1) : j + 1]) == words


def _with_other(s: Sentence, j: int, measure: Measure) -> Measure:
    """ "killed or wounded N" counts neither alone; "captured and killed N" counts the killed."""
    before = s.tokens[max(0, j - 2) : j]
    other = figure_words().active.get(before[0]) if len(before) == 2 and before[1] in ("and", "or", "and/or") else None
    return "people" if other and {other, measure} == {"killed", "injured"} else measure


def _passive(s: Sentence, j: int) -> bool:
    """Whether the form at `j` follows an auxiliary of the passive."""
    if s.tokens[j].endswith("ing"):
        return False
    k = j - 1
    while k >= 0 and s.tokens[k].endswith("ly") and k > j - 3:
        k -= 1
    return k >= 0 and s.tokens[k] in figure_words().grammar["be"]


def predicate(s: Sentence, i: int, numbers: frozenset[int]) -> tuple[Measure, bool] | None:
    """The word of harm that follows the noun phrase at `i`; True when it stands right after it.

    Skips what a noun phrase may hold (of-phrases, "including …" between commas, listed counts);
    an active verb, a new clause or `_REACH` tokens end the search.
    """
    w = figure_words()
    aux = comma = parted = False
    for j in range(i, min(len(s.tokens), i + _REACH)):
        token = s.tokens[j]
        if token in (";", ".", ":") or token in w.grammar["clause"]:
            return None
        parting = not aux and token in w.grammar["finite"] and token not in w.passive and j > i
        if parting and any(k in numbers for k in range(j, min(len(s.tokens), i + _REACH))):
            return None
        found = harm_at(s.tokens, j)
        if found:
            measure, length = found
            alone = phrase_at(s.tokens, j, w.alone) is not None and token not in w.active
            # "killed 41 people and wounded many" has two verbs; "41 displaced civilians" has none.
            follows = s.tokens[j + length : j + length + 2]
            adjective = any(t in w.heads for t in follows) and not set(follows[:1]) & (
                w.grammar["prepositions"] | w.grammar["clause"] | w.grammar["aux"]
            )
            adjective = adjective and follows[0].isalpha()
            listed_verb = j > i and s.tokens[j - 1] in ("and", "or")
            reduced = j - i <= 6 and not listed_verb and not _object_follows(s, j + length, numbers)
            if adjective and not aux:
                continue
            if (parted and not aux) or not (aux or alone or reduced):
                return None
            joined = s.tokens[j + length : j + length + 2]
            both = len(joined) == 2 and joined[0] in ("or", "and/or") and w.passive.get(joined[1], measure) != measure
            return ("people", False) if both else (measure, j - i <= 2 and not comma)
        if token.endswith("ing") and token in w.active:
            return None
        aux = aux or token in w.grammar["be"] or (token in w.grammar["aux"] and not comma)
        comma = comma or token == ","
        if j in numbers and j > i:
            parted = not aux and comma and not {"including", "among"} & set(s.tokens[i:j])
    return None


def _object_follows(s: Sentence, j: int, numbers: frozenset[int]) -> bool:
    """Whether the words at `j` read as an object, so that the form before them is active."""
    if j >= len(s.tokens):
        return False
    token, then = s.tokens[j], s.tokens[j + 1 : j + 2]
    if token in ("at", "up", "as"):
        return then in (("least",), ("most",), ("to",), ("many",))
    return j in numbers or token in figure_words().grammar["object"]


def head_measure(s: Sentence, i: int) -> Measure | None:
    """The measure of the head noun of the phrase at `i`: the last known noun before it ends."""
    w = figure_words()
    best: Measure | None = None
    ended = False
    stops = w.grammar["prepositions"] | w.grammar["clause"] | w.grammar["aux"]
    first = i + 1 if s.tokens[i : i + 1] == ("of",) else i
    for token in s.tokens[first : first + 5]:
        if not (token[0].isalnum() or token[0] == "_") or token in stops or token in w.passive:
            break
        if token in w.heads:
            best = w.heads[token]
        elif ended and (token.endswith(("ing", "ed")) or token in w.active):
            # "two jets bombed rebel positions"
            break
        elif token.endswith("s"):
            # "two mine planters": the unknown plural is the head.
            best = None
        ended = best is not None or token.endswith("s")
    return best
