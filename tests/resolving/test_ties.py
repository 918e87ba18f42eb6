"""Who stands with whom, with the actor marks given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline.knowledge.actors import load_register
from dateline.reading.graph import Link
from dateline.record import Actor, Event, Participant
from dateline.resolving.ties import resolve_relations
from dateline.resolving.who import resolve_actors
from tests.resolving.test_who import graph_of

REGISTER = load_register()
CASES = (
    ("[[French President Francois Hollande|1]] met the press.", "leads", "Francois Hollande", "France"),
    ("[[Russian Foreign Minister Sergei Lavrov|1]] was there.", "part-of", "Sergei Lavrov", "Russia"),
    ("[[President Bashar al-Assad's forces|1]] fell back.", "leads", "Bashar al-Assad", "Syrian government"),
    ("[[Al-Qaeda-linked groups|1]] hold the hills.", "allied", "Al-Qaeda-linked groups", "al-Qaeda"),
    ("[[Turkey-backed rebels|1]] hold the hills.", "backs", "Turkey", "Turkey-backed rebels"),
)


@pytest.mark.parametrize(("text", "kind", "from_", "to"), CASES, ids=lambda x: x[:30])
def test_a_tie_that_stands_inside_a_mention(text: str, kind: str, from_: str, to: str) -> None:
    graph, _ = graph_of(text)
    day = date(2016, 2, 20)
    who = resolve_actors(graph, day, REGISTER)
    name = {a.id: a.name for a in who.actors}
    found = resolve_relations(graph, who.of_mark, who.actors, REGISTER, day)
    assert [(r.kind, name[r.from_], name[r.to]) for r in found] == [(kind, from_, to)]
    assert all(graph.text[a:b] in text.replace("[[", "") for x in who.actors for a, b in x.mentions)


def test_two_sides_of_a_war_are_not_one_actor_whatever_a_link_says() -> None:
    graph, _ = graph_of("[[The Syrian government|1]] shelled the hills and [[rebel forces|2]] hit back.")
    linked = replace(graph, links=(Link("same", 1, 0, 0.9),))
    assert len(resolve_actors(linked, None, REGISTER).actors) == 2


def test_an_iran_backed_group_is_not_backed_by_whoever_fights_it() -> None:
    graph, _ = graph_of("[[Saudi Arabia|1]]'s war with the [[Iran-backed Houthis|2]] goes on.")
    linked = replace(graph, links=(Link("backs", 0, 1, 0.7),))
    who = resolve_actors(linked, None, REGISTER)
    name = {a.id: a.name for a in who.actors}
    found = resolve_relations(linked, who.of_mark, who.actors, REGISTER, None)
    assert [(r.kind, name[r.from_], name[r.to]) for r in found] == [("backs", "Iran", "Houthis")]


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("[[Ruritania|1]] fired over the border to stem the advance of [[the Front|2]].", 0),
        ("[[Ruritania|1]] armed and fed [[the Front|2]].", 1),
        ("[[Ruritania|1]] sent help against the drought to [[the Front|2]].", 1),
    ],
)
def test_who_fires_to_stem_an_advance_backs_nobody(text: str, ties: int) -> None:
    graph, _ = graph_of(text)
    linked = replace(graph, links=(Link("backs", 0, 1, 0.9),))
    who = resolve_actors(linked, None, REGISTER)
    assert len(resolve_relations(linked, who.of_mark, who.actors, REGISTER, None)) == ties


@pytest.mark.parametrize(("words", "kind"), [("Mayor Anna Bok", "part-of"), ("President Anna Bok", "leads"), ("Prime Minister Anna Bok", "leads"), ("Vice-President Anna Bok", "part-of")])  # fmt: skip
def test_a_mayor_leads_no_state(words: str, kind: str) -> None:
    graph, _ = graph_of(f"[[{words}|1]] spoke to all [[Colombia|2]].")
    linked = replace(graph, links=(Link("leads", 0, 1, 0.99),))
    who = resolve_actors(linked, None, REGISTER)
    ids = (who.of_mark[0][0], who.of_mark[1][0])
    found = resolve_relations(linked, who.of_mark, who.actors, REGISTER, None)
    assert [r.kind for r in found if (r.from_, r.to) == ids] == [kind]


@pytest.mark.parametrize(("fights", "left"), [(0.7, ["backs"]), (0.99, ["fights"])])
def test_nobody_backs_whom_he_fights(fights: float, left: list[str]) -> None:
    graph, _ = graph_of("[[Ruritania|1]] goes on backing and arming [[the Front|2]].")
    linked = replace(graph, links=(Link("backs", 0, 1, 0.9), Link("fights", 0, 1, fights)))
    who = resolve_actors(linked, None, REGISTER)
    assert [r.kind for r in resolve_relations(linked, who.of_mark, who.actors, REGISTER, None)] == left


def test_those_whom_one_fights_together_do_not_fight_each_other() -> None:
    graph, _ = graph_of("Troops fell in a clash with [[MILF|1]] and [[BIFF|2]].")
    linked = replace(graph, links=(Link("fights", 0, 1, 0.9),))
    who = resolve_actors(linked, None, REGISTER)
    assert not resolve_relations(linked, who.of_mark, who.actors, REGISTER, None)


def test_no_state_and_no_force_of_another_is_part_of_a_state() -> None:
    graph, _ = graph_of("[[Israel|1]] and [[the Fijian battalion of the mission|2]] spoke of [[Iran|3]].")
    linked = replace(graph, links=(Link("part-of", 0, 2, 0.8), Link("part-of", 1, 0, 0.5), Link("leads", 0, 2, 0.9)))
    who = resolve_actors(linked, None, REGISTER)
    assert not resolve_relations(linked, who.of_mark, who.actors, REGISTER, None)


def test_a_spokesman_of_the_army_somewhere_is_of_the_army() -> None:
    graph, _ = graph_of("[[Army spokesman in Ituri|1]] said Congo's [[army|2]] had left Goma.")
    who = resolve_actors(graph, None, REGISTER)
    found = resolve_relations(graph, who.of_mark, who.actors, REGISTER, None)
    assert [(r.kind, r.from_, r.to) for r in found] == [("part-of", who.of_mark[0][0], who.of_mark[1][0])]


def test_two_who_attack_a_third_together_do_not_fight_each_other() -> None:
    graph, _ = graph_of("[[MILF|1]] and [[BIFF|2]] killed [[soldiers|3]].")
    linked = replace(graph, links=(Link("fights", 0, 1, 0.6),))
    who = resolve_actors(linked, None, REGISTER)
    a, b, c = (x.id for x in who.actors)
    together = act(graph.text, "killed", [a, b], [c])
    assert not resolve_relations(linked, who.of_mark, who.actors, REGISTER, None, (together,))
    apart = act(graph.text, "killed", [a], [c])
    assert len(resolve_relations(linked, who.of_mark, who.actors, REGISTER, None, (apart,))) == 1


def act(text: str, word: str, actor: list[str], recipient: list[str], status: str = "happened") -> Event:
    start = text.index(word)
    sides = [[Participant(id=i, span=(0, 1)) for i in side] for side in (actor, recipient)]
    return Event(
        id="e1", type="ASSAULT", status=status, trigger=(start, start + len(word)), sentence=(0, len(text)),
        actor=sides[0], recipient=sides[1], confidence=0.9,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "recipient", "status", "ties"),
    [
        (["a1"], ["a2"], "happened", [("fights", "a1", "a2")]),
        (["a1", "a2"], [], "happened", [("fights", "a1", "a2")]),
        (["a1"], ["a2"], "negated", []),
        (["a1"], [], "happened", []),
    ],
)
def test_who_is_fighting_whom_is_a_tie(
    actor: list[str], recipient: list[str], status: str, ties: list[tuple[str, str, str]]
) -> None:
    graph, _ = graph_of("[[Government soldiers|1]] were fighting [[the hill rebels|2]] on Monday.")
    who = resolve_actors(graph, None, REGISTER)
    events = [act(graph.text, "fighting", actor, recipient, status)]
    found = resolve_relations(graph, who.of_mark, who.actors, REGISTER, None, events)
    assert [(r.kind, r.from_, r.to) for r in found] == ties


def test_who_holds_an_office_is_part_of_no_neighbour() -> None:
    graph, _ = graph_of("[[World powers|1]] called as [[UN envoy Staffan de Mistura|2]] left.")
    linked = replace(graph, links=(Link("part-of", 1, 0, 0.86),))
    who = resolve_actors(linked, date(2016, 2, 20), REGISTER)
    found = resolve_relations(linked, who.of_mark, who.actors, REGISTER, date(2016, 2, 20))
    name = {a.id: a.name for a in who.actors}
    assert [(r.kind, name[r.to]) for r in found] == [("part-of", "UN")]


def test_a_title_without_a_country_belongs_to_the_country_of_the_story() -> None:
    graph, _ = graph_of(
        "GOMA, Democratic Republic of Congo - [[Government spokesman Jean Abelo|1]] denied it. [[An army spokesman|2]] "
        "and [[the rebel spokesman|3]] did not. [[The foreign minister|4]] of [[Rwanda|5]] laughed in Goma."
    )
    who = resolve_actors(graph, date(2024, 2, 3), REGISTER)
    key = {a.id: a.key for a in who.actors}
    part = {graph.text[slice(*a.mentions[0])]: key.get(a.part_of or "") for a in who.actors if a.kind == "person"}
    assert part["Government spokesman Jean Abelo"] == "state:COD/government"
    assert part["An army spokesman"] == "state:COD/army"
    assert part["the rebel spokesman"] is None


OWNED = (
    ("[[The front|1]] met; [[its|1]] [[commander|2]] spoke.", 2, 1, True),
    ("[[The Sand Front|1]]'s [[leader|2]] spoke.", 2, 1, True),
    ("[[the leader of|1]] [[the Sand Front|2]] spoke.", 1, 2, True),
    ("[[The front|1]] met; [[its|1]] [[deputy leader|2]] spoke.", 2, 1, False),
    ("[[The front|1]] met [[a leader|2]].", 2, 1, False),
)


@pytest.mark.parametrize(("text", "leader", "body", "leads"), OWNED, ids=lambda x: str(x)[:30])
def test_who_is_called_the_leader_of_a_body_leads_it(text: str, leader: int, body: int, leads: bool) -> None:
    graph, marks = graph_of(text)
    person = next(i for i, n in enumerate(marks) if n == str(leader))
    of_mark = {i: ("p" if i == person else "b",) for i in range(len(graph.marks))}
    spans = [m.span for i, m in enumerate(graph.marks) if i != person]
    actors = (
        Actor(id="p", name="x", kind="person", mentions=[graph.marks[person].span]),
        Actor(id="b", name="y", kind="rebel", mentions=spans),
    )
    found = resolve_relations(graph, of_mark, actors, REGISTER, None)
    assert [(r.kind, r.from_, r.to) for r in found] == ([("leads", "p", "b")] if leads else [])
