"""Who held which place when?"""

import random
import tomllib
from datetime import date
from pathlib import Path

import pytest

import dateline.archive
from dateline.analysis.control import Claim, Side, Where, changes, held_on, holds
from dateline.analysis.control_lines import line_of
from dateline.analysis.control_rules import control, load_rules, side
from dateline.archive.ask import Question
from tests.archive.asked import fill, story

CASES = tomllib.loads((Path(__file__).parent / "control.toml").read_text("utf-8"))["case"]


def day(text):
    return date.fromisoformat(text) if text else None


def claim(n, place, kind, when, reported, sides, others, denied):
    return Claim(
        Where(place, place, "SYR", None, None), kind, day(when), day(reported), tuple(Side(s, s) for s in sides),
        tuple(Side(s, s) for s in others), ("SOHR",), tuple(denied), f"outlet {n}", f"r{n}",
    )  # fmt: skip


def brief(h):
    return [h.where.name, h.holder.id if h.holder else "", h.how, str(h.since or ""), str(h.until or "")]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_holds_follow_from_changes(case):
    claims = [claim(n, *c) for n, c in enumerate(case["changes"])]
    found = holds(changes(claims))
    assert [brief(h) for h in found] == case["holds"]
    assert [n for h in found for n in h.denied_by] == case.get("denied", [])
    for seed in range(3):
        random.Random(seed).shuffle(claims)
        assert holds(changes(claims)) == found


def test_reports_of_one_change_are_one_with_their_sources_counted():
    told = ["Azaz", "capture", "2016-02-20", "2016-02-21", ["YPG"], [], []]
    (found,) = holds(changes([claim(1, *told), claim(2, *told)]))
    assert found.sources == 2 and found.reports == ("r1", "r2") and found.said_by == ("SOHR",)


def test_who_held_it_on_a_day():
    case = next(c for c in CASES if c["name"] == "taken and retaken")
    found = holds(changes(claim(n, *c) for n, c in enumerate(case["changes"])))
    on = {
        d: [h.holder.id for h in held_on(found, date.fromisoformat(d))]
        for d in ("2016-02-19", "2016-02-20", "2016-03-05")
    }
    assert on == {"2016-02-19": [], "2016-02-20": ["YPG"], "2016-03-05": ["FSA"]}


@pytest.mark.parametrize(
    ("key", "name", "kind", "country", "expected"),
    [
        ("state:SYR/army", "Syrian army", "military", "SYR", "state:SYR"),
        (None, "government troops", "military", "SYR", "state:SYR"),
        ("group:YPG", "YPG", "militia", "SYR", "group:SDF"),
        (None, "the Tigers", "militia", "SYR", "tigers"),
    ],
)
def test_an_army_stands_on_its_state_s_side(key, name, kind, country, expected):
    assert side(key, name, kind, country).id == expected


def captured(key, who, register_key, on, town="Azaz", point=(36.586, 37.044)):
    """A report in which one side takes a town: the shelling of `made.record`, told as a capture."""
    made = story(key, who, register_key, "SYR", on, town, point, published=on)
    first = made.events[0].model_copy(
        update={
            "mode": "territory",
            "acled": made.events[0].acled.model_copy(update={"sub_event_type": "Non-state actor overtakes territory"}),
        }
    )
    actor = made.actors[0].model_copy(update={"kind": "militia"})
    return made.model_copy(update={"actors": [actor, *made.actors[1:]], "events": [first, *made.events[1:]]})


def test_an_archive_is_asked_who_held_what(tmp_path):
    with dateline.archive.open(str(tmp_path / "a.db")) as archive:
        fill(archive, (
            captured("r1", "YPG", "group:YPG", date(2016, 2, 20)),
            captured("r2", "Nusra", "group:nobody-knows", date(2016, 3, 5)),
            captured("r3", "YPG", "group:YPG", date(2016, 2, 21), "Marea", (36.482, 37.195)),
        ))  # fmt: skip
        found = [line_of(h) for h in control(archive, Question(place="Azaz"))]
        assert [(x.place, x.holder_key, x.since, x.until, x.said_by, x.denied_by) for x in found] == [
            ("Azaz", "group:SDF", date(2016, 2, 20), date(2016, 3, 5), "Observatory", "army"),
            ("Azaz", "group:nobody-knows", date(2016, 3, 5), None, "Observatory", "army"),
        ]
        # A question on an actor or on days chooses among the holds, it does not shorten them.
        assert [h.until for h in control(archive, Question(actors=("YPG",), until=date(2016, 2, 20)))] == [
            date(2016, 3, 5)
        ]
        assert {h.where.name for h in control(archive)} == {"Azaz", "Marea"}


def test_the_rules_load():
    assert {r.kind for r in load_rules().rules} == {"capture", "loss", "contest"}
