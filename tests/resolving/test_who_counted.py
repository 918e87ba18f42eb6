"""A number beside those counted is nobody."""

from __future__ import annotations

import pytest

from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.who_counted import is_number, without_counts


@pytest.mark.parametrize("words", ["nine", "At least 14", "some 5,500", "another three", "Dozens", "two hundred"])
def test_a_count_is_a_number(words: str) -> None:
    assert is_number(words)


@pytest.mark.parametrize("words", ["ten soldiers", "the army", "a", "all", "both", "others"])
def test_a_noun_is_no_number(words: str) -> None:
    assert not is_number(words)


def graph(text: str, *marked: str) -> Graph:
    """A trigger and its marks in text order; the trigger's recipients are all other marks, the first surest."""
    spans = [(w, text.index(w)) for w in marked]
    marks = [Mark("trigger" if n == 0 else "actor", at, at + len(w)) for n, (w, at) in enumerate(spans)]
    order = sorted(range(len(marks)), key=lambda n: marks[n].start)
    place = {n: k for k, n in enumerate(order)}
    links = tuple(Link("recipient", place[0], place[n], 1 - n / 10) for n in range(1, len(marks)))
    return Graph(text, ((0, len(text)),), tuple(marks[n] for n in order), links)


@pytest.mark.parametrize(
    ("text", "marked", "left"),
    [
        ("Shells killed nine civilians in Ada.", ("killed", "nine", "civilians"), {"civilians"}),
        ("The group freed 12 of the 49 hostages.", ("freed", "12", "hostages"), {"hostages"}),
        ("Police held 1,000 people.", ("held", "1", "people"), {"people"}),
        ("Shells killed nine, villagers said.", ("killed", "nine", "villagers"), {"nine", "villagers"}),
        ("Gunmen shot two soldiers.", ("shot", "two soldiers"), {"two soldiers"}),
    ],
)
def test_links_to_a_number_go_to_those_counted(text: str, marked: tuple[str, ...], left: set[str]) -> None:
    found = without_counts(graph(text, *marked))
    assert {text[slice(*m.span)] for _, m in found.of("actor")} == left
    trigger = found.of("trigger")[0][0]
    assert {(k.source, found.text[slice(*found.marks[k.target].span)]) for k in found.links} == {
        (trigger, w) for w in left
    }
    assert max(k.score for k in found.links) == 0.9
