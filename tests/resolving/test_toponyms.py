from __future__ import annotations

import pytest

from dateline.knowledge import places
from dateline.reading.graph import Graph, Mark
from dateline.resolving.toponyms import toponyms


@pytest.mark.parametrize(
    "text, actors, expected",
    [
        ("Rebels shelled Aleppo on Monday.", ["Rebels"], ["Aleppo"]),
        ("Fighting broke out in Mopti after Mopti police fired.", ["Mopti police"], ["Mopti", "Mopti"]),
        ("Moscow denied it had struck Idlib.", ["Moscow"], ["Idlib"]),
        ("Four were killed in Dar es Salaam.", [], ["Dar es Salaam"]),
        ("The Kurdistan Freedom Falcons struck in Ankara.", ["Kurdistan Freedom Falcons"], ["Ankara"]),
        (
            "Two men were held, the Gainesville Police Department said.",
            ["Gainesville Police Department"],
            ["Gainesville"],
        ),
        ("The family wired money to a bank in Canada.", ["Canada"], ["Canada"]),
        ("Armour attached to the U.N. force broke through.", ["U.N. force"], []),
        ("Canada denied that it had paid.", ["Canada"], []),
        ("There was no comment from Ankara.", [], []),
        ("Troops came from Ankara.", [], ["Ankara"]),
        ("They fought in Rawa with support from Canada.", [], ["Rawa"]),
        ("The UN Interim Force in Lebanon left Khiam.", ["UN Interim Force"], ["Khiam"]),
        ("A force in Lebanon left Khiam.", [], ["Lebanon", "Khiam"]),
        ("They stormed a base in the Somali town of Af Urur.", [], ["Af Urur"]),
        ("They came to help the Somali forces in Jijiga.", [], ["Jijiga"]),
        ("HOMS (SANA) - Troops entered Rastan.", [], ["HOMS", "Rastan"]),
        ("The Zulia cartel burned a bus in Cucuta.", [], ["Cucuta"]),
        ("The Red Cross came to Rastan.", [], ["Rastan"]),
        ("The US State Department said so.", ["US State Department"], []),
    ],
)
def test_a_place_is_named_where_no_actor_stands(text: str, actors: list[str], expected: list[str]) -> None:
    marks = []
    for a in actors:
        marks.append(Mark("actor", text.index(a), text.index(a) + len(a)))
    found = toponyms(Graph(text, ((0, len(text)),), tuple(marks), ()), places.load()).named
    assert sorted(text[a:b] for (a, b), _ in found) == sorted(expected)


def test_a_body_with_its_article_is_no_toponym() -> None:
    text = "The UN urged calm."
    found = toponyms(Graph(text, ((0, len(text)),), (Mark("place", 0, 6, 0.95),), ()), places.load()).named
    assert not found


def test_a_common_word_is_no_toponym() -> None:
    text = "They were freed in rural Guaviare."
    mark = Mark("place", 19, 24, 0.95)
    found = toponyms(Graph(text, ((0, len(text)),), (mark,), ()), places.load()).named
    assert "rural" not in [text[a:b] for (a, b), _ in found]


def test_a_name_within_an_actor_tells_where_the_report_is() -> None:
    text = "Moscow denied it had struck Idlib."
    found = toponyms(Graph(text, ((0, len(text)),), (Mark("actor", 0, 6),), ()), places.load())
    assert [text[a:b] for a, b in found.aside] == ["Moscow"]


def test_an_acronym_that_no_gazetteer_has_is_no_place() -> None:
    text = "Shells fell on AQAP positions in Abyan."
    marks = (Mark("place", 15, 19, 0.95),)
    assert "AQAP" not in [
        text[a:b] for (a, b), _ in toponyms(Graph(text, ((0, len(text)),), marks, ()), places.load()).named
    ]


@pytest.mark.parametrize("text", ["Air strikes hit the depot in Goma.", "GOMA - Air strikes hit the depot in Goma."])
def test_a_word_that_usually_stands_small_is_no_town_where_a_sentence_begins(text: str) -> None:
    found = toponyms(Graph(text, ((0, len(text)),), (), ()), places.load()).named
    assert "Air" not in [text[a:b] for (a, b), _ in found]


def test_an_abbreviated_body_is_no_place_however_much_of_it_is_marked() -> None:
    text = "The U.N. condemned the raid."
    found = toponyms(Graph(text, ((0, len(text)),), (Mark("actor", 4, 7),), ()), places.load()).named
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "Envoys said that the Minsk agreements had failed.",
        "Men of the Azov regiment fled.",
        "Monks met at the Sule pagoda.",
    ],
)
def test_a_pact_a_unit_and_a_sight_are_no_places(text: str) -> None:
    graph = Graph(text, ((0, len(text)),), (), ())
    assert toponyms(graph, places.load()).named == []


def test_a_capital_that_asks_is_its_state() -> None:
    text = "The council met at Bogota's request."
    start = text.index("Bogota")
    graph = Graph(text, ((0, len(text)),), (Mark("actor", start, start + 6),), ())
    assert toponyms(graph, places.load()).named == []
