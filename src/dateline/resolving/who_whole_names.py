"""Where does a known name end that a mark stops short of? "Tigray People" of "Tigray People's Liberation Front".

A mark that begins a known name of several words, or is the title before a name, goes on to its end; whatever
was marked inside the name is none: "Support" in the name of a group is no act.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.knowledge.actors import Patterns, Register
from dateline.reading.graph import Graph, Link, Mark

_WORD = re.compile(r"[\w.'’-]*\w")
# So many words a name has at most that is looked for, and at least where the mark ends with it (one less where it goes on).
LONGEST, LEAST = 9, 3
# "Then-President" and "ex-President" are titles as "President" is.
_PREFIX = re.compile(r"(?:then|ex|vice|former)-", re.IGNORECASE)
_NAME = re.compile(r" ([A-Z][\w'’-]+(?: (?:(?:al|bin|de|van)[ -])?[A-Z][\w'’-]+){1,2})")


# "Ivan “the Bear” Petrov" is one name.
_NICKNAME = re.compile(r" [\"“][^\"”\n]{2,24}[\"”] [A-Z][\w’-]+")


def with_whole_names(graph: Graph, register: Register, patterns: Patterns) -> Graph:
    """The graph whose actor marks go on to the end of the known name they begin, which takes what was marked inside it."""
    ends = {i: end for i, m in graph.of("actor") if (end := _end(graph, m, register, patterns)) is not None}
    holder = {
        n: i
        for i, end in ends.items()
        for n, m in enumerate(graph.marks)
        if n != i and _inside(graph.marks[i].start, end, m)
    }
    holder = {n: i for n, i in holder.items() if i not in holder}
    if not holder and all(graph.marks[i].end == end for i, end in ends.items()):
        return graph
    kept = [n for n in range(len(graph.marks)) if n not in holder]
    new = {n: k for k, n in enumerate(kept)}
    new |= {n: new[i] for n, i in holder.items() if graph.marks[n].kind == "actor" and i in new}
    best: dict[tuple[str, int, int], Link] = {}
    for link in graph.links:
        if link.source in new and link.target in new and new[link.source] != new[link.target]:
            moved = replace(link, source=new[link.source], target=new[link.target])
            key = (moved.kind, moved.source, moved.target)
            best[key] = max(moved, best.get(key, moved), key=lambda x: x.score)
    marks = tuple(replace(graph.marks[n], end=ends[n]) if n in ends else graph.marks[n] for n in kept)
    return Graph(graph.text, graph.sentences, marks, tuple(best.values()))


def _inside(start: int, end: int, mark: Mark) -> bool:
    return mark.kind in ("actor", "trigger", "place") and start <= mark.start and mark.end <= end


def _end(graph: Graph, mark: Mark, register: Register, patterns: Patterns) -> int | None:
    """Where the known name ends that a mark begins, at the mark's end or beyond; None where it begins none of several words."""
    within = (
        mark.start,
        min(len(graph.text), mark.start + 120) if graph.text[mark.start : mark.start + 1].isupper() else mark.start,
    )
    words = [m.end() for m in _WORD.finditer(graph.text, *within)][:LONGEST]
    for end in reversed(words):
        if end < mark.end:
            break
        name = graph.text[mark.start : end].removesuffix("'s").removesuffix("’s")
        if name.count(" ") < (LEAST if end == mark.end else LEAST - 1) - 1 or not name[:1].isupper() or "\n" in name:
            continue
        found = register.named(name)
        if found and found[0].kind not in ("person", "state"):
            return mark.start + len(name)
    nicknamed = _NICKNAME.match(graph.text, mark.end)
    if nicknamed is not None and graph.text[mark.start : mark.end].split(" ")[-1][:1].isupper():
        return nicknamed.end()
    last = _PREFIX.sub("", graph.text[mark.start : mark.end].split(" ")[-1])
    then = _NAME.match(graph.text, mark.end)
    if then is None or not last[:1].isupper() or last.lower().rstrip(".") not in patterns.titles:
        return None
    free = not any(mark.end <= m.start < then.end() for _, m in graph.of("actor"))
    return then.end() if free else None
