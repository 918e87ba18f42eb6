"""Which words of an actor's mark name the actor, and which marks name nobody?

The model's marks end in the middle of a word or run on into a relative clause ("two men who had not").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.knowledge.actors import Patterns
from dateline.reading.graph import Graph
from dateline.record import Span
from dateline.resolving.who_names import is_nobody, straight

_CLAUSE = re.compile(r",?\s(?:who|whom|whose|which)\b")
# What joins a mark to the next one, and a participle whose "by" follows: "JNIM and/or", "fighters supported" by soldiers.
_LOOSE = re.compile(r"(?:,|\s(?:and/or|and|or))+$")
_AGENT = re.compile(r"\s(?:supported|backed|accompanied|assisted|aided|escorted|joined)$")


def whole(graph: Graph, i: int) -> Span:
    """The span of a mark, to the end of its last word, without a clause or a conjunction that it runs on into."""
    start, end = graph.marks[i].span
    while end < len(graph.text) and graph.text[end].isalnum() and graph.text[end - 1].isalnum():
        end += 1
    clause = _CLAUSE.search(graph.text, start + 1, end)
    end = clause.start() if clause else end
    loose = _LOOSE.search(graph.text, start + 1, end)
    end = loose.start() if loose else end
    agent = _AGENT.search(graph.text, start + 1, end) if graph.text.startswith(" by ", end) else None
    return start, agent.start() if agent else end


def named_marks(graph: Graph, patterns: Patterns) -> Mapping[int, str]:
    """The actor marks that name somebody, by index, with their words."""
    words = {i: straight(graph.text[slice(*whole(graph, i))]) for i, _ in graph.of("actor")}
    return {i: text for i, text in words.items() if not is_nobody(text, patterns)}
