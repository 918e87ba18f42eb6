"""What newsrooms make of an agency's text: each edit takes sentences and a random source, and gives sentences."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from importlib.resources import files

Edit = Callable[[Sequence[str], random.Random], list[str]]

_SAME: dict[str, str] = {}
_CONVERTED = {"km": ("miles", 0.621), "kilometres": ("miles", 0.621), "miles": ("km", 1.609), "metres": ("feet", 3.281)}
_WORDS = dict(
    zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(1, 11), strict=True)
)


def lines(name: str) -> list[str]:
    """A list of `quality/reprints/texts`: headlines, leads, closing lines."""
    body = files("quality.reprints").joinpath("texts", f"{name}.txt").read_text("utf-8")
    return [x for x in body.splitlines() if x and not x.startswith("#")]


def trim(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """Cut from below, as for a brief: a third to nine tenths stay."""
    keep = max(2, round(len(sentences) * rng.uniform(0.35, 0.9)))
    return list(sentences[:keep])


def thin(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """Sentences dropped here and there."""
    kept = [s for s in sentences if rng.random() > 0.25]
    return kept if len(kept) >= 2 else list(sentences)


def reorder(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """One run of sentences moved elsewhere."""
    i, j = sorted(rng.sample(range(len(sentences) + 1), 2))
    rest = [*sentences[:i], *sentences[j:]]
    at = rng.randrange(len(rest) + 1)
    return [*rest[:at], *sentences[i:j], *rest[at:]]


def headline(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """Another headline."""
    return [rng.choice(lines("headlines")) + "\n\n" + sentences[0], *sentences[1:]]


def local_lead(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """A paragraph of the paper's own before the agency's text."""
    return [rng.choice(lines("leads")) + "\n", *sentences]


def closing(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """The paper's standing lines after it."""
    return [*sentences, "\n" + rng.choice(lines("closings"))]


def units(sentences: Sequence[str], _rng: random.Random) -> list[str]:
    """Kilometres as miles, metres as feet, and back."""

    def other(m: re.Match[str]) -> str:
        unit, factor = _CONVERTED[m[2].lower()]
        return f"{max(1, round(float(m[1].replace(',', '')) * factor)):,} {unit}"

    return [re.sub(r"\b(\d[\d,.]*) (km|kilometres|miles|metres)\b", other, s) for s in sentences]


def house_style(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """A word here and there in another paper's style."""
    if not _SAME:
        _SAME.update(line.split("\t") for line in lines("style"))
    pattern = re.compile("|".join(rf"\b{re.escape(w)}\b" for w in sorted(_SAME, key=lambda w: (-len(w), w))))

    def swap(m: re.Match[str]) -> str:
        return _SAME[m[0]] if rng.random() < 0.6 else m[0]

    return [pattern.sub(swap, s) for s in sentences]


def numerals(sentences: Sequence[str], _rng: random.Random) -> list[str]:
    """Two to ten as figures."""
    return [
        re.sub(r"\b(two|three|four|five|six|seven|eight|nine|ten)\b", lambda m: str(_WORDS[m[1]]), s) for s in sentences
    ]


def unattributed(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """`, X said` cut off at the end of a sentence."""
    return [
        re.sub(r", (?:[\w' ]{2,40}) said(?: on \w+day)?\.$", ".", s) if rng.random() < 0.5 else s for s in sentences
    ]


def joined(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """Two sentences made one."""
    if len(sentences) < 3:
        return list(sentences)
    at = rng.randrange(1, len(sentences) - 1)
    return [
        *sentences[:at],
        sentences[at].rstrip(".") + ", and " + sentences[at + 1][:1].lower() + sentences[at + 1][1:],
        *sentences[at + 2 :],
    ]


EDITS: tuple[Edit, ...] = (
    trim, thin, reorder, headline, local_lead, closing, units, house_style, numerals, unattributed, joined,
)  # fmt: skip


def edited(sentences: Sequence[str], rng: random.Random) -> tuple[str, list[str]]:
    """A copy with two to five edits of different kinds, and their names."""
    chosen = sorted(
        rng.sample(range(len(EDITS)), rng.randint(2, 5)), key=lambda n: (EDITS[n] in (headline, closing), n)
    )
    out = list(sentences)
    for n in chosen:
        out = EDITS[n](out, rng)
    return " ".join(out), [EDITS[n].__name__ for n in chosen]
