from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.actors import load_patterns
from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving import role_words, roles


def graph(text: str, trigger: str, actors: list[str], links: list[tuple[str, str, float]] = []) -> tuple[Graph, int]:  # noqa: B006
    """A graph of one sentence with one ASSAULT and these actor marks, in text order, and the trigger's index."""

    def at(words: str, kind: str) -> Mark:
        start = text.index(words)
        labels = {"type": "ASSAULT"} if kind == "trigger" else {}
        return Mark(kind, start, start + len(words), labels=labels)  # type: ignore[arg-type]

    marks = tuple(
        sorted([at(trigger, "trigger"), *(at(a, "actor") for a in actors)], key=lambda m: m.start),
    )
    index = {text[m.start : m.end]: i for i, m in enumerate(marks)}
    made = tuple(Link(kind, index[trigger], index[a], score) for kind, a, score in links)  # type: ignore[arg-type]
    return Graph(text, ((0, len(text)),), marks, made), index[trigger]


def said(text: str, trigger: str, actors: list[str]) -> dict[str, tuple[float, float]]:
    """Chances of being actor and recipient by the words, by the words of the mark."""
    g, source = graph(text, trigger, actors)
    return {g.text[slice(*g.marks[i].span)]: c for i, c in roles.by_words(g, g.marks[source]).items()}


@pytest.mark.parametrize(
    "text, trigger, actor, recipient",
    [
        ("Ruritanian jets bombed the Bordurian army on Friday.", "bombed", "Ruritanian jets", "Bordurian army"),
        ("The Bordurian army was bombed by Ruritanian jets.", "bombed", "Ruritanian jets", "Bordurian army"),
        ("Rebels who killed nine villagers fled.", "killed", "Rebels", "villagers"),
        ("The rebels' attack on villagers went on.", "attack", "rebels", "villagers"),
        ("The shelling of Bordurians by Ruritania went on.", "shelling", "Ruritania", "Bordurians"),
    ],
)
def test_the_words_tell_who_does_it_and_to_whom(text: str, trigger: str, actor: str, recipient: str) -> None:
    found = said(text, trigger, [actor, recipient])
    assert found[actor][0] > 0.5 > found[actor][1]
    assert found[recipient][1] > 0.5 > found[recipient][0]


@pytest.mark.parametrize(
    "words, voice",
    [
        ("They were shelled.", "passive"), ("They were reportedly shelled.", "passive"), ("A town shelled by them.", "passive"),
        ("They have shelled it.", "active"), ("They shelled it.", "ed"), ("They want to shelled it.", "inf"),
    ],
)  # fmt: skip
def test_in_what_voice_an_act_is_told(words: str, voice: str) -> None:
    at = words.index("shelled")
    sentence = role_words.Sentence(words, (0, len(words)), [], [(at, at + 7)])
    assert sentence.act((at, at + 7), "ASSAULT").voice == voice


def test_the_nearest_subject_counts_the_names_and_acts_between() -> None:
    text = "Borduria, which Ruritania accuses, attacked Syldavia."
    spans = [(text.index(w), text.index(w) + len(w)) for w in ("Borduria", "Ruritania", "Syldavia")]
    acts = [(text.index(w), text.index(w) + len(w)) for w in ("accuses", "attacked")]
    sentence = role_words.Sentence(text, (0, len(text)), spans, acts)
    found = set(sentence.features(sentence.act(acts[1], "ASSAULT"), spans[0], load_patterns().heads))
    assert {"b|ed|m1", "b|ed|t1", "b|ed|+which"} <= found


def test_a_link_gets_the_chance_of_model_and_words_together() -> None:
    text, names = "Rebels were shelled by the army.", ["Rebels", "army"]
    links = [("actor", "Rebels", 0.6), ("recipient", "Rebels", 0.5), ("actor", "army", 0.6)]
    g, source = graph(text, "shelled", names, links)
    score = {(x.kind, text[slice(*g.marks[x.target].span)]): x.score for x in roles.weighed_links(g, source, g.links)}
    assert score["recipient", "Rebels"] > 0.5 > score.get(("actor", "Rebels"), 0.0)
    assert score["actor", "army"] > 0.6


def test_a_link_to_another_sentence_counts_for_less() -> None:
    text = "Rebels fled. The army detained them."
    marks = (Mark("actor", 0, 6), Mark("actor", 17, 21), Mark("trigger", 22, 30, labels={"type": "COERCE"}))
    links = (Link("actor", 2, 0, 0.7), Link("recipient", 2, 0, 0.9), Link("actor", 2, 1, 0.9), Link("date", 2, 1, 0.5))
    g = Graph(text, ((0, 13), (13, len(text))), marks, links)
    found = {(x.kind, x.target): x.score for x in roles.weighed_links(g, 2, links)}
    assert found["actor", 0] == pytest.approx(0.7 * roles.AWAY["actor"], abs=0.001)
    assert found["recipient", 0] == 0.0, "a recipient stands in the clause"
    assert found["date", 1] == 0.5


@pytest.mark.parametrize(("type_", "worth"), [("ASSAULT", 0.7), ("ACCUSE", 0.0)])
def test_a_recipient_stands_in_the_clause_but_of_an_attack_told_again(type_: str, worth: float) -> None:
    text = "Rebels fled. The army condemned the raid."
    marks = (Mark("actor", 0, 6), Mark("actor", 17, 21), Mark("trigger", 22, 31, labels={"type": type_}))
    links = (Link("recipient", 2, 0, 0.7),)
    found = roles.weighed_links(Graph(text, ((0, 13), (13, len(text))), marks, links), 2, links)
    assert {x.target: x.score for x in found if x.kind == "recipient"} == {0: pytest.approx(worth)}


def test_every_weight_is_of_a_feature_and_no_feature_stands_twice() -> None:
    lines = list(csv.reader(files("dateline.knowledge").joinpath(roles.WEIGHTS).read_text("utf-8").splitlines()))
    assert lines[0] == ["feature", "actor", "recipient"]
    assert len({name for name, _, _ in lines}) == len(lines)
    assert len(roles.weights()) == len(lines) - 1


def test_a_table_without_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(role_words, "load_table", lambda _: {"be": ["is"]})
    role_words.word_lists.cache_clear()
    with pytest.raises(KnowledgeError, match="no words for have"):
        role_words.word_lists()
    monkeypatch.undo()
    role_words.word_lists.cache_clear()


def test_a_part_without_numbers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "load_table", lambda _: {"actor": {"base": 1}})
    roles.evidence_weights.cache_clear()
    with pytest.raises(KnowledgeError, match="actor: no number for link"):
        roles.evidence_weights("actor")
    monkeypatch.undo()
    roles.evidence_weights.cache_clear()
