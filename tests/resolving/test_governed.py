"""Who does what another act or statement governs."""

from __future__ import annotations

import pytest

from dateline.record import Event, EventType, Participant, Span, Statement
from dateline.resolving.governed import with_governed


def at(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def event(text: str, words: str, type_: EventType, actor: str = "", recipient: str = "") -> Event:
    """An event with this trigger; parties by their words, whose first letter is their id."""
    sides = {
        side: [Participant(id=w[0].lower(), span=at(text, w))] if w else []
        for side, w in (("actor", actor), ("recipient", recipient))
    }
    return Event(
        id=words, type=type_, status="happened", trigger=at(text, words), sentence=(0, len(text)), confidence=0.9, **sides
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "governs", "type_", "governed", "second", "doing"),
    [
        ("Alba threatened last week to shell Brno.", "threatened", "THREATEN", "shell", "ASSAULT", ["a"]),
        ("Alba refused to free the men of Brno.", "refused", "REJECT", "free", "RETREAT", ["a"]),
        ("Alba asked Brno to leave the hills.", "asked", "REQUEST", "leave", "RETREAT", ["b"]),
        ("Alba accused Brno of shelling a market.", "accused", "ACCUSE", "shelling", "ASSAULT", ["b"]),
        # Who shall do it is not said.
        ("Alba asked Brno for captives to be freed.", "asked", "REQUEST", "freed", "RETREAT", []),
        ("Alba threatened Brno, which shelled a market.", "threatened", "THREATEN", "shelled", "ASSAULT", []),
    ],
)
def test_whoever_an_act_makes_do_another(
    text: str, governs: str, type_: EventType, governed: str, second: EventType, doing: list[str]
) -> None:
    events = [event(text, governs, type_, "Alba", "Brno"), event(text, governed, second)]
    assert [p.id for p in with_governed(text, events, ())[1].actor] == doing


def test_whoever_speaks_an_act_does_it() -> None:
    text = "Alba coupled it with a request: that Brno watch."
    request = event(text, "request", "REQUEST", recipient="Brno")
    said = Statement(
        id="s1", speaker="a", speaker_span=(0, 4), cue=at(text, "request"), content=[], quoted=False, stance="demands",
        events=[], confidence=0.9,
    )  # fmt: skip
    assert [p.id for p in with_governed(text, [request], [said])[0].actor] == ["a"]
    own = said.model_copy(update={"speaker": "b", "speaker_span": at(text, "Brno")})
    assert with_governed(text, [request], [own])[0].actor == []


def test_whoever_is_urged_to_speak_urges_nobody() -> None:
    text = "Witnesses have been urged to call."
    said = Statement(
        id="s1", speaker="w", speaker_span=(0, 9), cue=at(text, "urged"), content=[], quoted=False, stance="demands",
        events=[], confidence=0.9,
    )  # fmt: skip
    request = with_governed(text, [event(text, "urged", "REQUEST")], [said])[0]
    assert request.actor == [] and [p.id for p in request.recipient] == ["w"]


@pytest.mark.parametrize(
    ("text", "doing"),
    [
        ("Alba blames Brno for a blast that killed ten.", []),
        ("Alba and Brno each blame the other for a blast that killed ten.", ["a"]),
    ],
)
def test_whoever_accuses_others_of_it_did_not_do_it(text: str, doing: list[str]) -> None:
    blame = "blames" if "blames" in text else "blame"
    killed = event(text, "killed", "ASSAULT", "Alba")
    said = Statement(
        id="s1", speaker="a", speaker_span=(0, 4), cue=at(text, blame), content=[(text.index("a blast"), len(text) - 1)],
        quoted=False, stance="accuses", events=[], confidence=0.9,
    )  # fmt: skip
    assert [
        p.id for p in with_governed(text, [event(text, blame, "ACCUSE", "Alba"), killed], (said,))[1].actor
    ] == doing
