"""On whose word? Cues and their links -> statements, and which events each of them tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.reading.graph import Graph, Link, Mark
from dateline.record import Event, Participant, Span, Statement
from dateline.resolving.what import OfMark, participants

SPEAKER_FLOOR = 0.5
SPEAKER_FALLBACK = 0.2
QUOTE = re.compile(r"[\"“”]")


def resolve_statements(
    graph: Graph, of_mark: OfMark, events: Sequence[Event]
) -> tuple[tuple[Statement, ...], tuple[Event, ...]]:
    """Statements `s1`… in text order, joint speakers one each; and the events with `said_by`, innermost first."""
    links: dict[int, list[Link]] = {}
    for link in graph.links:
        if link.kind in ("speaker", "content"):
            links.setdefault(link.source, []).append(link)
    out: list[Statement] = []
    for i, cue in graph.of("cue"):
        mine = links.get(i, [])
        speakers = participants(
            graph, [x for x in mine if x.kind == "speaker"], of_mark, SPEAKER_FLOOR, SPEAKER_FALLBACK
        )
        content = [
            span
            for x in mine
            if x.kind == "content"
            for span in _parts(graph, graph.marks[x.target].span, cue, [s.span for s in speakers])
        ]
        told = [e.id for e in events if _tells_of(content, e, cue)]
        quoted = any(QUOTE.search(graph.text, max(0, a - 2), min(len(graph.text), b + 2)) for a, b in content)
        named: list[Participant | None] = [*speakers] or [None]
        for speaker in named:
            out.append(
                Statement(
                    id=f"s{len(out) + 1}", speaker=speaker.id if speaker else None, speaker_span=speaker.span if speaker else None,
                    cue=cue.span, content=content, quoted=quoted, stance=cue.labels["stance"], events=told, confidence=round(cue.score, 2),
                )
            )  # fmt: skip
    return tuple(out), tuple(_attribute(e, out) for e in events)


def _tells_of(content: Sequence[Span], event: Event, cue: Mark) -> bool:
    a, b = event.trigger
    return any(s <= a and b <= e for s, e in content) and not (cue.start < b and a < cue.end)


def _attribute(event: Event, statements: Sequence[Statement]) -> Event:
    """The statements whose content holds the trigger; the shortest content is the innermost source."""
    told = [(sum(e - s for s, e in x.content), n, x) for n, x in enumerate(statements) if event.id in x.events]
    ranked = [x.id for _, _, x in sorted(told, key=lambda t: t[:2]) if x.speaker is not None]
    return event.model_copy(update={"said_by": ranked})


def _parts(graph: Graph, content: Span, cue: Mark, speakers: Sequence[Span]) -> list[Span]:
    """Content without the clause that attributes it: `"A," he said. "B."` has two parts."""
    start, end = content
    cut = [s for s in (cue.span, *speakers) if start <= s[0] and s[1] <= end and abs(s[0] - cue.start) < 120]
    if not cut or cue.span not in cut:
        return [(start, end)] if start < end else []
    a, b = min(s[0] for s in cut), max(s[1] for s in cut)
    text = graph.text
    left = a
    while left > start and text[left - 1] in " ,\n":
        left -= 1
    right = b
    while right < end and text[right] in " ,.:\n":
        right += 1
    return [(x, y) for x, y in ((start, left), (right, end)) if y - x > 2]
