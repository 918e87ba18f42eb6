"""Cases in when.toml: the words, their TIMEX3 value, their first and last day."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.sentences import split
from dateline.resolving.numerals import value_of
from dateline.resolving.when import resolve_times

CASES = tomllib.loads(Path(__file__).with_name("when.toml").read_text(encoding="utf-8"))["case"]
_WORDS = [
    "on",
    "5",
    "May",
    "2016",
    "two",
    "days",
    "ago",
    "the",
    "past",
    "week",
    "last",
    "Friday",
    "noon",
    "\n",
    ".",
    "٣",
    "é",
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["name"]))
def test_times(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [
        [text[slice(*t.span)], t.value or "", str(t.start or ""), str(t.end or "")]
        for t in resolve_times(text, split(text), case.get("published"))
    ]
    assert found == case["times"]


@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=6), max_size=25).map(" ".join), st.booleans())
def test_spans_are_ordered_and_inside(text: str, dated: bool) -> None:
    times = resolve_times(text, split(text), date(2016, 2, 20) if dated else None)
    ends = [0, *(t.span[1] for t in times)]
    assert all(0 <= before <= t.span[0] < t.span[1] <= len(text) for before, t in zip(ends, times, strict=False))
    assert [t.id for t in times] == [f"t{i + 1}" for i in range(len(times))]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("2.5 million", 2.5e6), ("two and a half million", 2.5e6), ("half a dozen", 6), ("a hundred", 100),
        ("twenty-four", 24), ("12,500", 12500), ("300bn", 3e11), ("one hundred and five", 105), ("soon", None),
    ],
)  # fmt: skip
def test_number_words(words: str, number: float | None) -> None:
    assert value_of(words) == number
