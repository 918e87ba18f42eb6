"""Whom does a pronoun stand for, when the model does not say?"""

from __future__ import annotations

from collections.abc import Mapping

from dateline.reading.graph import Graph
from dateline.record import ActorKind
from dateline.resolving.who_names import Reading

_PLURAL = ("rebels", "forces", "troops", "civilians")


def antecedent(
    graph: Graph, pronoun: int, word: str, known: Mapping[int, tuple[ActorKind, Reading | None]]
) -> int | None:
    """The mark that a pronoun stands for: the speaker for I and we inside a quotation, else the nearest that fits.

    `word` is the pronoun's class (he, it, they, i, we, who); `known` gives the kind of the actor of each
    mark that is settled so far. None when nobody fits.
    """
    if word in ("i", "we"):
        return _speaker(graph, pronoun, known)
    start = graph.marks[pronoun].start
    before = sorted((j for j in known if graph.marks[j].end <= start), key=lambda j: -graph.marks[j].end)
    if word == "who":
        return before[0] if before else None
    fitting = [j for j in before if _fits(word, *known[j])]
    return fitting[0] if fitting else None


def _fits(word: str, kind: ActorKind, reading: Reading | None) -> bool:
    if word == "he":
        return kind == "person"
    if kind == "person" or (word == "it" and kind == "civilians"):
        return False
    plural = reading is not None and reading.core.lower().endswith("s") and reading.key is None
    return plural or kind not in ("state", "media") if word == "they" else not plural


def _speaker(graph: Graph, pronoun: int, known: Mapping[int, tuple[ActorKind, Reading | None]]) -> int | None:
    """The speaker of the innermost content that holds a mark; else the nearest speaker in its sentence."""
    at = graph.marks[pronoun].start
    speaker_of = {k.source: k.target for k in graph.links if k.kind == "speaker" and k.target in known}
    held = [
        (graph.marks[k.target].end - graph.marks[k.target].start, speaker_of[k.source])
        for k in graph.links
        if k.kind == "content"
        and k.source in speaker_of
        and graph.marks[k.target].start <= at < graph.marks[k.target].end
    ]
    if held:
        return min(held)[1]
    low, high = graph.sentence_of(at)
    near = [s for c, s in speaker_of.items() if low <= graph.marks[c].start < high]
    return near[0] if near else None
