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
    """What shows a mode, and which modes of its type may be meant instead, by what shows them; None: needs no showing."""

    shown: re.Pattern[str] | None
    instead: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Bar:
    """What an act of a mode is never done to, by the words after the trigger or before it, and the mode that it is then."""

    trigger: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    instead: str

    def holds(self, text: str, sentence: Span, trigger: Span) -> bool:
        """Whether the trigger's words and those around it rule the mode out."""
        words, before, after = (text[a:b] for a, b in (trigger, (sentence[0], trigger[0]), (trigger[1], sentence[1])))
        return bool(self.trigger.search(words) and (self.after.search(after) or self.before.search(before)))


@cache
def evidence() -> Mapping[str, Evidence]:
    """Of `knowledge/ontology/mode.toml`, by mode. Raises `KnowledgeError` with every mode that the codebook lacks."""
    table = load_table("ontology/mode.toml")
    known = {mode for modes in MODES_OF.values() for mode in modes}
    named = {
        *table,
        *(m for e in table.values() for m in (*e.get("else", ()), *([e["instead"]] if "instead" in e else []))),
    }
    refuse("mode.toml", [f"no such mode: {mode}" for mode in sorted(named - known)])
    return {
        mode: Evidence(
            _pattern(entry["shown"]) if "shown" in entry else None,
            {other: _pattern(words) for other, words in entry.get("else", {}).items()},
        )
        for mode, entry in table.items()
    }


@cache
def bars() -> Mapping[str, Bar]:
    """Of the same table, by mode: what rules it out."""
    evidence()
    table = load_table("ontology/mode.toml")
    return {
        mode: Bar(_pattern(e["trigger"]), _pattern(e["bar_after"]), _pattern(e["bar_before"]), e["instead"])
        for mode, e in table.items()
        if "instead" in e
    }


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def settle_mode(text: str, sentence: Span, mode: str | None, trigger: Span | None = None) -> str | None:
    """The mode itself when its sentence shows it and nothing bars it, else one that the sentence shows, else none."""
    bar = bars().get(mode or "")
    if bar is not None and trigger is not None and bar.holds(text, sentence, trigger):
        return bar.instead
    wanted = evidence().get(mode or "")
    if wanted is None or wanted.shown is None or wanted.shown.search(text, *sentence):
        return mode
    return next((other for other, words in wanted.instead.items() if words.search(text, *sentence)), None)
