"""How was it done? A mode that the words of the sentence do not show is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.knowledge.table import load_table, refuse
from dateline.reading.graph import Span
from dateline.reading.labels import MODES_OF


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows a mode, and which modes of its type may be meant instead, by what shows them."""

    shown: re.Pattern[str]
    instead: Mapping[str, re.Pattern[str]]


@cache
def evidence() -> Mapping[str, Evidence]:
    """Of `knowledge/ontology/mode.toml`, by mode. Raises `KnowledgeError` with every mode that the codebook lacks."""
    table = load_table("ontology/mode.toml")
    known = {mode for modes in MODES_OF.values() for mode in modes}
    unknown = sorted({*table, *(m for e in table.values() for m in e.get("else", ()))} - known)
    refuse("mode.toml", [f"no such mode: {mode}" for mode in unknown])
    return {
        mode: Evidence(
            re.compile(entry["shown"], re.IGNORECASE),
            {other: re.compile(words, re.IGNORECASE) for other, words in entry.get("else", {}).items()},
        )
        for mode, entry in table.items()
    }


def settle_mode(text: str, sentence: Span, mode: str | None) -> str | None:
    """The mode itself when its sentence shows it, else one that the sentence shows, else none."""
    wanted = evidence().get(mode or "")
    if wanted is None or wanted.shown.search(text, *sentence):
        return mode
    return next((other for other, words in wanted.instead.items() if words.search(text, *sentence)), None)
