"""Graph: what the model saw in a text. Spans, their labels, and the links between them.

Offsets are half-open, in code points of the *clean* text (see `clean.py`). The graph is
what `resolving/` reads; nothing in it is resolved yet.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]

# A smaller chance of being asked for is not told.
ASKED_FLOOR = 0.02

MarkKind = Literal["actor", "place", "date", "figure", "trigger", "cue", "content", "commitment", "requirement"]
LinkKind = Literal[
    "actor", "recipient", "place", "date", "speaker", "content", "party", "commitment", "same",
    "backs", "opposes", "fights", "allied", "part-of", "leads",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that the model found.

    `labels` by kind: trigger → type, mode, status; cue → stance; figure → measure,
    cumulative ("yes"/"no"); requirement → form. `score` is a probability; of triggers and cues it is
    calibrated: the share of marks with it that are right, type or stance included. `raw` is what the heads said.
    """

    kind: MarkKind
    start: int
    end: int
    score: float = 1.0
    labels: dict[str, str] = field(default_factory=dict)
    raw: float = 1.0

    @property
    def span(self) -> Span:
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Link:
    """`source` and `target` index `Graph.marks`.

    trigger→actor/recipient (an actor mark), trigger→place, trigger→date, cue→speaker (an
    actor mark), cue→content, requirement→party (an actor mark), requirement→commitment,
    actor→actor: `same` (a later mention to an earlier one of the same actor), and ties.
    """

    kind: LinkKind
    source: int
    target: int
    score: float = 1.0


def _start(numbered: tuple[int, Mark]) -> int:
    return numbered[1].start


@dataclass(frozen=True, slots=True)
class Graph:
    """One text, read: sentences, marks in text order, links.

    `asked`: word pieces that may be part of what somebody asks for, with the chance of it, also where it is too small for a mark.
    """

    text: str
    sentences: tuple[Span, ...]
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    asked: tuple[tuple[Span, float], ...] = ()
    _of: dict[str, list[tuple[int, Mark]]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def of(self, kind: MarkKind) -> list[tuple[int, Mark]]:
        """Marks of one kind with their indices, in text order; not to be changed."""
        if not self._of:
            for i, mark in enumerate(self.marks):
                self._of.setdefault(mark.kind, []).append((i, mark))
        return self._of.get(kind, [])

    def within(self, kind: MarkKind, span: Span) -> list[tuple[int, Mark]]:
        """Marks of one kind (any but content) that begin in a span, with their indices, in text order."""
        marks = self.of(kind)
        first, last = (bisect_left(marks, position, key=_start) for position in span)
        return marks[first:last]

    def sentence_of(self, position: int) -> Span:
        """The sentence that holds a position; the whole text when none does."""
        found = bisect_right(self.sentences, (position, len(self.text) + 1)) - 1
        if found >= 0 and self.sentences[found][0] <= position < self.sentences[found][1]:
            return self.sentences[found]
        return (0, len(self.text))
