"""What do the model's marks of requirements cover? Fragments of one clause -> the whole clause.

"That the siege [be lifted at] once" is marked in part, "[the Red] [Cross admitted]" in two: what is asked for is the
stretch from where the clause begins to where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.knowledge.terms import load
from dateline.reading.graph import Graph, Link, Mark
from dateline.record import Span

# So many words may be added before and after a mark.
BEFORE, AFTER = 4, 9
# "The surrender [of arms]": the noun that a mark's first preposition hangs on is asked for.
_OF = re.compile(r"(?:of|from|against|between)\s")
_NOUN = re.compile(r"(?<![\w’'-])(?:(?:an?|the|its|their|his|her|all|any|full) )?[a-z][\w-]{3,}\s$")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is asked for: its span, the best score and that mark's form, and the links of all marks in it."""

    mark: Mark
    links: tuple[Link, ...]
    indices: tuple[int, ...]


def pieces(graph: Graph, marks: Sequence[tuple[int, Mark]], links: Mapping[int, Sequence[Link]]) -> list[Piece]:
    """The marks, each grown to its clause and joined with those that it then meets; in text order."""
    out: list[Piece] = []
    for i, m in sorted(marks, key=lambda x: x[1].start):
        start, end = grown(graph, m.span)
        one = Piece(replace(m, start=start, end=end), tuple(links.get(i, ())), (i,))
        if out and start <= out[-1].mark.end + 1 and not _parted(graph.text, (out[-1].mark.end, m.start)):
            out[-1] = _joined(out[-1], one)
        else:
            out.append(one)
    return out


def grown(graph: Graph, span: Span) -> Span:
    """A mark's clause, within its sentence."""
    text, sentence = graph.text, graph.sentence_of(span[0])
    start = span[0]
    while (lead := load().clause_opens.match(text, start, span[1])) is not None:
        start = lead.end()
    begin = _begin(graph, sentence, span) if start == span[0] else start
    return begin, _end(text, sentence, span)


def _end(text: str, sentence: Span, span: Span) -> int:
    """The clause's end, unless it is far or something is promised before it."""
    stop = load().clause_end.search(text, span[1], sentence[1])
    end = stop.start() if stop else sentence[1]
    added = text[span[1] : end]
    promised = any(m.group() != "May" for m in load().will.finditer(added))
    far = promised or len(added.split()) > AFTER
    end = span[1] if far else end
    while end > span[1] and text[end - 1] in " .,;\n":
        end -= 1
    return end


def _begin(graph: Graph, sentence: Span, span: Span) -> int:
    """Where its noun phrase or its subject begins: what a preposition or a possessive ties it to, and who is to do it."""
    text, start = graph.text, span[0]
    if _OF.match(text, start) and (noun := _NOUN.search(text[sentence[0] : start])):
        start = sentence[0] + noun.start()
    for _ in range(BEFORE):
        lead = load().clause_lead.search(text[sentence[0] : start])
        if lead is None:
            break
        start = sentence[0] + lead.start("from")
    return start


def _parted(text: str, between: Span) -> bool:
    return between[0] < between[1] and load().clause_end.search(text, *between) is not None


def _joined(a: Piece, b: Piece) -> Piece:
    best = max((a.mark, b.mark), key=lambda m: (m.score, m.end - m.start))
    return Piece(
        replace(best, start=a.mark.start, end=max(a.mark.end, b.mark.end)),
        (*a.links, *b.links),
        (*a.indices, *b.indices),
    )
