"""To whom does the phrase after an act say that it is done? "Held talks with Borduria", "an inquiry into the bank".

The model and the words that surround an act weigh each party alone; a few phrases name the one to whom it is done and
leave no choice. They are in `knowledge/ontology/done_to.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.knowledge.table import load_table, refuse
from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.behind import behind
from dateline.resolving.role_words import word_lists

TABLE = "ontology/done_to.toml"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the table; where `only` holds, it is done to nobody who is named within it, where `noun`, it holds for no mere occasion."""

    types: frozenset[str]
    trigger: re.Pattern[str]
    gap: re.Pattern[str]
    but: re.Pattern[str]
    only: bool
    noun: bool


@cache
def phrases() -> tuple[Phrase, ...]:
    """Raises `KnowledgeError` naming each phrase that lacks something."""
    table = load_table(TABLE)
    rows: list[dict[str, Any]] = table.get("phrase", [])
    wanted = {"types": list, "trigger": str, "gap": str, "not": str, "only": bool, "noun": bool}
    refuse(
        TABLE,
        [f"phrase {n}: no {k}" for n, row in enumerate(rows, 1) for k, of in wanted.items() if type(row.get(k)) is not of]
        + [f"no {k}" for k in ("phrase", "before", "listed", "occasion") if not table.get(k)],
    )  # fmt: skip
    return tuple(
        Phrase(
            frozenset(row["types"]), _compiled(row["trigger"]), _compiled(row["gap"] + table["before"]),
            _compiled(row["not"]), row["only"], row["noun"],
        )
        for row in rows
    )  # fmt: skip


@cache
def _next() -> re.Pattern[str]:
    table = load_table(TABLE)
    return _compiled(table["listed"] + table["before"])


@cache
def _occasion() -> re.Pattern[str]:
    return _compiled(load_table(TABLE)["occasion"])


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def done_to(graph: Graph, source: int, links: Sequence[Link]) -> list[Link]:
    """The links of a trigger (an index of `Graph.marks`), with those to whom a phrase says that the act is done as its recipients."""
    trigger = graph.marks[source]
    start, end = graph.sentence_of(trigger.start)
    words = graph.text[trigger.start : trigger.end]
    occasion = bool(_occasion().search(graph.text, start, trigger.start)) and not words.endswith("ing")
    # "With his counterpart" names the counterpart.
    after = [(i, m) for i, m in graph.of("actor") if trigger.end <= m.start < end and not _owns(graph, m)]
    out = list(links)
    for whom, (a, b) in behind(graph).values() if graph.text.startswith(" by ", trigger.end) else ():
        if a < trigger.end and trigger.start < b:
            return [x for x in out if x.kind != "recipient" and (x.kind, x.target) != ("actor", whom)] + [
                Link("recipient", source, whom, 1.0)
            ]
    two = _each_other(graph, trigger, out)
    if two:
        rest = [x for x in out if x.kind != "recipient" and (x.kind != "actor" or x.target not in two)]
        return rest + [Link("actor", source, i, score) for i, score in two.items()]
    for phrase in phrases():
        if (
            trigger.labels.get("type") not in phrase.types
            or not phrase.trigger.fullmatch(words)
            or (phrase.noun and occasion)
        ):
            continue
        named = _named(graph.text, trigger, after, phrase)
        if not named:
            continue
        within = {i for i, m in after if m.end <= graph.marks[named[0]].start} if phrase.only else set()
        out = [
            x
            for x in out
            if not (x.kind in ("actor", "recipient") and x.target in named)
            and not (x.kind == "recipient" and x.target in within)
        ]
        out += [Link("recipient", source, i, 1.0) for i in named]
    return out


_EACH_OTHER = re.compile(r"(?: \w+)? (?:each other|one another)\b")
_TAKES_PART = 0.3


def _each_other(graph: Graph, trigger: Mark, links: Sequence[Link]) -> dict[int, float]:
    """The parties of what they do to each other, all of them actors, with how surely each takes part; none of fewer than two."""
    if not _EACH_OTHER.match(graph.text, trigger.end):
        return {}
    found: dict[int, float] = {}
    for x in links:
        if x.kind in ("actor", "recipient") and x.score >= _TAKES_PART and graph.marks[x.target].end <= trigger.start:
            found[x.target] = max(x.score, found.get(x.target, 0.0))
    return found if len(found) > 1 else {}


def _owns(graph: Graph, mark: Mark) -> bool:
    return graph.text[mark.start : mark.end].lower() in word_lists().owner


def _named(text: str, trigger: Mark, after: Sequence[tuple[int, Mark]], phrase: Phrase) -> Sequence[int]:
    """Indices of the parties that a phrase right after a trigger names, in text order; commas join them only up to an "and"."""
    found: list[int] = []
    whole, reached, commas = 0, 0, False
    for i, mark in after:
        if not found:
            if not phrase.gap.fullmatch(text, trigger.end, mark.start):
                continue
            whole = 1
        else:
            joined = _next().fullmatch(text, reached, mark.start)
            if (
                not joined
                or not (joined["comma"] or joined["last"])
                or (joined["comma"] and joined["last"] and not commas)
            ):
                break
            commas = commas or bool(joined["comma"])
            whole = len(found) + 1 if joined["last"] else whole
        if phrase.but.match(text, mark.end):
            whole = min(whole, len(found))
            break
        found.append(i)
        reached = mark.end
        if whole > 1 and whole == len(found):
            break
    return found[:whole]
