"""What a graph answers of its marks."""

from __future__ import annotations

from dateline.reading.graph import Graph, Mark


def test_marks_of_a_kind_that_begin_in_a_span() -> None:
    text = "Ba met Bok. Ba left."
    marks = (Mark("actor", 0, 2), Mark("trigger", 3, 6), Mark("actor", 7, 10), Mark("actor", 12, 14))
    graph = Graph(text, ((0, 11), (12, 20)), marks, ())
    assert [i for i, _ in graph.within("actor", (0, 11))] == [0, 2]
    assert [i for i, _ in graph.within("actor", (1, 12))] == [2]
    assert [m.start for _, m in graph.within("actor", (12, 20))] == [12]
    assert graph.within("cue", (0, 20)) == []
