from __future__ import annotations

import pytest

from dateline.resolving.kind import settle_type
from dateline.resolving.nominal import is_light


@pytest.mark.parametrize(
    "text, trigger, was, becomes",
    [
        ("Nigeria deployed 230 peacekeepers to Liberia.", "deployed", "MOBILIZE", "AID"),
        ("Russia deployed 230 tanks on the border.", "deployed", "MOBILIZE", "MOBILIZE"),
        ("Gunmen attacked a peacekeeping patrol.", "attacked", "ASSAULT", "ASSAULT"),
    ],
)
def test_the_words_settle_the_type(text: str, trigger: str, was: str, becomes: str) -> None:
    at = text.index(trigger)
    assert settle_type(text, (0, len(text)), (at, at + len(trigger)), was) == becomes


@pytest.mark.parametrize(
    "verb, between, light",
    [
        ("launched", " an ", True),
        ("voiced", " his full ", True),
        ("launched", " rockets at the ", True),
        ("shelled", " the ", False),
        ("pledged", " to ", False),
    ],
)
def test_a_light_verb_carries_its_noun(verb: str, between: str, light: bool) -> None:
    assert is_light(verb, between) is light
