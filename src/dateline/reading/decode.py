"""Which spans do the tag probabilities mean? Token by token to whole words, without loose ends."""

from __future__ import annotations

import numpy as np

from dateline.reading import labels
from dateline.reading.graph import Mark, MarkKind, Span
from dateline.reading.windows import Tokens

# A span begins where "outside" falls below this; found on the project's own test.
THRESHOLD: dict[str, float] = {**dict.fromkeys(labels.TAGGED, 0.5), "trigger": 0.6, "cue": 0.6}


def decode_tags(text: str, tokens: Tokens, tags: np.ndarray) -> tuple[list[Mark], list[Span]]:
    """Tag probabilities [n, kinds, 3] -> marks, and their token spans. Spans begin and end with whole words."""
    marks: list[Mark] = []
    where: list[Span] = []
    n = len(tokens.ids)
    pieces: list[bool] = tokens.pieces.tolist()  # a list answers faster than an array, one by one
    for row, kind in enumerate(labels.TAGGED):
        p = tags[:, row]
        inside: list[bool] = (1.0 - p[:, 0] > THRESHOLD[kind]).tolist()
        begins: list[bool] = (p[:, 1] >= p[:, 2]).tolist()
        i = 0
        while i < n:
            if not inside[i]:
                i += 1
                continue
            j = i + 1
            while j < n and (pieces[j] or (inside[j] and (not begins[j] or _only_opens(text, tokens, i, j)))):
                j += 1
            while i > 0 and pieces[i]:
                i -= 1
            if kind in ("actor", "place"):
                i = _whole_word(text, tokens, i)
            first, last = _trim(text, tokens, i, j)
            last = _closed(text, tokens, first, last)
            a, b = int(tokens.starts[first]), int(tokens.ends[last - 1])
            kept: MarkKind = kind  # type: ignore[assignment]
            if a < b and text[a:b].strip() and not (where and marks[-1].kind == kept and where[-1][1] > first):
                marks.append(Mark(kept, a, b, round(float(1.0 - p[first:last, 0].min()), 3)))
                where.append((first, last))
            i = j
    return marks, where


def _closed(text: str, tokens: Tokens, i: int, j: int) -> int:
    """One past the last token, with the bracket that the span opens: "Democratic Union Party (PYD)"."""
    words = text[tokens.starts[i] : tokens.ends[j - 1]]
    opened = words.count("(") > words.count(")")
    return j + 1 if opened and j < len(tokens.ids) and text[tokens.starts[j] : tokens.ends[j]] == ")" else j


# Words that open a mention and are none by themselves when another follows.
OPENERS = frozenset(("another", "other", "some", "several", "many", "all", "any", "few"))
# Words that open a noun of action: "air strikes", "car bomb".
COMPOUND = frozenset(
    ("air", "car", "drone", "rocket", "mortar", "artillery", "missile", "suicide", "roadside", "truck")
)


def _only_opens(text: str, tokens: Tokens, i: int, j: int) -> bool:
    """Whether tokens [i, j) only open a span: a number, a determiner, the first of two nouns: "250,000 people", "air strikes"."""
    words = text[tokens.starts[i] : tokens.ends[j - 1]]
    if words.lower() in OPENERS or words.lower() in COMPOUND:
        return True
    return any(c.isdigit() for c in words) and not any(c.isalpha() for c in words)


def _whole_word(text: str, tokens: Tokens, i: int) -> int:
    """The token where the word begins that token i is in: "250,000 people", "US-led coalition"."""
    while i > 0 and tokens.ends[i - 1] == tokens.starts[i]:
        before, here = text[tokens.starts[i - 1] : tokens.ends[i - 1]], text[tokens.starts[i] : tokens.ends[i]]
        if not ((before in ",.-" and (here[0].isalnum())) or (here in ",.-" and before[-1].isalnum())):
            break
        i -= 1
    return i


# No span ends with one of these.
LOOSE_ENDS = frozenset(("of", "and", "or", "the", "a", "an", "by", "with", "in", "on", "to", "for", "from", "at", "as"))


def _trim(text: str, tokens: Tokens, i: int, j: int) -> Span:
    """Tokens [i, j) without punctuation or a possessive at either end; a span of nothing else stays."""

    def bare(k: int) -> bool:
        piece = text[tokens.starts[k] : tokens.ends[k]]
        return not any(c.isalnum() for c in piece) and piece not in "$£€%)"

    def loose(k: int) -> bool:
        whole = not tokens.pieces[k]  # and not the end of "Obrador"
        return bool(whole) and text[tokens.starts[k] : tokens.ends[k]].lower() in LOOSE_ENDS

    first, last = i, j
    while first < last - 1 and bare(first):
        first += 1
    while last - 1 > first and (bare(last - 1) or loose(last - 1)):
        last -= 1
    if last - first > 2 and text[tokens.starts[last - 1] : tokens.ends[last - 1]] == "s" and bare(last - 2):
        last -= 2
    return first, last
