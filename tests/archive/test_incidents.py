"""Which events tell of one happening, and what is an incident made of?"""

import random
import tomllib
from datetime import date
from pathlib import Path

import pytest

from dateline.archive.incidents import gather
from dateline.archive.incidents_blocks import CROWD, by_day, pairs_of_day
from dateline.archive.incidents_cluster import Constraints, cluster, edge
from dateline.archive.incidents_compare import features, score
from dateline.archive.incidents_decisions import Decision
from dateline.archive.incidents_figures import Claim, ranges
from dateline.archive.incidents_mention import mentions
from dateline.report import Report
from quality.incidents import gold
from quality.incidents.measure import b_cubed
from tests.archive.made import record

CASES = tomllib.loads((Path(__file__).parent / "incidents.toml").read_text("utf-8"))["case"]


def sources(records):
    return {r.report.id: (r.report.outlet or r.report.id).lower() for r in records}


def told(records, decisions=(), jobs=1):
    return gather(lambda: records, sources(records), decisions, jobs)


def home(incidents):
    return {x.key: i.id for i in incidents for x in i.links}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_events_are_gathered(case, reader):
    read = [
        reader.read(Report(id=str(n), text=text, outlet=outlet, published=date.fromisoformat(day)))
        for n, (outlet, day, text) in enumerate(case["reports"], 1)
    ]
    at = home(told(read))

    def incident_of(named):
        number, word = named.split()
        text = read[int(number) - 1].report.text
        start = text.index(word)
        return next(i for (r, a, b), i in at.items() if r == number and a < start + len(word) and start < b)

    assert len({incident_of(n) for n in case.get("one", ["1 x"][:0])}) <= 1
    if "apart" in case:
        assert len({incident_of(n) for n in case["apart"]}) == 2


@pytest.fixture(scope="module")
def days(reader_once):
    some = [d for d in gold.load() if d.id.startswith("ua-2022")]
    return [reader_once.read(r) for d in some for r in d.reports]


@pytest.fixture(scope="module")
def reader_once():
    from dateline.reader import Reader

    return Reader(threads=1)


def test_no_order_and_no_number_of_workers_changes_an_incident(days):
    expected = [i.as_json() for i in told(days)]
    for seed in range(3):
        moved = days[:]
        random.Random(seed).shuffle(moved)
        assert [i.as_json() for i in told(moved)] == expected
    assert [i.as_json() for i in told(days, jobs=2)] == expected


def test_every_event_is_in_one_incident_and_every_link_has_its_reasons(days):
    found = told(days)
    keys = [x.key for i in found for x in i.links]
    assert len(keys) == len(set(keys)) == sum(len(r.events) for r in days)
    for i in found:
        for x in i.links:
            assert (x.score is not None and len(x.reasons) > 1 and x.reasons[0].startswith("with ")) or len(
                i.links
            ) == 1


def test_an_incident_keeps_its_id_when_later_reports_are_added(days):
    early = [r for r in days if r.report.published < date(2022, 10, 12)]
    before, after = home(told(early)), home(told(days))
    kept = [k for k, i in before.items() if after[k] == i]
    assert len(kept) > 0.95 * len(before)


def test_figures_are_a_range_with_claims_and_a_denial_disputes():
    r1 = record("r1", killed=12, outlet="Desk")
    r2 = record("r2", killed=15, outlet="Wire", published=date(2016, 2, 20))
    r3 = record("r3", killed=15, outlet="Desk", published=date(2016, 2, 21))
    shelling = next(i for i in told([r1, r2, r3]) if i.body["type"] == "ASSAULT").as_json()
    assert {m["report"] for m in shelling["mentions"]} == {"r1", "r2", "r3"}
    assert shelling["killed"] == {"low": 15, "high": 15} and shelling["figures"]["killed"]["contradicted"]
    assert [c["date"] for c in shelling["figures"]["killed"]["claims"]] == ["2016-02-20", "2016-02-20", "2016-02-21"]
    assert (shelling["start"], shelling["end"]) == ("2016-02-20", "2016-02-20")
    assert (shelling["first_reported"], shelling["last_reported"]) == ("2016-02-20", "2016-02-21")
    assert shelling["independent_sources"] == 2 and shelling["disputed"]
    assert {(p["name"], p["stance"]) for p in shelling["positions"]} == {("Observatory", "says"), ("army", "denies")}
    assert shelling["place"]["name"] == "Azaz" and shelling["actors"][0]["key"] == "turkey"


def claim(low, high, day, source="a"):
    return Claim("killed", low, high, False, source, None, date(2020, 1, day), "r", (0, 1))


