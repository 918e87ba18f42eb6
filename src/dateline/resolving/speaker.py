"""Who speaks, where the words around a cue leave no doubt?

"denied by his aides but confirmed by port officials": who follows "by". "They deny it and another group claimed the
bombing": who stands right before the cue. "severed relations with Kyiv, which called it …": whom "which" stands for.
Else the model's links stand; and of several speakers only those whom the sentence joins: "Peru and Chile said".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from dateline.knowledge.table import load_table
from dateline.reading.graph import Graph, Link, Mark

# Joint speakers are about as sure as each other; a much weaker one is none, unless the sentence joins them.
JOINT, JOINED = 0.7, 0.4


def words(name: str) -> str:
    """An alternative of the words of one list of `knowledge/ontology/speaker.toml`, for a pattern."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in load_table("ontology/speaker.toml")[name])


_DETERMINER = rf"(?:(?:{words('determiners')})\s+)?"
TO_VERB = rf"(?:(?:{words('before_verb')}|\w+ly|(?:on|last|this)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s+)*"
_SUBJECT = re.compile(rf"\s+{TO_VERB}", re.IGNORECASE)
_RELATIVE = re.compile(rf",?\s+(?:who|which)\s+{TO_VERB}", re.IGNORECASE)
_AGENT = re.compile(rf"(?:\s+(?:again|later|\w+ly))?\s+by\s+(?!(?:{words('means')})\b){_DETERMINER}", re.IGNORECASE)
_MEANS = re.compile(rf"by (?:{words('means')})\b", re.IGNORECASE)
_QUOTED_BEFORE = re.compile(r"[\"”’']\s+")
_AFTER = re.compile(rf"\s+{_DETERMINER}", re.IGNORECASE)
_PREPOSITION = rf"(?:{words('prepositions')})"
_WITHIN = re.compile(rf"(?:\b{_PREPOSITION}\s+{_DETERMINER}(?:(?-i:[A-Z])[\w'’.-]*\s+)*|\)\s*)$", re.IGNORECASE)
_FRAGMENT = re.compile(rf"{_PREPOSITION}\s", re.IGNORECASE)
_AND = re.compile(
    rf"(?:,[^,.;:]{{0,90}},|,)?\s+(?:{words('and_speakers')}|(?:followed|joined)(?:\s+[\w'’-]+){{0,4}}\s+by)"
    rf"\s+(?:(?!{_PREPOSITION}\s)[\w'’-]+\s+){{0,3}}",
    re.IGNORECASE,
)
_COMMA = re.compile(rf",\s+{_DETERMINER}", re.IGNORECASE)
_PAPER = re.compile(
    rf"(?:['’]s?)?\s+(?:[\w'’-]+\s+)?(?:{words('papers')})(?:\s*,?\s+(?:which|that))?\s+{TO_VERB}", re.IGNORECASE
)
_PASSIVE = re.compile(
    rf"\b(?:is|are|was|were|been|being|stands?|stood)\s+(?:(?:\w+ly|also|often|now|long)\s+)*(?:{words('of_the_accused')})$",
    re.IGNORECASE,
)
_ON = re.compile(r"(?:\s+\w+ly)?\s+on\b")
_ACCORDING = re.compile(r"according\b", re.IGNORECASE)
_SOURCE = re.compile(rf"(?<=according)\s+to\s+{_DETERMINER}", re.IGNORECASE)
# Quoted words with a space between the marks and the words, or none.
_SINGLE = re.compile(r"(?<!\w)[‘']\s?[^‘’'\n]+(?:['’]\w[^‘’'\n]*)*[’'](?!\w)")
_DOUBLE = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
# A quotation of so few words is a name.
SCARE = 2
_CLAUSE_ENDS = re.compile(r";|—|\s–\s|\s-\s")


def speaking(graph: Graph, cue: int, links: Sequence[Link]) -> list[Link]:
    """The links of a cue to whoever speaks: from the words where they settle it, else the model's; joint ones alone.

    `links` are the model's from the cue to actor marks.
    """
    mark = graph.marks[cue]
    links = _without_the_accused(graph, mark, links)
    links = [x for x in links if not _MEANS.match(graph.text, max(0, graph.marks[x.target].start - 3))]
    links = [x for x in links if not only_quoted(graph, mark, graph.marks[x.target])]
    links = [replace(x, target=_before_brackets(graph, x.target)) for x in links]
    settled, within = _settled(graph, mark)
    settled = settled if settled is None else _before_brackets(graph, settled)
    best = max((x.score for x in links), default=0.0)
    if settled is not None:
        joined = _joined(graph, settled)
        return [
            *(x for x in links if x.target in joined and x.target != settled and x.score >= JOINED),
            Link("speaker", cue, settled, 1.0),
        ]
    links = [x for x in links if x.target != within] or list(links)
    strong = [x for x in links if x.score >= JOINT * best]
    strong = [x for x in strong if _one_clause(graph, mark, graph.marks[x.target])] or strong
    if not strong:
        return []
    joined = _joined(graph, max(strong, key=lambda x: (x.score, -x.target)).target)
    return [x for x in links if x.target in joined and (x in strong or x.score >= JOINED)]


