"""Those whom nobody names carry the names of the codebooks; a mark that names nobody is no actor."""

from __future__ import annotations

import pytest

from dateline.knowledge.actors import load_register
from dateline.reading.graph import Graph, Link, Mark
from dateline.record import Acled, Actor, Event, Note, Participant, Place
from dateline.resolving.who import resolve_actors
from dateline.resolving.who_nameless import name_crowds
from dateline.resolving.who_story import arenas, place_countries, story_countries

REGISTER = load_register()
DORI = Place(id="p1", name="Dori", country="BFA", source="text", precision="settlement", mentions=[(0, 4)])


def actors_of(text: str, *words: str, places: tuple[Place, ...] = ()) -> tuple[Actor, ...]:
    marks = tuple(Mark("actor", text.index(w), text.index(w) + len(w)) for w in words)
    return resolve_actors(Graph(text, ((0, len(text)),), marks, ()), None, REGISTER, places).actors


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Unidentified gunmen", "generic:unidentified-armed-group"),
        ("20 heavily armed men", "generic:unidentified-armed-group"),
        ("masked men", "generic:unidentified-armed-group"),
        ("unknown individuals", "generic:unidentified-armed-group"),
        ("Kurdish gunmen", None),
        ("suspected jihadists", "generic:islamist-militants"),
        ("six villagers", "generic:civilians"),
        ("a group of traders", "generic:civilians"),
        ("rebel doctors", None),
        ("his men", None),
        ("rioters", "generic:rioters"),
        ("demonstrators", "generic:protesters"),
    ],
)
def test_the_nameless_have_a_class(words: str, key: str | None) -> None:
    (actor,) = actors_of(f"{words} came.", words)
    assert actor.key == key


@pytest.mark.parametrize("words", ["the", "s", "anti", "presumed", "world", "allied", "interim", "-"])
def test_a_mark_that_names_nobody_is_no_actor(words: str) -> None:
    assert actors_of(f"It was {words} of them.", words) == ()


def test_two_groups_in_one_mention_are_two_actors() -> None:
    found = actors_of("Suspected JNIM and/or ISGS militants came.", "Suspected JNIM and/or ISGS militants")
    assert {a.key for a in found} == {"group:JNIM", "group:ISGS"}
    assert len({a.mentions[0] for a in found}) == 1


def test_a_mention_is_read_to_the_end_of_its_word() -> None:
    (actor,) = actors_of("President Joseph Kabila spoke.", "President Joseph Kabil")
    assert actor.key == "person:joseph-kabila" and actor.mentions == [(0, 23)]


def test_villages_tell_whose_army_it_is() -> None:
    (actor,) = actors_of("The army left.", "The army", places=(DORI,))
    assert (actor.key, actor.name) == ("state:BFA/army", "Burkina Faso's army")
    assert actors_of("The army left.", "The army")[0].key is None
    assert place_countries(()) == {}


def event(actor: str, acled: str) -> Event:
    return Event(
        id="e1", type="PROTEST", status="happened", trigger=(0, 1), sentence=(0, 9), actor=[Participant(id=actor, span=(0, 1))],
        acled=Acled(event_type=acled), confidence=1.0,
    )  # fmt: skip


