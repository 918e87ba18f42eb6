"""How much does a word tell of one happening rather than any other?

A word's weight is 0 for one that every passage uses and 1 for one never seen: the inverse
document frequency over our own corpus, read from `words.csv`. `vectors.npy` tells which words
are near in meaning. Both are fixed (`python -m quality.incidents.words` writes them), not taken
from the archive's own reports, so that what two reports share never depends on which others
came before.
"""

from __future__ import annotations

import csv
import io
import math
import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from dateline.errors import KnowledgeError
from dateline.knowledge.places.fold import fold

TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SUFFIXES = ("ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "s")


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """A word without case, accents and the common endings: `Shelling` and `shelled` are `shell`."""
    low = fold(word).replace(" ", "")
    if low.isdigit():
        return low
    for suffix in _SUFFIXES:
        if low.endswith(suffix) and len(low) - len(suffix) >= 3:
            low = low[: -len(suffix)]
            break
    if len(low) > 4 and low[-1] == low[-2] and low[-1] not in "lsz":
        low = low[:-1]
    return low.removesuffix("e") if len(low) > 4 else low


@cache
def _table() -> tuple[int, Mapping[str, int], frozenset[str]]:
    rows = list(csv.reader(files("dateline.archive").joinpath("words.csv").read_text("utf-8").splitlines()))
    bad = [f"line {n}: {r}" for n, r in enumerate(rows, 1) if len(r) != 3 or not r[1].isdigit() or r[2] not in "01"]
    if bad or not rows or rows[0][0] != "":
        raise KnowledgeError(f"archive/words.csv wants `stem,passages,common`, the total first: {bad[:5]}")
    common = frozenset(s for s, _, c in rows[1:] if c == "1")
    return int(rows[0][1]), {s: int(n) for s, n, _ in rows[1:]}, common


def frequencies() -> tuple[int, Mapping[str, int]]:
    """Number of passages, and in how many of them each stem stands (two at least)."""
    return _table()[:2]


def is_common(stemmed: str) -> bool:
    """A word that is written small: `rebel` is, `Raqqa` is not, nor a word that the corpus never uses."""
    return stemmed in _table()[2]


@lru_cache(maxsize=1 << 17)
def weight(stemmed: str) -> float:
    """0 to 1."""
    total, counts = frequencies()
    seen = counts.get(stemmed, 1)
    return round(math.log(total / seen) / math.log(total), 4)


# Cosine from which two words are near, and from which they are as good as the same.
NEAR, SAME = 0.45, 0.85


@cache
def listed(name: str) -> frozenset[str]:
    """One list of `lexicon.toml`."""
    found = tomllib.loads(files("dateline.archive").joinpath("lexicon.toml").read_text("utf-8")).get(name)
    if not isinstance(found, str) or not found.split():
        raise KnowledgeError(f"archive/lexicon.toml wants words under {name!r}")
    return frozenset(found.split())


@cache
def _exact() -> frozenset[str]:
    return frozenset(map(stem, listed("exact")))


@cache
def _vectors() -> tuple[Mapping[str, int], NDArray[np.float32]]:
    _, counts = frequencies()
    raw = np.load(io.BytesIO(files("dateline.archive").joinpath("vectors.npy").read_bytes()), allow_pickle=False)
    if raw.shape[0] != len(counts) or raw.dtype != np.int8:
        raise KnowledgeError("archive/vectors.npy does not belong to archive/words.csv; write both anew")
    return {s: n for n, s in enumerate(counts)}, raw.astype(np.float32)


@lru_cache(maxsize=1 << 16)
def _rows(words: frozenset[str]) -> tuple[tuple[str, ...], list[float], NDArray[np.float32]]:
    """Words in order, their weights and vectors (whole numbers, so that sums of products are exact)."""
    index, vectors = _vectors()
    ordered = tuple(sorted(words))
    known = [index.get(w, -1) if w not in _exact() and not w.isdigit() else -1 for w in ordered]
    rows = np.stack([vectors[n] if n >= 0 else np.zeros(vectors.shape[1], np.float32) for n in known])
    return ordered, [weight(w) for w in ordered], rows


@lru_cache(maxsize=1 << 16)
def _total(words: frozenset[str]) -> float:
    return math.fsum(map(weight, words))


@lru_cache(maxsize=1 << 16)
def near(a: frozenset[str], b: frozenset[str]) -> float:
    """Like `alike`, but a word is also answered by one near in meaning, in part. 0 to 1."""
    if not a or not b:
        return 0.0
    light, heavy = _total(a), _total(b)
    if light > heavy or (light == heavy and sorted(a) > sorted(b)):
        a, b = b, a
    (words, weights, x), (_, _, y) = _rows(a), _rows(b)
    shared = 0.0
    for word, w, cosine in zip(words, weights, (x @ y.T).max(axis=1).tolist(), strict=True):
        if word in b:
            shared += w
        elif cosine > NEAR * 16129:
            shared += w * min(1.0, (cosine / 16129 - NEAR) / (SAME - NEAR))
    return shared / _total(a) if _total(a) else 0.0


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Weighted overlap of two sets of stems: the shared weight over that of the lighter set, 0 to 1."""
    if not a or not b:
        return 0.0
    lighter = min(_total(a), _total(b))
    return math.fsum(map(weight, a & b)) / lighter if lighter else 0.0


def stems(text: str) -> tuple[str, ...]:
    """Stems of the words of a text, in order."""
    return tuple(s for s in (stem(t) for t in TOKEN.findall(text)) if s)
