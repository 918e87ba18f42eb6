"""Is a trigger no act, or a cue no statement, by the words around it?

"A request for comment", "the earthquake that killed", "attack helicopters"; "according to the plan", "the alleged abductors".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.knowledge.table import load_table, refuse
from dateline.reading.labels import STANCES, TYPES
from dateline.record import Span

ACTS, CUES = "ontology/no_act.toml", "ontology/no_cue.toml"
_LABELS = {ACTS: frozenset(TYPES), CUES: frozenset(STANCES)}
# How far before a trigger the words are looked at, in code points.
_REACH = 80


@dataclass(frozen=True, slots=True)
class Rule:
    """A trigger or cue of one of `types` (any where empty) is none where every pattern that is given matches."""

    types: frozenset[str]
    trigger: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def holds(self, text: str, trigger: Span) -> bool:
        """Whether what stands around a trigger with the rule's words makes it no act, a cue no statement."""
        start, end = trigger
        return (self.after is None or self.after.match(text, end) is not None) and (
            self.before is None or self.before.search(text, max(0, start - _REACH), start) is not None
        )


@cache
def rules(table: str = ACTS) -> tuple[Rule, ...]:
    """Of `knowledge/` and a table. Raises `KnowledgeError` naming rules without words or of unknown types."""
    known, listed = _LABELS[table], load_table(table)["rule"]
    bad = [
        f"rule {n}: neither trigger nor before nor after"
        for n, r in enumerate(listed, 1)
        if not {"trigger", "before", "after"} & r.keys()
    ]
    bad += [
        f"rule {n}: no such type: {t}" for n, r in enumerate(listed, 1) for t in r.get("types", ()) if t not in known
    ]
    refuse(table.partition("/")[2], bad)
    return tuple(
        Rule(frozenset(r.get("types", ())), *(_pattern(r.get(k)) for k in ("trigger", "before", "after")))
        for r in listed
    )


@lru_cache(maxsize=1 << 12)  # acts are told in the same words again and again
def _about(table: str, type_: str, words: str) -> tuple[Rule, ...]:
    """The rules of a table that may speak of a type in these words."""
    return tuple(
        rule
        for rule in rules(table)
        if (not rule.types or type_ in rule.types) and (rule.trigger is None or rule.trigger.fullmatch(words))
    )


def _pattern(words: str | None) -> re.Pattern[str] | None:
    return None if words is None else re.compile(words, re.IGNORECASE)


def is_none(text: str, trigger: Span, type_: str, table: str = ACTS) -> bool:
    """Whether the words around a trigger of this type, or around a cue of this stance, show that it is none."""
    return any(rule.holds(text, trigger) for rule in _about(table, type_, text[slice(*trigger)]))
