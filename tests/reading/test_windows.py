"""Every token is owned once, whatever the text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.windows import MAX_TOKENS, Tokens, cut, distance_bucket, shape


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
    assert 0 <= distance_bucket(d) < 26
    assert (distance_bucket(d) < 13) == (d >= 0)
