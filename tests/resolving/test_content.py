"""What a cue reports, where grammar settles it."""

from __future__ import annotations

import pytest

from dateline.reading.graph import Graph, Mark
from dateline.resolving.content import settled_content


@pytest.mark.parametrize(
    ("text", "cue", "found", "told"),
    [
        (
            "BANGUI - Rebels took Bria and burned it, a colonel said. It rained.",
            "said",
            "It rained",
            ["Rebels took Bria and burned it"],
        ),
        ("Talks ended; jets hit a depot, the mayor told Radio Sud on Monday.", "told", "", ["jets hit a depot"]),
        ("Rebels took Bria, which the army denies.", "denies", "which", ["which"]),
        ("On Friday, the army said rebels had fled.", "said", "rebels had fled", ["rebels had fled"]),
        ("He said that they left, and that he would too.", "said", "they left", ["they left, and that he would too"]),
    ],
)
def test_a_clause_that_ends_its_sentence_reports_what_stands_before_it(
    text: str, cue: str, found: str, told: list[str]
) -> None:
    first = text.index(". ") + 1 if ". " in text else len(text)
    sentences = ((0, first), (first + 1, len(text))) if first < len(text) else ((0, first),)
    mark = Mark(
        "cue", text.index(cue), text.index(cue) + len(cue), 0.9, {"stance": "denies" if cue == "denies" else "says"}
    )
    spans = [(text.index(found), text.index(found) + len(found))] if found else []
    content = settled_content(Graph(text, sentences, (mark,), ()), mark, [], spans)
    assert [text[a:b] for a, b in content] == told
