"""Whose army "the army" is: the country of the war told, not that of the dateline, the talks or the mediator."""

from __future__ import annotations

import pytest

from dateline.knowledge.actors import load_patterns, load_register
from dateline.reading.graph import Graph, Mark
from dateline.record import Place
from dateline.resolving.who import resolve_actors
from dateline.resolving.who_home import home_country, without_groups
from dateline.resolving.who_story import story_countries

REGISTER = load_register()


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("HAVANA - The FARC said it would rest its guns if the army grounded its jets.", "COL"),
        ("RIYADH - Hosts from Saudi Arabia spoke of delay. The RSF blamed the army.", "SDN"),
        ("DOHA - Qatari mediators saw the M23 on Monday. Its men would go home if the army did.", "COD"),
        ("CAIRO - Hamas told Egyptian mediators that it wanted the army out of the strip.", "ISR"),
        ("The FARC's envoys at talks in Havana accused the army of a raid.", "COL"),
        # What is told of the country itself weighs more than a group of another one.
        ("BEIRUT - Lebanon buried its soldiers. The army said the Nusra Front had shelled a post.", "LBN"),
        ("KATHMANDU - Maoist guerrillas raided a post, and the army gave chase.", "NPL"),
        # Without a group of another country the dateline stays.
        ("KHARTOUM - The army shelled the market. Ethiopia offered to help.", "SDN"),
    ],
)
def test_home_is_where_the_war_is(text: str, home: str) -> None:
    weights = story_countries(text, REGISTER)
    assert home_country(text, REGISTER, load_patterns(), weights) == home


def test_the_army_of_talks_abroad_is_no_army_of_the_host() -> None:
    text = "HAVANA - The FARC said it would rest its guns if the army grounded its jets. On Monday its men left."
    words = ("FARC", "the army", "its men")
    marks = tuple(Mark("actor", text.index(w), text.index(w) + len(w)) for w in words)
    who = resolve_actors(Graph(text, ((0, 75), (76, len(text))), marks, ()), None, REGISTER)
    assert [a.key for a in who.actors] == ["group:FARC", "state:COL/army"]


def test_a_place_in_the_name_of_a_group_is_not_where_it_strikes() -> None:
    text = "Katiba Macina men raided a post in Madouba."
    places = [
        Place(id=f"p{n}", name=name, country=country, precision="settlement", mentions=[(text.index(name), text.index(name) + len(name))])
        for n, (name, country) in enumerate((("Macina", "MLI"), ("Madouba", "BFA")))
    ]  # fmt: skip
    assert [p.name for p in without_groups(text, REGISTER, places)] == ["Madouba"]
