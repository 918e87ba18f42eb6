"""Records made by hand, every span true: one shelling, told by one source, denied by another."""

from __future__ import annotations

from datetime import date

from dateline.record import (
    Acled,
    Actor,
    Commitment,
    Event,
    Figure,
    Participant,
    Place,
    ReaderVersion,
    Record,
    Relation,
    ReportInfo,
    Requirement,
    Statement,
    Term,
    Time,
)

READER = ReaderVersion(version="0.1.0", model="m1", knowledge="k1")
STORY = "{who} shelled {place} on Saturday, killing {killed} people, the Observatory said. The army denied it. It would stop only if the rebels left."


def record(
    key: str,
    *,
    who: str = "Turkey",
    place: str = "Azaz",
    killed: int = 12,
    published: date | None = date(2016, 2, 20),
    outlet: str | None = "Desk",
    title: str | None = None,
    reader: ReaderVersion = READER,
) -> Record:
    """The record of one report of one shelling."""
    text = STORY.format(who=who, place=place, killed=killed)

    def at(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    sentence = (0, text.index(".") + 1)
    return Record(
        schema="dateline/1",
        reader=reader,
        report=ReportInfo(id=key, text=text, published=published, outlet=outlet, title=title, agency="AP"),
        actors=[
            Actor(id="a1", key="turkey", name=who, kind="state", country="TUR", mentions=[at(who)]),
            Actor(id="a2", name="people", kind="civilians", mentions=[at("people")]),
            Actor(id="a3", key="sohr", name="Observatory", kind="ngo", mentions=[at("the Observatory")]),
            Actor(id="a4", name="army", kind="military", part_of="a1", mentions=[at("The army")]),
            Actor(id="a5", name="rebels", kind="rebel", mentions=[at("the rebels")]),
        ],
        places=[
            Place(id="p1", name=place, lat=36.58, lon=37.04, country="SYR", feature="PPL", precision="settlement", radius_km=5, mentions=[at(place)])
        ],
        times=[Time(id="t1", span=at("Saturday"), type="DATE", value="2016-02-20", start=date(2016, 2, 20), end=date(2016, 2, 20))],
        events=[
            Event(
                id="e1", type="ASSAULT", mode="heavy-weapons", status="happened", trigger=at("shelled"), sentence=sentence,
                actor=[Participant(id="a1", span=at(who))], recipient=[Participant(id="a2", span=at("people"))], places=["p1"], time="t1",
                start=date(2016, 2, 20), end=date(2016, 2, 20), figures=["f1"], said_by=["s1"], cameo="194",
                acled=Acled(event_type="Explosions/Remote violence", sub_event_type="Shelling/artillery/missile attack"),
                contexts=["military"], confidence=0.9,
            ),
            Event(
                id="e2", type="RETREAT", status="conditional", trigger=at("stop"), sentence=(text.index("It would"), len(text)),
                actor=[Participant(id="a4", span=at("It would"))], confidence=0.5,
            ),
        ],
        statements=[
            Statement(id="s1", speaker="a3", speaker_span=at("the Observatory"), cue=at("said"), content=[(0, at(", the")[0])], quoted=False, stance="says", events=["e1"], confidence=0.8),
            Statement(id="s2", speaker="a4", speaker_span=at("The army"), cue=at("denied"), content=[at("it.")], quoted=False, stance="denies", events=["e1"], confidence=0.8),
        ],
        terms=[
            Term(id="c1", party="a4", form="only-if", commitment=Commitment(action="stop", span=at("stop")), requires=[Requirement(action="left", by=["a5"], span=at("left"))], statement="s2", confidence=0.6)
        ],
        figures=[Figure(id="f1", span=at(str(killed)), low=killed, high=killed, measure="killed", unit="people", event="e1", place="p1", confidence=0.9)],
        relations=[Relation(id="r1", kind="fights", from_="a4", to="a5", span=at("the rebels"), confidence=0.4)],
    )  # fmt: skip
