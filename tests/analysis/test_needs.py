"""Who must act where a requirement names nobody."""

from datetime import date

import pytest

from dateline.analysis.needs import needs
from dateline.analysis.parties import UNKNOWN, gather
from dateline.record import Actor, Event, Participant, ReaderVersion, Record, ReportInfo, Requirement, Term

TEXT = "Ruritania besieges Zenda and Borduria shelled Strelsau. The rebels will talk once the siege is lifted, the shelling stops and a bank is built."


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def asked(words: str, besieger: str = "a2") -> list[str]:
    """The names of those who must do what the words ask for."""
    names = {"a1": "rebels", "a2": "Ruritania", "a3": "Borduria"}
    acts = (("besieges", "COERCE", "restrict", besieger), ("shelled", "ASSAULT", "heavy-weapons", "a3"))
    record = Record(
        schema="dateline/1", reader=ReaderVersion(version="made", model="none", knowledge="none"),
        report=ReportInfo(id="r1", text=TEXT, published=date(2020, 3, 6)),
        actors=[Actor(id=i, name=n, kind="rebel" if i == "a1" else "state", mentions=[at(n)]) for i, n in names.items()],
        events=[
            Event(id=f"e{n}", type=type_, mode=mode, status="happened", trigger=at(word), sentence=(0, TEXT.index(".")), actor=[Participant(id=who, span=at(names[who]))], confidence=1)
            for n, (word, type_, mode, who) in enumerate(acts)
        ],
        terms=[Term(id="c1", party="a1", form="if", requires=[Requirement(action=words, by=[], span=at(words))], confidence=1)],
    )  # fmt: skip
    parties = gather([record])
    (need,) = needs(record, record.terms[0], parties)
    assert need.inferred
    return [s.doer if s.doer == UNKNOWN else parties.name(s.doer) for s in need.steps]


@pytest.mark.parametrize(
    ("words", "doers"),
    [("the siege is lifted", ["Ruritania"]), ("the shelling stops", ["Borduria"]), ("a bank is built", [UNKNOWN])],
)
def test_whoever_does_it_must_end_it(words, doers):
    assert asked(words) == doers


def test_nobody_waits_for_himself():
    assert asked("the siege is lifted", besieger="a1") == [UNKNOWN]
