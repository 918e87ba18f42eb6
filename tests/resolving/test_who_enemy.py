"""Who is "the enemy"?"""

from __future__ import annotations

import pytest

from dateline.knowledge.actors import load_register
from dateline.resolving.who import resolve_actors
from tests.resolving.test_who import graph_of

REGISTER = load_register()


@pytest.mark.parametrize(
    ("text", "foe"),
    [
        ("[[Ukraine's defence ministry|1]] said the [[enemy|2]] shelled Sumy. [[Russia|3]] was silent.", "Russia"),
        ("[[Russia|1]] said [[enemy forces|2]] fell back. [[Ukraine|3]] denied it.", "Ukraine"),
        ("[[The TPLF|3]] held on. [[Ethiopia's army|1]] said the [[enemy|2]] had fled.", "TPLF"),
        ("[[Ukraine|1]] said the [[enemy|2]] left. [[France|3]] and [[Poland|4]] cheered.", "enemy"),
        ("The [[enemy|2]] left.", "enemy"),
    ],
)
def test_the_enemy_is_the_one_other_side_of_the_report(text: str, foe: str) -> None:
    graph, _ = graph_of(text)
    who = resolve_actors(graph, None, REGISTER)
    at = next(i for i, m in graph.of("actor") if graph.text[m.start : m.end].startswith("enemy"))
    assert next(a.name for a in who.actors if a.id == who.of_mark[at][0]) == foe
