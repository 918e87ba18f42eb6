"""What of a report's text is compared with other texts?

Shingles: every run of words, as 64-bit numbers, without the dateline, the agency's credit and
lines that every story of an outlet carries. Figures with a unit are one token whatever the unit,
so that a copy with kilometres for miles keeps its shingles; other numbers stay, for a rival toll
is another story.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dateline.archive.words import listed
from dateline.reading.clean import boilerplate
from dateline.reading.masthead import read_masthead

Hashes = NDArray[np.uint64]

# Words in a shingle that is compared, and in one that finds what to compare.
SHORT, LONG = 3, 5
# One of so many long shingles is kept: by its own value, so that two texts keep the same ones.
SAMPLED = 4
# Texts handed to a worker at a time.
CHUNK = 256
_WORD = re.compile(r"[^\W_]+")
_PRIMES = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F], np.uint64
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """`short`: the distinct shingles that are compared, sorted; `finders`: the sampled ones that find candidates."""

    short: Hashes
    finders: Hashes


def sketch(text: str) -> Sketch:
    """A text's shingles."""
    words = _hashes(_tokens(text))
    long = _shingles(words, LONG)
    return Sketch(np.unique(_shingles(words, SHORT)), np.unique(long[long % np.uint64(SAMPLED) == 0]))


def _tokens(text: str) -> list[str]:
    body = text
    head = read_masthead(text)
    if head.span:
        body = text[: head.span[0]] + " " + text[head.span[1] :]
    kept = [line for line in body.splitlines() if line.strip() and not boilerplate().fullmatch(line.strip())]
    return _measured(_WORD.findall("\n".join(kept).casefold()))


def _measured(words: list[str]) -> list[str]:
    """Each number with its unit (and the same in another unit right after it) as the one word `measured`."""
    units, vague = listed("units"), listed("vague")
    if units.isdisjoint(words):
        return words
    out: list[str] = []
    for word in words:
        if word in units and out and (_is_number(out[-1]) or out[-1] == "measured"):
            while out and _is_number(out[-1]):
                out.pop()
            while out and out[-1] in vague:
                out.pop()
            if not out or out[-1] != "measured":
                out.append("measured")
        else:
            out.append(word)
    return out


def _is_number(word: str) -> bool:
    return word.isdigit() or word in listed("numbers")


@lru_cache(maxsize=1 << 18)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _hashes(words: Sequence[str]) -> Hashes:
    return np.fromiter(map(_hash, words), np.uint64, len(words))


def _shingles(words: Hashes, length: int) -> Hashes:
    """One number for each run of `length` words; a shorter text is one run."""
    n = max(1, len(words) - length + 1)
    out = np.zeros(n, np.uint64)
    with np.errstate(over="ignore"):
        for i in range(length):
            part = words[i : i + n]
            out[: len(part)] += part * _PRIMES[i]
        out ^= out >> np.uint64(29)
        out *= _PRIMES[0]
        out ^= out >> np.uint64(32)
    return out


def sketches(texts: Sequence[str], jobs: int = 1) -> list[Sketch]:
    """The sketch of each text, in order; the same for any number of jobs."""
    if jobs <= 1 or len(texts) < 2 * CHUNK:
        return [sketch(t) for t in texts]
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        return list(pool.imap(sketch, texts, chunksize=CHUNK))
