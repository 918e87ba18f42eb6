"""Did it happen? Where the words around a trigger leave no doubt, they overrule the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, get_args

from dateline.knowledge.sieve import headed
from dateline.knowledge.table import load_table, refuse
from dateline.record import Status


@dataclass(frozen=True, slots=True)
class Rule:
    """What stands before the trigger, in it and after it; the statuses that this corrects, and what they become."""

    before: re.Pattern[str] | None
    trigger: re.Pattern[str] | None
    after: re.Pattern[str] | None
    was: frozenset[str]
    status: Status

    def fits(self, before: str, after: str) -> bool:
        """Whether what the rule wants to stand before and after the trigger is found."""
        return (self.before is None or self.before.search(before) is not None) and (
            self.after is None or self.after.search(after) is not None
        )


def _pattern(entry: dict[str, Any], name: str) -> re.Pattern[str] | None:
    return headed(entry[name], re.IGNORECASE) if name in entry else None


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of `knowledge/ontology/status.toml`. Raises `KnowledgeError` with every bad entry."""
    path = "ontology/status.toml"
    known = set(get_args(Status))
    out: list[Rule] = []
    bad: list[str] = []
    for entry in load_table(path)["rule"]:
        if {entry["status"], *entry["was"]} <= known and {"before", "trigger", "after"} & entry.keys():
            before, trigger, after = (_pattern(entry, k) for k in ("before", "trigger", "after"))
            out.append(Rule(before, trigger, after, frozenset(entry["was"]), entry["status"]))
        else:
            bad.append(entry["why"])
    refuse(path, bad)
    return tuple(out)


@lru_cache(maxsize=1 << 12)  # acts are told in the same words again and again
def _correcting(status: Status, trigger: str) -> tuple[Rule, ...]:
    """The rules for triggers of these words that the model gave a status."""
    return tuple(r for r in rules() if status in r.was and (r.trigger is None or r.trigger.search(trigger)))


# The points of initials and titles, which end no sentence: "U.S.", "Gen."
_POINTED = re.compile(r"\b(?:(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Sen|Rep|Gov|St)\.)")


def _plain(words: str) -> str:
    """The words without the points of initials and titles."""
    return _POINTED.sub(lambda found: found[0].replace(".", ""), words) if "." in words else words


def settle(before: str, status: Status, trigger: str = "", after: str = "") -> Status:
    """The status of a trigger, given its words and those of its sentence before and after it; the first rule that fits wins."""
    before, after = _plain(before), _plain(after)
    return next((r.status for r in _correcting(status, trigger) if r.fits(before, after)), status)
