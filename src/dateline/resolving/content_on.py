"""Where does what is said go on, beyond what the model found?

"Troops beat off the raid, the army said, killing 60 men", "Had he kept it, said the minister, he would be president":
an attribution between commas stands inside what it reports. "The army said [its men fired] after the mob attacked": a
clause that no comma parts is said too. The words are in `knowledge/ontology/content.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.knowledge.table import load_table
from dateline.reading.graph import Graph, Mark
from dateline.record import Span
from dateline.resolving.content import ABOUT_WORDS, TABLE, begin_of_clause, end_of_clause, pattern

# A speaker further from the cue is not of its clause.
NEAR = 60
# What stands before an inserted attribution is a part of what is said from this many words on: no "On Monday, he said".
LEAST_WORDS = 4
_ENDS = re.compile(r"[,;:.?!\n\"”]|\s(?:and|but|while|as)\s")
# What the reporter adds: "…, which the town had asked for".
_ASIDE = re.compile(r",\s+(?:which|where|whereas|whose|but|while)\s")


def _words(name: str) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in load_table(TABLE)[name])


def gone_on(graph: Graph, cue: Mark, speakers: Sequence[Span], content: Sequence[Span]) -> list[Span]:
    """The content of a cue with what stands on the other side of an inserted attribution, and clauses to their end."""
    spans = [_counted_on(graph.text, cue, _to_the_end(graph, cue, s)) for s in content]
    clause = None if cue.labels["stance"] in ABOUT_WORDS else _inserted(graph, cue, speakers)
    if clause is None or not spans:
        return spans
    before, after = clause
    if not any(a < before[1] and before[0] < b for a, b in spans):
        told = len(graph.text[slice(*before)].split()) >= LEAST_WORDS and not _has_cue(graph, before)
        return [before, *spans] if told and _touched(spans, after) else spans
    if _touched(spans, after) or _has_cue(graph, after):
        return spans
    opens = re.compile(rf"(?:{_words('goes_on')})\b|(?!(?:{_words('other_words')})\b)\w+ing\b")
    return [*spans, after] if opens.match(graph.text, after[0]) else spans


# "Counted [18 dead] and 90 wounded": the whole list is counted.
_COUNTED = re.compile(
    r"(?:(?:,? and|,) (?:(?:about|some|at least|another|more than) )?\d[\d,]*(?: [a-z-]+){0,2}? (?:wounded|injured|dead|killed|missing|hurt|lost|captured|detained|arrested))+\b"
)


def _counted_on(text: str, cue: Mark, content: Span) -> Span:
    """Content after its cue that is a count, with those that are listed after it."""
    more = (
        _COUNTED.match(text, content[1]) if content[0] >= cue.end and re.search(r"\d", text[slice(*content)]) else None
    )
    return (content[0], more.end()) if more else content


def _touched(spans: Sequence[Span], where: Span) -> bool:
    return any(a < where[1] and where[0] < b for a, b in spans)


def _has_cue(graph: Graph, where: Span) -> bool:
    return any(where[0] <= m.start < where[1] for _, m in graph.of("cue"))


def _inserted(graph: Graph, cue: Mark, speakers: Sequence[Span]) -> tuple[Span, Span] | None:
    """What stands before and after a cue and its speaker when commas part them from both; None where they do not."""
    start, end = graph.sentence_of(cue.start)
    near = [s for s in speakers if start <= s[0] and s[1] <= end and abs(s[0] - cue.start) < NEAR]
    if not near:
        return None
    first, last = min(cue.start, *(a for a, _ in near)), max(cue.end, *(b for _, b in near))
    opened = re.compile(r",[”\"]?\s+(?:(?:the|a|an|its|his|her|their|one|as)\s+)*$", re.IGNORECASE).search(
        graph.text, start, first
    )
    closed = pattern("clause_after").match(graph.text, last, end)
    if opened is None or closed is None or not closed[0].rstrip().endswith(",") or closed.end() >= end:
        return None
    begin = begin_of_clause(graph.text, start, opened.start(), ())
    aside = _ASIDE.search(graph.text, closed.end(), end)
    return (begin, opened.start()), (
        closed.end(),
        end_of_clause(graph.text, closed.end(), aside.start() if aside else end),
    )


def _to_the_end(graph: Graph, cue: Mark, content: Span) -> Span:
    """Content after its cue, to the end of a clause that it breaks off before: "its men fired | after the mob attacked"."""
    _, end = graph.sentence_of(content[0])
    if content[0] < cue.end or not re.compile(rf"\s(?:{_words('breaks_before')})\s").match(graph.text, content[1], end):
        return content
    stop = _ENDS.search(graph.text, content[1], end)
    where = content[1], stop.start() if stop else end
    return content if _has_cue(graph, where) else (content[0], where[1])
