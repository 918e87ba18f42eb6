"""Marks are whole words without loose ends."""

import numpy as np
import pytest

from dateline.reading.decode import decode_tags
from dateline.reading.labels import TAGGED
from dateline.reading.windows import Tokens

ACTOR = list(TAGGED).index("actor")


def marked(pieces: list[str], inside: range) -> list[str]:
    """Surfaces of the actors in a text of these word pieces ("##or" goes on the word), of which some are inside a mention."""
    text, starts, ends, goes_on = "", [], [], []
    for piece in pieces:
        goes_on.append(piece.startswith("##"))
        text += ("" if goes_on[-1] or not text else " ") + piece.removeprefix("##")
        ends.append(len(text))
        starts.append(len(text) - len(piece.removeprefix("##")))
    zeros = np.zeros(len(pieces), dtype=np.int64)
    tokens = Tokens(zeros, np.array(starts), np.array(ends), zeros, zeros, np.array(goes_on))
    tags = np.tile(np.array([1.0, 0.0, 0.0], dtype=np.float32), (len(pieces), len(TAGGED), 1))
    for i in inside:
        tags[i, ACTOR] = (0.0, 1.0, 0.0) if i == inside[0] else (0.0, 0.0, 1.0)
    marks, _ = decode_tags(text, tokens, tags)
    return [text[m.start : m.end] for m in marks]


@pytest.mark.parametrize(
    ("pieces", "inside", "expected"),
    [
        (["Ob", "##rad", "##or", "spoke"], range(3), ["Obrador"]),
        (["rebels", "or", "thieves"], range(2), ["rebels"]),
        (["the", "army", "of"], range(1, 3), ["army"]),
    ],
)
def test_the_end_of_a_word_stays_and_a_loose_word_goes(pieces, inside, expected):
    assert marked(pieces, inside) == expected
