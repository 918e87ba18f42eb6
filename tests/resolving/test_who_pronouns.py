"""Whom a pronoun of a speaker stands for."""

from __future__ import annotations

from dataclasses import replace

from dateline.knowledge.actors import load_register
from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.who import resolve_actors
from dateline.resolving.who_pronouns import of_clause, spoken_of, who_spoke
from tests.resolving.test_who import graph_of


def at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def test_nobody_means_himself_by_a_name_in_his_own_words() -> None:
    text = 'Juan Soto told a paper that it was over. "Now Ramos must answer," he said.'
    quote = at(text, "Now Ramos must answer")
    marks = (
        Mark("actor", *at(text, "Juan Soto")),
        Mark("content", *quote),
        Mark("actor", *at(text, "Ramos")),
        Mark("actor", *at(text, "he")),
        Mark("cue", *at(text, "said")),
    )
    graph = Graph(text, ((0, 40), (41, len(text))), marks, (Link("speaker", 4, 3, 0.9), Link("content", 4, 1, 0.9)))
    assert spoken_of(graph, 3) == {2}
    weak = Graph(text, graph.sentences, marks, (Link("speaker", 4, 3, 0.2), Link("content", 4, 1, 0.9)))
    assert spoken_of(weak, 3) == frozenset()


def test_a_pronoun_that_opens_a_clause_is_who_does_what_governs_it() -> None:
    text = "Peru was worried as Chile shelled fighters it blames for the raid."
    marks = (
        Mark("actor", *at(text, "Peru")),
        Mark("actor", *at(text, "Chile")),
        Mark("trigger", *at(text, "shelled")),
        Mark("actor", *at(text, "fighters")),
        Mark("actor", *at(text, "it")),
        Mark("cue", *at(text, "blames")),
    )
    graph = Graph(text, ((0, len(text)),), marks, (Link("actor", 2, 1, 0.9),))
    assert of_clause(graph, 4) == 1
    plain = text.replace("fighters it", "there; it")
    at_it = Mark("actor", *at(plain, "it"))
    other = Graph(plain, graph.sentences, (*marks[:3], at_it, Mark("cue", *at(plain, "blames"))), graph.links)
    assert of_clause(other, 3) is None


def test_he_who_closes_a_sentence_spoke_before_and_is_nobody_in_it() -> None:
    text = "The men hid, said Juan Soto. They knew Ramos was near, he said."
    marks = (
        Mark("cue", *at(text, "said")),
        Mark("actor", *at(text, "Juan Soto")),
        Mark("actor", *at(text, "Ramos")),
        Mark("actor", *at(text, "he said")[:1], text.index(" said.")),
    )
    graph = Graph(text, ((0, 28), (29, len(text))), marks, (Link("speaker", 0, 1, 0.9),))
    assert who_spoke(graph, 3) == 1
    assert spoken_of(graph, 3) == {2}


def test_rebels_are_no_it_whatever_a_link_says() -> None:
    graph, _ = graph_of("[[The rebels|1]] shelled [[the brigade|2]]; [[it|3]] fired back.")
    linked = replace(graph, links=(Link("same", 2, 0, 0.9),))
    who = resolve_actors(linked, None, load_register())
    assert who.of_mark[2] == who.of_mark[1]
