"""Is a trigger no act by the words around it? "A request for comment", "the earthquake that killed", "attack helicopters"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.knowledge.table import load_table, refuse
from dateline.reading.labels import MODES_OF
from dateline.record import Event

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

    def holds(self, text: str, event: Event) -> bool:
        """Whether the rule says of this event that it is no act."""
        start, end = event.trigger
        return (
            (not self.types or event.type in self.types)
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


def acts_only(text: str, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events that no rule calls none; ids are counted through."""
    kept = [e for e in events if not any(r.holds(text, e) for r in rules())]
    if len(kept) == len(events):
        return tuple(events)
    return tuple(e.model_copy(update={"id": f"e{n}"}) for n, e in enumerate(kept, 1))
