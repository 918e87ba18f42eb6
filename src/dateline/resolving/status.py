"""Did it happen? Where the words before a trigger leave no doubt, they overrule the model."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from dateline.errors import KnowledgeError
from dateline.record import Status


@dataclass(frozen=True, slots=True)
class Rule:
    """What stands before the trigger, the statuses that it corrects, and what they become."""

    before: re.Pattern[str]
    was: frozenset[str]
    status: Status


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of `knowledge/ontology/status.toml`. Raises `KnowledgeError` with every bad entry."""
    body = files("dateline.knowledge.ontology").joinpath("status.toml").read_text(encoding="utf-8")
    known = set(get_args(Status))
    out: list[Rule] = []
    bad: list[str] = []
    for entry in tomllib.loads(body)["rule"]:
        if {entry["status"], *entry["was"]} <= known:
            out.append(Rule(re.compile(entry["before"], re.IGNORECASE), frozenset(entry["was"]), entry["status"]))
        else:
            bad.append(f"status.toml: {entry['why']}")
    if bad:
        raise KnowledgeError("; ".join(bad))
    return tuple(out)


def settle(before: str, status: Status) -> Status:
    """The status of a trigger, given the words of its sentence that stand before it; the first rule that fits wins."""
    for rule in rules():
        if status in rule.was and rule.before.search(before):
            return rule.status
    return status
