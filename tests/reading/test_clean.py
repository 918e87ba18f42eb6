import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.clean import clean

CASES = tomllib.loads((Path(__file__).parent / "clean.toml").read_text(encoding="utf-8"))["case"]
ODD = st.lists(st.sampled_from([*"ab .\n`'\"“”’&;Ãâ€™\u00a0\u200b\x00ã́عر🙂", "&amp;", "â€œ"])).map("".join)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_clean(case):
    assert clean(case["text"]).text == case["clean"]


@given(ODD | st.text())
def test_every_character_maps_to_its_own_evidence(text):
    copy = clean(text)
    assert len(copy.starts) == len(copy.ends) == len(copy.text)
    for i, c in enumerate(copy.text):
        a, b = copy.back((i, i + 1))
        assert 0 <= a < b <= len(text)
        if c.isalnum() and b - a == 1 and c.isascii():
            assert text[a] == c
    assert list(copy.starts) == sorted(copy.starts)


@given(ODD)
def test_a_word_maps_to_the_same_word(text):
    marked = text + " Qusayr " + text
    copy = clean(marked)
    at = copy.text.find("Qusayr")
    if at >= 0:
        a, b = copy.back((at, at + 6))
        assert marked[a:b] == "Qusayr"
