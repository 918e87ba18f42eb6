"""What the speaker did besides is not said."""

from __future__ import annotations

import pytest

from dateline.reading.graph import Graph, Mark
from dateline.resolving.content_off import stopped


@pytest.mark.parametrize(
    ("text", "cue", "deed", "told"),
    [
        ("Peru urged both sides to stop fighting and closed its border.", "urged", "closed", "both sides to stop fighting"),
        ("The chief vowed revenge and fired 20 rockets at Tyre.", "vowed", "fired", "revenge"),
        ("The chief vowed to hit back and later sent the army in.", "vowed", "sent", "to hit back"),
        # A clause of its own goes on, and so does what nobody marked as an act.
        ("Ba said rebels had fled and burned the bridge.", "said", "burned", "rebels had fled and burned the bridge"),
        ("Ba said raids hit a bus and killed nine.", "said", "killed", "raids hit a bus and killed nine"),
        ("Ba said the men left and shot at a bus.", "said", "shot", "the men left and shot at a bus"),
        ("The chief vowed revenge and issued a list.", "vowed", "list", "revenge and issued a list"),
        ("He pledged to free them and disarm the men.", "pledged", "disarm", "to free them and disarm the men"),
    ],
)  # fmt: skip
def test_content_stops_before_what_the_speaker_did(text: str, cue: str, deed: str, told: str) -> None:
    at = text.index(deed)
    graph = Graph(text, ((0, len(text)),), (Mark("trigger", at, at + len(deed), 0.9, {}),), ())
    start = text.index(cue)
    content = (start + len(cue) + 1, len(text) - 1)
    found = stopped(graph, Mark("cue", start, start + len(cue), 0.9, {"stance": "says"}), content)
    assert text[slice(*found)] == told
