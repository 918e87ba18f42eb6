from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.parties import settled_links


def graph(text: str, trigger: str, actors: list[str]) -> Graph:
    """A graph of one sentence with one trigger and these actor marks, in text order."""

    def at(words: str, kind: str) -> Mark:
        start = text.index(words)
        return Mark(kind, start, start + len(words))  # type: ignore[arg-type]

    marks = sorted([at(trigger, "trigger"), *(at(a, "actor") for a in actors)], key=lambda m: m.start)
    return Graph(text, ((0, len(text)),), tuple(marks), ())


@pytest.mark.parametrize(
    "text, trigger, scores, wanted",
    [
        ("Was it the army, or a raid by rebels?", "raid", {"army": 0.9, "rebels": 0.9}, {"rebels"}),
        ("A raid by rebels and bandits, police said.", "raid", {"rebels": 0.9, "bandits": 0.7}, {"rebels", "bandits"}),
        ("Fiji joined a raid by rebels.", "raid", {"Fiji": 0.9, "rebels": 0.3}, {"Fiji"}),
        ("Ruritanian-backed raids by Borduria's army", "raids", {"Ruritanian": 0.9, "Borduria's army": 0.9}, {"Borduria's army"}),
        ("Ruritania-backed rebels attacked.", "attacked", {"Ruritania-backed rebels": 0.9}, {"Ruritania-backed rebels"}),
        ("Ruritanian armed forces attacked.", "attacked", {"Ruritanian armed forces": 0.9}, {"Ruritanian armed forces"}),
        ("Rebels fired from Ruritanian soil.", "fired", {"Rebels": 0.9, "Ruritanian": 0.7}, {"Rebels"}),
        ("Rockets from southern Ruritania hit Zenda.", "hit", {"Ruritania": 0.9}, set()),
        ("The Bordurian summit condemned it.", "condemned", {"Bordurian": 0.9}, set()),
        ("ZENDA, Ruritania / STRELSAU Rebel forces fled.", "fled", {"STRELSAU": 0.9, "Rebel forces": 0.9}, {"Rebel forces"}),
        ("The sect and its affiliates struck.", "struck", {"sect": 0.9, "its affiliates": 0.2}, {"sect", "its affiliates"}),
        ("She said that she and Mr Bok were urging calm.", "urging", {"she": 0.9, "Mr Bok": 0.9}, {"she", "Mr Bok"}),
        ("On Monday the sect and/or rebels struck.", "struck", {"sect": 0.4, "/": 0.4, "rebels": 0.9}, {"sect", "rebels"}),
        ("They blamed the sect and thousands marched.", "marched", {"sect": 0.1, "thousands": 0.9}, {"thousands"}),
        ("A team that is prosecuting the bombings met.", "bombings", {"team": 0.9}, set()),
        ("Rebels shelled a party banned in Ruritania.", "banned", {"Ruritania": 0.9}, set()),
        ("Rebels shelled a party banned in Borduria, Upper Zenda and Ruritania.", "banned", {"Ruritania": 0.9}, set()),
        ("A Borduria- and Ruritania-brokered truce held.", "brokered", {"Borduria": 0.4, "Ruritania": 0.9}, {"Borduria", "Ruritania"}),
        ("The calls in Ruritania's parliament went on.", "calls", {"Ruritania's parliament": 0.9}, {"Ruritania's parliament"}),
        ("Crowds chanted \"No to Mr Ba and his men\" to demand it.", "demand", {"Crowds": 0.9, "Mr Ba": 0.9}, {"Crowds"}),
        ("Crowds heard \"Mr Ba and his men want it\" as a demand.", "demand", {"Mr Ba": 0.9}, {"Mr Ba"}),
        ("Borduria stressed the importance of sealing its border.", "sealing", {"Borduria": 0.9}, set()),
        ("Borduria, which stressed the need for calm, sealed its border.", "sealed", {"Borduria": 0.9}, {"Borduria"}),
        ("A team is prosecuting the men.", "prosecuting", {"team": 0.9}, {"team"}),
        ("He was held by police in connection with a raid.", "raid", {"police": 0.9}, set()),
        ("Two were held in connection with the sect's raid.", "raid", {"sect": 0.9}, {"sect"}),
        ("Two were held in connection with a raid by rebels.", "raid", {"rebels": 0.9}, {"rebels"}),
        ("The Ruritanian embassy bombing shook Zenda.", "bombing", {"Ruritanian embassy": 0.9}, set()),
        ("The Ruritanian embassy protested.", "protested", {"Ruritanian embassy": 0.9}, {"Ruritanian embassy"}),
    ],
)  # fmt: skip
def test_words_around_a_party_settle_whether_it_acts(
    text: str, trigger: str, scores: dict[str, float], wanted: set[str]
) -> None:
    g = graph(text, trigger, list(scores))
    source = next(i for i, m in enumerate(g.marks) if m.kind == "trigger")
    links = [
        Link("actor", source, i, scores[text[m.start : m.end]]) for i, m in enumerate(g.marks) if m.kind == "actor"
    ]
    found = settled_links(g, g.marks[source], links)
    assert {text[slice(*g.marks[x.target].span)] for x in found if x.kind == "actor" and x.score >= 0.6} == wanted


