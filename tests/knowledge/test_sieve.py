"""A sieve keeps back only what cannot match."""

from __future__ import annotations

import re
import sys

import pytest

from dateline.knowledge import ontology, terms
from dateline.knowledge.sieve import Sieve, headed, lowered, needs
from dateline.resolving.timex_rules import rules
from training.corpus import load


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\bovernight\b", [{"overnight"}]),
        (r"[Ll]ast (?:week|month)", [{"last "}, {"week", "month"}]),
        (r"(?:truce|cease-?fire)\b", [{"truce", "cease"}]),
        (r"(?:truce)? held", [{" held"}]),
        (r"(?:truce|a?)", []),
        (r"\d\d:\d\d", [{r"\d"}] * 4),
        (r"week(?= of May)", [{"week"}, {" of may"}]),
        (r"(?<=month of )Muharram", [{"muharram"}]),
        (r"week(?! of May)", [{"week"}]),
        (r"\w+|été", []),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(pattern: str, needed: list[set[str]]) -> None:
    assert [set(c) for c in needs(re.compile(pattern))] == needed


def test_a_pattern_passes_where_every_clause_stands() -> None:
    sieve = Sieve([re.compile("truce", re.I), re.compile("(?:May|June) [0-9]"), None, re.compile("week of May")])
    assert sieve.passing("A TRUCE in June 3") == [0, 1, 2]
    assert sieve.passing("a week of rain in May") == [2]


def test_letters_that_are_taken_for_ascii_letters_without_regard_to_case_are_lowered_to_them() -> None:
    ascii_letter = re.compile("[a-z]", re.IGNORECASE)
    for c in map(chr, range(128, sys.maxunicode + 1)):
        if ascii_letter.fullmatch(c):
            assert re.fullmatch(lowered(c), c, re.IGNORECASE) and lowered(c).isascii(), c


@pytest.mark.parametrize(
    "pattern",
    [
        "ab?",
        r"\bon\b",
        "a?b",
        "(?:x|y)*z",
        r"(?<=a )\d",
        ".n",
        "[^a]b",
        r"(b)?\1 ?a",
        "(?:a|)b",
        r"(?:\s|-)on",
        "[A-C]+",
        "(?!a)[a-d]",
    ],
)
def test_a_headed_pattern_finds_what_the_pattern_finds(pattern: str) -> None:
    text = "a 1 on-on A b ab, abz xyz bb a"
    for flags in (0, re.IGNORECASE):
        plain = re.compile(pattern, flags)
        assert [m.span() for m in headed(pattern, flags).finditer(text)] == [m.span() for m in plain.finditer(text)]


def test_a_pattern_that_can_begin_with_few_letters_looks_for_them_first() -> None:
    assert headed(r"\b(?:early |late )?(?:May|June)").pattern.startswith("(?=[JMel])")
    assert headed(r"(?:May)?").pattern == "(?:May)?"


def test_nothing_that_matches_is_kept_back() -> None:
    patterns = [
        *(r.pattern for r in rules()),
        *ontology.load().context_words.values(),
        *(o.words for o in terms.load().openers),
    ]
    sieve = Sieve(patterns)
    kept_back = 0
    for passage in load()[::80]:
        passing = set(sieve.passing(passage["text"]))
        kept_back += len(patterns) - len(passing)
        wrong = [p.pattern for i, p in enumerate(patterns) if i not in passing and p.search(passage["text"])]
        assert not wrong, passage["doc"]
    assert kept_back


def test_a_pattern_is_looked_for_only_around_the_words_that_it_needs():
    text = "Two days later nothing. " + "x" * 100 + " Three days on, and 14 men."
    sieve = Sieve([re.compile(r"\w+ days \w+", re.I), re.compile(r"\d+ men"), re.compile(r"\w+")])
    low = lowered(text)
    (first, second) = sieve.around(0, low, 20)
    assert "two days later" in low[slice(*first)]
    assert "three days on" in low[slice(*second)]
    assert second[0] - first[1] > 60
    assert sieve.around(0, low, 200) == [(0, len(low))]
    assert low[slice(*sieve.around(1, low, 5)[0])] == "nd 14 men."  # around "men": a number alone would be anywhere
    assert sieve.around(2, low, 5) == [(0, len(low))]
