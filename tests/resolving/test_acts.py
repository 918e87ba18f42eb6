from __future__ import annotations

import pytest

from dateline.reading.graph import Mark
from dateline.resolving.acts import chance, first_word, is_act, weights


@pytest.mark.parametrize(
    "words, raw, act",
    [
        ("attacked", 0.9, True),
        ("attacked", 0.3, True),
        ("grip", 0.2, False),
        ("tensions", 0.25, False),
        ("up", 0.2, False),
        ("no such word", 0.99, True),
    ],
)
def test_a_word_that_is_seldom_an_act_needs_a_surer_model(words: str, raw: float, act: bool) -> None:
    assert is_act(Mark("trigger", 0, len(words), raw=raw), words) is act


def test_the_chance_grows_with_the_score_and_with_the_share() -> None:
    weak, strong = Mark("trigger", 0, 4, raw=0.3), Mark("trigger", 0, 4, raw=0.8)
    assert chance(weak, "attacked") < chance(strong, "attacked")
    assert chance(weak, "grip") < chance(weak, "attacked")


def test_the_first_word_counts() -> None:
    assert first_word("Lay down") == "lay"
    assert first_word("...") == ""


def test_the_table_holds_the_words_of_the_corpus() -> None:
    assert len(weights().share) > 1500
    assert weights().share["attacked"] > 0.5
