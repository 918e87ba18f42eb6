"""Where a known name ends that a mark stops short of."""

from __future__ import annotations

import pytest

from dateline.knowledge.actors import load_patterns, load_register
from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.who_whole_names import with_whole_names
from tests.resolving.test_who import graph_of

REGISTER, PATTERNS = load_register(), load_patterns()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[[Tigray People|1]]'s Liberation Front rebels left.", ["Tigray People's Liberation Front"]),
        ("The [[Security|1]] Council met.", ["Security Council"]),
        ("[[Then-President|1]] Tomas Varga resigned.", ["Then-President Tomas Varga"]),
        ("[[President|1]] [[Tomas Varga|2]] resigned.", ["President", "Tomas Varga"]),
        ("[[Liberation|1]] is far.", ["Liberation"]),
        ('[[Ivan|1]] "the Bear" [[Petrov|2]] fled.', ['Ivan "the Bear" Petrov']),
        ("[[Hamas|1]] left.", ["Hamas"]),
    ],
)
def test_a_mark_goes_on_to_the_end_of_the_known_name_it_begins(text: str, names: list[str]) -> None:
    graph = with_whole_names(graph_of(text)[0], REGISTER, PATTERNS)
    assert [graph.text[m.start : m.end] for m in graph.marks] == names


def test_what_is_marked_inside_a_name_is_no_act_and_its_links_go_to_the_name() -> None:
    text = "The Group for the Support of Islam and Muslims raided Kobe."
    marks = (Mark("actor", 4, 9), Mark("trigger", 18, 25), Mark("actor", 29, 46), Mark("trigger", 47, 53))
    graph = Graph(text, ((0, len(text)),), marks, (Link("actor", 3, 2, 0.8), Link("actor", 3, 0, 0.4)))
    whole = with_whole_names(graph, REGISTER, PATTERNS)
    assert [text[m.start : m.end] for m in whole.marks] == [text[4:46], "raided"]
    assert whole.links == (Link("actor", 1, 0, 0.8),)
