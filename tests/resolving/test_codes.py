"""ACLED's terms for an event, by what its words and the rest of the report say."""

from __future__ import annotations

import pytest

from dateline.knowledge import ontology
from dateline.record import Actor, Event, EventType, Participant
from dateline.resolving.codes import add_codes

ACTORS = (
    Actor(id="a1", name="Unidentified Armed Group", kind="militia"),
    Actor(id="a2", name="Civilians", kind="civilians"),
    Actor(id="a3", name="Kenya's police", kind="police"),
)


def event(text: str, trigger: str, type_: EventType, mode: str | None, actor: str, recipient: str) -> Event:
    start = text.index(trigger)
    people = {"actor": [actor] if actor else [], "recipient": [recipient] if recipient else []}
    return Event(
        id="e1", type=type_, mode=mode, status="happened", trigger=(start, start + len(trigger)), sentence=(0, len(text)), confidence=1.0,
        **{k: [Participant(id=i, span=(0, 1)) for i in ids] for k, ids in people.items()},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "trigger", "type_", "mode", "actor", "recipient", "sub"),
    [
        ("A drone crashed into a block of flats.", "crashed", "ASSAULT", "explosives", "", "a2", "Air/drone strike"),
        (
            "A landmine killed a shepherd.",
            "killed",
            "ASSAULT",
            "heavy-weapons",
            "",
            "a2",
            "Remote explosive/landmine/IED",
        ),
        (
            "Mortars killed a shepherd.",
            "killed",
            "ASSAULT",
            "heavy-weapons",
            "",
            "a2",
            "Shelling/artillery/missile attack",
        ),
        ("Police defused an explosive device.", "defused", "ASSAULT", "destroy", "a3", "", "Disrupted weapons use"),
        ("Gunmen ransacked the school.", "ransacked", "ASSAULT", "primitive", "a1", "", "Looting/property destruction"),
        ("Youths ransacked the school.", "ransacked", "PROTEST", "riot", "a2", "", "Violent demonstration"),
        ("Gunmen fired in the air and left.", "fired", "ASSAULT", "firearms", "a1", "", "Change to group/activity"),
        ("Police dispersed the marchers.", "dispersed", "COERCE", None, "a3", "a2", "Protest with intervention"),
        ("Gunmen fired on the bus.", "fired", "ASSAULT", "firearms", "a1", "a2", "Attack"),
    ],
)
def test_what_acled_calls_it(
    text: str, trigger: str, type_: EventType, mode: str | None, actor: str, recipient: str, sub: str
) -> None:
    (coded,) = add_codes(text, [event(text, trigger, type_, mode, actor, recipient)], ACTORS, ontology.load())
    assert coded.acled.sub_event_type == sub


def test_a_protest_whose_people_the_police_stop_is_one_with_intervention() -> None:
    text = "Nurses marched. Police held them back."
    marched = event(text, "marched", "PROTEST", "demo", "a2", "")
    held = event(text, "held", "COERCE", None, "a3", "a2").model_copy(update={"id": "e2"})
    alone, (coded, _) = (add_codes(text, e, ACTORS, ontology.load()) for e in ([marched], [marched, held]))
    assert alone[0].acled.sub_event_type == "Peaceful protest"
    assert coded.acled.sub_event_type == "Protest with intervention"
