"""Whose ceasefire? The parties that a nominal event's own phrase names, and no others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dateline.knowledge.table import load_table
from dateline.reading.graph import Mark
from dateline.record import Participant, Span

TABLE = "ontology/nominal.toml"
# A light verb's noun stands at most so many characters after it, in its own phrase.
LIGHT_WITHIN = 30
_BREAK = re.compile(r"[,;.]|\b(?:to|that|for|against|on|in|with)\b")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_table(TABLE)[name], re.IGNORECASE)


def is_nominal(words: str) -> bool:
    """Whether a trigger is one of the nouns."""
    return bool(words) and words.lower().split()[0].rstrip("s") in {n.rstrip("s") for n in load_table(TABLE)["nouns"]}


def is_light(verb: str, between: str) -> bool:
    """Whether a verb only carries the noun that follows it after these words: "voiced" and " his full "."""
    return verb.lower() in load_table(TABLE)["light"] and len(between) <= LIGHT_WITHIN and not _BREAK.search(between)


def is_lead_in(text: str, sentence: Span, trigger: Span) -> bool:
    """Whether a trigger only tells when or how the sentence's own act came: "In a meeting with Fiji, Tonga agreed …"."""
    before, after = text[sentence[0] : trigger[0]], text[trigger[1] : sentence[1]]
    return bool(_pattern("lead_in").search(before) and _pattern("lead_in_ends").match(after))


def named_parties(text: str, trigger: Mark, parties: Sequence[Participant]) -> list[Participant]:
    """Those of the parties (in text order) that stand in the trigger's own phrase."""
    out: list[Participant] = []
    reached: int | None = None
    for p in parties:
        if p.span[1] <= trigger.start:
            between = text[p.span[1] : trigger.start]
            if _pattern("before").match(between) or _pattern("declared").match(between):
                out.append(p)
        elif reached is None:
            if _pattern("after").match(text[trigger.end : p.span[0]]):
                out.append(p)
                reached = p.span[1]
        elif _pattern("then").match(text[reached : p.span[0]]):
            out.append(p)
            reached = p.span[1]
    return out
