"""Ties that contradict the register's homes and terms of office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline.knowledge.actors import load_register
from dateline.reading.graph import Link
from dateline.record import Actor, ActorKind, RelationKind
from dateline.resolving.ties import resolve_relations
from dateline.resolving.ties_held import stands
from dateline.resolving.who import resolve_actors
from tests.resolving.test_who import graph_of

REGISTER = load_register()


def ties(text: str, day: date | None) -> list[tuple[str, str, str]]:
    graph, _ = graph_of(text)
    who = resolve_actors(graph, day, REGISTER)
    name = {a.id: a.name for a in who.actors}
    found = resolve_relations(graph, who.of_mark, who.actors, REGISTER, day)
    return [(r.kind, name[r.from_], name[r.to]) for r in found]


OFFICES = (
    ("[[German Chancellor Angela Merkel|1]] was there.", date(2015, 3, 2), "leads"),
    ("[[Germany's Angela Merkel|1]] was there.", date(2023, 3, 2), None),
    ("[[Kenyan Deputy President William Ruto|1]] was there.", date(2015, 3, 2), "part-of"),
    ("[[Kenya's William Ruto|1]] was there.", date(2024, 3, 2), "leads"),
    ("[[Zimbabwe's opposition leader Morris Nkala|1]] was there.", date(2012, 3, 2), None),
    ("[[Tokyo's fire chief|1]] was there.", date(2012, 3, 2), None),
    ("[[Tokyo's fire chief|1]] met [[Japan|2]].", date(2012, 3, 2), "part-of"),
    ("[[Kerry|1]] met [[the United States|2]].", date(2015, 3, 2), None),
    ("[[Envoy John Kerry|1]] met [[the United States|2]].", date(2015, 3, 2), "part-of"),
    ("[[former Chadian president Hissene Habre|1]] was there.", None, None),
)


@pytest.mark.parametrize(("text", "day", "kind"), OFFICES, ids=lambda x: str(x)[:30])
def test_a_tie_of_office_holds_for_the_term_and_the_rank(text: str, day: date | None, kind: str | None) -> None:
    assert [k for k, *_ in ties(text, day)] == ([kind] if kind else [])


def someone(key: str | None, name: str, kind: ActorKind, country: str | None) -> Actor:
    return Actor(id=f"a-{name}", key=key, name=name, kind=kind, country=country, mentions=[(0, 1)])


OBAMA = someone("person:barack-obama", "Barack Obama", "person", "USA")
CORREA = someone("person:rafael-correa", "Rafael Correa", "person", "ECU")
ENVOY = someone(None, "the envoy", "person", "USA")
RUSSIA = someone("state:RUS", "Russia", "state", "RUS")
USA = someone("state:USA", "United States", "state", "USA")
REBELS = someone(None, "guerrillas", "rebel", None)
GUARD = someone(None, "Correa's militia", "militia", None)
PEOPLE = someone("group:nuer", "Nuer", "civilians", "SSD")
SUDAN = someone("state:SDN", "Sudan", "state", "SDN")


@pytest.mark.parametrize(
    ("kind", "a", "b", "score", "held"),
    [
        ("leads", OBAMA, RUSSIA, 0.9, False),
        ("leads", OBAMA, USA, 0.9, True),
        ("leads", CORREA, REBELS, 0.9, False),
        ("leads", CORREA, GUARD, 0.9, True),
        ("part-of", ENVOY, RUSSIA, 0.9, False),
        ("part-of", ENVOY, RUSSIA, 0.99, True),
        ("part-of", ENVOY, USA, 0.6, True),
        ("backs", SUDAN, PEOPLE, 0.9, False),
        ("backs", SUDAN, REBELS, 0.9, True),
    ],
)
def test_nobody_leads_or_serves_another_state(kind: RelationKind, a: Actor, b: Actor, score: float, held: bool) -> None:
    assert stands(kind, a, b, score, REGISTER, date(2010, 5, 1)) is held


def test_the_model_is_overruled_in_the_record() -> None:
    text = "[[President Barack Obama|1]] wrote to [[Russia|2]], whose leader was away."
    graph, _ = graph_of(text)
    who = resolve_actors(graph, date(2016, 5, 1), REGISTER)
    one, two = (next(i for i, ids in who.of_mark.items() if a.id in ids) for a in who.actors[:2])
    graph = replace(graph, links=(Link("leads", one, two, 0.9),))
    kinds = [(r.kind, r.to) for r in resolve_relations(graph, who.of_mark, who.actors, REGISTER, date(2016, 5, 1))]
    assert ("leads", who.actors[1].id) not in kinds


def test_a_namesake_is_known_by_the_day() -> None:
    for day, name in ((date(1990, 8, 19), "George H.W. Bush"), (date(2008, 3, 2), "George W. Bush")):
        graph, _ = graph_of("[[George Bush|1]] called.")
        assert [a.name for a in resolve_actors(graph, day, REGISTER).actors] == [name]