def test_the_first_of_two_is_taken_along_without_a_link() -> None:
    text = "Borduria and Ruritania signed it."
    g = graph(text, "signed", ["Borduria", "Ruritania"])
    found = settled_links(g, g.marks[2], [Link("actor", 2, 1, 0.9)])
    assert [(x.target, x.score) for x in found] == [(1, 0.9), (0, 0.9)]


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "done_to"),
    [
        ("They deposed Bando, whom they accused of waste.", "accused", ["Bando"], {"Bando"}),
        ("Bando, on whom Zenda had fired, fled.", "fired", ["Bando", "Zenda"], {"Bando"}),
        ("Bando, whom rebels feared, shelled Zenda.", "shelled", ["Bando", "rebels"], set()),
        ("Bando, who fired on Zenda, fled.", "fired", ["Bando", "Zenda"], set()),
    ],
)
def test_whom_is_done_to(text: str, trigger: str, actors: list[str], done_to: set[str]) -> None:
    g = graph(text, trigger, actors)
    source = next(i for i, m in enumerate(g.marks) if m.kind == "trigger")
    links = [Link("actor", source, i, 0.3) for i, m in enumerate(g.marks) if m.kind == "actor"]
    found = settled_links(g, g.marks[source], links)
    assert {text[slice(*g.marks[x.target].span)] for x in found if x.kind == "recipient"} == done_to


def test_who_is_left_out_is_not_done_to() -> None:
    text = "They want all raids except those on the sect and Borduria to end."
    g = graph(text, "raids", ["sect", "Borduria"])
    links = [Link("recipient", 0, i, 0.9) for i in (1, 2)]
    assert settled_links(g, g.marks[0], links[:1]) == []
    assert settled_links(g, g.marks[0], links) == []


@pytest.mark.parametrize(
    "text, trigger, wanted",
    [
        ("The League will send 200 observers to Borduria.", "send", {"Borduria"}),
        ("The League sent Borduria a note about 200 observers.", "sent", {"Borduria", "200 observers"}),
        ("The League met 200 observers from Borduria.", "met", {"Borduria", "200 observers"}),
    ],
)
def test_nothing_is_done_to_those_who_are_sent(text: str, trigger: str, wanted: set[str]) -> None:
    g = graph(text, trigger, ["Borduria", "200 observers"])
    source = next(i for i, m in enumerate(g.marks) if m.kind == "trigger")
    links = [Link("recipient", source, i, 0.8) for i, _ in g.of("actor")]
    found = settled_links(g, g.marks[source], links)
    assert {text[slice(*g.marks[x.target].span)] for x in found if x.kind == "recipient"} == wanted


def test_of_two_who_are_joined_both_have_it_done_to_them() -> None:
    text = "Rebels shot a priest and two pupils."
    g = graph(text, "shot", ["priest", "two pupils"])
    source = next(i for i, m in enumerate(g.marks) if m.kind == "trigger")
    scores = dict(zip((i for i, _ in g.of("actor")), (0.9, 0.2), strict=True))
    found = settled_links(g, g.marks[source], [Link("recipient", source, i, s) for i, s in scores.items()])
    assert all(x.score == 0.9 for x in found) and len(found) == 2


