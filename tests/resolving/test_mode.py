"""How was it done, as far as the words show it."""

from __future__ import annotations

import pytest

from dateline.resolving.mode import evidence, settle_mode


@pytest.mark.parametrize(
    ("text", "mode", "right"),
    [
        ("Jets pounded the ridge.", "aerial", "aerial"),
        ("Four Su-25s hit the ridge.", "aerial", "aerial"),
        ("A bomb attack in the market killed nine.", "aerial", "explosives"),
        ("The attack in the market killed nine.", "aerial", None),
        ("A man blew himself up at the gate.", "suicide-attack", "suicide-attack"),
        ("A car bomb went off at the gate.", "suicide-attack", None),
        ("The two met in Geneva.", "phone", None),
        ("The two spoke by telephone.", "phone", "phone"),
        ("Gunmen opened fire on the bus.", "firearms", "firearms"),
        ("Gunmen opened fire on the bus.", None, None),
        ("Tanks fired on the bus.", "heavy-weapons", "heavy-weapons"),
        ("Gunmen fired on the bus.", "heavy-weapons", "firearms"),
        ("A grenade hurt six in a bar.", "heavy-weapons", "explosives"),
    ],
)
def test_a_mode_needs_words_that_show_it(text: str, mode: str | None, right: str | None) -> None:
    assert settle_mode(text, (0, len(text)), mode) == right


def test_words_of_the_next_sentence_show_nothing() -> None:
    assert settle_mode("An attack killed nine. Jets left.", (0, 22), "aerial") is None


def test_every_mode_of_the_table_is_of_the_codebook() -> None:
    assert set(evidence()) == {"aerial", "drone", "heavy-weapons", "phone", "suicide-attack", "territory"}


@pytest.mark.parametrize(
    ("sentence", "mode"),
    [
        ("Rebels [took] three policemen near the bridge.", "abduct"),
        ("Rebels [seized] the policemen's barracks.", "territory"),
        ("Rebels [took] the town.", "territory"),
        ("A nurse says she was [taken] from the square.", "abduct"),
        ("The men had [taken] the hill.", "territory"),
        ("The town was [taken] at dawn.", "territory"),
    ],
)
def test_persons_are_no_land(sentence: str, mode: str) -> None:
    start, text = sentence.index("["), sentence.replace("[", "").replace("]", "")
    assert settle_mode(text, (0, len(text)), "territory", (start, sentence.index("]") - 1)) == mode
