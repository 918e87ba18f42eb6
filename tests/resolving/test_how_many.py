"""Cases in how_many.toml: the words, their bounds, what they count and whether they run on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.graph import Mark
from dateline.reading.sentences import split
from dateline.record import Figure
from dateline.resolving.figure_words import figure_words
from dateline.resolving.how_many import resolve_figures
from dateline.resolving.when import resolve_times

CASES = tomllib.loads(Path(__file__).with_name("how_many.toml").read_text(encoding="utf-8"))["case"]
_WORDS = [
    "killed",
    "at",
    "least",
    "20",
    "people",
    "and",
    "a",
    "soldier",
    "wounded",
    "dozens",
    "of",
    "were",
    ",",
    ".",
    "$5",
    "é",
    "٣",
]


def read(text: str, marks: tuple[Mark, ...] = ()) -> tuple[Figure, ...]:
    sentences = split(text)
    return resolve_figures(text, sentences, resolve_times(text, sentences, None), marks)


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["name"]))
def test_figures(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [
        [
            text[slice(*f.span)],
            -1 if f.low is None else f.low,
            -1 if f.high is None else f.high,
            f.measure,
            f.cumulative,
        ]
        for f in read(text)
    ]
    assert found == case["figures"]


def test_since_names_what_a_total_counts_from() -> None:
    assert [f.since for f in read("More than 400 people have been killed since 2011.")] == ["t1"]
    assert [f.since for f in read("More than 400 people have been killed since the war began.")] == ["the war began"]


def test_a_mark_decides_a_doubtful_measure_and_the_words_whether_it_runs() -> None:
    text = "The monitor counted 14 of them."
    at = text.index("14")
    mark = Mark("figure", at, at + 2, 0.9, {"measure": "captured", "cumulative": "yes"})
    assert read(text) == ()
    assert [(f.measure, f.cumulative) for f in read(text, (mark,))] == [("captured", False)]


def test_a_mark_adds_a_number_that_the_rules_pass_over() -> None:
    text = "One of Highway 47 fell."
    mark = Mark("figure", 15, 17, 0.9, {"measure": "other", "cumulative": "no"})
    assert [text[slice(*f.span)] for f in read(text, (mark,))] == ["47"]


def test_every_measure_word_is_known() -> None:
    words = figure_words()
    assert len(words.heads) > 200
    assert len(words.active) > 60


@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=6), max_size=25).map(" ".join))
def test_spans_are_ordered_and_inside(text: str) -> None:
    figures = read(text)
    assert [f.span[0] for f in figures] == sorted(f.span[0] for f in figures)
    assert all(0 <= f.span[0] < f.span[1] <= len(text) for f in figures)
    assert all(f.low is None or f.high is None or f.low <= f.high for f in figures)
