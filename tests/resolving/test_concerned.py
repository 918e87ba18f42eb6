"""Whom an act concerns that names nobody itself."""

from __future__ import annotations

import pytest

from dateline.record import Event, EventType, Participant, Span, Status
from dateline.resolving.concerned import with_concerned


def at(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def event(text: str, words: str, type_: EventType, status: Status, actor: str = "", recipient: str = "") -> Event:
    """An event with this trigger; parties by their words, which are their ids."""
    sides = {
        side: [Participant(id=w, span=at(text, w))] if w else []
        for side, w in (("actor", actor), ("recipient", recipient))
    }
    return Event(
        id=words, type=type_, status=status, trigger=at(text, words), sentence=(0, len(text)), confidence=0.9, **sides
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "first", "type_", "second", "of", "status", "found"),
    [
        ("Alba is ready to back Brno.", "ready", "AGREE", "back", "SUPPORT", "intended", ["Brno"]),
        ("Alba backed what had hurt Brno.", "backed", "AGREE", "hurt", "ASSAULT", "happened", []),
        ("Alba pledged not to attack Brno.", "pledged", "AGREE", "attack", "ASSAULT", "negated", []),
        ("Alba denied that it had armed Brno.", "denied", "REJECT", "armed", "AID", "negated", []),
        ("Alba vowed to go on shelling Brno.", "vowed", "THREATEN", "shelling", "ASSAULT", "intended", []),
        ("Alba ordered a new inquiry into Brno.", "ordered", "ACCUSE", "inquiry", "ACCUSE", "happened", ["Brno"]),
        ("Alba condemned the attack on Brno.", "condemned", "ACCUSE", "attack", "ASSAULT", "happened", []),
        ("Alba ordered the arrest of Brno.", "ordered", "COERCE", "arrest", "COERCE", "demanded", ["Brno"]),
        ("Alba will not end the strike at Brno.", "end", "REJECT", "strike", "PROTEST", "happened", ["Brno"]),
        # Nobody does a thing to himself.
        ("Alba ordered an inquiry into Alba.", "ordered", "ACCUSE", "inquiry", "ACCUSE", "happened", []),
    ],
)
def test_what_is_spoken_of_is_done_to(
    text: str, first: str, type_: EventType, second: str, of: EventType, status: Status, found: list[str]
) -> None:
    whom = "Brno" if "Brno" in text else "Alba"
    events = [event(text, first, type_, "happened", "Alba"), event(text, second, of, status, recipient=whom)]
    out = with_concerned(text, events)
    assert [p.id for p in out[0].recipient] == found
    assert out[1] == events[1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Alba threatened to cut the gas off unless Brno paid.", ["Brno"]),
        ("Alba threatened it, and unless Brno paid that was all.", []),
    ],
)
def test_a_threat_is_made_to_whoever_can_turn_it_away(text: str, found: list[str]) -> None:
    events = [
        event(text, "threatened", "THREATEN", "happened", "Alba"),
        event(text, "paid", "AID", "conditional", "Brno"),
    ]
    assert [p.id for p in with_concerned(text, events)[0].recipient] == found
