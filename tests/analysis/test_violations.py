"""A truce watched, a dispute laid open: on two reports, annotated."""

from datetime import date
from pathlib import Path

import pytest

from dateline.analysis.disputes import disputes
from dateline.analysis.truces import Truce
from dateline.analysis.violations import as_json, watch
from quality.annotated import as_record
from training.shorthand import compile_text


@pytest.fixture(scope="module")
def records():
    passages, problems = compile_text((Path(__file__).parent / "watched.txt").read_text(encoding="utf-8"))
    assert not problems
    return [as_record(a) for a in passages]


@pytest.fixture(scope="module")
def watched(records):
    (found,) = watch(records)
    return found


def test_the_truce_is_found_with_its_parties_day_and_exclusion(watched):
    told = as_json(watched)["truce"]
    assert sorted(told["parties"]) == ["Syrian government", "opposition"]
    assert told["excluded"] == ["Islamic State"]
    assert (told["from"], told["until"]) == ("2016-02-27", None)


def test_a_breach_has_its_accuser_and_its_denial(watched):
    (breach,) = [v for v in as_json(watched)["violations"] if v["excluded"] is None]
    assert breach["parties"] == ["Syrian government"]
    assert breach["day"] == "2016-02-28"
    assert [s["by"] for s in breach["claimed_by"]] == ["opposition"]
    assert [s["by"] for s in breach["denied_by"]] == ["Syrian government"]
    assert breach["independent_sources"] == 1


def test_what_the_truce_leaves_out_is_listed_and_not_counted(watched):
    (outside,) = [v for v in watched.violations if v.excluded]
    assert "Islamic State" in outside.excluded
    assert len(watched.counted()) == 1


def test_the_series_has_a_line_for_each_party_and_accuser(watched):
    assert watched.series() == {("Syrian government", "opposition"): {date(2016, 2, 28): 1}}


def test_a_claimed_total_stands_apart(watched):
    (claimed,) = watched.claimed
    assert (claimed.low, claimed.high) == (9, 9)
    assert watched.parties.name(claimed.by) == "Russia"


def test_a_truce_that_is_given_is_watched_between_its_days(records):
    (found,) = watch(records, [Truce((), (), (), date(2016, 3, 1), date(2016, 3, 9), True, ())])
    assert not found.violations


def test_a_shelling_that_is_blamed_and_denied_is_disputed(records):
    (found,) = disputes(records)
    assert found.over == ("whether it happened so", "who did it")
    assert [(s.how, found.parties.name(s.by)) for s in found.positions] == [
        ("blamed", "opposition"),
        ("denied", "Syrian government"),
    ]
    assert "shelling Daraya" in found.positions[0].evidence.words
