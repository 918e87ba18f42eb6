"""Two thousand pairs of texts, half of them copies. usage: python -m quality.reprints.pairs > pairs.jsonl

Copies: a report and what `edits.py` makes of it, or two different edits of one report. Others,
a quarter each: the same day told by other reporters; a follow-up that repeats a sentence or two
of background; two stories of one outlet with the same standing paragraphs; two stories of one
war. Each pair is drawn with its own seed, so the set is the same everywhere.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.reading.sentences import split
from quality.incidents import gold
from quality.reprints.edits import edited, lines
from training.corpus import load

COUNT = 2000
WORDS = (90, 420)


@dataclass(frozen=True)
class TextPair:
    """Two texts; `same` when one is a copy of the other or both of a third."""

    id: str
    kind: str
    a: str
    b: str
    same: bool


@cache
def passages() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Passages of the corpus by their region, cut into sentences."""
    return tuple((str(p["tags"][0]), sentences(p["text"])) for p in load() if len(p["text"].split()) >= 25)


def sentences(text: str) -> tuple[str, ...]:
    """A text's sentences as strings."""
    return tuple(text[a:b].strip() for a, b in split(text) if text[a:b].strip())


def story(
    rng: random.Random, without: frozenset[int] = frozenset(), region: str | None = None
) -> tuple[list[str], frozenset[int]]:
    """A report of several passages of one region, and which they are."""
    everything = passages()
    region = region or rng.choice([r for r, _ in everything])
    wanted = rng.randint(*WORDS)
    out: list[str] = []
    used: set[int] = set()
    pool = [n for n, (r, _) in enumerate(everything) if r == region and n not in without]
    rng.shuffle(pool)
    for n in pool:
        out += everything[n][1]
        used.add(n)
        if sum(len(s.split()) for s in out) >= wanted:
            break
    return out, frozenset(used)


def _copies(rng: random.Random) -> tuple[str, str, str]:
    text, _ = story(rng)
    changed, kinds = edited(text, rng)
    if rng.random() < 0.3:
        other, more = edited(text, rng)
        return "copies:" + "+".join([*kinds, "|", *more]), changed, other
    return "copies:" + "+".join(kinds), " ".join(text), changed


def _same_day(rng: random.Random) -> tuple[str, str, str]:
    day = rng.choice([d for d in (*gold.load(), *gold.practice()) if len(d.reports) >= 4])
    order = rng.sample(range(len(day.reports)), len(day.reports))
    half = len(order) // 2
    return "same-day", *("\n\n".join(day.reports[n].text for n in part) for part in (order[:half], order[half:]))


def _follow_up(rng: random.Random) -> tuple[str, str, str]:
    first, used = story(rng)
    second, _ = story(rng, used)
    background = rng.sample(first, min(len(first), rng.randint(1, 2)))
    return "follow-up", " ".join(first), " ".join([*second, *background])


def _standing(rng: random.Random) -> tuple[str, str, str]:
    first, used = story(rng)
    second, _ = story(rng, used)
    lead, end = rng.choice(lines("leads")), rng.choice(lines("closings"))
    return "standing", *(f"{lead}\n\n{' '.join(s)}\n\n{end}" for s in (first, second))


def _same_war(rng: random.Random) -> tuple[str, str, str]:
    first, used = story(rng, region="mideast")
    second, _ = story(rng, used, region="mideast")
    return "same-war", " ".join(first), " ".join(second)


def pairs(count: int = COUNT) -> Iterator[TextPair]:
    """The set."""
    others = (_same_day, _follow_up, _standing, _same_war)
    for n in range(count):
        rng = random.Random(f"reprints-{n}")
        same = n % 2 == 0
        kind, a, b = _copies(rng) if same else others[n // 2 % 4](rng)
        yield TextPair(f"p{n:04d}", kind, a, b, same)


def main() -> None:
    for p in pairs():
        sys.stdout.write(json.dumps({"id": p.id, "kind": p.kind, "a": p.a, "b": p.b, "same": p.same}) + "\n")


if __name__ == "__main__":
    main()
