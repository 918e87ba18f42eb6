"""Two actors in one mention."""

from __future__ import annotations

import pytest

from tests.resolving.test_who_nameless import actors_of


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("US-Cuban", ["United States", "Cuba"]),
        ("Franco-German mediators", ["France", "Germany"]),
        ("Kurdish and Arab rebel groups", ["Kurdish rebel groups", "Arab rebel groups"]),
        ("Sunni and Shia militias", ["Sunni militias", "Shia militias"]),
        ("Franco-German teacher", ["Franco-German teacher"]),
        ("Jean-Paul Sartre", ["Jean-Paul Sartre"]),
        ("Defence and Security Forces", ["Defence and Security Forces"]),
        ("Kurdish and Arab alliance", ["Kurdish and Arab alliance"]),
    ],
)
def test_two_sides_in_one_mention_are_two_actors(words: str, names: list[str]) -> None:
    assert [a.name for a in actors_of(f"The {words} came.", words)] == names


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Islamic State positions", "group:IS"),
        ("al-Shabaab camps", "group:al-shabaab"),
        ("French bases", "state:FRA"),
        ("Jordanian camps", None),
        ("holiday camps", None),
    ],
)
def test_what_a_side_holds_is_the_side(words: str, key: str | None) -> None:
    found = actors_of(f"Jets hit {words} at dawn.", words)
    assert found[0].key == key


@pytest.mark.parametrize(("words", "name"), [("rebel positions", "rebels"), ("opposition bases", "opposition")])
def test_positions_are_those_who_hold_them(words: str, name: str) -> None:
    (actor,) = actors_of(f"Jets hit {words} at dawn.", words)
    assert (actor.name, actor.kind) == (name, "rebel")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("al-Qaeda's Yemen affiliate", None),
        ("Hamas's rivals", None),
        ("Hamas's fighters", "group:hamas"),
        ("the authorities in Kyiv", "state:UKR/government"),
        ("officials in Kyiv", None),
        ("French forces of Operation Sand", "state:FRA"),
    ],
)
def test_whose_they_are_and_who_is_set_apart(words: str, key: str | None) -> None:
    found = actors_of(f"On Sunday {words} came.", words)
    assert found[0].mentions == [(10, 10 + len(words))]
    assert (found[0].key or "").startswith(key or "") and bool(found[0].key) == bool(key)


def test_a_person_of_a_known_body_has_a_name_of_his_own() -> None:
    found = actors_of("The M23's Amina Ba came.", "M23's Amina Ba")
    assert [(a.name, a.key) for a in found] == [("Amina Ba", None), ("M23", "group:M23")]
    (brigades, *_) = actors_of("Hamas's Qassam Brigades came.", "Hamas's Qassam Brigades")
    assert brigades.kind != "person"


def test_the_men_of_somebody_are_no_civilians() -> None:
    (actor, *_) = actors_of("Taylor's men came.", "Taylor's men")
    assert (actor.name, actor.kind, actor.key) == ("Taylor's men", "militia", None)