def test_people_are_what_their_events_make_of_them_and_a_key_stands_once() -> None:
    people = (
        Actor(id="a1", name="students", kind="civilians"),
        Actor(id="a2", name="farmers", kind="civilians", key="generic:civilians"),
        Actor(id="a3", name="Teachers Union", kind="ngo"),
        Actor(id="a4", name="miners", kind="civilians"),
    )
    named = name_crowds(
        people,
        [event("a1", "Protests"), event("a2", "Riots"), event("a3", "Protests"), event("a4", "Protests")],
        REGISTER,
    )
    assert [(a.name, a.key) for a in named] == [
        ("Protesters", "generic:protesters"), ("Rioters", "generic:rioters"), ("Teachers Union", None), ("Protesters", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "acled", "wanted"),
    [
        ("village councilman", "other", "Violence against civilians", "Civilians"),
        ("local official", "person", "Violence against civilians", "Civilians"),
        ("local official", "person", "Protests", "local official"),
        ("police clerk", "other", "Violence against civilians", "police clerk"),
        ("ranger station", "other", "Violence against civilians", "ranger station"),
        ("Teachers Union", "other", "Violence against civilians", "Teachers Union"),
        ("town council clerk", "other", "Violence against civilians", "Civilians"),
        ("village council woman", "person", "Violence against civilians", "Civilians"),
        ("primary school", "other", "Strategic developments", "Civilians"),
        ("army truck", "other", "Explosions/Remote violence", "army truck"),
        ("women held as slaves", "civilians", "Violence against civilians", "Civilians"),
    ],
)
def test_who_bears_no_arms_and_is_attacked_is_a_civilian(name: str, kind: str, acled: str, wanted: str) -> None:
    people = (Actor(id="a1", name="gunmen", kind="militia"), Actor(id="a2", name=name, kind=kind))  # type: ignore[arg-type]
    hurt = event("a1", acled).model_copy(update={"recipient": [Participant(id="a2", span=(0, 1))]})
    assert name_crowds(people, [hurt], REGISTER)[1].name == wanted


def test_those_of_a_people_who_are_hurt_are_civilians_of_it() -> None:
    people = (
        Actor(id="a1", key="group:dozo", name="Dozo", kind="militia"),
        Actor(id="a2", key="group:dogon", name="Dogon", kind="civilians"),
    )
    hurt = event("a1", "Violence against civilians").model_copy(
        update={"type": "ASSAULT", "recipient": [Participant(id="a2", span=(0, 1))]}
    )
    back = hurt.model_copy(update={"actor": hurt.recipient, "recipient": hurt.actor})
    found = name_crowds(people, [hurt], REGISTER)[1]
    assert (found.key, found.name) == ("group:dogon", "Civilians (Dogon)")
    assert name_crowds(people, [hurt, back], REGISTER)[1].name == "Dogon"


def test_the_police_who_disperse_a_crowd_are_none_of_it() -> None:
    police = (Actor(id="a1", name="Police", kind="police"),)
    dispersed = event("a1", "Protests").model_copy(update={"type": "ASSAULT"})
    assert name_crowds(police, [dispersed], REGISTER)[0].name == "Police"


@pytest.mark.parametrize(
    ("text", "mark", "name"),
    [
        ("Presumed JNIM and/or ISGS men came.", "Presumed JNIM and/or", "JNIM"),
        ("A large group of suspected JNIM militants came.", "A large group of suspected JNIM militants", "JNIM"),
        ("Dozo fighters backed by soldiers came.", "Dozo fighters backed", "Dozo"),
    ],
)
def test_a_mark_ends_with_the_name(text: str, mark: str, name: str) -> None:
    assert actors_of(text, mark)[0].name == name


def test_a_number_says_nothing_of_who_was_hurt() -> None:
    text = "Six men were taken and five died."
    marks = (Mark("actor", 0, 7), Mark("actor", 23, 27))
    graph = Graph(text, ((0, len(text)),), marks, (Link("same", 1, 0, 0.9),))
    (actor,) = resolve_actors(graph, None, REGISTER, ()).actors
    assert actor.key == "generic:civilians"


def test_where_a_group_of_many_countries_fights_settles_whose_police_it_is() -> None:
    text = "JNIM attacked the police post in Solhan."
    place = Place(id="p1", name="Solhan", country="BFA", source="text", precision="settlement", mentions=[(33, 39)])
    unsettled = [Note(code="place-ambiguous", span=(33, 39), message="one of two")]
    told = story_countries(text, REGISTER)
    assert {"MLI", "BFA", "NER"} <= told.keys()
    assert place_countries([place], unsettled) == {}
    assert place_countries([place], unsettled, told) == {"BFA": 1.0}
    marks = tuple(Mark("actor", text.index(w), text.index(w) + len(w)) for w in ("JNIM", "the police post"))
    found = resolve_actors(Graph(text, ((0, len(text)),), marks, ()), None, REGISTER, [place], unsettled).actors
    assert [a.key for a in found] == ["group:JNIM", "state:BFA/police"]


def test_every_arena_is_of_a_known_group_without_a_country_of_its_own() -> None:
    assert all((e := REGISTER.get(key)) is not None and e.country is None for key in arenas())
