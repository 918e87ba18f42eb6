"""Which quoted words belong to a cue."""

from __future__ import annotations

import pytest

from dateline.reading.graph import Graph, Mark
from dateline.reading.sentences import split
from dateline.resolving.quotation import quotations, whole_quotations

# text; the cue; the content that the model found; the content that is right
CASES = (
    ('"We will stay put," he said. "Nobody moves us."', "said", "We will stay", ["We will stay put,", "Nobody moves us."]),
    ("“We will stay put,” he said. “Nobody moves us.”", "said", "stay put", ["We will stay put,", "Nobody moves us."]),
    ('"It is our land," he said, adding that "we own it all".', "said", "our land", ["It is our land,", "we own it all"]),
    ('"It is our land," he said. Others left. "They went home."', "said", "our land", ["It is our land,"]),
    ('He said the "so-called republic" was a sham.', "said", "the \"so-called republic\" was a sham", ["the \"so-called republic\" was a sham"]),
    ('They may leave. "It is our land," the old farmer said.', "said", "They may leave", ["It is our land,"]),
    ('Nobody left. "It is our land," he cried. The mayor said it was sold.', "said", "it was sold", ["it was sold"]),
    ('"It is our land," he said.\n"It is theirs, too."', "said", "our land", ["It is our land,"]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "cue", "found", "right"), CASES, ids=lambda x: str(x)[:24])
def test_a_quotation_is_whole_and_goes_on(text: str, cue: str, found: str, right: list[str]) -> None:
    at = (text.index(cue), text.index(cue) + len(cue))
    graph = Graph(text, split(text), (Mark("cue", *at),), ())
    content = [(text.index(found), text.index(found) + len(found))]
    got = whole_quotations(graph, at, content, quotations(text))
    assert [text[a:b] for a, b in got] == right


def test_another_cue_takes_its_own_words() -> None:
    text = '"We will stay put," he said. "Nobody does," she replied.'
    marks = tuple(Mark("cue", text.index(w), text.index(w) + len(w)) for w in ("said", "replied"))
    graph = Graph(text, split(text), marks, ())
    got = whole_quotations(graph, marks[0].span, [(1, 17)], quotations(text))
    assert [text[a:b] for a, b in got] == ["We will stay put,"]


def test_a_quotation_is_not_said_by_a_cue_behind_another_act() -> None:
    text = 'Peru was "dismayed by the new raids," as Chile shelled fighters it blames.'
    at = {w: (text.index(w), text.index(w) + len(w)) for w in ("shelled", "blames")}
    cue, act = Mark("cue", *at["blames"]), Mark("trigger", *at["shelled"])
    assert whole_quotations(Graph(text, split(text), (act, cue), ()), cue.span, [], quotations(text)) == []
    alone = text.replace("as Chile shelled fighters it blames", "the general said")
    cue = Mark("cue", alone.index("said"), alone.index("said") + 4)
    got = whole_quotations(Graph(alone, split(alone), (cue,), ()), cue.span, [], quotations(alone))
    assert [alone[a:b] for a, b in got] == ["dismayed by the new raids,"]
