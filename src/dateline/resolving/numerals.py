"""What number do these words spell?

Digits with separators ("12,500", "2.5 million", "300bn"), number words ("twenty-four",
"four million", "a dozen", "two and a half") and mixtures. The pattern finds, the reader values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.knowledge.table import load_table, refuse

_SECTIONS = ("units", "tens", "scales", "suffixes", "fractions")
_DIGITS = r"\d{1,3}(?:,\d{2,3}){1,5}(?:\.\d+)?|\d{1,3}(?: \d{3}){1,4}(?![\d,.])|\d+(?:\.\d+)?"
_TOKEN = re.compile(rf"{_DIGITS}|[½¼¾]|[a-z]+|/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Number words by kind, lower case, with their values."""

    units: dict[str, float]
    tens: dict[str, float]
    scales: dict[str, float]
    suffixes: dict[str, float]
    fractions: dict[str, float]


@cache
def number_words() -> NumberWords:
    """The tables of `knowledge/figures/numbers.toml`. Raises `KnowledgeError` for a bad table."""
    tables = load_table("figures/numbers.toml")
    bad = [f"{s}: missing" for s in _SECTIONS if s not in tables]
    bad += [
        f"{s}.{k}: not a positive number"
        for s, table in tables.items()
        for k, v in table.items()
        if not isinstance(v, int | float) or v <= 0
    ]
    refuse("numbers.toml", bad)
    return NumberWords(**{s: tables[s] for s in _SECTIONS})


def _either(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


@cache
def number_pattern() -> str:
    """A pattern without groups for one number, in digits or words (not the bare article "a")."""
    w = number_words()
    units, tens, suffix = _either(w.units), _either(w.tens), _either(w.suffixes)
    scale = _either(w.scales)
    joining = _either(k for k in w.scales if k != "dozen")
    small = rf"(?:{tens}(?:[\s-]{units})?|{units})\b"
    # "and" joins only what follows a scale: "two hundred and five", never "nine and two wounded".
    head = rf"(?:(?:{small}|a)(?:[\s-]{joining})+\b(?:\sand\s|\s))*"
    words = rf"(?:{head}(?:{small}(?:[\s-]{scale})*|an?\s{scale}(?:\s{scale})*)\b)"
    digits = rf"(?:{_DIGITS})(?:{suffix}\b|(?:[\s-]{scale})+\b|\s?[½¼¾]|\s1/2)?"
    half = rf"half\sa\s{scale}"
    tail = r"(?:\sand\sa\shalf(?:\s" + scale + r")?)?"
    return rf"(?:{half}|(?<![\w.,])(?:{digits})(?!\d)|\b(?:{words})\b){tail}"


def value_of(words: str) -> float | None:
    """The number that `words` spell, or None when they spell none.

    >>> value_of("two and a half million"), value_of("half a dozen"), value_of("twenty-four")
    (2500000.0, 6.0, 24.0)
    """
    w = number_words()
    total, current, seen = 0.0, 0.0, False
    fraction_next = False
    tokens = [t.lower() for t in _TOKEN.findall(words)]
    if tokens[-3:] == ["1", "/", "2"]:
        tokens[-3:] = ["½"]
    for i, token in enumerate(tokens):
        if token[0].isdigit():
            current += float(re.sub(r"[, ]", "", token))
        elif token in w.units or token in w.tens:
            current += w.units.get(token, 0) + w.tens.get(token, 0)
        elif token in w.scales or (token in w.suffixes and i and tokens[i - 1][0].isdigit()):
            scale = w.scales.get(token) or w.suffixes[token]
            current = (current or 1) * scale
            if scale > 100:
                total, current = total + current, 0.0
        elif token in w.fractions and token[0] in "h½¼¾":
            rest = "".join(tokens[i + 1 :])
            # "half a million" scales what follows; "two and a half million" does so too.
            if total and not current and not rest:
                total += w.fractions[token] * total
            else:
                current += w.fractions[token]
            fraction_next = True
        elif token in ("a", "an", "and"):
            continue
        else:
            return None
        seen = True
    return total + current if seen or fraction_next else None
