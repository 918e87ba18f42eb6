"""What of a report's text is compared with other texts?

Shingles: every run of words, as 64-bit numbers, without the dateline, the agency's credit and
lines that every story of an outlet carries. Figures with a unit are one token whatever the unit,
so that a copy with kilometres for miles keeps its shingles; other numbers stay, for a rival toll
is another story.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dateline.reading.clean import boilerplate
from dateline.reading.masthead import read_masthead

Hashes = NDArray[np.uint64]

# Words in a shingle that is compared, and in one that finds what to compare.
SHORT, LONG = 3, 5
# One of so many long shingles is kept: by its own value, so that two texts keep the same ones.
SAMPLED = 4
_UNIT = (
    r"(?:km|kilomet(?:re|er)s?|miles?|met(?:re|er)s?|yards?|feet|foot|ft|kg|kilos?|kilogram(?:me)?s?|pounds?|lbs?|"
    r"tonnes?|tons?|hectares?|acres?|square|degrees?|celsius|fahrenheit|litres?|liters?|gallons?|barrels?|"
    r"inch(?:es)?|centimet(?:re|er)s?|cm|mm|nautical)"
)
_NUMBER = (
    r"(?:\d[\d,.]*|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
)
_MEASURE = re.compile(
    rf"(?:\b(?:about|some|around|roughly|nearly)\s+)?\b{_NUMBER}[\s-]*{_UNIT}\b(?:\s+(?:miles?|kilomet(?:re|er)s?|km|met(?:re|er)s?|feet))?"
    rf"(?:\s*\([^()]{{0,40}}?{_UNIT}\)|\s*\(\s*{_NUMBER}[^()]{{0,20}}\))?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_PRIMES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F], np.uint64)


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
    return _WORD.findall(_MEASURE.sub(" measured ", "\n".join(kept)).casefold())


@lru_cache(maxsize=1 << 18)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _hashes(words: Sequence[str]) -> Hashes:
    return np.fromiter((_hash(w) for w in words), np.uint64, len(words))


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
