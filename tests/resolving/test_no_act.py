"""Words around a trigger that show that it is no act."""

from __future__ import annotations

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import ontology
from dateline.reading.graph import Graph, Mark
from dateline.record import EventType
from dateline.resolving.no_act import is_none, rules
from dateline.resolving.what import resolve_events


@pytest.mark.parametrize(
    ("text", "trigger", "type_", "is_act"),
    [
        ("A spokesman did not answer a request for comment.", "request", "REQUEST", False),
        ("Mali made a request for more troops.", "request", "REQUEST", True),
        ("A truce followed the earthquake that killed 3,800 people.", "killed", "ASSAULT", False),
        ("Floods in Sindh have displaced thousands.", "displaced", "COERCE", False),
        ("After the earthquake, soldiers killed two looters.", "killed", "ASSAULT", True),
        ("Attack helicopters flew over the town.", "Attack", "ASSAULT", False),
        ("An attack on the town killed two.", "attack", "ASSAULT", True),
        ("Howitzers stood behind the withdrawal lines.", "withdrawal", "RETREAT", False),
        ("The withdrawal of the guns began.", "withdrawal", "RETREAT", True),
    ],
)
def test_words_around_a_trigger(text: str, trigger: str, type_: EventType, is_act: bool) -> None:
    start = text.index(trigger)
    assert is_none(text, (start, start + len(trigger)), type_) is not is_act


def test_ids_are_counted_through() -> None:
    text = "After a request for comment the army shelled Ada."
    labels = {"status": "happened", "mode": ""}
    marks = tuple(
        Mark("trigger", text.index(w), text.index(w) + len(w), 0.9, {"type": t, **labels})
        for w, t in (("request", "REQUEST"), ("shelled", "ASSAULT"))
    )
    left = resolve_events(Graph(text, ((0, len(text)),), marks, ()), {}, (), (), ontology.load())
    assert [(e.id, e.type) for e in left] == [("e1", "ASSAULT")]


def test_a_table_with_faults_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "dateline.resolving.no_act.load_table", lambda _: {"rule": [{"why": "x"}, {"before": "a", "types": ["SING"]}]}
    )
    with pytest.raises(KnowledgeError) as error:
        rules.__wrapped__()
    assert "rule 1" in str(error.value) and "SING" in str(error.value)
