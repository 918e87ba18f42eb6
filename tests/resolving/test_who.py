"""Who is who in a text, with the actor marks given."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge.actors import load_register
from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.who import resolve_actors, story_countries

CASES = tomllib.loads((Path(__file__).parent / "who.toml").read_text("utf-8"))["case"]
REGISTER = load_register()


def graph_of(marked: str) -> tuple[Graph, list[str]]:
    text, marks, numbers, last = "", [], [], 0
    for match in re.finditer(r"\[\[(.*?)\|(\d+)\]\]", marked):
        text += marked[last : match.start()]
        marks.append(Mark("actor", len(text), len(text) + len(match[1])))
        text += match[1]
        numbers.append(match[2])
        last = match.end()
    text += marked[last:]
    return Graph(text, ((0, len(text)),), tuple(marks), ()), numbers


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_mentions_of_one_actor_are_one_actor(case: dict[str, Any]) -> None:
    graph, numbers = graph_of(case["text"])
    who = resolve_actors(graph, case.get("day"), REGISTER)
    ids = [who.of_mark[i][0] for i in range(len(numbers))]
    assert len(set(zip(numbers, ids, strict=True))) == len(set(numbers)) == len(set(ids))
    actors = {n: next(a for a in who.actors if a.id == i) for n, i in zip(numbers, ids, strict=True)}
    for number, name in case.get("names", {}).items():
        assert actors[number].name == name
    for number, key in case.get("keys", {}).items():
        assert actors[number].key == key


def test_a_same_link_joins_what_words_do_not() -> None:
    graph, _ = graph_of("[[Gunmen|1]] stormed the bank. [[Four masked visitors|1]] had been seen.")
    linked = Graph(graph.text, graph.sentences, graph.marks, (Link("same", 1, 0, 0.9),))
    assert len(resolve_actors(linked, None, REGISTER).actors) == 1


def test_a_states_army_is_not_the_paramilitaries_that_it_fights() -> None:
    graph, _ = graph_of("[[Paramilitaries|1]] shelled a camp in Sudan. [[Sudan's army|2]] blamed [[the RSF|1]].")
    links = (Link("same", 1, 0, 0.6), Link("same", 2, 0, 0.65))
    who = resolve_actors(Graph(graph.text, graph.sentences, graph.marks, links), None, REGISTER)
    assert who.of_mark[0] == who.of_mark[2] != who.of_mark[1]


@pytest.mark.parametrize(("score", "group"), [(0.45, 0), (0.3, 1)])
def test_militants_are_those_whom_the_model_takes_them_for_before_the_nearest(score: float, group: int) -> None:
    graph, _ = graph_of("[[JNIM|1]], which is tied to [[al Qaeda|2]], took a camp. Jets bombed [[the militants|3]].")
    linked = Graph(graph.text, graph.sentences, graph.marks, (Link("same", 2, 0, score),))
    who = resolve_actors(linked, None, REGISTER)
    assert who.of_mark[2] == who.of_mark[group]


@pytest.mark.parametrize(("type_", "whose"), [("ASSAULT", "Ruritania"), ("COERCE", "Borduria")])
def test_nobody_attacks_his_own(type_: str, whose: str) -> None:
    graph, _ = graph_of("[[Ruritania|1]] accused [[Borduria|2]] of firing at [[its boats|3]].")
    at = graph.text.index("firing")
    trigger = Mark("trigger", at, at + 6, score=0.9, labels={"type": type_, "status": "happened"})
    links = (Link("actor", 3, 1, 0.9), Link("recipient", 3, 2, 0.9))
    who = resolve_actors(Graph(graph.text, graph.sentences, (*graph.marks, trigger), links), None, REGISTER)
    assert next(a.name for a in who.actors if a.id in who.of_mark[2]) == f"{whose}'s boats"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The 36th Front", "rebel"), ("The Green Front", "party"), ("The Swat Taliban", "rebel"), ("Ten recruits", "military"),
        ("British paratroops", "government"), ("Anna Bok", "person"),
    ],
)  # fmt: skip
def test_what_kind_of_actor_words_name(words: str, kind: str) -> None:
    graph, _ = graph_of(f"[[{words}|1]] fired.")
    (actor,) = resolve_actors(graph, None, REGISTER).actors[:1]
    assert actor.kind == kind


def test_whoever_kills_them_is_not_they() -> None:
    graph, _ = graph_of("[[The army|1]] foiled a raid by [[jihadists|2]], killing 17 of [[them|2]].")
    at = graph.text.index("killing")
    trigger = Mark("trigger", at, at + 7, score=0.9, labels={"type": "ASSAULT", "status": "happened"})
    links = (Link("actor", 3, 0, 0.9), Link("recipient", 3, 2, 0.9), Link("same", 2, 0, 0.6), Link("same", 2, 1, 0.3))
    who = resolve_actors(Graph(graph.text, graph.sentences, (*graph.marks, trigger), links), None, REGISTER)
    assert who.of_mark[2] == who.of_mark[1] != who.of_mark[0]


def test_a_link_does_not_make_one_of_a_front_with_a_number_and_a_group_without() -> None:
    graph, _ = graph_of("[[ELN|1]] declared a truce. [[Fighters of the 33rd Front|2]] fought on.")
    linked = Graph(graph.text, graph.sentences, graph.marks, (Link("same", 1, 0, 0.9),))
    assert len(resolve_actors(linked, None, REGISTER).actors) == 2


def test_several_states_are_of_kind_state_and_of_no_one_country() -> None:
    graph, _ = graph_of("[[Ukraine's allies|1]] met; [[Gulf states|2]] did not.")
    assert [(a.kind, a.country) for a in resolve_actors(graph, None, REGISTER).actors] == [("state", None)] * 2


def test_a_number_of_what_was_shot_down_is_nobody() -> None:
    graph, _ = graph_of("Drones came. [[Ukraine|1]] shot down [[89|2]] of them.")
    assert [a.name for a in resolve_actors(graph, None, REGISTER).actors] == ["Ukraine"]


def test_i_inside_a_quotation_is_its_speaker() -> None:
    text = '"I will stay," Salva Kiir said.'
    marks = (Mark("actor", 1, 2), Mark("content", 1, 12), Mark("actor", 15, 25), Mark("cue", 26, 30))
    links = (Link("speaker", 3, 2), Link("content", 3, 1))
    who = resolve_actors(Graph(text, ((0, len(text)),), marks, links), None, REGISTER)
    assert who.of_mark[0] == who.of_mark[2]


def test_a_pronoun_with_nobody_before_it_gets_a_note() -> None:
    graph, _ = graph_of("[[He|1]] left.")
    who = resolve_actors(graph, None, REGISTER)
    assert [note.code for note in who.notes] == ["actor-unsettled"]


def test_story_countries_are_weighed() -> None:
    weights = story_countries("Syrian rebels and the YPG fought in Syria. Turkey shelled.", REGISTER)
    assert next(iter(weights)) == "SYR"
    assert sum(weights.values()) == pytest.approx(1)


@given(st.text(min_size=1, max_size=60), st.data())
def test_every_mention_is_a_span_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    who = resolve_actors(Graph(text, ((0, len(text)),), (Mark("actor", start, end),), ()), None, REGISTER)
    spans = [span for actor in who.actors for span in actor.mentions]
    # To the end of a word that the mark breaks off in ("US" of "US-Russian" too), or without the comma that it ends with.
    assert all(
        s == start < e <= len(text) and (e <= end or text[end:e].replace("-", "", 1).isalnum()) for s, e in spans
    )


@pytest.mark.parametrize(
    "text, names, word, expected",
    [
        (
            "Turkey blames the YPG and the PYD for the bombing; both deny it.",
            ["Turkey", "YPG", "PYD"],
            "both",
            {"YPG", "PYD"},
        ),
        (
            "Armenia and Azerbaijan clashed. Each side blamed the other.",
            ["Armenia", "Azerbaijan"],
            "Each side",
            {"Armenia", "Azerbaijan"},
        ),
        (
            "Hamas fought with Fatah in Gaza, and the UN said neither had stopped.",
            ["Hamas", "Fatah", "UN"],
            "neither",
            {"Hamas", "Fatah"},
        ),
        (
            "Hamas and Fatah traded fire. The UN and the Red Cross said each side had blamed the other.",
            ["Hamas", "Fatah", "UN", "Red Cross"],
            "each side",
            {"Hamas", "Fatah"},
        ),
    ],
)
def test_a_word_for_two_stands_for_the_last_pair(text: str, names: list[str], word: str, expected: set[str]) -> None:
    marks = [Mark("actor", text.index(n), text.index(n) + len(n)) for n in [*names, word]]
    who = resolve_actors(Graph(text, ((0, len(text)),), tuple(marks), ()), None, load_register())
    by_id = {a.id: a for a in who.actors}
    found = {text[m[0] : m[1]] for i in who.of_mark[len(names)] for m in by_id[i].mentions} & set(names)
    assert found == expected


@pytest.mark.parametrize(
    "text, names, one",
    [
        (
            "A splinter group, the Kurdistan Freedom Falcons, has claimed it.",
            ["splinter group", "Kurdistan Freedom Falcons"],
            True,
        ),
        ("The envoy met rebels, the Arab League and others.", ["rebels", "Arab League"], False),
        ("Its coordinator, Riad Hijab, refused.", ["coordinator", "Riad Hijab"], True),
    ],
)
def test_an_apposition_is_one_actor(text: str, names: list[str], one: bool) -> None:
    marks = [Mark("actor", text.index(n), text.index(n) + len(n)) for n in names]
    who = resolve_actors(Graph(text, ((0, len(text)),), tuple(marks), ()), None, load_register())
    assert (who.of_mark[0] == who.of_mark[1]) is one


def test_its_troops_are_whoever_it_is() -> None:
    text = "Honduras is willing to withdraw its troops from the border."
    marks = [Mark("actor", text.index(n), text.index(n) + len(n)) for n in ("Honduras", "its troops")]
    who = resolve_actors(Graph(text, ((0, len(text)),), tuple(marks), ()), None, load_register())
    assert who.of_mark[0] == who.of_mark[1]


def test_the_one_who_speaks_to_both_is_neither() -> None:
    text = "Ruritania fired on Syldavia, and Borduria told both to stop."
    words = ("Ruritania", "fired", "Syldavia", "Borduria", "told", "both")
    kinds = ("actor", "trigger", "actor", "actor", "trigger", "actor")
    marks = tuple(Mark(k, text.index(w), text.index(w) + len(w)) for k, w in zip(kinds, words, strict=True))  # type: ignore[arg-type]
    links = (
        Link("actor", 1, 0, 0.9), Link("recipient", 1, 2, 0.9), Link("actor", 4, 3, 0.9), Link("recipient", 4, 5, 0.9),
        Link("same", 5, 3, 0.4),
    )  # fmt: skip
    who = resolve_actors(Graph(text, ((0, len(text)),), marks, links), None, REGISTER)
    assert set(who.of_mark[5]) == {who.of_mark[0][0], who.of_mark[2][0]}


def test_a_clause_after_a_mention_is_no_part_of_it() -> None:
    graph, _ = graph_of("They held [[masked visitors|1]] and [[nine drivers who had|2]] fled; [[two|3]] died.")
    who = resolve_actors(graph, None, REGISTER)
    assert {graph.text[slice(*m)] for a in who.actors for m in a.mentions} == {"masked visitors", "nine drivers", "two"}
