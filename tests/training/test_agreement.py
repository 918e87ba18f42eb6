"""How far two annotators agree."""

from __future__ import annotations

from training.agreement import parties


def test_an_answer_agrees_by_either_type_and_by_the_same_parties_in_any_order() -> None:
    events = [
        {"first": ["ASSAULT", "happened", ["a"], ["b", "c"], []], "second": ["COERCE", "happened", ["a"], ["c", "b"], ["ASSAULT"]]},
        {"first": ["AID", "intended", ["a"], ["b"], []], "second": ["AID", "intended", ["a"], [], []]},
    ]  # fmt: skip
    found = parties([{"doc": "x", "events": events}])
    assert found == {
        "passages": 1, "events": 2, "type": 1.0, "status": 1.0, "actor": 1.0, "recipient": 0.5, "whole": 0.5,
    }  # fmt: skip
