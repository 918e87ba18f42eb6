from __future__ import annotations

import pytest

from dateline.reading.graph import Graph, Link, Mark
from dateline.record import Event, EventType, Participant, Status
from dateline.resolving.said import resolve_statements


def test_who_denies_an_attack_does_not_claim_it() -> None:
    text = "The YPG denied it and the Falcons claimed the bombing."
    words = {w: (text.index(w), text.index(w) + len(w)) for w in ("YPG", "denied", "Falcons", "claimed")}
    marks = (
        Mark("actor", *words["YPG"]),
        Mark("cue", *words["denied"], 0.9, {"stance": "denies"}),
        Mark("actor", *words["Falcons"]),
        Mark("cue", *words["claimed"], 0.9, {"stance": "claims-responsibility"}),
    )
    links = (Link("speaker", 1, 0, 0.9), Link("speaker", 3, 0, 0.8), Link("speaker", 3, 2, 0.9))
    statements, _ = resolve_statements(Graph(text, ((0, len(text)),), marks, links), {0: ("a1",), 2: ("a2",)}, ())
    assert [(s.id, s.speaker, s.stance) for s in statements] == [
        ("s1", "a1", "denies"),
        ("s2", "a2", "claims-responsibility"),
    ]


def test_a_much_weaker_speaker_is_none() -> None:
    text = "Russia said, and Iran heard, that it would go on."
    marks = (Mark("actor", 0, 6), Mark("cue", 7, 11, 0.9, {"stance": "says"}), Mark("actor", 17, 21))
    links = (Link("speaker", 1, 0, 0.95), Link("speaker", 1, 2, 0.55))
    statements, _ = resolve_statements(Graph(text, ((0, len(text)),), marks, links), {0: ("a1",), 2: ("a2",)}, ())
    assert [s.speaker for s in statements] == ["a1"]


def test_a_claim_that_nobody_made_is_none() -> None:
    text = "No group immediately claimed the blast."
    marks = (Mark("cue", 21, 28, 0.9, {"stance": "claims-responsibility"}),)
    assert resolve_statements(Graph(text, ((0, len(text)),), marks, ()), {}, ())[0] == ()


def test_an_attack_blamed_denied_and_claimed_is_one_event() -> None:
    text = "Turkey blamed the YPG for the attack, it denied it and the Falcons claimed the bombing."
    at = {w: (text.index(w), text.index(w) + len(w)) for w in ("blamed", "denied", "claimed", "attack", "bombing")}
    blamed = (text.index("the YPG"), at["attack"][1])
    bombing = (text.index("the bombing"), at["bombing"][1])
    marks = (
        Mark("cue", *at["blamed"], 0.9, {"stance": "accuses"}),
        Mark("cue", *at["denied"], 0.9, {"stance": "denies"}),
        Mark("cue", *at["claimed"], 0.9, {"stance": "claims-responsibility"}),
        Mark("content", *blamed),
        Mark("content", *bombing),
    )
    links = (Link("content", 0, 3), Link("content", 2, 4))
    whole = (0, len(text))
    events = [
        Event(id="e1", type="ASSAULT", status="happened", trigger=at["attack"], sentence=whole, confidence=0.9),
        Event(id="e2", type="ASSAULT", status="happened", trigger=at["bombing"], sentence=whole, confidence=0.5),
    ]
    statements, _ = resolve_statements(Graph(text, (whole,), marks, links), {}, events)
    assert [s.events[0] for s in statements] == ["e1", "e1", "e1"]


def test_a_denied_it_stands_alone() -> None:
    text = "The YPG deny it and others claimed the bombing."
    marks = (Mark("cue", 8, 12, 0.9, {"stance": "denies"}), Mark("content", 13, len(text) - 1))
    statements, _ = resolve_statements(Graph(text, ((0, len(text)),), marks, (Link("content", 0, 1),)), {}, ())
    assert [text[a:b] for a, b in statements[0].content] == ["it"]


def test_who_did_the_act_before_a_participle_speaks_on() -> None:
    text = "Peru hit out at Chile, telling a daily that it would leave."
    marks = (Mark("actor", 0, 4), Mark("cue", 23, 30, 0.9, {"stance": "says"}))
    event = Event(
        id="e1", type="ACCUSE", mode=None, status="happened", trigger=(5, 8), sentence=(0, len(text)),
        actor=[Participant(id="a1", span=(0, 4))], recipient=[], places=[], time=None, start=None, end=None,
        cameo=None, confidence=0.9,
    )  # fmt: skip
    graph = Graph(text, ((0, len(text)),), marks, ())
    told, _ = resolve_statements(graph, {0: ("a1",)}, (event,))
    assert [(s.id, s.speaker, s.stance, s.cue) for s in told] == [
        ("s1", "a1", "condemns", (5, 8)),
        ("s2", "a1", "says", (23, 30)),
    ]
    assert [s.speaker for s in resolve_statements(graph, {0: ("a1",)}, ())[0]] == [None]


