"""What is said goes on past an inserted attribution, and to the end of its clause."""

from __future__ import annotations

import pytest

from dateline.reading.graph import Graph, Mark
from dateline.resolving.content_on import gone_on


@pytest.mark.parametrize(
    ("text", "cue", "speaker", "found", "told"),
    [
        (
            "Troops beat off the raid, the army said, killing 60 men.",
            "said",
            "army",
            "Troops beat off the raid",
            ["Troops beat off the raid", "killing 60 men"],
        ),
        (
            "Rebels will leave, Ba said on Monday, and will hand in their guns, which nobody believes.",
            "said",
            "Ba",
            "Rebels will leave",
            ["Rebels will leave", "and will hand in their guns"],
        ),
        (
            "Had he kept his word, said the minister, he would be president.",
            "said",
            "minister",
            "he would be president",
            ["Had he kept his word", "he would be president"],
        ),
        (
            "The army counted 18 dead, 9 missing and 90 wounded in Zenda.",
            "counted",
            "army",
            "18 dead",
            ["18 dead, 9 missing and 90 wounded"],
        ),
        ("The army counted 18 dead and left.", "counted", "army", "18 dead", ["18 dead"]),
        ("On Monday, the army said, rebels fled.", "said", "army", "rebels fled", ["rebels fled"]),
        ("Rebels fled, Ba said, and two were hurt.", "said", "Ba", "Rebels fled", ["Rebels fled"]),
        ("Rebels fled, Ba said, adding nothing.", "said", "Ba", "Rebels fled", ["Rebels fled"]),
        (
            "The army said its men fired after the mob attacked, and a camp burned.",
            "said",
            "army",
            "its men fired",
            ["its men fired after the mob attacked"],
        ),
        ("The army said its men fired, and a camp burned.", "said", "army", "its men fired", ["its men fired"]),
    ],
)
def test_what_is_said_goes_on(text: str, cue: str, speaker: str, found: str, told: list[str]) -> None:
    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    mark = Mark("cue", *span(cue), 0.9, {"stance": "says"})
    content = gone_on(Graph(text, ((0, len(text)),), (mark,), ()), mark, [span(speaker)], [span(found)])
    assert [text[a:b] for a, b in content] == told