@pytest.mark.parametrize(
    ("claims", "low", "high", "rising", "contradicted"),
    [
        ([claim(5, 5, 1), claim(9, 9, 2)], 9, 9, True, False),
        ([claim(5, 5, 1, "a"), claim(9, 9, 2, "b")], 5, 9, True, False),
        ([claim(5, 5, 1, "a"), claim(9, 9, 1, "b")], 5, 9, False, True),
        ([claim(5, None, 1, "a"), claim(9, 9, 1, "b")], 5, 9, False, False),
        ([claim(None, 140, 1, "a"), claim(200, 200, 1, "b")], 200, 200, False, True),
        ([claim(3, 3, 1)], 3, 3, False, False),
    ],
)
def test_a_rising_toll_is_no_contradiction_two_on_one_day_are(claims, low, high, rising, contradicted):
    found = ranges(claims)["killed"]
    assert (found["low"], found["high"], found["rising"], found["contradicted"]) == (low, high, rising, contradicted)


def shellings(*keys, **more):
    return [record(k, outlet=k, **more) for k in keys]


def test_people_split_and_join_and_later_reports_respect_it():
    some = shellings("r1", "r2", "r3")
    together = home(told(some))
    one, two, three = (next(k for k in together if k[0] == r and k[1] < 10) for r in ("r1", "r2", "r3"))
    assert together[one] == together[two] == together[three]
    split = Decision(1, "split", (three,), (one, two))
    apart = home(told([*some, *shellings("r4")], [split]))
    assert apart[one] == apart[two] != apart[three]
    again = home(told(some, [split, Decision(2, "join", (one, two, three), id="i-mine")]))
    assert again[one] == again[two] == again[three] == "i-mine"


def test_a_pin_keeps_mentions_and_name_whatever_is_read():
    far = [record("r1", place="Azaz"), record("r2", place="Homs", who="Russia", published=date(2016, 8, 1))]
    before = home(told(far))
    one, two = (next(k for k in before if k[0] == r and k[1] < 10) for r in ("r1", "r2"))
    pinned = home(told(far, [Decision(1, "pin", (one, two), id="ipinned")]))
    assert pinned[one] == pinned[two] == "ipinned"


def test_a_decision_is_found_again_when_a_trigger_is_read_longer():
    some = shellings("r1", "r2")
    one = next(x for x in home(told(some)) if x[0] == "r1" and x[1] < 10)
    meant = (one[0], one[1] + 1, one[2] + 4)
    assert home(told(some, [Decision(1, "pin", (meant,), id="ipinned")]))[one] == "ipinned"


def test_features_do_not_depend_on_which_event_comes_first(days):
    some = [m for r in days[:12] for m in mentions(r)]
    for a in some[::3]:
        for b in some[::4]:
            if a.report != b.report:
                assert score(features(a, b), False) == score(features(b, a), False)


def test_a_crowded_day_costs_no_more_than_its_crowds():
    crowd = [m for n in range(400) for m in mentions(record(f"r{n:03}"))]
    (day, there), *_ = [x for x in by_day(crowd).items() if x[0] == date(2016, 2, 20)]
    assert len(there) >= 400
    assert len(list(pairs_of_day(day, there))) <= len(there) * CROWD


def test_two_events_of_one_trigger_are_told_together():
    made = record("r1")
    shelled = made.events[0]
    twin = shelled.model_copy(update={"id": "e3", "type": "COERCE", "confidence": 0.2})
    found = told([made.model_copy(update={"events": [*made.events, twin]}), record("r2")])
    top = next(i for i in found if i.body["type"] == "ASSAULT")
    assert [x.key[0] for x in top.links] == ["r1", "r2"]


def test_clusters_respect_what_is_decided():
    a, b, c = (("r", n, n + 1) for n in range(3))
    scores = {edge(a, b): 3.0, edge(b, c): 2.0, edge(a, c): 2.0}
    assert cluster([a, b, c], scores) == ((a, b, c),)
    assert cluster([a, b, c], scores, Constraints(apart=frozenset([edge(a, b)]))) in (((a,), (b, c)), ((a, c), (b,)))
    assert cluster([a, b, c], {}, Constraints(together=frozenset([edge(a, c)]))) == ((a, c), (b,))


def test_b_cubed_on_a_case_by_hand():
    found = b_cubed(
        {("a", 0, 1): "x", ("b", 0, 1): "x", ("c", 0, 1): "y"}, {("a", 0, 1): 1, ("b", 0, 1): 1, ("c", 0, 1): 1}
    )
    assert found == {"precision": 0.5556, "recall": 1.0, "f1": 0.7143}


def test_the_gold_is_whole():
    everything = gold.load()
    assert len(everything) == 40 and len({d.id for d in everything}) == 40
    assert 16 <= sum(d.held_back for d in everything) <= 24
    assert all(4 <= len(d.reports) <= 8 for d in everything)
    assert len({m.incident for d in everything for m in d.mentions}) >= 300
    texts = {r.id: r.text for d in everything for r in d.reports}
    assert all(texts[m.report][slice(*m.trigger)].strip() for d in everything for m in d.mentions)
