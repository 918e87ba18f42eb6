"""Who does something to another is not that other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.knowledge.actors import load_register
from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.who import resolve_actors
from dateline.resolving.who_apart import SURE, told_apart
from tests.resolving.test_who import graph_of

TEXT = "[[VDP|1]] gathered. [[Volunteer fighters|1]] ambushed [[jihadists|2]] at Zenda."


def ambush(score: float) -> Graph:
    graph, _ = graph_of(TEXT)
    at = graph.text.index("ambushed")
    marks = (*graph.marks, Mark("trigger", at, at + 8, labels={"type": "ASSAULT"}))
    links = (
        Link("actor", 3, 1, score),
        Link("recipient", 3, 2, score),
        Link("same", 2, 1, 0.9),
        Link("same", 1, 0, 0.9),
    )
    return replace(graph, marks=marks, links=links)


@pytest.mark.parametrize(("score", "apart"), [(SURE, True), (SURE - 0.1, False)])
def test_one_act_tells_its_two_parties_apart(score: float, apart: bool) -> None:
    graph = ambush(score)
    assert ((1, 2) in told_apart(graph)) is apart
    of_mark = resolve_actors(graph, None, load_register()).of_mark
    assert of_mark[0] == of_mark[1]
    assert (of_mark[1] != of_mark[2]) is apart
