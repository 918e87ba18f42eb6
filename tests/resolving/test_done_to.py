from __future__ import annotations

import pytest

from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.done_to import done_to


@pytest.mark.parametrize(
    "text, trigger, type_, actors, wanted",
    [
        ("Bordurian envoys held talks in Zenda with Mr Bok.", "talks", "CONSULT", ["envoys", "Mr Bok"], {"Mr Bok"}),
        ("Ruritania held talks with Borduria and the senior rebels, police said.", "talks", "CONSULT",
         ["Ruritania", "Borduria", "rebels", "police"], {"Borduria", "rebels"}),
        ("It met with Borduria, Syldavia and the League on Monday.", "met", "CONSULT", ["Borduria", "Syldavia", "League"],
         {"Borduria", "Syldavia", "League"}),
        ("It met with Borduria, Mr Ba said.", "met", "CONSULT", ["Borduria", "Mr Ba"], {"Borduria"}),
        ("It signed a truce with Borduria, and rebels bombed the pass.", "signed", "SUPPORT", ["Borduria", "rebels"], {"Borduria"}),
        ("He left after nine days of talks with Borduria.", "talks", "CONSULT", ["Borduria"], set()),
        ("Talks with Borduria's bankers failed.", "Talks", "CONSULT", ["Borduria", "bankers"], set()),
        ("Borduria agreed to a truce with Ruritania.", "agreed", "AGREE", ["Ruritania"], set()),
        ("They held talks in Zenda with Bordurian mediation.", "talks", "CONSULT", ["They", "Bordurian"], set()),
        ("She met on Monday with his counterpart.", "met", "CONSULT", ["She", "his", "counterpart"], {"counterpart"}),
        ("The court opened an inquiry into the bank.", "inquiry", "ACCUSE", ["court", "bank"], {"bank"}),
        ("The court opened an inquiry into Mr Bok's murder.", "inquiry", "ACCUSE", ["Mr Bok"], set()),
        ("Rebels demanded the immediate withdrawal of all Bordurian troops.", "demanded", "REQUEST",
         ["Rebels", "Bordurian troops"], {"Bordurian troops"}),
        ("Syldavia vetoed a Bordurian resolution on the pass.", "vetoed", "REJECT", ["Syldavia", "Bordurian"], {"Bordurian"}),
        ("Syldavia rejected the Bordurian envoys.", "rejected", "REJECT", ["Syldavia", "Bordurian envoys"], set()),
        ("Families sought refuge in Borduria.", "sought", "REQUEST", ["Families", "Borduria"], {"Borduria"}),
        ("The rebels handed their guns to a UN mission.", "handed", "RETREAT", ["rebels", "UN mission"], {"UN mission"}),
        ("The rebels returned to duty and told the envoy.", "returned", "RETREAT", ["rebels", "envoy"], set()),
        ("It mobilised two brigades against the rebels.", "mobilised", "MOBILIZE", ["It", "rebels"], {"rebels"}),
        ("He discussed the pass and the dam, with the envoy.", "discussed", "CONSULT", ["He", "envoy"], {"envoy"}),
        ("She asked that Borduria open the pass.", "asked", "REQUEST", ["She", "Borduria"], {"Borduria"}),
        ("She asked that the rebels on the hill be spared.", "asked", "REQUEST", ["She", "rebels"], set()),
    ],
)  # fmt: skip
def test_a_phrase_after_an_act_names_to_whom_it_is_done(
    text: str, trigger: str, type_: str, actors: list[str], wanted: set[str]
) -> None:
    spans = [(text.index(w), text.index(w) + len(w)) for w in actors]
    at = text.index(trigger)
    marks = [Mark("trigger", at, at + len(trigger), labels={"type": type_}), *(Mark("actor", *s) for s in spans)]
    graph = Graph(text, ((0, len(text)),), tuple(sorted(marks, key=lambda m: m.start)), ())
    source = next(i for i, m in enumerate(graph.marks) if m.kind == "trigger")
    model = [Link("actor", source, i, 0.6) for i, _ in graph.of("actor")]
    found = done_to(graph, source, model)
    assert {text[slice(*graph.marks[x.target].span)] for x in found if x.kind == "recipient"} == wanted
    assert {x.target for x in found if x.kind == "actor"}.isdisjoint(x.target for x in found if x.kind == "recipient")


def test_what_two_do_to_each_other_both_do() -> None:
    text = "Borduria and Syldavia shelled each other on Friday."
    marks = tuple(
        Mark(kind, text.index(w), text.index(w) + len(w), 0.9, {"type": "ASSAULT"} if kind == "trigger" else {})
        for kind, w in (("actor", "Borduria"), ("actor", "Syldavia"), ("trigger", "shelled"))
    )
    links = (Link("actor", 2, 0, 0.9), Link("recipient", 2, 1, 0.8))
    found = done_to(Graph(text, ((0, len(text)),), marks, links), 2, links)
    assert [(x.kind, x.target) for x in found] == [("actor", 0), ("actor", 1)]
