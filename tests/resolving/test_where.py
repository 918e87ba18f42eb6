"""Where: toponyms found by rule and put on the map."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.knowledge.places import distance_km, load
from dateline.reading.sentences import split
from dateline.record import Note, Place
from dateline.resolving.where import find_toponyms, resolve_places
from dateline.resolving.where_relative import read_phrase

CORPUS = tomllib.loads((Path(__file__).parent / "where.toml").read_text(encoding="utf-8"))
CASES = CORPUS["case"]


def read(text: str) -> tuple[tuple[Place, ...], tuple[Note, ...]]:
    gazetteer, sentences = load(), split(text)
    return resolve_places(text, sentences, find_toponyms(text, sentences, gazetteer), gazetteer)


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_where(case: dict[str, Any]) -> None:
    places, notes = read(case["text"])
    by_name = {p.name: p for p in places}
    for want in case["places"]:
        got = by_name.get(want["name"])
        assert got, f"{want['name']} is not among {sorted(by_name)}"
        if "at" not in want:
            assert (got.lat, got.lon) == (None, None)
            continue
        assert got.lat is not None and got.lon is not None
        assert distance_km(got.lat, got.lon, *want["at"]) <= want.get("off_km", 30), (got.lat, got.lon)
        assert got.precision == want.get("precision", got.precision)
    if case.get("only"):
        assert len(places) == len(case["places"]), sorted(by_name)
    assert {n.code for n in notes} >= set(case.get("notes", []))


@pytest.mark.parametrize(
    ("text", "phrase", "relation", "names"),
    [
        ("Tanks massed on the Syrian-Turkish border.", "the Syrian-Turkish border", "border", ["Syrian", "Turkish"]),
        (
            "It was cut the road from Sirte to Ajdabiya.",
            "the road from Sirte to Ajdabiya",
            "route",
            ["Sirte", "Ajdabiya"],
        ),
        ("It fell between Tikrit and Baiji.", "Tikrit and Baiji", "between", ["Tikrit", "Baiji"]),
        ("In eastern Ghouta it was quiet.", "eastern Ghouta", "part", ["Ghouta"]),
    ],
)
def test_the_names_in_a_phrase(text: str, phrase: str, relation: str, names: list[str]) -> None:
    start = text.index(phrase)
    got = read_phrase(text, (start, start + len(phrase)))
    assert (got.relation, [text[s:e] for s, e in got.names]) == (relation, names)


def test_country_hints_settle_a_doubtful_name() -> None:
    text = "Clashes broke out in Tripoli."
    span = ((text.index("Tripoli"), len(text) - 1), 0.9)
    countries = [
        resolve_places(text, split(text), [span], load(), country_hints={c: 2.0})[0][0].country for c in ("LBN", "LBY")
    ]
    assert countries == ["LBN", "LBY"]


def test_blocked_spans_are_no_places() -> None:
    text = "He spoke in Aleppo to the Aleppo Brigade."
    second = text.rindex("Aleppo")
    found = find_toponyms(text, split(text), load(), [(second, second + len("Aleppo Brigade"))])
    assert [text[s:e] for (s, e), _ in found] == ["Aleppo"]


WORDS = st.sampled_from(CORPUS["words"])


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_spans_lie_in_the_text_apart_and_in_order(text: str) -> None:
    sentences = split(text)
    found = [s for s, _ in find_toponyms(text, sentences, load())]
    assert all(0 <= s < e <= len(text) and text[s:e].strip() == text[s:e] for s, e in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    places, _ = resolve_places(text, sentences, [(s, 1.0) for s in found], load())
    # A border or a road between two is a place besides.
    assert set(found) <= {m for p in places for m in p.mentions}
    assert [p.id for p in places] == [f"p{i}" for i in range(1, len(places) + 1)]
    assert all((p.lat is None) == (p.lon is None) for p in places)


def test_a_site_is_placed_in_the_town_of_its_name() -> None:
    text = "Shots were heard at Mopti Regional Hospital."
    span = (text.index("Mopti"), len(text) - 1)
    (place,), (note,) = resolve_places(text, split(text), [(span, 0.9)], load())
    assert (place.name, place.country, place.precision) == ("Mopti Regional Hospital", "MLI", "district")
    assert note.code == "place-unknown" and "Mopti" in note.message


def test_names_aside_say_where_the_report_is() -> None:
    text = "Tripoli was quiet, the Zgharta Brigade said."
    spans, aside = [((0, 7), 0.9)], [(text.index("Zgharta"), text.index(" Brigade"))]
    assert [resolve_places(text, split(text), spans, load(), aside=a)[0][0].country for a in ([], aside)] == [
        "LBY",
        "LBN",
    ]


def test_a_people_is_not_a_village_far_away() -> None:
    text = "They were held close to the Malian border."
    span = (text.index("Malian"), text.index(" border"))
    assert resolve_places(text, split(text), [(span, 0.9)], load())[0][0].country == "MLI"


def test_a_village_that_no_list_has_is_not_put_where_another_is_spelt_alike() -> None:
    text = "Jets of Myanmar's army bombed Lin Ta Lu village in Myanmar."
    span = (text.index("Lin"), text.index(" in Myanmar"))
    state = (len(text) - 8, len(text) - 1)
    found, _ = resolve_places(text, ((0, len(text)),), [(span, 1.0), (state, 1.0)], load())
    village = next(p for p in found if p.name.startswith("Lin"))
    assert village.country in (None, "MMR")


@pytest.mark.parametrize(
    ("name", "placed"), [("the Freeport;", False), ("Freeport;", True), ("the Freeport police;", True)]
)
def test_a_thing_is_no_town_of_a_country_that_nobody_speaks_of(name: str, placed: bool) -> None:
    text = f"Liberian rebels shot the guards of Liberia's president at {name} Monrovia was quiet."
    spans = [((text.index(w), text.index(w) + len(w)), 1.0) for w in ("Freeport", "Monrovia")]
    found, _ = resolve_places(text, ((0, len(text)),), spans, load())
    assert ("USA" in {p.country for p in found}) is placed


def test_no_point_is_given_far_from_all_that_the_report_names() -> None:
    text = "Troops and Fano militiamen fought near Gondar, in Ethiopia, and in Mekele."
    spans = [((text.index(n), text.index(n) + len(n)), 0.9) for n in ("Fano", "Gondar", "Ethiopia", "Mekele")]
    found, notes = resolve_places(text, split(text), spans, load())
    assert [p.lat is None for p in found] == [True, False, False, False]
    assert any("far from all" in n.message for n in notes)


def test_a_name_put_in_a_state_that_has_none_is_placed_in_the_state() -> None:
    text = "Jets bombed a camp at Angostura in Ecuador."
    spans = [((text.index(n), text.index(n) + len(n)), 0.9) for n in ("Angostura", "Ecuador")]
    assert [p.country for p in resolve_places(text, split(text), spans, load())[0]] == ["ECU", "ECU"]


def test_a_great_city_is_meant_before_a_town_of_its_name() -> None:
    text = "Libyan gunmen shelled Tripoli while the Greek frigate left Piraeus."
    spans = [((text.index(n), text.index(n) + len(n)), 0.9) for n in ("Tripoli", "Piraeus")]
    assert [p.country for p in resolve_places(text, split(text), spans, load())[0]] == ["LBY", "GRC"]
