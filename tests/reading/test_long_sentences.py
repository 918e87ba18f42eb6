"""What goes on without a full stop is parted, and nothing of it is lost."""

import pytest

from dateline.reading.sentences import LONGEST, split


@pytest.mark.parametrize(
    "text", ["Russia shelled Aleppo and " * 400, "x" * 10_000, "One sentence. " + "word " * 2_000 + ". Another."]
)
def test_no_sentence_is_longer_than_the_longest(text):
    found = split(text)
    assert max(b - a for a, b in found) <= LONGEST
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
