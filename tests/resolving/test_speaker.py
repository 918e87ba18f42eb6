"""Who speaks is told by the words around a cue where they settle it."""

from __future__ import annotations

import pytest

from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.speaker import speaking


def graph_of(text: str, actors: list[str], cue: str, scores: list[float]) -> tuple[Graph, int]:
    """A graph of one sentence with a cue that the model links to the actors with these scores."""
    spans = [(text.index(a), text.index(a) + len(a)) for a in actors]
    at = text.rindex(cue)
    marks = (*(Mark("actor", a, b) for a, b in spans), Mark("cue", at, at + len(cue), 0.9, {"stance": "says"}))
    links = tuple(Link("speaker", len(actors), i, s) for i, s in enumerate(scores))
    return Graph(text, ((0, len(text)),), marks, links), len(actors)


@pytest.mark.parametrize(
    ("text", "actors", "cue", "scores", "speak"),
    [
        # joint ones alone
        ("Peru and Chile said the truce held.", ["Peru", "Chile"], "said", [0.9, 0.9], ["Peru", "Chile"]),
        ("Peru, Chile and Tonga said it held.", ["Peru", "Chile", "Tonga"], "said", [0.9] * 3, ["Peru", "Chile", "Tonga"]),
        ("Peru accused Chile, calling for a vote.", ["Peru", "Chile"], "calling", [0.95, 0.9], ["Peru"]),
        # in brackets
        ("The head of the Zenda Front (ZF) alliance said so.", ["head of the Zenda Front", "ZF) alliance"], "said", [0.3, 0.9], ["head of the Zenda Front"]),
        ("Envoys and Chile (home of the copper) said so.", ["Envoys", "Chile"], "said", [0.9, 0.9], ["Envoys", "Chile"]),
        # right before the cue
        ("Both deny it and another band has claimed it.", ["Both", "another band"], "claimed", [0.9, 0.8], ["another band"]),
        ("Officials in Lima have said so.", ["Officials", "Lima"], "said", [0.8, 0.9], ["Officials"]),
        ("Rebels armed by Chile said so.", ["Rebels", "Chile"], "said", [0.8, 0.9], ["Rebels"]),
        # an agent
        ("The deaths, denied by his aides but confirmed by port officials, rose.", ["his aides", "port officials"], "confirmed", [0.9, 0.8], ["port officials"]),
        ("Two ministers appealed by radio for troops.", ["Two ministers", "radio"], "appealed", [0.8, 0.9], ["Two ministers"]),
        # a relative pronoun
        ("Peru broke with Chile, which called it rash.", ["Peru", "Chile"], "called", [0.4, 0.1], ["Chile"]),
        ("Aides of the bishop, who deny it, left.", ["Aides", "the bishop"], "deny", [0.9, 0.8], ["Aides"]),
        # what a paper says, its writer says
        ("Chile blocked a Peruvian draft demanding a halt.", ["Chile", "Peruvian"], "demanding", [0.9, 0.8], ["Peruvian"]),
        # a verb before its subject
        ('"It is over," rejoiced Carlos Mesa, who lost to Morales.', ["Carlos Mesa", "Morales"], "rejoiced", [0.0, 0.3], ["Carlos Mesa"]),
        # one clause
        ("Peru shelled the port, asking for talks; Chile laughed.", ["Peru", "Chile"], "asking", [0.9, 0.95], ["Peru"]),
    ],
)  # fmt: skip
def test_who_speaks(text: str, actors: list[str], cue: str, scores: list[float], speak: list[str]) -> None:
    graph, at = graph_of(text, actors, cue, scores)
    found = speaking(graph, at, graph.links)
    assert sorted(actors[x.target] for x in found) == sorted(speak)


def test_nobody_is_linked_and_nothing_settles_it() -> None:
    graph, at = graph_of("It was said in Lima.", ["Lima"], "said", [])
    assert speaking(graph, at, ()) == []
