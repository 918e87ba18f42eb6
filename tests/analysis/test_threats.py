"""A threat makes nobody wait: the other side averts it."""

import pytest

from dateline.analysis.told import lines
from dateline.analysis.truce import board
from dateline.record import (
    Actor,
    Commitment,
    ReaderVersion,
    Record,
    ReportInfo,
    Requirement,
    Span,
    Stance,
    Statement,
    Term,
    TermForm,
)


def record(would: str, form: TermForm, asked: str, stance: Stance) -> Record:
    text = f"The army said it would {would} if or until or unless the rebels {asked}."

    def at(words: str) -> Span:
        return (text.index(words), text.index(words) + len(words))

    return Record(
        schema="dateline/1", reader=ReaderVersion(version="made", model="none", knowledge="none"),
        report=ReportInfo(id="r1", text=text),
        actors=[
            Actor(id="a1", name="army", kind="military", mentions=[at("army")]),
            Actor(id="a2", name="rebels", kind="rebel", mentions=[at("rebels")]),
        ],
        statements=[Statement(id="s1", speaker="a1", cue=at("said"), content=[(14, len(text))], quoted=False, stance=stance, confidence=1)],
        terms=[Term(id="c1", party="a1", form=form, statement="s1", commitment=Commitment(action=would, span=at(would)), requires=[Requirement(action=f"the rebels {asked}", by=["a2"], span=at(asked))], confidence=1)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("would", "form", "asked", "stance", "line"),
    [
        ("take the port", "if", "did not release the hostages", "threatens", "army threatens, unless: rebels: release prisoners"),
        ("widen its offensive", "unless", "release the hostages", "says", "army threatens, unless: rebels: release prisoners"),
        ("withdraw", "until", "release the hostages", "says", "army would not withdraw — until rebels: release prisoners"),
        ("withdraw", "if", "release the hostages", "says", "army would withdraw — if rebels: release prisoners"),
    ],
)  # fmt: skip
def test_who_would_do_what_if_is_told_the_right_way_round(
    would: str, form: TermForm, asked: str, stance: Stance, line: str
) -> None:
    b = board([record(would, form, asked, stance)])
    told = "\n".join(x for _, found in lines(b) for x in found)
    assert line in told
    assert ("waits for" in told) is ("threatens" not in line)
