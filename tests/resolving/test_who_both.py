"""Both, each side, and whose people open what is said."""

from __future__ import annotations

from dateline.reading.graph import Graph, Link, Mark, MarkKind
from dateline.resolving.who_joint import both_of, sides_of
from dateline.resolving.who_names import Reading
from dateline.resolving.who_pronouns import opens_words_of


def graph(text: str, marks: list[tuple[MarkKind, str, dict[str, str]]], links: list[Link]) -> Graph:
    """A text as one sentence, with marks in text order."""
    out, at = [], 0
    for kind, words, labels in marks:
        start = text.index(words, at)
        at = start if kind == "content" else start + len(words)
        out.append(Mark(kind, start, start + len(words), 0.9, labels))
    return Graph(text, ((0, len(text)),), tuple(out), tuple(links))


def test_both_who_deny_are_the_two_who_were_blamed() -> None:
    links = [
        Link("actor", 1, 0, 1.0),
        Link("recipient", 1, 2, 1.0),
        Link("recipient", 1, 3, 1.0),
        Link("same", 4, 0, 0.4),
    ]
    for verb, wanted in (("have denied", (2, 3)), ("have met", (0, 3))):
        text = f"Ruritania blames the Front and its arm, the Party. Both {verb}."
        marks: list[tuple[MarkKind, str, dict[str, str]]] = [
            ("actor", "Ruritania", {}), ("trigger", "blames", {"type": "ACCUSE"}), ("actor", "Front", {}),
            ("actor", "Party", {}), ("actor", "Both", {}),
        ]  # fmt: skip
        found = both_of(graph(text, marks, links), 4, {0: 0, 2: 2, 3: 3}, {0, 2, 3})
        assert found is not None
        assert set(found) == set(wanted)


def test_what_a_speaker_says_of_his_men_is_of_his_own() -> None:
    text = "Ba called Bok a thief and said his men would fight."
    marks: list[tuple[MarkKind, str, dict[str, str]]] = [
        ("actor", "Ba", {}), ("actor", "Bok", {}), ("cue", "said", {}), ("content", "his men would fight", {}), ("actor", "his men", {}),
    ]  # fmt: skip
    g = graph(text, marks, [Link("speaker", 2, 0, 0.9), Link("content", 2, 3, 0.9)])
    assert opens_words_of(g, 4, "he", {0: ("person", None), 1: ("person", None)}) == 0
    assert opens_words_of(g, 4, "it", {0: ("person", None), 1: ("person", None)}) is None


def test_both_leaders_are_no_residents() -> None:
    named = {
        1: Reading("a", "Ruritania", "state"),
        2: Reading("b", "residents", "civilians"),
        3: Reading("c", "Ba", "person"),
    }
    assert sides_of("both leaders", named) == {1, 3}
    assert sides_of("both countries", named) == {1}
    assert sides_of("both", named) == {1, 2, 3}


def test_two_sides_that_have_names_are_the_sides() -> None:
    named = {
        1: Reading("a", "Ruritania", "state", key="state:RUR"),
        2: Reading("b", "soldiers in the camp", "military"),
        3: Reading("c", "the Front", "rebel", key="group:front"),
    }
    assert sides_of("both sides", named) == {1, 3}
    assert sides_of("both sides", {k: named[k] for k in (1, 2)}) == {1, 2}
