"""Lists of conditions: behind a colon, and over several sentences."""

from __future__ import annotations

import pytest

from dateline.reading import sentences
from dateline.resolving.listed import listed

LISTS = (
    ("The front set three conditions: an end to the siege; the release of its leader; and talks abroad.",
     ["an end to the siege", "the release of its leader", "talks abroad"]),
    ("Its terms were plain: no more raids, the airport opened, and a guarantee from the neighbours.",
     ["no more raids", "the airport opened", "a guarantee from the neighbours"]),
    ("The emir wants two things before he talks: that the army leave Kalma and Tor, and that his brother be freed.",
     ["the army leave Kalma and Tor", "that his brother be freed"]),
    ("The front laid down what it wanted. First, the army must leave Kalma. Second, the airport has to open. Rain fell.",
     ["the army must leave Kalma", "the airport has to open"]),
)  # fmt: skip
NONE = (
    "The court heard three witnesses: a driver, a nurse and a clerk.",
    "The front laid down its arms. The army must leave Kalma.",
    "The front set out what it wanted. The army must leave Kalma, the king answered.",
)


@pytest.mark.parametrize(("text", "items"), LISTS, ids=lambda x: x[:30] if isinstance(x, str) else "")
def test_items_of_lists(text: str, items: list[str]) -> None:
    assert [text[slice(*c.span)] for c in listed(text, sentences.split(text))] == items


@pytest.mark.parametrize("text", NONE, ids=lambda x: x[:30])
def test_other_lists_and_what_others_say_are_none(text: str) -> None:
    assert listed(text, sentences.split(text)) == []


def test_a_list_that_must_come_first_says_until_when() -> None:
    text = "The emir wants two things before he talks: the road opened and the siege lifted."
    assert {c.form for c in listed(text, sentences.split(text))} == {"until"}
