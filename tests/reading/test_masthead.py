import tomllib
from pathlib import Path

import pytest

from dateline.reading.masthead import read_masthead

CASES = tomllib.loads((Path(__file__).parent / "masthead.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:30])
def test_masthead(case):
    found = read_masthead(case["text"])
    assert (found.agency, found.place, found.date) == (case.get("agency"), case.get("place"), case.get("date"))
    if found.place_span:
        assert case["text"][slice(*found.place_span)] == found.place
