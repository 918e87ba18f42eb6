"""Whom does an act concern that names nobody itself? "Ordered the arrest of Bok", "threatened to shell it", "leave or else".

An act that speaks of another, or only carries its noun, is done to whom that one is done to; a threat is made to whoever
can turn it away: "will cut the gas unless Borduria pays". Which acts: `knowledge/ontology/concerned.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

from dateline.knowledge.table import load_table, refuse
from dateline.record import Event, EventType, Participant, Status

TABLE = "ontology/concerned.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """An act of one of `types`, then `gap`, then one of `of` (any where empty) that stands at one of `status` (any where empty)."""

    types: frozenset[str]
    of: frozenset[str]
    status: frozenset[str]
    gap: re.Pattern[str]

    def holds(self, text: str, act: Event, other: Event) -> bool:
        """Whether an act without a recipient takes those of the act after it."""
        return (
            act.type in self.types
            and (not self.of or other.type in self.of)
            and (not self.status or other.status in self.status)
            and self.gap.fullmatch(text, act.trigger[1], other.trigger[0]) is not None
        )


@cache
def rules() -> tuple[Rule, ...]:
    """Raises `KnowledgeError` naming each rule without types or a gap, or of unknown types or statuses."""
    listed = load_table(TABLE)["rule"]
    types, statuses = set(get_args(EventType)), set(get_args(Status))
    refuse(
        TABLE,
        [
            f"rule {n}: {problem}"
            for n, r in enumerate(listed, 1)
            for problem, wrong in (
                ("no types", not r.get("types")),
                ("no gap", not isinstance(r.get("gap"), str)),
                ("no such type", not {*r.get("types", ()), *r.get("of", ())} <= types),
                ("no such status", not set(r.get("status", ())) <= statuses),
            )
            if wrong
        ],
    )
    return tuple(
        Rule(
            frozenset(r["types"]), frozenset(r.get("of", ())), frozenset(r.get("status", ())),
            re.compile(r["gap"], re.IGNORECASE),
        )
        for r in listed
    )  # fmt: skip


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_table(TABLE)[name], re.IGNORECASE)


def with_concerned(text: str, events: Sequence[Event]) -> list[Event]:
    """The events (in text order), those without a recipient with that of the act that they govern or make wait."""
    out: list[Event] = []
    for event in reversed(events):
        after = [e for e in reversed(out) if e.sentence == event.sentence and e.trigger[0] >= event.trigger[1]]
        if not event.recipient and after:
            event = _given(event, _governed(text, event, after[0]) or _can_avert(text, event, after))
        out.append(event)
    return out[::-1]


def _given(event: Event, parties: Sequence[Participant]) -> Event:
    """The event with those of the parties as recipients that do not do it themselves."""
    own = {p.id for p in event.actor}
    return event.model_copy(update={"recipient": [p for p in parties if p.id not in own]})


def _governed(text: str, event: Event, following: Event) -> Sequence[Participant]:
    return following.recipient if any(r.holds(text, event, following) for r in rules()) else ()


def _can_avert(text: str, event: Event, after: Sequence[Event]) -> Sequence[Participant]:
    """Who does the first act of the clause that a threat waits for."""
    unless = _pattern("unless").match(text, event.trigger[1], event.sentence[1]) if event.type == "THREATEN" else None
    if unless is None:
        return ()
    awaited = next((e for e in after if e.trigger[0] >= unless.end()), None)
    return awaited.actor if awaited and _pattern("clause").fullmatch(text, unless.end(), awaited.trigger[0]) else ()
