import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.sentences import split

CASES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_sentences(case):
    text = case["text"]
    assert [text[a:b] for a, b in split(text)] == case["sentences"]


@given(st.text())
def test_sentences_cover_all_that_is_not_white_space(text):
    spans = split(text)
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(spans))
    inside = {i for a, b in spans for i in range(a, b)}
    assert all(i in inside or text[i].isspace() for i in range(len(text)))
