"""Areas and days: what cannot overlap does not collide."""

from datetime import date

import pytest

from dateline.analysis.scope import Area, Scope, apart, days_of, scope, scope_words
from dateline.analysis.told import as_json, lines
from dateline.analysis.truce import board
from dateline.record import (
    Actor,
    Commitment,
    Place,
    ReaderVersion,
    Record,
    ReportInfo,
    Requirement,
    Statement,
    Term,
    Time,
)

IDLIB = Area("Idlib", "SYR", 35.93, 36.63, 40, False)
DEIR_EZZOR = Area("Deir Ezzor", "SYR", 35.33, 40.14, 40, False)
SYRIA = Area("Syria", "SYR", 35, 38, 400, True)
DAY = date(2020, 3, 6)


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        (Scope((IDLIB,)), Scope((DEIR_EZZOR,)), "area"),
        (Scope((IDLIB,)), Scope((SYRIA,)), None),
        (Scope((IDLIB, DEIR_EZZOR)), Scope((DEIR_EZZOR,)), None),
        (Scope((IDLIB,)), Scope(), None),
        (Scope((Area("here", None, None, None, 0, False),)), Scope((IDLIB,)), None),
        (Scope((), None, date(2020, 3, 1)), Scope((), DAY), "period"),
        (Scope((), DAY), Scope((), None, date(2020, 3, 1)), "period"),
        (Scope((), DAY, DAY), Scope((), DAY), None),
        (Scope((), DAY), Scope((), date(2021, 1, 1)), None),
    ],
)
def test_scopes_are_apart_only_when_both_are_known_and_cannot_overlap(a, b, why):
    assert apart(a, b) == apart(b, a) == why


@pytest.mark.parametrize(("value", "days"), [("P3D", 3), ("P2W", 14), ("PT48H", 2), ("PT1H", 1), ("P1M", None), (None, None)])  # fmt: skip
def test_a_period_in_days(value, days):
    assert days_of(value) == days


def _record(asked: str, refused: str, places=(), times=()) -> Record:
    text = (
        f"The rebels would sign only if Russia stops its attacks {asked}. Russia will never halt its attacks {refused}."
    )

    def at(words: str, last: bool = False):
        start = text.rindex(words) if last else text.index(words)
        return (start, start + len(words))

    content = at(f"will never halt its attacks {refused}")
    return Record(
        schema="dateline/1", reader=ReaderVersion(version="made", model="none", knowledge="none"),
        report=ReportInfo(id="r1", text=text, published=DAY),
        actors=[
            Actor(id="a1", name="rebels", key="group:rebels", kind="rebel", mentions=[at("rebels")]),
            Actor(id="a2", name="Russia", key="state:RUS", kind="state", mentions=[at("Russia"), at("Russia", last=True)]),
        ],
        places=[Place(id=f"p{i}", name=a.name, lat=a.lat, lon=a.lon, country=a.country, precision="country" if a.whole_country else "settlement", radius_km=a.radius_km, mentions=[at(a.name)]) for i, a in enumerate(places)],
        times=[Time(id=f"t{i}", span=at(w), type="DATE", value=str(d), start=d, end=d) for i, (w, d) in enumerate(times)],
        statements=[Statement(id="s1", speaker="a2", cue=at("will", last=True), content=[content], quoted=False, stance="rejects", confidence=1)],
        terms=[Term(id="c1", party="a1", form="only-if", commitment=Commitment(action="sign", span=at("sign")), requires=[Requirement(action=f"Russia stops its attacks {asked}", by=["a2"], span=at(f"Russia stops its attacks {asked}"))], confidence=1)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "refused", "places", "times", "together"),
    [
        ("in Idlib", "in Deir Ezzor", (IDLIB, DEIR_EZZOR), (), True),
        ("in Idlib", "anywhere in Syria", (IDLIB, SYRIA), (), False),
        ("in Idlib", "at all", (IDLIB,), (), False),
        ("in Idlib", "as its tanks roll into Deir Ezzor", (IDLIB, DEIR_EZZOR), (), False),
        ("until Sunday", "from Monday", (), (("Sunday", date(2020, 3, 8)), ("Monday", date(2020, 3, 9))), True),
        ("from Sunday", "from Monday", (), (("Sunday", date(2020, 3, 8)), ("Monday", date(2020, 3, 9))), False),
    ],
)
def test_a_demand_and_a_refusal_collide_only_where_and_when_both_hold(asked, refused, places, times, together):
    b = board([_record(asked, refused, places, times)])
    assert b.together is together
    assert bool(b.elsewhere) is together
    assert bool(as_json(b)["elsewhere"]) is together
    told = "\n".join(x for _, found in lines(b) for x in found)
    assert ("no collision" in told) is together


def test_words_that_turn_to_something_else_are_no_scope():
    record = _record("as its army advances in Idlib", "at all", (IDLIB,))
    assert scope(record, record.terms[0].requires[0].span) == Scope()


def test_the_words_say_where_and_when():
    record = _record("in Idlib until Sunday", "at all", (IDLIB,), (("Sunday", date(2020, 3, 8)),))
    assert scope_words(scope(record, record.terms[0].requires[0].span)) == "in Idlib, until 2020-03-08"
