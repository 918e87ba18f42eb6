"""Other names in the same sentences, so that the model learns sentences and not names.

At training time a passage may change its states: every form of one ("Turkey", "Turkish", "Turks",
"Ankara") becomes the same form of another, in the text and in every phrase that is quoted from it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from dateline.knowledge.actors import Entry, load_register

# Forms that stand for a state in the first place of each list of the register: name, adjective, people, capital.
Forms = tuple[str, ...]


@cache
def _states() -> tuple[Forms, ...]:
    found = (_forms(e) for e in load_register().entries.values() if e.kind == "state")
    return tuple(f for f in found if f is not None)


def _forms(entry: Entry) -> Forms | None:
    """One word each, so that no phrase is cut; a state whose adjective is also its people's name or capital's is left out."""
    if len(entry.adjectives) < 2 or not entry.capitals:
        return None
    forms = (entry.name, *entry.adjectives[:2], entry.capitals[0])
    return forms if len(set(forms)) == 4 and all(f.isalpha() for f in forms) else None


def vary(annotation: dict[str, Any], rng: random.Random, share: float = 0.5) -> dict[str, Any]:
    """The annotation itself, or (for a share of them) one with some of its states exchanged for others."""
    if rng.random() >= share:
        return annotation
    text = annotation["text"]
    words = set(re.findall(r"[^\W\d_]+", text))
    here = [f for f in _states() if not words.isdisjoint(f)]
    if not here:
        return annotation
    others = rng.sample([f for f in _states() if f not in here], k=min(len(here), len(_states()) - len(here)))
    swap = {a: b for old, new in zip(here, others, strict=False) for a, b in zip(old, new, strict=True)}
    pattern = re.compile(r"\b(?:" + "|".join(sorted(swap, key=len, reverse=True)) + r")\b")
    varied = _exchanged(annotation, pattern, swap)
    return varied if _counts(varied) == _counts(annotation) else annotation


def _counts(annotation: dict[str, Any]) -> list[int]:
    """How often each quoted phrase stands in the text: where that changes ("Iran" in "Iranian"), occurrences would be miscounted."""
    quoted = [e["trigger"] for e in annotation["events"]] + [s["cue"] for s in annotation["statements"]]
    quoted += [x["text"] for kind in ("figures", "places", "dates") for x in annotation[kind]]
    quoted += [r["text"] for a in annotation["actors"].values() for r in a.get("refs", [])]
    return [annotation["text"].count(phrase) for phrase in quoted]


def _exchanged(value: Any, pattern: re.Pattern[str], swap: dict[str, str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(lambda m: swap[m[0]], value)
    if isinstance(value, dict):
        return {_exchanged(k, pattern, swap): _exchanged(v, pattern, swap) for k, v in value.items()}
    if isinstance(value, Sequence):
        return [_exchanged(v, pattern, swap) for v in value]
    return value
