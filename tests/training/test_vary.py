"""Other names in the same sentences."""

from __future__ import annotations

import random

from training.corpus import load
from training.shorthand import compile_text
from training.targets import nth
from training.vary import vary

DRAFT = """== v-1 | 2016-02-20 | europe wire
Turkish jets struck a convoy after Ankara accused Peru of arming rebels, and Turkey said more Turks would join.
--
A Turkey | state | Turkish jets; Ankara; Turkey
A Peru | state | Peru
E struck | ASSAULT/aerial | happened | Turkey >
E accused | ACCUSE/allege | happened | Turkey > Peru
"""


def test_every_form_of_a_state_becomes_the_same_form_of_another() -> None:
    (annotation,), _ = compile_text(DRAFT)
    varied = vary(annotation, random.Random(1), share=1.0)
    assert "Turk" not in varied["text"] and "Ankara" not in varied["text"] and "Peru" not in varied["text"]
    for actor in varied["actors"].values():
        assert all(alias in varied["text"] for alias in actor["aliases"])
    assert {a for e in varied["events"] for a in e["actor"] + e["recipient"]} == set(varied["actors"])


def test_every_quoted_phrase_still_stands_where_it_stood() -> None:
    rng = random.Random(3)
    for annotation in load()[::40]:
        varied = vary(annotation, rng, share=1.0)
        for old, new in zip(annotation["events"], varied["events"], strict=True):
            assert nth(varied["text"], new["trigger"], new.get("n", 1)), (old, new)


def test_a_passage_without_states_stays_itself() -> None:
    annotation = {"text": "Rain fell.", "actors": {}}
    assert vary(annotation, random.Random(1), share=1.0) is annotation
