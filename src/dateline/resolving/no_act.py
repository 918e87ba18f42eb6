"""Is a trigger no act by the words around it? "A request for comment", "the earthquake that killed", "attack helicopters"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.knowledge.table import load_table, refuse
from dateline.reading.labels import MODES_OF
from dateline.record import Span

TABLE = "ontology/no_act.toml"
# How far before a trigger the words are looked at, in code points.
_REACH = 80


@dataclass(frozen=True, slots=True)
class Rule:
    """A trigger of one of `types` (any where empty) is no act where every pattern that is given matches."""

    types: frozenset[str]
    trigger: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def holds(self, text: str, trigger: Span, type_: str) -> bool:
        """Whether the rule says of a trigger that it is no act."""
        start, end = trigger
        return (
            (not self.types or type_ in self.types)
            and (self.trigger is None or self.trigger.fullmatch(text, start, end) is not None)
            and (self.after is None or self.after.match(text, end) is not None)
            and (self.before is None or self.before.search(text, max(0, start - _REACH), start) is not None)
        )


@cache
def rules() -> tuple[Rule, ...]:
    """Of `knowledge/ontology/no_act.toml`. Raises `KnowledgeError` naming rules without words or of unknown types."""
    table = load_table(TABLE)["rule"]
    bad = [
        f"rule {n}: neither trigger nor before nor after"
        for n, r in enumerate(table, 1)
        if not {"trigger", "before", "after"} & r.keys()
    ]
    bad += [
        f"rule {n}: no such type: {t}" for n, r in enumerate(table, 1) for t in r.get("types", ()) if t not in MODES_OF
    ]
    refuse("no_act.toml", bad)
    return tuple(
        Rule(frozenset(r.get("types", ())), *(_pattern(r.get(k)) for k in ("trigger", "before", "after")))
        for r in table
    )


def _pattern(words: str | None) -> re.Pattern[str] | None:
    return None if words is None else re.compile(words, re.IGNORECASE)


def is_none(text: str, trigger: Span, type_: str) -> bool:
    """Whether the words around a trigger of this type show that it is no act."""
    return any(rule.holds(text, trigger, type_) for rule in rules())
