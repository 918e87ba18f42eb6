"""Who leads whom by whose leader a mention calls him? "Its commander", "whose president", "the leader of the front"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.reading.graph import Graph
from dateline.record import Actor, Span
from dateline.resolving.what import OfMark

LEADER = re.compile(
    r"\b(?:leader|head|chief|chairman|chairwoman|commander|founder|president|prime minister|premier|chancellor|king|emir|ruler|coordinator)\b(?! of (?:staff|mission))",
    re.IGNORECASE,
)
# An office beside the leader's: "deputy leader", "foreign policy chief", "a commander".
SECOND = re.compile(
    r"\b(?:deputy|vice|former|ex|policy|press|police|fire|army|military|intelligence|security|local|senior|opposition|exiled|ousted|deposed|rebel|tribal|union|aid|protest|a|an)\b[ -]",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:its|their|whose)", re.IGNORECASE)
_OWNS = re.compile(r"(?:['’]s?)? $")
_OF = re.compile(r"[\w’' -]*? of (?:the |a |an )?$")
# Nobody leads these as one.
_NO_BODY = frozenset(("person", "civilians", "state", "media"))


def leads_by_words(graph: Graph, of_mark: OfMark, actors: Sequence[Actor]) -> Iterator[tuple[str, str, Span]]:
    """Leader, whoever is led, and the words that say so."""
    of = {a.id: a for a in actors}
    persons = [(a.id, m) for a in actors if a.kind == "person" for m in a.mentions]
    for i, mark in graph.of("actor"):
        for body in of_mark.get(i, ()):
            if of[body].kind in _NO_BODY:
                continue
            for person, mention in persons:
                words = _office(graph.text, mark.span, mention)
                if words and LEADER.search(graph.text, *words) and not SECOND.search(graph.text, *words):
                    yield person, body, (min(mark.start, mention[0]), max(mark.end, mention[1]))


def _office(text: str, owner: Span, mention: Span) -> Span | None:
    """Where the words of a mention stand that give the office, when the owner stands before them or after an "of"."""
    start, end = mention
    inside = start <= owner[0] and owner[1] < end
    if (owner[0] == start and inside) or owner[1] < start <= owner[1] + 3:
        gap = text[owner[1] : start] if owner[1] < start else text[owner[1] : owner[1] + 3].partition(" ")[0] + " "
        alone = _OWNER.fullmatch(text, *owner) is not None
        return (owner[1], end) if _OWNS.fullmatch(gap) and (alone or gap.strip()) else None
    before = (start, owner[0])
    if start < owner[0] <= end + 8 and _OF.fullmatch(text, *before):
        return before
    return None