@pytest.mark.parametrize("text, wanted", [("A raid supporting the army", set()), ("A raid on the army", {"army"})])
def test_an_attack_is_not_done_to_those_whom_it_helps(text: str, wanted: set[str]) -> None:
    at = text.index("raid")
    marks = (Mark("trigger", at, at + 4, labels={"type": "ASSAULT"}), Mark("actor", len(text) - 4, len(text)))
    g = Graph(text, ((0, len(text)),), marks, ())
    found = settled_links(g, marks[0], [Link("recipient", 0, 1, 0.8)])
    assert {text[slice(*g.marks[x.target].span)] for x in found} == wanted


@pytest.mark.parametrize(
    "text, trigger, type_, wanted",
    [
        ("Guests have been politely urged to leave.", "urged", "REQUEST", "recipient"),
        ("Guests were dismayed by it.", "dismayed", "ACCUSE", "actor"),
        ("Guests who had urged it left.", "urged", "REQUEST", "actor"),
    ],
)
def test_the_subject_of_a_passive_has_it_done_to_it(text: str, trigger: str, type_: str, wanted: str) -> None:
    at = text.index(trigger)
    marks = (Mark("actor", 0, 6), Mark("trigger", at, at + len(trigger), labels={"type": type_}))
    found = settled_links(Graph(text, ((0, len(text)),), marks, ()), marks[1], [Link("actor", 1, 0, 0.9)])
    assert [x.kind for x in found] == [wanted]


@pytest.mark.parametrize(
    ("text", "trigger", "type_", "wanted"),
    [
        ("Borduria asked pilots to stay home; Ruritania declined.", "declined", "REJECT", set()),
        ("Borduria offered a lull, but Ruritania refused.", "refused", "REJECT", set()),
        ("Borduria made an offer that Ruritania refused.", "refused", "REJECT", {"Borduria"}),
        ("Borduria stayed, and Ruritania shelled its camp.", "shelled", "ASSAULT", {"Borduria"}),
        ("After Borduria was rejected by Ruritania it left.", "rejected", "REJECT", {"Borduria"}),
    ],
)
def test_an_answer_is_not_done_to_those_of_another_clause(
    text: str, trigger: str, type_: str, wanted: set[str]
) -> None:
    g = graph(text, trigger, ["Borduria", "Ruritania"])
    source = next(i for i, m in enumerate(g.marks) if m.kind == "trigger")
    marks = tuple(replace(m, labels={"type": type_}) if i == source else m for i, m in enumerate(g.marks))
    g = replace(g, marks=marks)
    who = {text[slice(*m.span)]: i for i, m in g.of("actor")}
    links = [Link("recipient", source, who["Borduria"], 0.9), Link("actor", source, who["Ruritania"], 0.9)]
    found = settled_links(g, g.marks[source], links)
    assert {text[slice(*g.marks[x.target].span)] for x in found if x.kind == "recipient"} == wanted


@pytest.mark.parametrize(
    ("text", "actors", "wanted"),
    [
        ("It obliges Ruritania, Borduria and rebels to stop.", ["Ruritania", "Borduria", "rebels"], 3),
        # Another clause stands between, and no list.
        ("It obliges Ruritania, while Borduria and rebels stop.", ["Ruritania", "Borduria", "rebels"], 1),
        ("Ruritania, Borduria and rebels were there; gangs stop.", ["Ruritania", "Borduria", "rebels", "gangs"], 1),
    ],
)
def test_of_a_list_all_do_what_the_last_does(text: str, actors: list[str], wanted: int) -> None:
    g = graph(text, "stop", actors)
    marks = [i for i, m in enumerate(g.marks) if m.kind == "actor"]
    trigger = next(m for m in g.marks if m.kind == "trigger")
    links = [Link("actor", g.marks.index(trigger), marks[-1], 0.95)]
    found = [x for x in settled_links(g, trigger, links) if x.kind == "actor" and x.score > 0.6]
    assert len(found) == wanted
