"""Which time of its sentence dates an event? Rows: the sentence, the event, its status, the time that dates it or none."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Literal

import pytest

from dateline.reading.graph import Graph, Link, Mark
from dateline.record import Place
from dateline.resolving.clause import chance, event_places, event_time, weights
from dateline.resolving.when import resolve_times

PUBLISHED = date(2016, 2, 20)


def _dated(text: str, triggers: list[str], asked: str, status: str, link: float = 0.0) -> str | None:
    times = resolve_times(text, [(0, len(text))], PUBLISHED)
    events = [Mark("trigger", text.index(t), text.index(t) + len(t)) for t in triggers]
    days = [Mark("date", *t.span) for t in times]
    links = [Link("date", triggers.index(asked), len(events), link)] if link else []
    graph = Graph(text, ((0, len(text)),), (*events, *days), tuple(links))
    time = event_time(graph, events[triggers.index(asked)], links, times, status)
    return text[slice(*time.span)] if time else None


@pytest.mark.parametrize(
    ("text", "triggers", "asked", "status", "day"),
    [
        ("Rebels shelled the depot on Friday.", ["shelled"], "shelled", "happened", "Friday"),
        ("On Friday rebels shelled the depot and seized a bridge.", ["shelled", "seized"], "seized", "happened", "Friday"),
        ("Troops left on Friday, two days after rebels took the town.", ["left", "took"], "left", "happened", "Friday"),
        ("Troops left on Friday, two days after rebels took the town.", ["left", "took"], "took", "happened", "two days"),
        ("The army said on Friday that it would attack.", ["attack"], "attack", "conditional", None),
        ("The envoy urged both sides on Friday to stop the shelling.", ["urged", "stop"], "stop", "demanded", None),
        ("Police said Friday a bomb killed four on Wednesday.", ["bomb", "killed"], "bomb", "happened", "Wednesday"),
        ("The army said Friday it took Bor and would hit Malakal on Sunday.", ["took", "hit"], "hit", "intended", "Sunday"),
        ("Rebels shelled the depot.", ["shelled"], "shelled", "happened", None),
        ("They claimed the January 14 Ulan attack and the February 2 Kesh raid.", ["attack", "raid"], "attack", "happened", "January 14"),
        ("They claimed the January 14 Ulan attack and the February 2 Kesh raid.", ["attack", "raid"], "raid", "happened", "February 2"),
        ("A truce ended a week of fighting on Friday.", ["truce", "fighting"], "fighting", "happened", "a week"),
        ("The port has been under blockade for two years.", ["blockade"], "blockade", "happened", "two years"),
        ("It was the worst raid since 2009.", ["raid"], "raid", "happened", None),
    ],
)  # fmt: skip
def test_the_time_of_its_own_clause(text: str, triggers: list[str], asked: str, status: str, day: str | None) -> None:
    assert _dated(text, triggers, asked, status) == day


def test_a_link_of_the_model_speaks_for_a_time() -> None:
    text, triggers = "The army said on Friday, after days of talks, that it had struck the port.", ["struck"]
    assert _dated(text, triggers, "struck", "happened", 0.95) == "Friday"


@pytest.mark.parametrize("what", ["time", "place"])
def test_chance_rises_with_the_link(what: Literal["time", "place"]) -> None:
    assert all(isfinite(v) for v in weights(what).values())
    assert chance(what, iter(()), 0.1) < chance(what, iter(()), 0.9)


@pytest.mark.parametrize(
    ("text", "trigger", "type_", "first", "names", "placed"),
    [
        (
            "The curfew was lifted across Sudan except in Omdurman.",
            "lifted",
            "CONCEDE",
            "",
            ["Sudan", "Omdurman"],
            ["Sudan"],
        ),
        (
            "The group fired rockets from southern Lebanon at Haifa.",
            "fired",
            "ASSAULT",
            "",
            ["Lebanon", "Haifa"],
            ["Haifa"],
        ),
        (
            "Gangs marched on Haiti's capital Port-au-Prince.",
            "marched",
            "ASSAULT",
            "",
            ["Haiti", "Port-au-Prince"],
            ["Port-au-Prince"],
        ),
        ("LIMA (AP) - Rebels bombed a bank in Puno.", "bombed", "ASSAULT", "", ["LIMA", "Puno"], ["Puno"]),
        ("LIMA (AP) - Rebels bombed a bank.", "bombed", "ASSAULT", "", ["LIMA"], ["LIMA"]),
        ("Sudan ended talks in Juba, mobilised reservists.", "mobilised", "MOBILIZE", "talks", ["Juba"], []),
        (
            "Rebels held a stretch from Raqqa to Manbij.",
            "held",
            "ASSAULT",
            "",
            ["Raqqa", "Manbij"],
            ["Manbij", "Raqqa"],
        ),
    ],
)
def test_the_places_of_an_event(
    text: str, trigger: str, type_: str, first: str, names: list[str], placed: list[str]
) -> None:
    events = [
        Mark("trigger", text.index(t), text.index(t) + len(t), 1.0, {"type": type_}) for t in (first, trigger) if t
    ]
    spans = [(text.index(n), text.index(n) + len(n)) for n in names]
    places = [Place(id=n, name=n, precision="settlement", mentions=[s]) for n, s in zip(names, spans, strict=True)]
    marks = (*events, *(Mark("place", *s) for s in spans))
    links = [Link("place", len(events) - 1, len(events) + i, 0.6) for i in range(len(spans))]
    graph = Graph(text, ((0, len(text)),), marks, tuple(links))
    assert sorted(event_places(graph, events[-1], links, places, "happened")) == placed
