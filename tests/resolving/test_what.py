from __future__ import annotations

import pytest

from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.what import participants


@pytest.mark.parametrize(
    ("scores", "beside", "wanted"),
    [
        ((0.9, 0.5), 0.6, ["the villagers"]),
        ((0.9, 0.7), 0.6, ["the villagers", "a priest"]),
        ((0.5, 0.45), 0.6, ["the villagers"]),
        ((0.9, 0.5), 0.0, ["the villagers", "a priest"]),
    ],
)
def test_beside_a_surer_one_more_is_needed(scores: tuple[float, float], beside: float, wanted: list[str]) -> None:
    text = "They shot the villagers and a priest."
    marks = tuple(
        Mark(kind, text.index(words), text.index(words) + len(words))  # type: ignore[arg-type]
        for kind, words in (("trigger", "shot"), ("actor", "the villagers"), ("actor", "a priest"))
    )
    links = tuple(Link("recipient", 0, n, score) for n, score in enumerate(scores, 1))
    found = participants(
        Graph(text, ((0, len(text)),), marks, links), links, {1: ("a1",), 2: ("a2",)}, 0.4, 0.4, beside
    )
    assert [text[slice(*p.span)] for p in found] == wanted
