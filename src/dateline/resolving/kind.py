"""Which type do the words settle? The codebook's own rules of wording, over the model's choice."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast, get_args

from dateline.errors import KnowledgeError
from dateline.reading.graph import Span
from dateline.record import EventType


@dataclass(frozen=True, slots=True)
class Rule:
    """An event of type `was` with `words` within `near` characters of its trigger is of type `type`."""

    was: str
    words: re.Pattern[str]
    near: int
    type: EventType


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of `knowledge/ontology/type.toml`. Raises `KnowledgeError` with every bad entry."""
    body = files("dateline.knowledge.ontology").joinpath("type.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(body)["rule"]
    bad = [e["why"] for e in entries if not {e["was"], e["type"]} <= set(get_args(EventType))]
    if bad:
        raise KnowledgeError("type.toml: " + "; ".join(bad))
    return tuple(Rule(e["was"], re.compile(e["words"], re.IGNORECASE), e["near"], e["type"]) for e in entries)


def settle_type(text: str, sentence: Span, trigger: Span, type_: str) -> EventType:
    """The type of a trigger, given its sentence; the first rule that fits wins."""
    for rule in rules():
        start, end = max(sentence[0], trigger[0] - rule.near), min(sentence[1], trigger[1] + rule.near)
        if type_ == rule.was and rule.words.search(text, start, end):
            return rule.type
    return cast(EventType, type_)
