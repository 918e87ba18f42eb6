"""Which act does an answer speak of? "They deny it", "a claim that Kigali rejects", "another group claimed the bombing".

So an attack blamed on one group, denied by it and claimed by another is one event with three statements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.reading.graph import Graph
from dateline.record import Event, Statement
from dateline.resolving.speaker import words

# Who answers an accusation with one of these speaks of the act that it was about.
ANSWERS = frozenset(("denies", "claims-responsibility", "doubts"))
SHORT_CONTENT = 30
DEEDS = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "AID"))
# Content that only points back at what was said: in the sentence after it too.
_BACK = re.compile(
    rf"(?:(?:it|this|that|so|which|(?:(?:a|an|the|any|all|such|these|those)\s+)?(?:\w+\s+)?(?:{words('accusations')})s?)"
    rf"|(?:any|all|having\s+any|having\s+had\s+any)\s+(?:{words('shares')})(?:\s+in\s+(?:it|them|this|that|the\s+\w+))?)\W*",
    re.IGNORECASE,
)
# "Claimed responsibility", with what is claimed told before.
_CLAIM = re.compile(
    rf"(?:responsibility)?\W*(?:for\s+(?:it|that|this|both|(?:the|that|this)\s+(?:{words('accusations')})s?))?\W*",
    re.IGNORECASE,
)


def about_the_accused(graph: Graph, statements: Sequence[Statement], events: Sequence[Event]) -> tuple[Statement, ...]:
    """The statements, those that answer an accusation with the act that it was of."""
    deeds = {e.id: e for e in events if e.type in DEEDS}
    out: list[Statement] = []
    accused: tuple[int, str, Statement] | None = None
    for s in statements:
        here = _number(graph, s.cue[0])
        told = [e for e in s.events if e in deeds]
        if s.stance in ANSWERS and (act := _answered(graph, s, here, told, accused, deeds)):
            s = s.model_copy(update={"events": [act, *(e for e in s.events if e != act)]})
        elif s.stance in ("accuses", "says") and told:
            happened = [e for e in told if deeds[e].status == "happened"]
            if s.stance == "accuses" or happened:
                accused = (here, (happened or told)[0], s)
        out.append(s)
    return tuple(out)


def _answered(
    graph: Graph,
    answer: Statement,
    here: int,
    told: Sequence[str],
    accused: tuple[int, str, Statement] | None,
    deeds: dict[str, Event],
) -> str | None:
    """The id of the act that an answer is about, where its own content does not tell it."""
    back = all(_BACK.fullmatch(graph.text, a, b) for a, b in answer.content)
    short = sum(b - a for a, b in answer.content) <= SHORT_CONTENT
    if accused is not None and (answer.speaker is None or answer.speaker != accused[2].speaker):
        if accused[2].stance == "accuses" and here == accused[0] and (short or not told):
            return accused[1]
        if back and here - accused[0] <= 1:
            return accused[1]
    claim = answer.stance == "claims-responsibility" and all(
        _CLAIM.fullmatch(graph.text, a, b) for a, b in answer.content
    )
    if not claim and (not back or answer.stance != "denies"):
        return None
    before = [e for e in deeds.values() if e.trigger[1] <= answer.cue[0] and here - _number(graph, e.trigger[0]) <= 1]
    if claim:
        done = [e.id for e in before if e.type == "ASSAULT" and e.status == "happened"]
        return done[-1] if done and not told else None
    own = [e.id for e in before if any(p.id == answer.speaker for p in e.actor)]
    return own[-1] if own else None


def _number(graph: Graph, position: int) -> int:
    """Which sentence holds a position."""
    return sum(1 for start, _ in graph.sentences if start <= position)
