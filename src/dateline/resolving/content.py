"""What does a cue report, where grammar alone settles it?

"The camp had closed, officials said.": a clause that ends its sentence reports what stands before it, from the
beginning or the last semicolon. "Officials on Monday said the camp had closed": a clause right after the cue is what is
said. The words are in `knowledge/ontology/content.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dateline.knowledge.table import load_table
from dateline.reading.graph import Graph, Mark
from dateline.record import Span
from dateline.resolving.speaker import words

TABLE = "ontology/content.toml"
SUBORDINATE = re.compile(
    rf"\s(?:on\s+\w+day\s+)?(?:that\s+)?(?P<clause>(?:{words('clause_openers')})\s+[\w'’-]+\s+[\w'’-]+|(?<=that\s)\w)",
    re.IGNORECASE,
)
_OPENERS, _CLOSERS = " \n\"“”'‘`", '.!?"”’'
_DATELINE = re.compile(r"\s*(?:[A-Z][A-Z.'’-]+[,/ ]+)+(?:[A-Z][\w.]+,? )*(?:\d\d? )?(?:\([^()\n]*\) )?[-–—]+ ")
# A report of fewer words is none: "On Monday, the army said."
LEAST_WORDS = 3
# These are about words that somebody else said: "a claim that it denies".
ABOUT_WORDS = frozenset(("denies", "rejects", "condemns", "welcomes", "doubts"))
TOLD = frozenset(("told", "tells", "telling"))
_INCLUDING = re.compile(r",?\s(?:including|among them|such as)\s", re.IGNORECASE)
# "(ordered) the ministry to wait".
_ASKED = re.compile(r"\s+(?:[\w'’-]+\s+){1,6}to\s+\w+", re.IGNORECASE)
_AND_THAT = re.compile(r",?\s(?:and|or|but)\s+that\s", re.IGNORECASE)
APPOSITION = 60
_NOUN_BEFORE = re.compile(r"\b(?:a|an|the|its|his|her|their|of|to|have)\s$", re.IGNORECASE)
_NAME_BEFORE = re.compile(r", [\w'’.& -]+")


@cache
def pattern(name: str) -> re.Pattern[str]:
    table = load_table(TABLE)
    parts = {
        k: "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in v) for k, v in table.items() if isinstance(v, list)
    }
    return re.compile(table[name].format(**parts), re.IGNORECASE)


def settled_content(graph: Graph, cue: Mark, speakers: Sequence[Span], found: Sequence[Span]) -> list[Span]:
    """What grammar makes the content of a cue, given its speakers and what the model found; else what was found."""
    settled = (
        _closing(graph, cue, speakers, found)
        or _what_follows(graph, cue, speakers, found)
        or _what_is_asked(graph, cue, speakers, found)
    )
    return settled or [_with_next_clause(graph, cue, span) for span in found]


def _with_next_clause(graph: Graph, cue: Mark, content: Span) -> Span:
    """Content that a second "that" goes on, or examples do: "said that X, and that Y", "claimed attacks, including Y"."""
    goes_on = _AND_THAT.match(graph.text, content[1]) or _INCLUDING.match(graph.text, content[1])
    if content[0] < cue.end or not goes_on:
        return content
    return content[0], max(content[1], end_of_clause(graph.text, content[1], graph.sentence_of(content[0])[1]))


def _closing(graph: Graph, cue: Mark, speakers: Sequence[Span], found: Sequence[Span]) -> list[Span]:
    """What stands before a clause that ends its sentence with the cue: "…, officials said on Monday."

    Empty where the cue's clause does not end it, or the words before are another cue's.
    """
    start, end = graph.sentence_of(cue.start)
    text = graph.text
    comma = pattern("clause_before").search(text, start, cue.start)
    told = text[cue.start : cue.end].lower() in TOLD
    after = pattern("told_after" if told else "clause_after").match(text, cue.end, end)
    if cue.labels["stance"] in ABOUT_WORDS or comma is None or after is None:
        return []
    if _NOUN_BEFORE.search(text, start, cue.start) or any(
        comma.start() < m.start < cue.start for _, m in graph.of("trigger")
    ):
        return []
    stop = next((b for _, b in found if _in_apposition(text, b, comma.start())), comma.start())
    begin = begin_of_clause(text, start, stop, found)
    before = [a for a, _ in found if begin <= a < stop]
    behind = [x for x in (_from(text, after.end(), s) for s in found) if x[0] < x[1] <= end]
    if len(text[begin:stop].split()) < LEAST_WORDS or (
        not before and (behind or pattern("open_before").search(text, begin, stop))
    ):
        return []
    if before and any(begin <= m.start < min(before) for _, m in graph.of("cue")):
        return []
    return [(begin, stop), *behind]


def _in_apposition(text: str, end: int, comma: int) -> bool:
    """Whether content that ends here is followed by a subject with another name: ", its commander, General X, said"."""
    return 0 < comma - end <= APPOSITION and bool(_NAME_BEFORE.fullmatch(text, end, comma))


def _from(text: str, least: int, span: Span) -> Span:
    """The part of a span from a position on, without what separates it."""
    start = max(least, span[0])
    while start < span[1] and text[start] in " ,.:":
        start += 1
    return start, span[1]


def begin_of_clause(text: str, start: int, stop: int, found: Sequence[Span]) -> int:
    """Where the clause that ends at `stop` begins: after the last semicolon, a dateline or quotation marks.

    After a colon too, where the model found that content begins there.
    """
    begin = max(start, *(text.rfind(mark, start, stop) + 1 for mark in ";\n"))
    dateline = _DATELINE.match(text, begin, stop)
    begin = dateline.end() if dateline else begin
    begin = max(
        (a for a, _ in found if begin < a < stop and text[begin:a].rstrip(_OPENERS).endswith(":")), default=begin
    )
    while begin < stop and text[begin] in _OPENERS:
        begin += 1
    return begin


def _what_follows(graph: Graph, cue: Mark, speakers: Sequence[Span], found: Sequence[Span]) -> list[Span]:
    """The clause right after a cue whose subject stands before it, where all that the model found stands before both.

    Empty where no clause follows: "The camp had closed, officials said."
    """
    start, end = graph.sentence_of(cue.start)
    subject = min((a for a, b in speakers if start <= a and b <= cue.start), default=None)
    if subject is None or any(b > subject for _, b in found):
        return []
    clause = SUBORDINATE.match(graph.text, cue.end, end)
    if clause is None:
        return []
    return [(clause.start("clause"), end_of_clause(graph.text, clause.end(), end))]


def _what_is_asked(graph: Graph, cue: Mark, speakers: Sequence[Span], found: Sequence[Span]) -> list[Span]:
    """ "A court ordered the ministry to wait": what the words after a demand ask for, where all that was found stands before it."""
    start, end = graph.sentence_of(cue.start)
    asked = cue.labels["stance"] == "demands" and any(start <= a and b <= cue.start for a, b in speakers)
    if not asked or not found or any(b > cue.start for _, b in found) or not _ASKED.match(graph.text, cue.end, end):
        return []
    return [(cue.end + 1, end_of_clause(graph.text, cue.end + 1, end))]


def end_of_clause(text: str, start: int, end: int) -> int:
    """Where the clause that holds `start` ends: before a semicolon or what closes its sentence."""
    stop = text.find(";", start, end)
    stop = end if stop < 0 else stop
    while stop > start and text[stop - 1] in _CLOSERS:
        stop -= 1
    return stop
