"""Which mentions are one actor because one stands in apposition to the other?

"A splinter group, the Kurdistan Freedom Falcons, has claimed it": a name and a description,
parted by a comma alone or by "known as", and not members of a list; "volunteers (the Zenda Guard)" has it in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from dateline.reading.graph import Graph

_COMMA = re.compile(
    r",\s+(?:(?:also |better |formerly |once |now )?(?:known|referred to) as |called )?(?:the|a|an|its|their|his|her)?\s*",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*,?\s*(?:and|or|as well as)\b")
# "Macron, whose aides": those are others.
_RELATIVE = re.compile(r"whose\b", re.IGNORECASE)
_LIST_BEFORE = re.compile(r",\s+(?:the\s+|a\s+|an\s+)?$")


def appositions(graph: Graph, names: Mapping[int, str]) -> dict[int, int]:
    """Later mark -> earlier mark of the same actor. `names` holds the words of the marks that are no pronouns."""
    ordered = [i for i, _ in graph.of("actor") if i in names]
    ends = {graph.marks[i].end for i in ordered}
    out: dict[int, int] = {}
    for a, b in pairwise(ordered):
        first, second = graph.marks[a], graph.marks[b]
        if _in_brackets(graph.text, first.end, second.span) and _is_name(names[b]) and not _is_name(names[a]):
            out[b] = a
            continue
        if not _COMMA.fullmatch(graph.text[first.end : second.start]) or _RELATIVE.match(names[b]):
            continue
        if _LISTED.match(graph.text, second.end) or _is_name(names[a]) == _is_name(names[b]):
            continue
        before = _LIST_BEFORE.search(graph.text, max(0, first.start - 12), first.start)
        if before and before.start() in ends:
            continue
        out[b] = a
    return out


def _in_brackets(text: str, before: int, mark: tuple[int, int]) -> bool:
    """Whether a mark alone stands in the brackets that open at a position."""
    return text[before : mark[0]] in (" (", " (the ") and text.startswith(")", mark[1])


def _is_name(words: str) -> bool:
    """Whether the head of a phrase is capitalised."""
    last = words.split()[-1] if words.split() else ""
    return last[:1].isupper()
