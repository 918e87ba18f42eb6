"""How is a text cut for the encoder, and what goes in beside the word pieces?

Every token is *owned* by exactly one window, which gives it context on both sides, so
that overlapping windows merge without losing or doubling anything.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from dateline.reading.graph import Span

MAX_TOKENS = 510  # and two special tokens
OWNED = 400
LEFT = 70
MAX_UNIT = 90
# How many tokens apart two spans may begin that are asked about as a pair.
REACH = 200


@dataclass(frozen=True, slots=True)
class Tokens:
    """Word pieces of a text: ids, offsets in code points, shape class, index of the sentence."""

    ids: np.ndarray  # int64 [n]
    starts: np.ndarray  # int64 [n]
    ends: np.ndarray  # int64 [n]
    shapes: np.ndarray  # int64 [n]
    sentence: np.ndarray  # int64 [n]
    pieces: np.ndarray  # bool [n], true where a piece continues a word


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens [start, end) are read together; those of [own_start, own_end) are answered for."""

    start: int
    end: int
    own_start: int
    own_end: int


SHAPES = 16


def shape(text: str, start: int, end: int, continues: bool) -> int:
    """Class of a piece's look, 1 to 15; the encoder itself is uncased."""
    s = text[start:end]
    if s.isdigit():
        kind = 4
    elif not any(c.isalnum() for c in s):
        kind = 5
    elif s.islower():
        kind = 0
    elif s.isupper() and len(s) > 1:
        kind = 2
    elif s[:1].isupper():
        kind = 1 if len(s) > 1 else 3
    else:
        kind = 6
    return 1 + kind + (7 if continues else 0)


def tokenize(text: str, sentences: Sequence[Span], tokenizer: Tokenizer) -> Tokens:
    """Word pieces with offsets; the tokenizer must neither pad, truncate nor add special tokens."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = offsets[:, 0], offsets[:, 1]
    bounds = np.array([s for s, _ in sentences] or [0], dtype=np.int64)
    sentence = np.maximum(np.searchsorted(bounds, starts, side="right") - 1, 0)
    words = encoding.word_ids
    pieces = np.array(
        [i > 0 and words[i] is not None and words[i] == words[i - 1] for i in range(len(words))], dtype=bool
    )
    # A word piece that goes on from the last without a gap is part of the same word.
    shapes = np.array(
        [shape(text, int(s), int(e), bool(p)) for s, e, p in zip(starts, ends, pieces, strict=True)], dtype=np.int64
    )
    return Tokens(np.array(encoding.ids, dtype=np.int64), starts, ends, shapes, sentence, pieces)


def cut(tokens: Tokens) -> list[Window]:
    """Windows of whole sentences (cut where one is over-long) that own every token once."""
    n = len(tokens.ids)
    if n <= MAX_TOKENS:
        return [Window(0, n, 0, n)] if n else []
    edges = _units(tokens)
    out: list[Window] = []
    i = 0
    while i < len(edges) - 1:
        j = i + 1
        while j < len(edges) - 1 and edges[j + 1] - edges[i] <= OWNED:
            j += 1
        own_start, own_end = edges[i], edges[j]
        left = max((e for e in edges if e <= own_start), key=lambda e: -e if own_start - e <= LEFT else -(10**9))
        right = own_end
        for e in edges[j + 1 :]:
            if e - left > MAX_TOKENS:
                break
            right = e
        out.append(Window(left, right, own_start, own_end))
        i = j
    return out


def _units(tokens: Tokens) -> list[int]:
    """Edges of the units that are never cut: sentences, or pieces of an over-long one."""
    n = len(tokens.ids)
    edges = [0, *(np.flatnonzero(np.diff(tokens.sentence)) + 1).tolist(), n]
    out = [0]
    for a, b in itertools.pairwise(edges):
        out.extend(range(a + MAX_UNIT, b, MAX_UNIT))
        out.append(b)
    return out


_DISTANCES = np.array((0, 1, 2, 3, 4, 6, 9, 14, 21, 31, 47, 79))


def distance_buckets(d: np.ndarray) -> np.ndarray:
    """Signed token distances in 26 classes: 0 to 12 ahead, 13 to 25 back."""
    found: np.ndarray = np.searchsorted(_DISTANCES, np.abs(d)) + np.where(d >= 0, 0, 13)
    return found


# Words that say what a mention is to what stands before it; other words are class 0.
LEADS = (
    ("by",), ("against", "versus"), ("on", "upon", "over"), ("of",), ("with", "alongside"), ("between", "among"),
    ("and", "or", "nor", "&"), ("to", "toward", "towards"), ("from",), ("in", "at", "near", "inside", "into"), ("for",), (",",),
    ("that", "who", "which", "where"), ("'", "’", "s"),
)  # fmt: skip
_LEAD_OF = {word: n for n, words in enumerate(LEADS, 1) for word in words}
_PASSED_OVER = frozenset(("the", "a", "an", "its", "their", "his", "her", "some", "several", "both", "other"))
_BEGINS = len(LEADS) + 1
FEATURES = (26, 7, 8, 5, _BEGINS + 1)


def leads(text: str, tokens: Tokens) -> np.ndarray:
    """[n]: for a mention that begins at each token, the class of the word before it, articles and the like passed over."""
    words = [text[a:b].lower() for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    out = np.zeros(len(words), dtype=np.int64)
    for i in range(len(words)):
        j = i - 1
        while j >= 0 and words[j] in _PASSED_OVER and tokens.sentence[j] == tokens.sentence[i]:
            j -= 1
        begins = j < 0 or tokens.sentence[j] != tokens.sentence[i]
        out[i] = _BEGINS if begins else _LEAD_OF.get(words[j], 0)
    return out


@dataclass(frozen=True, slots=True)
class Setting:
    """What pair features look up beside the two spans, for the tokens of one window: sentence and lead of each, where triggers begin."""

    sentence: np.ndarray
    leads: np.ndarray
    triggers: Sequence[int]


def pair_features(
    sources: Sequence[Span], targets: Sequence[Span], pairs: Sequence[tuple[int, int]] | np.ndarray, setting: Setting
) -> np.ndarray:
    """[p, 5]: token distance, sentence distance, targets and triggers that stand between, the target's lead; spans in tokens."""
    if not len(pairs):
        return np.zeros((0, len(FEATURES)), dtype=np.int64)
    index = np.array(pairs, dtype=np.int64)
    a = np.array([s[0] for s in sources], dtype=np.int64)[index[:, 0]]
    b = np.array([t[0] for t in targets], dtype=np.int64)[index[:, 1]]
    low, high = np.minimum(a, b), np.maximum(a, b)
    between = [
        np.maximum(np.searchsorted(x, high, side="left") - np.searchsorted(x, low, side="right"), 0)
        for x in (np.array(sorted(t[0] for t in targets)), np.array(sorted(setting.triggers)))
    ]
    apart = np.minimum(np.maximum(setting.sentence[b] - setting.sentence[a], -3), 3) + 3
    out = np.empty((len(index), len(FEATURES)), dtype=np.int64)
    out[:, 0], out[:, 1], out[:, 4] = distance_buckets(b - a), apart, setting.leads[b]
    out[:, 2], out[:, 3] = np.minimum(between[0], 7), np.minimum(between[1], 4)
    return out
