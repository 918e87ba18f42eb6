"""Whose term is it? The one who promises, threatens or refuses; failing that the one who says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.knowledge.terms import load
from dateline.reading.graph import Graph
from dateline.record import Event, Span, Statement
from dateline.resolving.conditions import Condition
from dateline.resolving.what import OfMark

SURE = 0.8
# Acts that commit whoever does them.
PROMISES = frozenset(("AGREE", "THREATEN", "REJECT", "REQUEST", "CONCEDE"))
# A clause that begins with its promise shares the subject of the one before.
ELLIPSIS = 12
# A subject stands no farther from its verb.
SUBJECT_WITHIN = 90
# Who lets another do a thing sets the condition, not the one who is let.
_LETS = re.compile(r"(?:could|can|may|might)\b", re.I)
_PASSIVE = re.compile(
    r"\W*(?:(?:not|only|also|never|then|now) )*(?:be|been|get|being)\s+(?:\w+ly )?(?:\w+(?:ed|en|ne|wn)|let|cut|hit|shot|sent|held|met|set|put|given|made|paid|left|built)\b",
    re.I,
)


def speaking(statements: Sequence[Statement], span: Span) -> Statement | None:
    """The innermost statement that holds the words."""
    holding = [s for s in statements if any(a <= span[0] and span[1] <= b for a, b in s.content)]
    return min(holding, key=lambda s: sum(b - a for a, b in s.content), default=None)


def speaker_of(graph: Graph, statements: Sequence[Statement], c: Condition) -> str | None:
    """Who says it: the statement that holds the condition or its opener, else the sentence's only speaker."""
    said = speaking(statements, c.span) or speaking(statements, c.opener)
    if said is not None and said.speaker:
        return said.speaker
    sentence = graph.sentence_of(c.opener[0])
    here = {s.speaker for s in statements if s.speaker and sentence[0] <= s.cue[0] < sentence[1]}
    return next(iter(here)) if len(here) == 1 else None


def spoken_for(graph: Graph, of_mark: OfMark, statements: Sequence[Statement]) -> dict[str, str]:
    """Speaker, and whom its description names -> the side in whose name it speaks: "Speaking for the opposition, the head of X said"."""
    out: dict[str, str] = {}
    for i, m in graph.of("actor"):
        start, end = graph.sentence_of(m.start)
        if i not in of_mark or not of_mark[i] or not load().speaks_for.search(graph.text[start : m.start]):
            continue
        side = _whose(graph, of_mark, m.end) or of_mark[i][0]
        for s in statements:
            if not s.speaker or not start <= s.cue[0] < end:
                continue
            named = (of_mark.get(j, ()) for j, x in graph.of("actor") if m.end <= x.start and x.end <= s.cue[0])
            for speaker in (s.speaker, *(a for ids in named for a in ids)):
                if speaker != side:
                    out.setdefault(speaker, side)
    return {speaker: side for speaker, side in out.items() if side not in out}


_OWNS = re.compile(r"['’`]s?\s+([^\W\d_]+)")


def _whose(graph: Graph, of_mark: OfMark, end: int) -> str | None:
    """ "Syria's opposition", marked "Syria": the side that another mention names with that noun; None where nothing is owned."""
    owned = _OWNS.match(graph.text, end)
    if owned is None:
        return None
    noun = owned[1].lower()
    same = (
        of_mark[i][0]
        for i, m in graph.of("actor")
        if of_mark.get(i) and graph.text[m.start : m.end].lower().endswith(noun)
    )
    return next(same, None)


def onlookers_word(graph: Graph, statements: Sequence[Statement], c: Condition) -> bool:
    """Whether it is somebody's guess: an analyst's, a trader's, a fear, a forecast."""
    words = load()
    sentence = graph.sentence_of(c.opener[0])
    said = speaking(statements, c.span) or speaking(statements, c.opener)
    if said is not None and said.speaker_span:
        return bool(words.onlooker.search(graph.text[slice(*said.speaker_span)]))
    outside = graph.text[sentence[0] : c.span[0]] + " " + graph.text[c.span[1] : sentence[1]]
    return bool(words.onlooker.search(outside) and words.guess.search(outside))


def party_of(
    graph: Graph, of_mark: OfMark, statements: Sequence[Statement], events: Sequence[Event],
    c: Condition, voted: Sequence[tuple[str, float]],
) -> str | None:  # fmt: skip
    """The party's id. `voted`: the model's parties with the score of their best link."""
    subject, lets = _subject(graph, of_mark, c)
    speaker = speaker_of(graph, statements, c)
    promiser = _promiser(graph, events, c)
    model = next((p for p, _ in voted), None)
    if model and voted[0][1] >= SURE:
        return model
    if promiser:
        return promiser
    if subject and not lets:
        return subject
    return speaker or model or subject


def _promiser(graph: Graph, events: Sequence[Event], c: Condition) -> str | None:
    """Who is the actor of the promise, threat or refusal that the condition hangs on: of "vowed", of "refused"."""
    start, end = (graph.sentence_of(c.opener[0])[0], c.opener[1]) if c.wanted else c.main
    told = [
        e
        for e in events
        if start <= e.trigger[0] < end and e.type in PROMISES and e.actor and load().will.search(graph.text, *e.trigger)
    ]
    return told[-1].actor[0].id if told else None


def _subject(graph: Graph, of_mark: OfMark, c: Condition) -> tuple[str | None, bool]:
    """The subject of the promise, and whether it is only let do it or has it done to it."""
    words = load()
    start, end = c.main
    if c.wanted:
        start, end = graph.sentence_of(c.opener[0])[0], c.opener[1]
    promises = [m for m in words.will.finditer(graph.text, start, end)]
    if promises and promises[0].start() - start < ELLIPSIS:  # "…, but would come back": the subject stands before
        start = graph.sentence_of(c.opener[0])[0]
    mentions = [(i, m) for i, m in graph.of("actor") if start <= m.start and m.end <= end and of_mark.get(i)]
    floor = start
    best: tuple[str, bool] | None = None
    for p in promises:
        before = [
            (i, m)
            for i, m in mentions
            if floor <= m.start and m.end <= p.start() and p.start() - m.end <= SUBJECT_WITHIN
        ]
        if before:
            lets = bool(_LETS.match(p.group())) or bool(_PASSIVE.match(graph.text, p.end()))
            best = (of_mark[before[-1][0]][0], lets)
        floor = p.start()
    return best if best else (None, False)
