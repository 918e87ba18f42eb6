"""Where does what is said stop short of what the model found?

"China urged all sides to stop fighting and closed its gates": after an infinitive or a bare noun, a verb in the past
that "and" joins is what the speaker did, not what he said. The words are in `knowledge/ontology/content.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from dateline.knowledge.table import load_table
from dateline.reading.graph import Graph, Mark
from dateline.record import Span
from dateline.resolving.content import TABLE


@cache
def _own_deed() -> re.Pattern[str]:
    irregular = "|".join(load_table(TABLE)["past"])
    return re.compile(
        rf",?\s+(?:and|but)\s+(?:then\s+|later\s+|\w+ly\s+)?(?=(?:[a-z]{{2,}}ed|{irregular})\s+(?:back\s+|out\s+|off\s+|up\s+)?(?:its|their|his|her|the|a|an|at|to|on|into|\d))"
    )


@cache
def _finite() -> re.Pattern[str]:
    table = load_table(TABLE)
    verbs, irregular = "|".join(table["finite"]), "|".join(table["past"])
    return re.compile(rf"\b(?:{verbs}|that|if|[a-z]{{3,}}ed|(?<!\bto )(?:{irregular}))\b", re.IGNORECASE)


def stopped(graph: Graph, cue: Mark, content: Span) -> Span:
    """Content that follows its cue, without what the speaker did besides."""
    if content[0] < cue.end:
        return content
    for joined in _own_deed().finditer(graph.text, *content):
        begins = any(joined.end() <= m.start <= joined.end() + 1 for _, m in graph.of("trigger"))
        if begins and not _finite().search(graph.text, content[0], joined.start()):
            return content[0], joined.start()
    return content
