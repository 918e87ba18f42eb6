"""Is a number somebody? "Nine" of "nine civilians" is not: the mark on the number gives way to that on those counted."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from dateline.reading.graph import Graph
from dateline.resolving.figure_find import find_counts

# Words that leave a number one, and those that count without one.
_LEADING = frozenset(("another", "other", "the", "all", "these", "those"))
_VAGUE = frozenset(("several", "many", "most", "some", "half", "a few"))
# What may stand between a number and those counted: "nine | of the | charity's staff".
_BETWEEN = re.compile(r"(?:,\d{3})*\s+(?:more\s+)?(?:of\s+(?:the\s+|its\s+|their\s+|his\s+|those\s+)?)?(?:[\d,]+\s+)?")


def without_counts(graph: Graph) -> Graph:
    """The graph without the actor marks that are mere numbers beside a mark of those counted, links moved to the latter."""
    instead = _instead(graph)
    if not instead:
        return graph
    kept = [i for i in range(len(graph.marks)) if i not in instead]
    new = {i: n for n, i in enumerate(kept)} | {i: kept.index(j) for i, j in instead.items()}
    best: dict[tuple[str, int, int], float] = {}
    for link in graph.links:
        key = (link.kind, new[link.source], new[link.target])
        if key[1] != key[2]:
            best[key] = max(link.score, best.get(key, 0.0))
    links = tuple(
        replace(link, source=new[link.source], target=new[link.target], score=best.pop(key))
        for link in graph.links
        if (key := (link.kind, new[link.source], new[link.target])) in best
    )
    return Graph(graph.text, graph.sentences, tuple(graph.marks[i] for i in kept), links)


def _instead(graph: Graph) -> dict[int, int]:
    """Marks that are numbers -> the mark of those counted."""
    actors = graph.of("actor")
    out = {}
    for (i, mark), (j, after) in zip(actors, actors[1:], strict=False):
        number = is_number(graph.text[mark.start : mark.end])
        if number and after.start >= mark.end and _BETWEEN.fullmatch(graph.text, mark.end, after.start):
            out[i] = j
    return {i: j for i, j in out.items() if j not in out}


@lru_cache(maxsize=1 << 12)  # asked of each mention several times
def is_number(words: str) -> bool:
    """Whether words are a count and nothing else: "at least 14", "dozens", "some two hundred"."""
    low = words.strip().lower()
    last = next(reversed(find_counts(low, ())), None)
    counted = last is not None and last.end == len(low) and _LEADING.issuperset(low[: last.start].split())
    return counted or low in _VAGUE