@pytest.mark.parametrize(
    ("text", "type_", "status", "stances"),
    [
        ("Peru called for a truce.", "REQUEST", "happened", ["demands"]),
        ("Peru called for a truce.", "REQUEST", "negated", []),
        ("Peru called off a truce.", "REJECT", "happened", []),
        ("Peru sued Chile for it.", "ACCUSE", "happened", []),
    ],
)
def test_a_call_that_is_taken_for_an_act_alone_is_told(
    text: str, type_: EventType, status: Status, stances: list[str]
) -> None:
    verb = (5, text.index(" ", 5))
    event = Event(
        id="e1", type=type_, status=status, trigger=verb, sentence=(0, len(text)), confidence=0.9,
        actor=[Participant(id="a1", span=(0, 4))],
    )  # fmt: skip
    told, _ = resolve_statements(Graph(text, ((0, len(text)),), (Mark("actor", 0, 4),), ()), {0: ("a1",)}, (event,))
    assert [s.stance for s in told] == stances


def test_a_verb_joined_to_a_cue_has_its_speaker() -> None:
    text = "Peru said there was no proof and blamed Chile."
    at = {w: (text.index(w), text.index(w) + len(w)) for w in ("said", "blamed")}
    marks = (
        Mark("actor", 0, 4),
        Mark("cue", *at["said"], 0.9, {"stance": "says"}),
        Mark("cue", *at["blamed"], 0.9, {"stance": "accuses"}),
    )
    graph = Graph(text, ((0, len(text)),), marks, (Link("speaker", 1, 0, 0.9), Link("speaker", 2, 0, 0.1)))
    assert [s.speaker for s in resolve_statements(graph, {0: ("a1",)}, ())[0]] == ["a1", "a1"]


def test_the_clause_after_a_cue_is_what_is_said() -> None:
    text = "The rebels fled and the army said it had taken the town."
    army, said = text.index("army"), text.index("said")
    marks = (
        Mark("actor", army, army + 4),
        Mark("cue", said, said + 4, 0.9, {"stance": "says"}),
        Mark("content", 0, len(text) - 1),
    )
    links = (Link("speaker", 1, 0, 0.9), Link("content", 1, 2, 0.2))
    statements, _ = resolve_statements(Graph(text, ((0, len(text)),), marks, links), {0: ("a1",)}, ())
    assert [text[a:b] for a, b in statements[0].content] == ["it had taken the town"]
    before = (*marks[:2], Mark("content", 0, text.index(" and")))
    statements, _ = resolve_statements(Graph(text, ((0, len(text)),), before, links), {0: ("a1",)}, ())
    assert [text[a:b] for a, b in statements[0].content] == ["it had taken the town"]


def test_what_stands_before_a_cue_that_ends_its_sentence_is_said() -> None:
    text = "The camp had closed, officials said."
    at = text.index("officials")
    marks = (Mark("actor", at, at + 9), Mark("cue", at + 10, at + 14, 0.9, {"stance": "says"}), Mark("content", 0, 19))
    graph = Graph(text, ((0, len(text)),), marks, (Link("speaker", 1, 0, 0.9), Link("content", 1, 2, 0.2)))
    assert [text[a:b] for a, b in resolve_statements(graph, {0: ("a1",)}, ())[0][0].content] == ["The camp had closed"]


def test_a_denial_in_the_next_sentence_is_of_the_act_that_was_told() -> None:
    text = "Villagers said the army bombed a wedding. It denied the claim."
    said, denied, bombed = ((text.index(w), text.index(w) + len(w)) for w in ("said", "denied", "bombed"))
    told, claim = (text.index("the army"), text.index(". It")), (text.index("the claim"), len(text) - 1)
    marks = (
        Mark("cue", *said, 0.9, {"stance": "says"}),
        Mark("cue", *denied, 0.9, {"stance": "denies"}),
        Mark("content", *told),
        Mark("content", *claim),
    )
    links = (Link("content", 0, 2), Link("content", 1, 3))
    sentences = ((0, told[1] + 1), (told[1] + 2, len(text)))
    events = [Event(id="e1", type="ASSAULT", status="happened", trigger=bombed, sentence=sentences[0], confidence=0.9)]
    statements, _ = resolve_statements(Graph(text, sentences, marks, links), {}, events)
    assert [s.events for s in statements] == [["e1"], ["e1"]]


