"""Is a trigger an act at all? The model's score, weighed with how often its first word is one in the corpus.

"The ceasefire had not been implemented" tells of one act, not two; "hotline", "tensions" and "grip" seldom tell of any.
The weights and shares are in `knowledge/ontology/acts.toml`, written by `python -m quality.acts_fit`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.knowledge.table import load_table, refuse
from dateline.reading.graph import Mark

# A trigger is an act from this chance on.
FLOOR = 0.45
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the log-odds of the model's score and of the word's share; `share` by word, `unseen` for any other."""

    bias: float
    score: float
    word: float
    unseen: float
    share: Mapping[str, float]


@cache
def weights() -> Weights:
    """Of `knowledge/ontology/acts.toml`. Raises `KnowledgeError` naming what is missing or no share."""
    table = load_table("ontology/acts.toml")
    names = ("bias", "score", "word", "unseen")
    bad = [f"{k} is no number" for k in names if not isinstance(table.get(k), int | float)]
    bad += [
        f"the share of {w!r} is not between 0 and 1" for w, share in table.get("share", {}).items() if not 0 < share < 1
    ]
    refuse("acts.toml", bad)
    bias, score, word, unseen = (float(table[k]) for k in names)
    return Weights(bias, score, word, unseen, table["share"])


def first_word(words: str) -> str:
    """The word of a trigger that is looked up: "lay" of "lay down"."""
    found = WORD.search(words)
    return found[0].lower() if found else ""


def log_odds(p: float) -> float:
    """Of a probability, kept away from the ends."""
    p = min(0.999, max(0.001, p))
    return math.log(p / (1 - p))


def chance(mark: Mark, words: str) -> float:
    """The chance that a trigger with these words is an act."""
    w = weights()
    share = w.share.get(first_word(words), w.unseen)
    return 1 / (1 + math.exp(-w.bias - w.score * log_odds(mark.raw) - w.word * log_odds(share)))


def is_act(mark: Mark, words: str) -> bool:
    """Whether a trigger is taken for an act."""
    return chance(mark, words) >= FLOOR
