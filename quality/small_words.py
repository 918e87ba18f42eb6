"""Which words are no towns although a gazetteer has them? usage: python -m quality.small_words

Writes `knowledge/places/data/usually_small.txt`: words that the corpus's training part writes small, at least three times
and at least six times as often as capitalised within a sentence, and that are also the name of some settlement. Run it
when the corpus has grown.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from pathlib import Path

from dateline.knowledge import places
from dateline.knowledge.places.tables import read_words
from training.corpus import load, split

TARGET = Path(__file__).parents[1] / "src/dateline/knowledge/places/data/usually_small.txt"
HEAD = """# Words that our corpus writes small, nearly always, and that are also the name of some settlement. A town's name with the
# state after it ("Bend, Ore.") is still one. Lower case. Written by `python -m quality.small_words`.
"""
LEAST, CAPITALISED_AT_MOST = 3, 0.15
# A word that neither a sentence nor a quotation begins.
_WITHIN = re.compile(r"(?<![.!?\"“”\n] )(?<!^)\b[A-Za-z]{3,}\b")


def main() -> None:
    gazetteer, known = places.load(), read_words("not_places.txt")
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for a in split(load())[0]:
        for m in _WITHIN.finditer(a["text"]):
            (small if m[0].islower() else capital)[m[0].lower()] += 1
    words = sorted(
        w for w, n in small.items()
        if n >= LEAST and capital[w] <= CAPITALISED_AT_MOST * n and w not in known and gazetteer.exact(w.capitalize())
    )  # fmt: skip
    TARGET.write_text(HEAD + textwrap.fill(" ".join(words), 118) + "\n", encoding="utf-8")
    print(len(words), "words")


if __name__ == "__main__":
    main()
