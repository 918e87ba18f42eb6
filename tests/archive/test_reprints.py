"""Which reports are copies of one text?"""

import random
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.archive.independent import independent
from dateline.archive.reprints import Copy, reprints
from dateline.archive.reprints_sketch import sketch, sketches
from quality.reprints.pairs import pairs, story

TABLE = tomllib.loads((Path(__file__).parent / "reprints.toml").read_text("utf-8"))
DAY = date(2017, 11, 13)


def copy(id_, text, late=0, **more):
    return Copy(id_, text, published=DAY + timedelta(days=late), **more)


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda c: c["name"])
def test_a_copy_is_told_from_another_account(case):
    found = reprints([copy("a", TABLE["agency"]), copy("b", case["text"], 1)])
    assert [g.reports for g in found] == ([("a", "b")] if case["same"] else [])


def test_lineage_leads_to_the_earliest_text_and_keeps_the_agency():
    brief, moved = TABLE["case"][1]["text"], TABLE["case"][2]["text"]
    (group,) = reprints([copy("z", TABLE["agency"], agency="Reuters"), copy("b", brief, 1), copy("c", moved, 2)])
    assert (group.origin, group.agency) == ("z", "Reuters")
    assert group.lineage["b"].parent == group.lineage["c"].parent == "z"
    assert group.lineage["b"].contained > 0.9 > group.lineage["b"].jaccard


def test_a_copy_years_later_is_not_taken_for_one_of_the_day():
    assert not reprints([copy("a", TABLE["agency"]), copy("b", TABLE["agency"], 900)])
    assert reprints([copy("a", TABLE["agency"]), Copy("b", TABLE["agency"])])


def test_an_id_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        reprints([copy("a", "x"), copy("a", "y")])


def stories(seed, count):
    out = []
    for n in range(count):
        rng = random.Random(f"{seed}-{n}")
        text, _ = story(rng)
        out.append(copy(f"s{n}", " ".join(text), n))
        out += [copy(f"s{n}c{k}", " ".join(text[k:]), n + k) for k in range(rng.randrange(3))]
    return out


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 50), st.randoms(use_true_random=False))
def test_no_order_of_arrival_changes_a_group(seed, rng):
    some = stories(seed, 6)
    moved = some[:]
    rng.shuffle(moved)
    assert reprints(some) == reprints(moved)


def test_two_workers_sketch_what_one_does():
    texts = [f"{' '.join(map(str, range(n, n + 40)))}" for n in range(600)]
    for one, two in zip(sketches(texts), sketches(texts, 2), strict=True):
        assert (one.short == two.short).all() and (one.finders == two.finders).all()


@pytest.mark.parametrize("text", ["", "one", "one two", "\n\n"])
def test_a_text_too_short_for_a_shingle_is_no_copy_of_anything(text):
    assert len(sketch(text).short) == 1
    assert not reprints([copy("a", text), copy("b", text)])


def test_most_of_the_first_pairs_are_told_apart():
    some = list(pairs(120))
    found = [bool(reprints([copy("a", p.a), copy("b", p.b, 1)])) for p in some]
    assert sum(f == p.same for f, p in zip(found, some, strict=True)) >= 116


def test_copies_and_stories_of_one_agency_are_one_source():
    brief = TABLE["case"][1]["text"]
    some = [
        copy("a", TABLE["agency"], agency="Reuters", outlet="Reuters"), copy("b", brief, 1, outlet="Herald"),
        copy("c", "Another story altogether.", agency="Reuters"), copy("d", "A third one.", outlet="BBC"), copy("e", "A fourth."),
    ]  # fmt: skip
    source = independent(some, reprints(some))
    assert source == {"a": "reuters", "b": "reuters", "c": "reuters", "d": "bbc", "e": "report:e"}
