"""How far two annotators agree."""

from __future__ import annotations

from training.agreement import parties, relations, terms


def test_an_answer_agrees_by_either_type_and_by_the_same_parties_in_any_order() -> None:
    events = [
        {"first": ["ASSAULT", "happened", ["a"], ["b", "c"], []], "second": ["COERCE", "happened", ["a"], ["c", "b"], ["ASSAULT"]]},
        {"first": ["AID", "intended", ["a"], ["b"], []], "second": ["AID", "intended", ["a"], [], []]},
    ]  # fmt: skip
    found = parties([{"doc": "x", "events": events}])
    assert found == {
        "passages": 1, "events": 2, "type": 1.0, "status": 1.0, "actor": 1.0, "recipient": 0.5, "whole": 0.5,
    }  # fmt: skip


def test_a_leader_stands_for_his_side_and_a_form_may_differ() -> None:
    actors = {
        "Front": {"kind": "rebel-group"},
        "Ann Poe": {"kind": "person", "part_of": "Front"},
        "Juba": {"kind": "state"},
    }
    first = [
        {"party": "Front", "form": "if", "requires": ["the army leaves Kalma"]},
        {"party": "Juba", "form": "until", "requires": ["the port is opened", "they disarm"]},
    ]
    second = [
        {"party": "Ann Poe", "form": "if", "requires": ["army leaves Kalma at once"]},
        {"party": "Juba", "form": "only-if", "requires": ["the port is opened"]},
    ]
    rows = [{"doc": "x", "first": first, "second": second}, {"doc": "y", "first": [], "second": second[:1]}]
    assert terms([{"doc": "x", "actors": actors}, {"doc": "y", "actors": actors}], rows) == {
        "passages": 2, "terms_f1": 0.4, "terms_f1_any_form": 0.8, "requirements_found": 0.667, "false_terms_per_text": 1.0,
    }  # fmt: skip


def test_a_war_is_the_same_tie_from_either_side() -> None:
    war = {"kind": "fights", "from": "a", "to": "b"}
    row = {
        "doc": "x",
        "before": [{"kind": "leads", "from": "b", "to": "a"}],
        "first": [war, {"kind": "leads", "from": "a", "to": "b"}],
        "second": [{"kind": "fights", "from": "b", "to": "a"}],
    }
    found = relations([row])
    assert (found["relations_f1"], found["before_confirmed"]) == (0.667, 0.0)
