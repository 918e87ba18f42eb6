"""Whom a participle stands behind."""

from __future__ import annotations

from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.behind import behind
from dateline.resolving.done_to import done_to

TEXT = "The front took the town from valley forces heavily armed by Borduria."


def _graph() -> Graph:
    marks = []
    for kind, words in (("actor", "front"), ("actor", "valley forces"), ("trigger", "armed"), ("actor", "Borduria")):
        at = TEXT.index(words)
        marks.append(Mark(kind, at, at + len(words), 0.9, {"type": "AID"} if kind == "trigger" else {}))
    links = (Link("actor", 2, 3, 0.9), Link("recipient", 2, 0, 0.9), Link("recipient", 2, 1, 0.8))
    return Graph(TEXT, ((0, len(TEXT)),), tuple(marks), links)


def test_it_stands_behind_the_words_before_it() -> None:
    (found,) = behind(_graph()).items()
    assert found == (3, (1, (TEXT.index("armed"), TEXT.index("armed") + 5)))


def test_they_alone_have_it_done_to_them() -> None:
    graph = _graph()
    kept = {(x.kind, x.target) for x in done_to(graph, 2, list(graph.links))}
    assert kept == {("actor", 3), ("recipient", 1)}
