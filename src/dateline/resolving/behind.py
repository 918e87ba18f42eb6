"""Whom does a participle stand behind? "They took it from Congolese forces backed by Burundian troops": the forces.

What is told so is of the words right before it, whoever the sentence is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.reading.graph import Graph
from dateline.record import Span

_PARTICIPLE = re.compile(
    r" (?:\w+ly )?(?P<verb>backed|supported|armed|trained|equipped|funded|financed|sponsored|aided|assisted|supplied"
    r"|besieged|encircled|detained|arrested|captured|held|abducted|kidnapped|killed|displaced|recruited|accused|wanted)"
    r" by (?:the |an? )?"
)


def behind(graph: Graph) -> Mapping[int, tuple[int, Span]]:
    """The mark of each agent so named -> the mark to which it is done, and the span of the participle."""
    starts = {m.start: i for i, m in graph.of("actor")}
    out: dict[int, tuple[int, Span]] = {}
    for i, mark in graph.of("actor"):
        verb = _PARTICIPLE.match(graph.text, mark.end)
        agent = starts.get(verb.end()) if verb else None
        if verb and agent is not None:
            out[agent] = (i, verb.span("verb"))
    return out