def _before_brackets(graph: Graph, actor: int) -> int:
    """ "The head of the Zenda Front (ZF) alliance said": who stands in brackets after another mark is part of what names that one."""
    start = graph.marks[actor].start
    return next((i for i, m in graph.of("actor") if graph.text[m.end : start] == " ("), actor)


def _without_the_accused(graph: Graph, cue: Mark, links: Sequence[Link]) -> list[Link]:
    """ "The militia is blamed for it", "it was blamed on the militia": who is accused does not speak; "according to X": who stands before."""
    start, _ = graph.sentence_of(cue.start)
    said_of = cue.labels["stance"] == "accuses" and _PASSIVE.search(graph.text, start, cue.end)
    if said_of and _ON.match(graph.text, cue.end):
        return []
    if said_of or _ACCORDING.match(graph.text, cue.start):
        return [x for x in links if graph.marks[x.target].start >= cue.end]
    return list(links)


def only_quoted(graph: Graph, cue: Mark, actor: Mark) -> bool:
    """Whether an actor is only named inside a quotation that the cue (or trigger) stands outside of: "banners reading ‘No to Ba’ to demand"."""
    start, end = graph.sentence_of(actor.start)
    quoted = [m.span() for m in _SINGLE.finditer(graph.text, start, end)]
    quoted += [m.span() for m in _DOUBLE.finditer(graph.text, start, end)]
    return any(
        a < actor.start and actor.end < b and not a <= cue.start < b and len(graph.text[a:b].split()) > SCARE
        for a, b in quoted
    )


def _one_clause(graph: Graph, cue: Mark, actor: Mark) -> bool:
    """Whether no semicolon or dash stands between the two."""
    gap = (cue.end, actor.start) if cue.end <= actor.start else (actor.end, cue.start)
    return not _CLAUSE_ENDS.search(graph.text, *gap)


def _settled(graph: Graph, cue: Mark) -> tuple[int | None, int | None]:
    """The actor mark that the words make the speaker, and one that is only part of how another is described."""
    agent = _AGENT.match(graph.text, cue.end)
    if agent:
        return next((i for i, m in graph.of("actor") if m.start <= agent.end() < m.end), None), None
    source = _SOURCE.match(graph.text, cue.end)
    if source:
        return next((i for i, m in graph.of("actor") if m.start == source.end()), None), None
    start, _ = graph.sentence_of(cue.start)
    if _QUOTED_BEFORE.search(graph.text, max(start, cue.start - 2), cue.start):
        after = _AFTER.match(graph.text, cue.end)
        spoken = (i for i, m in graph.of("actor") if after and m.start in (after.end(), cue.end + 1))
        return next(spoken, None), None
    before = [(i, m) for i, m in graph.of("actor") if start < m.end <= cue.start]
    writer = next((i for i, m in before if _PAPER.fullmatch(graph.text, m.end, cue.start)), None)
    if writer is not None:
        return writer, None
    for pattern in (_SUBJECT, _RELATIVE):
        near = [(i, m) for i, m in before if pattern.fullmatch(graph.text, m.end, cue.start)]
        if near:
            i, mark = min(near, key=lambda x: (x[1].start, -x[1].end))
            inside = _WITHIN.search(graph.text, start, mark.start)
            if pattern is _RELATIVE:
                inside = inside if inside and any(m.end == inside.start() - 1 for _, m in before) else None
            return (None, i) if inside or _FRAGMENT.match(graph.text, mark.start) else (i, None)
    return None, None


def _joined(graph: Graph, mark: int) -> set[int]:
    """The mark and those that the sentence joins to it by "and": "A, B and C"."""
    start, end = graph.sentence_of(graph.marks[mark].start)
    inside = [(i, m) for i, m in graph.of("actor") if start <= m.start < end]
    at = next((n for n, (i, _) in enumerate(inside) if i == mark), None)
    if at is None:
        return {mark}
    after = list(_after(graph.text, inside[at:]))
    return {mark, *after, *_before(graph.text, inside[at::-1], bool(after))}


def _after(text: str, marks: Sequence[tuple[int, Mark]]) -> Iterator[int]:
    """Marks after the first, as far as commas lead to an "and"."""
    held: list[int] = []
    for (_, a), (i, b) in pairwise(marks):
        held.append(i)
        if _AND.fullmatch(text, a.end, b.start):
            yield from held
            held = []
        elif not _COMMA.fullmatch(text, a.end, b.start):
            return


def _before(text: str, marks: Sequence[tuple[int, Mark]], led: bool) -> Iterator[int]:
    """Marks before the first, given last to first: an "and", then commas too; `led`: an "and" follows already."""
    for (_, b), (i, a) in pairwise(marks):
        led = led or bool(_AND.fullmatch(text, a.end, b.start))
        if not led or not (_AND.fullmatch(text, a.end, b.start) or _COMMA.fullmatch(text, a.end, b.start)):
            return
        yield i
