"""What is no term, and who shares a promise; invented sentences, no model."""

from __future__ import annotations

import pytest

from dateline.kinds import EventType, Status
from dateline.reading import sentences
from dateline.reading.graph import Graph, Link, Mark
from dateline.record import Actor, Event, Participant, Statement, Term
from dateline.resolving.terms import resolve_terms

SIGNED = "The junta and the front signed a pact. The front's men are to hand in their guns by May."


def _event(n: int, text: str, word: str, kind: EventType, status: Status, *who: str) -> Event:
    at = text.index(word)
    return Event(
        id=f"e{n}", type=kind, status=status, trigger=(at, at + len(word)), sentence=(0, len(text)),
        actor=[Participant(id=i, span=(0, 1)) for i in who], recipient=[], confidence=1,
    )  # fmt: skip


def _terms(text: str, actors: dict[str, str], events: list[Event], marked: str | None = None) -> tuple[Term, ...]:
    marks = [Mark("actor", text.index(w), text.index(w) + len(w)) for w in actors]
    of_mark = {i: (who,) for i, who in enumerate(actors.values())}
    links: tuple[Link, ...] = ()
    if marked:
        at = text.index(marked)
        links = (Link("party", len(marks), len(marks) - 1, 0.9),)
        marks.append(Mark("requirement", at, at + len(marked), 0.95, {"form": "demand"}))
    marks += [Mark("trigger", *e.trigger) for e in events]
    whole = {"a3": "a2"}
    known = [
        Actor(id=i, key=None, name=i, kind="rebel", part_of=whole.get(i), mentions=[])  # type: ignore[call-arg]
        for i in dict.fromkeys(actors.values())
    ]
    graph = Graph(text, tuple(sentences.split(text)), tuple(marks), links, (((0, len(text)), 0.5),))
    return resolve_terms(graph, of_mark, events, (), known)


def test_a_duty_under_an_accord_is_no_term() -> None:
    events = [
        _event(1, SIGNED, "signed", "AGREE", "happened", "a1", "a2"),
        _event(2, SIGNED, "hand in", "RETREAT", "demanded", "a3"),
    ]
    actors = {"The junta": "a1", "the front": "a2", "The front's men": "a3"}
    assert _terms(SIGNED, actors, events, "hand in their guns") == ()


def test_without_an_accord_nobody_demands_what_is_only_his_own_to_do() -> None:
    events = [_event(2, SIGNED, "hand in", "RETREAT", "demanded", "a3")]
    assert _terms(SIGNED, {"The front's men": "a3"}, events, "hand in their guns") == ()


def test_two_who_promise_together_have_a_term_each() -> None:
    text = "Chad and Niger will send troops only if the council pays."
    events = [
        _event(1, text, "send", "MOBILIZE", "conditional", "a1", "a2"),
        _event(2, text, "pays", "AID", "conditional", "a4"),
    ]
    found = _terms(text, {"Chad": "a1", "Niger": "a2", "the council": "a4"}, events)
    assert sorted(t.party or "" for t in found) == ["a1", "a2"]
    assert {t.form for t in found} == {"only-if"}


@pytest.mark.parametrize(
    ("text", "speaker", "party"),
    [
        ("A front commander in the hills said there would be no talks until the captives went free.", "A front commander in the hills", "a2"),
        ("A front commander will hold no talks until the captives went free, he said.", "A front commander", "a1"),
        ("Ba Bok said there would be no talks until the captives went free.", "Ba Bok", "a1"),
    ],
)  # fmt: skip
def test_who_has_no_name_and_only_says_it_speaks_for_his_side(text: str, speaker: str, party: str) -> None:
    cue, asked = text.index("said"), text.index("the captives")
    marks = [Mark("actor", 0, len(speaker)), Mark("actor", asked, asked + 12)]
    events = [_event(1, text, "went free", "RETREAT", "demanded"), _event(2, text, "talks", "CONSULT", "negated")]
    marks += [Mark("trigger", *e.trigger) for e in events]
    said = Statement(id="s1", speaker="a1", speaker_span=(0, len(speaker)), cue=(cue, cue + 4), content=[(cue + 5, len(text) - 1)] if cue < asked else [(0, cue - 4)], quoted=False, stance="rejects", confidence=1)  # fmt: skip
    known = [
        Actor(id="a1", name=speaker.removeprefix("A "), kind="person", part_of="a2", mentions=[(0, len(speaker))]),
        Actor(id="a2", name="front", kind="rebel", mentions=[]),
        Actor(id="a3", name="captives", kind="civilians", mentions=[(asked, asked + 12)]),
    ]
    graph = Graph(text, tuple(sentences.split(text)), tuple(marks), (), (((asked, asked + 12), 0.5),))
    (term,) = resolve_terms(graph, {0: ("a1",), 1: ("a3",)}, events, (said,), known)
    assert term.party == party


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The front would sign once the army left first.", 1),
        ("The front dropped a demand that it would sign only once the army left first.", 0),
        ("The pact under which the front will stay until the army left first was read.", 0),
    ],
)
def test_what_is_demanded_no_more_and_what_an_accord_binds_to_is_no_term(text: str, terms: int) -> None:
    events = [_event(1, text, "left", "RETREAT", "conditional", "a2")]
    assert (
        len(_terms(text, {"The front" if "The front" in text else "the front": "a1", "the army": "a2"}, events))
        == terms
    )
