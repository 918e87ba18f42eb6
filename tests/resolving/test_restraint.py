"""Where nobody is concerned there is no attack."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.record import Actor, Event, Figure, Participant
from dateline.resolving.restraint import of_force, restrained


def event(n: int, type_: Any) -> Event:
    return Event(
        id=f"e{n}", type=type_, mode=None, status="happened", trigger=(n, n + 1), sentence=(0, 9), actor=[], recipient=[],
        places=[], time=None, start=None, end=None, cameo=None, confidence=0.9,
    )  # fmt: skip


def actor(kind: Any, key: str | None = None) -> Actor:
    return Actor(id="a1", key=key, name="x", kind=kind, country=None, part_of=None, mentions=[(0, 1)])


EVENTS = (event(1, "ASSAULT"), event(2, "ACCUSE"))
DEAD = Figure(id="f1", span=(0, 1), low=3, high=3, measure="killed", confidence=0.9)


@pytest.mark.parametrize(
    ("actors", "figures", "types"),
    [
        ((), (), ["ACCUSE"]),
        ((actor("other"), actor("media")), (), ["ACCUSE"]),
        ((actor("person"),), (), ["ACCUSE"]),
        ((actor("person", "person:x"),), (), ["ASSAULT", "ACCUSE"]),
        ((actor("civilians"),), (), ["ASSAULT", "ACCUSE"]),
        ((actor("militia"),), (), ["ASSAULT", "ACCUSE"]),
        ((), (DEAD,), ["ASSAULT", "ACCUSE"]),
    ],
)
def test_an_attack_needs_somebody_who_is_concerned(
    actors: tuple[Actor, ...], figures: tuple[Figure, ...], types: list[str]
) -> None:
    kept = restrained("Two were shot there.", EVENTS, actors, figures)
    assert [e.type for e in kept] == types
    assert [e.id for e in kept] == [f"e{n}" for n in range(1, len(types) + 1)]


@pytest.mark.parametrize(
    ("text", "actors", "figures", "told"),
    [
        ("Both violated the ceasefire.", (actor("other"),), (), True),
        ("A political prisoner died of it.", (actor("other"),), (), True),
        ("A bus plunged into a ravine, killing three.", (actor("civilians"),), (DEAD,), False),
        ("A bus plunged into a ravine when a bomb went off, killing three.", (actor("civilians"),), (DEAD,), True),
        ("Three were killed in the market.", (actor("civilians"),), (DEAD,), True),
        ("A bus plunged into a ravine, killing three soldiers.", (actor("military"),), (DEAD,), True),
        (
            "Peru drew the match with a goal in stoppage time, the keeper beaten by a penalty.",
            (actor("state"),),
            (),
            False,
        ),
        ("Peru sealed the border.", (actor("state"),), (), True),
        ("Rockets hit the airport.", (), (), True),
        ("A shell landed near the mosque.", (), (), True),
        ("A hippo killed three and was shot.", (actor("civilians"),), (DEAD,), False),
        ("Grain dust exploded in a silo, killing three.", (actor("civilians"),), (DEAD,), False),
        ("Soldiers shot three lions.", (actor("military"),), (), True),
    ],
)
def test_mishaps_and_matches_are_no_attacks(
    text: str, actors: tuple[Actor, ...], figures: tuple[Figure, ...], told: bool
) -> None:
    assert of_force(text, actors, figures) == told


@pytest.mark.parametrize(("by", "types"), [(None, ["ACCUSE"]), ("a1", ["ASSAULT", "ACCUSE"])])
def test_where_no_word_tells_of_force_only_a_state_attacks(by: str | None, types: list[str]) -> None:
    acting = [Participant(id=by, span=(0, 1))] if by else []
    events = (EVENTS[0].model_copy(update={"actor": acting}), EVENTS[1])
    assert [e.type for e in restrained("It hit the depot.", events, (actor("state"),), ())] == types
