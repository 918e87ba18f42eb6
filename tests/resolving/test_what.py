"""Which act governs its sentence, and which words show who takes part."""

from __future__ import annotations

import pytest

from dateline.knowledge import ontology
from dateline.reading.graph import Graph, Link, Mark, MarkKind
from dateline.record import Event, EventType, Participant, Status
from dateline.resolving.what import participants, ranked, resolve_events


def event(text: str, words: str, type_: EventType, status: Status = "happened", party: str = "") -> Event:
    """An event of a text of one sentence, done to a party where one is named."""
    at, who = text.index(words), text.index(party)
    return Event(
        id=words, type=type_, status=status, trigger=(at, at + len(words)), sentence=(0, len(text)), confidence=1.0,
        recipient=[Participant(id=party, span=(who, who + len(party)))] if party else [],
    )  # fmt: skip


def test_an_act_that_only_tells_who_somebody_is_counts_least() -> None:
    text = "The jailed ministers of Borduria were freed."
    jailed = event(text, "jailed", "COERCE", party="jailed ministers")
    freed = event(text, "freed", "RETREAT", party="jailed ministers")
    assert [e.confidence for e in ranked(text, [jailed, freed])] == [0.49, 1.0]
    text = "The Borduria-brokered truce held."
    acts = [event(text, "brokered", "CONSULT"), event(text, "truce", "RETREAT")]
    assert [e.confidence for e in ranked(text, acts)] == [0.49, 1.0]


def test_what_is_called_off_counts_for_less_than_what_calls_it_off() -> None:
    text = "Miners called off a strike and went home."
    acts = [event(text, "called off", "RETREAT"), event(text, "strike", "PROTEST", "cancelled")]
    assert [e.confidence for e in ranked(text, acts)] == [1.0, 0.49]


def test_a_pronoun_is_shown_by_the_name_before_it() -> None:
    text = "The Bordurian army said it had freed ten men."
    marks = [Mark("actor", text.index(w), text.index(w) + len(w)) for w in ("Bordurian army", "it", "ten men")]
    at = text.index("freed")
    labels = {"type": "RETREAT", "status": "happened"}
    trigger = Mark("trigger", at, at + 5, score=0.99, raw=0.99, labels=labels)
    links = (Link("actor", 3, 1, 0.99), Link("recipient", 3, 2, 0.99))
    graph = Graph(text, ((0, len(text)),), (*marks, trigger), links)
    shown = []
    for army in ("army", "navy"):  # whom the name stands for
        (freed,) = resolve_events(graph, {0: (army,), 1: ("army",), 2: ("men",)}, (), (), ontology.load())
        shown.append([(p.id, text[slice(*p.span)]) for p in freed.actor])
    assert shown == [[("army", "Bordurian army")], [("army", "it")]]


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        # The model means the name that it links as well; what it links to the description of a speaker alone is not his.
        ("Ba, a coalition, said the raids hit a bus.", 0.1, []),
        ("Ba, a coalition, said the raids hit a bus.", 0.6, ["ba"]),
        ("Ba, a coalition, hit a bus.", 0.1, ["ba"]),
    ],
)
def test_what_is_told_is_not_done_by_the_description_of_the_speaker(text: str, name: float, wanted: list[str]) -> None:
    def mark(kind: MarkKind, words: str, **labels: str) -> Mark:
        at = text.index(words)
        return Mark(kind, at, at + len(words), score=0.99, raw=0.99, labels=labels)

    marks = [
        mark("actor", "Ba"),
        mark("actor", "a coalition"),
        mark("trigger", "hit", type="ASSAULT", status="happened"),
    ]
    marks += [mark("cue", "said", stance="says")] if "said" in text else []
    links = (Link("actor", 2, 0, name), Link("actor", 2, 1, 0.95))
    graph = Graph(text, ((0, len(text)),), tuple(marks), links)
    (hit,) = resolve_events(graph, {0: ("ba",), 1: ("ba",)}, (), (), ontology.load())
    assert [p.id for p in hit.actor] == wanted


@pytest.mark.parametrize(
    ("scores", "beside", "wanted"),
    [
        ((0.9, 0.5), 0.6, ["the villagers"]),
        ((0.9, 0.7), 0.6, ["the villagers", "a priest"]),
        ((0.5, 0.45), 0.6, ["the villagers"]),
        ((0.9, 0.5), 0.0, ["the villagers", "a priest"]),
    ],
)
def test_beside_a_surer_one_more_is_needed(scores: tuple[float, float], beside: float, wanted: list[str]) -> None:
    text = "They shot the villagers and a priest."
    marks = tuple(
        Mark(kind, text.index(words), text.index(words) + len(words))  # type: ignore[arg-type]
        for kind, words in (("trigger", "shot"), ("actor", "the villagers"), ("actor", "a priest"))
    )
    links = tuple(Link("recipient", 0, n, score) for n, score in enumerate(scores, 1))
    found = participants(
        Graph(text, ((0, len(text)),), marks, links), links, {1: ("a1",), 2: ("a2",)}, 0.4, 0.4, beside
    )
    assert [text[slice(*p.span)] for p in found] == wanted
