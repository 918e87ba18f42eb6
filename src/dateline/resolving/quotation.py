"""Which quoted words belong to a cue? `"A," he said. "B."` attributes B too.

Content that touches a quotation is the whole of it; further quotations of the paragraph belong to
the same cue while each opens the sentence that follows, and no other cue stands between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.reading.graph import Graph
from dateline.record import Span

# Paragraph by paragraph, so that a quotation mark left open spoils no more than its own.
_QUOTED = re.compile(
    r"“([^”\n]*)(?:”|(?=\n)|$)|\"([^\"\n]*)(?:\"|(?=\n)|$)|''((?:(?!'')[^\n])*)''|``((?:(?!'')[^\n])*)''"
)
# What stands between a quotation that its own clause attributes and the cue: `"A," the general said`.
_ATTRIBUTES = re.compile(r"[\"”']{0,2}\s+(?:[^\W\d_][^.!?;:\n\"“”]{0,90}\s)?")
# A quotation of a word or two is a name or a scare quote, and carries nothing on.
LEAST_WORDS = 3


def quotations(text: str) -> list[Span]:
    """The words between quotation marks, without the marks, in text order."""
    spans = (next(m.span(g) for g in (1, 2, 3, 4) if m.group(g) is not None) for m in _QUOTED.finditer(text))
    return [(a, b) for a, b in spans if len(text[a:b].split()) >= LEAST_WORDS]


def whole_quotations(graph: Graph, cue: Span, content: Sequence[Span], quoted: Sequence[Span]) -> list[Span]:
    """The content of a cue with the quotations that it touches or that carry it on; `quoted` as from `quotations`."""
    others = [m.start for _, m in graph.of("cue") if m.span != cue]
    before_cue = _attributed_before(graph, cue, quoted, others)
    if before_cue and not any(a < before_cue[1] and before_cue[0] < b for a, b in content):
        content = [before_cue]
    touched = [i for i, q in enumerate(quoted) if any(a < q[1] and q[0] < b for a, b in content)]
    if not touched:
        return list(content)
    last = max(touched)
    taken = set(touched)
    for i in range(last + 1, len(quoted)):
        before, here = quoted[i - 1], quoted[i]
        after = _number(graph, max(before[1], cue[0] if cue[0] < here[0] else 0))
        held = any(before[1] <= o < here[0] for o in others) or graph.text[here[1] - 1] == ","
        if (
            held
            or "\n" in graph.text[before[1] : here[0]]
            or _number(graph, here[0]) > after + 1
            or not _opens(graph, here, cue)
        ):
            break
        taken.add(i)
    spans = [*content, *(quoted[i] for i in taken)]
    return _joined(spans)


def _attributed_before(graph: Graph, cue: Span, quoted: Sequence[Span], others: Sequence[int]) -> Span | None:
    """The quotation that ends with a comma right before the cue's clause; None where another cue stands between."""
    earlier = [q for q in quoted if q[1] <= cue[0]]
    if not earlier or graph.text[earlier[-1][1] - 1] not in ",?!":
        return None
    end = earlier[-1][1]
    if any(end <= m.start < cue[0] for _, m in graph.of("trigger")):  # `"dismayed," as Chile shelled forces it blames`
        return None
    clause = _ATTRIBUTES.fullmatch(graph.text, end, cue[0])
    return earlier[-1] if clause and not any(end <= o < cue[0] for o in others) else None


def _opens(graph: Graph, quotation: Span, cue: Span) -> bool:
    """Whether a quotation opens its sentence, or stands in the cue's own after it."""
    sentence = graph.sentence_of(quotation[0])
    return quotation[0] - sentence[0] <= 3 or (sentence[0] <= cue[0] < sentence[1] and cue[0] < quotation[0])


def _number(graph: Graph, position: int) -> int:
    """Which sentence holds a position."""
    return sum(1 for start, _ in graph.sentences if start <= position)


def _joined(spans: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out
