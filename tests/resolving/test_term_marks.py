"""What the model's marks of requirements cover, in invented sentences; no model."""

from __future__ import annotations

import pytest

from dateline.reading import sentences
from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.term_marks import grown, pieces


def _graph(text: str, *marked: str) -> tuple[Graph, list[tuple[int, Mark]]]:
    marks = [
        Mark("requirement", text.index(w), text.index(w) + len(w), 0.6 + n / 10, {"form": "demand"})
        for n, w in enumerate(marked)
    ]
    return Graph(text, tuple(sentences.split(text)), tuple(marks), ()), list(enumerate(marks))


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("It asked Juba to silence its guns and go home.", "silence its", "silence its guns"),
        ("The front wants the withdrawal of foreign troops.", "foreign troops", "the withdrawal of foreign troops"),
        (
            "It agreed to let Mali's departure be watched by monks.",
            "departure be",
            "Mali's departure be watched by monks",
        ),
        ("It moves in step with the surrender of arms by them.", "of arms by", "the surrender of arms by them"),
        ("He wants that the siege be lifted, they said.", "that the siege be lifted", "the siege be lifted"),
        ("A truce would end the raids it would regret.", "the raids", "the raids"),
    ],
)
def test_a_mark_grows_to_its_clause_and_not_beyond(text: str, marked: str, whole: str) -> None:
    graph, ((_, mark),) = _graph(text, marked)
    start, end = grown(graph, mark.span)
    assert text[start:end] == whole


def test_fragments_of_one_clause_are_one_piece_with_the_links_of_both() -> None:
    text = "The junta must hand over every prisoner at once, and the port stays shut."
    graph, marks = _graph(text, "hand over every", "at once", "the port stays")
    links = {0: [Link("party", 0, 9, 0.5)], 1: [Link("party", 1, 9, 0.7)]}
    first, second = pieces(graph, marks, links)
    assert text[slice(*first.mark.span)] == "hand over every prisoner at once"
    assert (len(first.links), first.indices, first.mark.score) == (2, (0, 1), pytest.approx(0.7))
    assert text[slice(*second.mark.span)] == "the port stays shut"
