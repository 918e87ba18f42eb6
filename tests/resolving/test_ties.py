"""Who stands with whom, with the actor marks given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline.knowledge.actors import load_register
from dateline.reading.graph import Link
from dateline.resolving.ties import resolve_relations
from dateline.resolving.who import resolve_actors
from tests.resolving.test_who import graph_of

REGISTER = load_register()
CASES = (
    ("[[French President Francois Hollande|1]] met the press.", "leads", "Francois Hollande", "France"),
    ("[[Russian Foreign Minister Sergei Lavrov|1]] was there.", "part-of", "Sergei Lavrov", "Russia"),
    ("[[President Bashar al-Assad's forces|1]] fell back.", "leads", "Bashar al-Assad", "Syrian government"),
    ("[[Al-Qaeda-linked groups|1]] hold the hills.", "allied", "Al-Qaeda-linked groups", "al-Qaeda"),
    ("[[Turkey-backed rebels|1]] hold the hills.", "backs", "Turkey", "Turkey-backed rebels"),
)


@pytest.mark.parametrize(("text", "kind", "from_", "to"), CASES, ids=lambda x: x[:30])
def test_a_tie_that_stands_inside_a_mention(text: str, kind: str, from_: str, to: str) -> None:
    graph, _ = graph_of(text)
    day = date(2016, 2, 20)
    who = resolve_actors(graph, day, REGISTER)
    name = {a.id: a.name for a in who.actors}
    found = resolve_relations(graph, who.of_mark, who.actors, REGISTER, day)
    assert [(r.kind, name[r.from_], name[r.to]) for r in found] == [(kind, from_, to)]
    assert all(graph.text[a:b] in text.replace("[[", "") for x in who.actors for a, b in x.mentions)


def test_two_sides_of_a_war_are_not_one_actor_whatever_a_link_says() -> None:
    graph, _ = graph_of("[[The Syrian government|1]] shelled the hills and [[rebel forces|2]] hit back.")
    linked = replace(graph, links=(Link("same", 1, 0, 0.9),))
    assert len(resolve_actors(linked, None, REGISTER).actors) == 2
