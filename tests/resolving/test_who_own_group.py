"""Whose "the group" is in the words of somebody who belongs to one."""

from __future__ import annotations

from datetime import date

from dateline.knowledge.actors import load_register
from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.who import resolve_actors


def mark(kind: str, text: str, words: str) -> Mark:
    start = text.index(words)
    return Mark(kind, start, start + len(words))  # type: ignore[arg-type]


def read(text: str, speaker: str, content: str) -> dict[str, str | None]:
    """Mentions that are actor marks -> key of their actor; a `same` link pulls "movement" to Hezbollah."""
    marks = (
        mark("actor", text, "Hezbollah"), mark("actor", text, speaker), mark("cue", text, "said"),
        mark("content", text, content), mark("actor", text, "movement"),
    )  # fmt: skip
    links = (Link("speaker", 2, 1, 0.9), Link("content", 2, 3, 0.9), Link("same", 4, 0, 0.9))
    who = resolve_actors(Graph(text, ((0, len(text)),), marks, links), date(2024, 2, 15), load_register())
    keys = {a.id: a.key for a in who.actors}
    return {text[slice(*marks[i].span)]: keys[ids[0]] for i, ids in who.of_mark.items()}


def test_an_officials_movement_is_his_own() -> None:
    text = "Hezbollah fired rockets and a Hamas official said the movement would not disarm"
    found = read(text, "Hamas official", "the movement would not disarm")
    assert found["movement"] == "group:hamas"
    assert found["Hezbollah"] == "group:hezbollah"


def test_the_movement_of_others_is_whom_the_links_say() -> None:
    text = "Hezbollah fired rockets and a baker in Tyre said the movement would not disarm"
    assert read(text, "baker in Tyre", "the movement would not disarm")["movement"] == "group:hezbollah"
    outside = "Hezbollah fired rockets and a Hamas official said so before the movement denied it"
    assert read(outside, "Hamas official", "so")["movement"] == "group:hezbollah"
