from __future__ import annotations

import pytest

from dateline.reading.graph import Mark
from dateline.record import Participant
from dateline.resolving.nominal import is_nominal, named_parties


@pytest.mark.parametrize(
    "text, noun, parties, named",
    [
        ("Russia hopes that the ceasefire will hold.", "ceasefire", ["Russia"], []),
        ("A truce between Hamas and Israel took effect.", "truce", ["Hamas", "Israel"], ["Hamas", "Israel"]),
        ("The ELN's unilateral ceasefire ended.", "ceasefire", ["ELN"], ["ELN"]),
        ("Assad set terms for a cessation of hostilities with rebels.", "cessation", ["Assad", "rebels"], ["rebels"]),
        ("The ELN has declared a unilateral ceasefire.", "ceasefire", ["ELN"], ["ELN"]),
        ("The army broke the ceasefire, the UN said.", "ceasefire", ["army", "UN"], []),
    ],
)
def test_a_ceasefire_is_whose_its_phrase_says(text: str, noun: str, parties: list[str], named: list[str]) -> None:
    at = text.index(noun)
    actors = [Participant(id=p, span=(text.index(p), text.index(p) + len(p))) for p in parties]
    assert [p.id for p in named_parties(text, Mark("trigger", at, at + len(noun)), actors)] == named


def test_which_nouns() -> None:
    assert is_nominal("Ceasefires") and is_nominal("truce") and not is_nominal("shelling")