def test_who_is_blamed_does_not_speak() -> None:
    text = "The militia is widely blamed for the raid."
    marks = (Mark("actor", 4, 11), Mark("cue", text.index("blamed"), text.index(" for"), 0.9, {"stance": "accuses"}))
    links = (Link("speaker", 1, 0, 0.9),)
    statements, _ = resolve_statements(Graph(text, ((0, len(text)),), marks, links), {0: ("a1",)}, ())
    assert [s.speaker for s in statements] == [None]


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("Its new rules, said the minister, allow it.", "minister", "said"),
        ("The chief of staff, Alex Bando, announced a halt.", "chief of staff, Alex Bando", "announced"),
        # The model's mark may end inside a word.
        ("Guns fell silent, according to a photographer there.", "photographer", "according"),
    ],
)
def test_who_stands_beside_a_cue_speaks(text: str, speaker: str, cue: str) -> None:
    marks = tuple(
        Mark(kind, text.index(w), text.index(w) + len(w), 0.9, {"stance": "says"})
        for kind, w in (("actor", speaker), ("cue", cue))
    )
    statements, _ = resolve_statements(Graph(text, ((0, len(text)),), marks, ()), {0: ("a1",)}, ())
    assert [s.speaker for s in statements] == ["a1"]


def test_who_is_only_named_in_a_quotation_does_not_speak() -> None:
    text = "Crowds marched with banners reading ‘ No to Bando ’ to demand peace."
    crowds, bando, marched, demand = (
        (text.index(w), text.index(w) + len(w)) for w in ("Crowds", "Bando", "marched", "demand")
    )
    marks = (Mark("actor", *crowds), Mark("actor", *bando), Mark("cue", *demand, 0.9, {"stance": "demands"}))
    event = Event(
        id="e1", type="PROTEST", status="happened", trigger=marched, sentence=(0, len(text)), confidence=0.9,
        actor=[Participant(id="a1", span=crowds)],
    )  # fmt: skip
    graph = Graph(text, ((0, len(text)),), marks, (Link("speaker", 2, 1, 0.99),))
    statements, _ = resolve_statements(graph, {0: ("a1",), 1: ("a2",)}, [event])
    assert [s.speaker for s in statements] == ["a1"]


def test_examples_belong_to_what_is_claimed() -> None:
    text = "Ruritania's Wolves claimed responsibility for three attacks, including the raid of May."
    cue = (text.index("claimed"), text.index(" for"))
    marks = (Mark("actor", 0, 18), Mark("cue", *cue, 0.9, {"stance": "claims-responsibility"}),
             Mark("content", text.index("three"), text.index(", incl")))  # fmt: skip
    graph = Graph(text, ((0, len(text)),), marks, (Link("speaker", 1, 0, 0.9), Link("content", 1, 2, 0.9)))
    statements, _ = resolve_statements(graph, {0: ("a1",)}, ())
    assert [text[a:b] for a, b in statements[0].content] == ["three attacks, including the raid of May"]


def test_a_bare_claim_is_of_the_attack_that_was_told() -> None:
    text = "Drones struck a depot. The Wolves claimed responsibility."
    struck, claimed, what = ((text.index(w), text.index(w) + len(w)) for w in ("struck", "claimed", "responsibility"))
    sentences = ((0, 22), (23, len(text)))
    marks = (Mark("cue", *claimed, 0.9, {"stance": "claims-responsibility"}), Mark("content", *what))
    event = Event(id="e1", type="ASSAULT", status="happened", trigger=struck, sentence=sentences[0], confidence=0.9)
    statements, _ = resolve_statements(Graph(text, sentences, marks, (Link("content", 0, 1, 0.9),)), {}, [event])
    assert [s.events for s in statements] == [["e1"]]


def test_a_demand_asks_for_what_follows_it() -> None:
    text = "He asked Fiji to send police, but a court ordered the ministry to wait."
    court, ordered = ((text.index(w), text.index(w) + len(w)) for w in ("a court", "ordered"))
    marks = (
        Mark("content", text.index("Fiji"), text.index(", but")),
        Mark("actor", *court),
        Mark("cue", *ordered, 0.9, {"stance": "demands"}),
    )
    links = (Link("speaker", 2, 1, 0.9), Link("content", 2, 0, 0.8))
    statements, _ = resolve_statements(Graph(text, ((0, len(text)),), marks, links), {1: ("a1",)}, ())
    assert [text[a:b] for a, b in statements[0].content] == ["the ministry to wait"]
