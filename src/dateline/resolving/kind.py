"""Which type do the words settle? The codebook's own rules of wording, over the model's choice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, cast, get_args

from dateline.knowledge.sieve import headed
from dateline.knowledge.table import load_table, refuse
from dateline.reading.graph import Span
from dateline.reading.labels import MODES_OF
from dateline.record import EventType, Status


@dataclass(frozen=True, slots=True)
class Rule:
    """An event of one of the types `was` becomes `type` where every condition that the rule has holds."""

    was: frozenset[str]
    type: EventType
    status: frozenset[str]
    words: re.Pattern[str] | None
    near: int
    trigger: re.Pattern[str] | None
    before: re.Pattern[str] | None
    becomes: Status | None
    mode: str | None

    def fits(self, text: str, sentence: Span, trigger: Span) -> bool:
        """Whether what stands around a trigger in its sentence is as the rule wants it."""
        return (
            self.words is None
            or bool(
                self.words.search(
                    text, max(sentence[0], trigger[0] - self.near), min(sentence[1], trigger[1] + self.near)
                )
            )
        ) and (self.before is None or bool(self.before.search(text[sentence[0] : trigger[0]])))


# In this order.
TABLES = ("ontology/type_said.toml", "ontology/type_done.toml")


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of `knowledge/ontology/`: words, then deeds. Raises `KnowledgeError` with every bad entry."""
    entries = [entry for table in TABLES for entry in load_table(table)["rule"]]
    types, statuses = set(get_args(EventType)), set(get_args(Status))
    bad = [
        e["why"]
        for e in entries
        if not {*e["was"], e["type"]} <= types
        or not {*e.get("status", ()), e.get("becomes", "happened")} <= statuses
        or e.get("mode", "") not in ("", *MODES_OF.get(e["type"], ()))
    ]
    refuse("type_said.toml, type_done.toml", bad)

    def pattern(entry: dict[str, Any], name: str) -> re.Pattern[str] | None:
        return headed(entry[name], re.IGNORECASE) if name in entry else None

    return tuple(
        Rule(
            frozenset(e["was"]), e["type"], frozenset(e.get("status", ())), pattern(e, "words"), e.get("near", 0),
            pattern(e, "trigger"), pattern(e, "before"), e.get("becomes"), e.get("mode"),
        )
        for e in entries
    )  # fmt: skip


@lru_cache(maxsize=1 << 12)  # acts are told in the same words again and again
def _correcting(type_: str, status: str, words: str) -> tuple[Rule, ...]:
    """The rules for events that the model took for a type and that are told in these words."""
    return tuple(
        rule
        for rule in rules()
        if type_ in rule.was
        and (not rule.status or status in rule.status)
        and (rule.trigger is None or rule.trigger.search(words))
    )


def settle_type(
    text: str, sentence: Span, trigger: Span, type_: str, status: Status
) -> tuple[EventType, Status, str | None]:
    """The type and status of a trigger, given its sentence, and the mode that comes with them; the first rule that fits wins."""
    for rule in _correcting(type_, status, text[slice(*trigger)]):
        if rule.fits(text, sentence, trigger):
            return rule.type, rule.becomes or status, rule.mode
    return cast(EventType, type_), status, None
