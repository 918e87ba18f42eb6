"""Which mention brings in somebody new, whatever a link says? And whose kind is a bare number's?

"Gunmen" without an article are no group that was named in an earlier sentence, and "the 33rd Front" is none
that has another number or none; the "six" of "killing five fighters and wounding six" are fighters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from dateline.knowledge.actors import Patterns
from dateline.reading.graph import Graph
from dateline.resolving.figure_find import find_counts
from dateline.resolving.who_counted import is_number
from dateline.resolving.who_names import Reading

_MEANT = re.compile(r"\b(?:the|these|those|its|their|his|her|same)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_CLASS = "unidentified-armed-group"


def is_nobody_yet(core: str, patterns: Patterns) -> bool:
    """Whether words without an article are of those whom nobody names: "gunmen"; "militants" are often a side's."""
    return patterns.nameless.get(core) == _CLASS and core != "militants"


def links_that_hold(
    graph: Graph, same: Mapping[int, int], readings: Mapping[int, Reading], patterns: Patterns
) -> dict[int, int]:
    """Later mark -> earlier mark of one actor, without the links of those who are new."""
    return {i: j for i, j in same.items() if not _is_new(graph, i, j, readings, patterns)}


def other_number(reading: Reading, others: Iterable[Reading]) -> bool:
    """Whether a name has a number that no other name of a known actor has: "the 33rd Front"."""
    number, known = _NUMBERED.search(reading.core), [*others]
    return bool(number and any(r.key for r in known) and not any(number[1] in r.core for r in known))


def _is_new(graph: Graph, i: int, j: int, readings: Mapping[int, Reading], patterns: Patterns) -> bool:
    new, old = readings.get(i), readings.get(j)
    if new is None or old is None or old.key is None:
        return False
    bare = is_nobody_yet(new.core.split(" on ")[0].lower(), patterns)
    start = graph.marks[i].start
    apart = any(graph.marks[j].start < a <= start for a, _ in graph.sentences)
    return bare and apart and not new.key and _MEANT.search(graph.text, max(0, start - 40), start) is None


def counted_before(graph: Graph, marks: Mapping[int, str]) -> dict[int, int]:
    """A mark that is a bare number -> the mark before it in the sentence of those who are counted with a noun."""
    ordered = [i for i, _ in graph.of("actor") if i in marks]
    out: dict[int, int] = {}
    for a, b in pairwise(ordered):
        here, then = graph.marks[a], graph.marks[b]
        between = graph.text[here.end : then.start]
        if not is_number(marks[b]) or not _JOINED.fullmatch(between) or is_number(marks[a]):
            continue
        if next(iter(find_counts(marks[a].lower(), ())), None) is not None:
            out[b] = a
    return out


# "Five fighters and wounding six", "12 soldiers were killed and 30 wounded".
_JOINED = re.compile(
    r"(?:\s+(?:were|was|had been))?(?:\s+[a-z-]+){0,2},?\s+(?:and|while|but|with)(?:\s+[a-z-]+){0,3}\s+"
)
