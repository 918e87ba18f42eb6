"""Every token is owned once, whatever the text."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.windows import (
    FEATURES,
    MAX_TOKENS,
    Setting,
    Tokens,
    cut,
    distance_buckets,
    leads,
    pair_features,
    shape,
)


def tokens_of(lengths):
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    n = len(sentence)
    zeros = np.zeros(n, dtype=np.int64)
    return Tokens(zeros, zeros, zeros, zeros, sentence, zeros.astype(bool))


@given(st.lists(st.integers(1, 700), max_size=60))
def test_every_token_is_owned_once(lengths):
    tokens = tokens_of(lengths)
    windows = cut(tokens)
    owned = [i for w in windows for i in range(w.own_start, w.own_end)]
    assert owned == list(range(sum(lengths)))
    for w in windows:
        assert 0 <= w.start <= w.own_start < w.own_end <= w.end <= len(tokens.ids)
        assert w.end - w.start <= MAX_TOKENS


@pytest.mark.parametrize(
    "words, kind", [("the", 1), ("Syria", 2), ("UN", 3), ("A", 4), ("28", 5), (",", 6), ("iPhone", 7)]
)
def test_shape(words, kind):
    assert shape(words, 0, len(words), False) == kind
    assert shape(words, 0, len(words), True) == kind + 7


@given(st.integers(-5000, 5000))
def test_distance_buckets_stay_in_range_and_know_the_side(d):
    bucket = int(distance_buckets(np.array([d]))[0])
    assert 0 <= bucket < 26
    assert (bucket < 13) == (d >= 0)


def words_of(text):
    """One token a word or mark, one sentence a full stop."""
    found = [(m.start(), m.end()) for m in re.finditer(r"\w+|[^\w\s]", text)]
    starts, ends = np.array([a for a, _ in found]), np.array([b for _, b in found])
    stops = np.array([text[a:b] == "." for a, b in found])
    sentence = np.concatenate([[0], np.cumsum(stops)[:-1]])
    zeros = np.zeros(len(found), dtype=np.int64)
    return Tokens(zeros, starts, ends, zeros, sentence, zeros.astype(bool))


def test_leads_pass_over_articles_and_end_with_the_sentence():
    text = "The town was shelled by the army. Troops marched on a city"
    lead = leads(text, words_of(text))
    by, begins, on = lead[6], lead[8], lead[12]
    assert len({0, by, begins, on}) == 4
    assert lead[0] == begins


def test_pair_features_count_what_stands_between():
    text = "Turkey said that Syria shelled the town"
    tokens = words_of(text)
    setting = Setting(tokens.sentence, leads(text, tokens), [1, 4])
    spans = [(0, 1), (3, 4), (4, 5)]  # Turkey, Syria; shelled
    near, far = pair_features(spans, spans[:2], [(2, 1), (2, 0)], setting)
    assert (near[2], near[3]) == (0, 0)
    assert (far[2], far[3]) == (1, 1)
    assert all(0 <= v < n for row in (near, far) for v, n in zip(row, FEATURES, strict=True))
    assert pair_features(spans, spans, [], setting).shape == (0, len(FEATURES))
