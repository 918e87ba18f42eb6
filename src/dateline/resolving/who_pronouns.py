"""Whom does a pronoun stand for, when the model does not say?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.reading.graph import Graph
from dateline.record import ActorKind
from dateline.resolving.who_names import Reading

# What a pronoun right after it opens: "a truce it wants".
_NOUN_BEFORE = re.compile(r"\b(?:the|a|an|any|every|its|his|her|their)\s+[\w’-]+\s$", re.IGNORECASE)
# `…, he said.`: a clause that closes its sentence.
_CLOSES = re.compile(
    r"\s(?:has |had |also )*(?:said|says|added|adds|told|warned|claimed|noted|explained|recalled|charged)\s*(?:on \w+day)?\s*[.;\n]"
)
# A link to an actor or speaker that is weaker says nothing.
_DOES = 0.5
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


def opens_words_of(
    graph: Graph, mention: int, word: str, known: Mapping[int, tuple[ActorKind, Reading | None]]
) -> int | None:
    """The speaker with whose own people what he says begins: "Ba called Bok a thief and said his men would fight on"."""
    start = graph.marks[mention].start
    speaker_of = {k.source: k.target for k in graph.links if k.kind == "speaker" and k.score >= _DOES}
    begins = [
        speaker_of[k.source]
        for k in graph.links
        if k.kind == "content" and k.source in speaker_of and graph.marks[k.target].start == start
    ]
    return next((s for s in begins if s in known and _fits(word, *known[s])), None)


def attacking(graph: Graph, mention: int) -> frozenset[int]:
    """The marks of those who attack a mention in an act of its own sentence."""
    span = graph.sentence_of(graph.marks[mention].start)
    acts = {
        k.source
        for k in graph.links
        if k.kind == "recipient"
        and k.target == mention
        and k.score >= _DOES
        and graph.marks[k.source].labels.get("type") == "ASSAULT"
        and graph.sentence_of(graph.marks[k.source].start) == span
    }
    return frozenset(k.target for k in graph.links if k.source in acts and k.kind == "actor" and k.score >= _DOES)


def who_spoke(graph: Graph, pronoun: int) -> int | None:
    """Who is "he" in "…, he said." that closes its sentence: the mark of whoever spoke last before it, by the surest link."""
    start = graph.marks[pronoun].start
    low, _ = graph.sentence_of(start)
    if not _closes(graph, pronoun):
        return None
    cues = {i: m.start for i, m in graph.of("cue") if m.end <= low}
    said = [k for k in graph.links if k.kind == "speaker" and k.source in cues and k.score >= _DOES]
    return max(said, key=lambda k: (cues[k.source], k.score)).target if said else None


def _closes(graph: Graph, pronoun: int) -> bool:
    mark = graph.marks[pronoun]
    return bool(_CLOSES.match(graph.text, mark.end)) and graph.text[max(0, mark.start - 2) : mark.start] == ", "


def spoken_of(graph: Graph, pronoun: int) -> frozenset[int]:
    """The marks in the words before a pronoun that it speaks itself: "Assad must answer," he said; Assad must answer, he said."""
    start = graph.marks[pronoun].start
    if _closes(graph, pronoun):
        low, _ = graph.sentence_of(start)
        return frozenset(i for i, m in graph.of("actor") if low <= m.start < start)
    cues = {k.source for k in graph.links if k.kind == "speaker" and k.target == pronoun and k.score >= _DOES}
    said = [graph.marks[k.target] for k in graph.links if k.kind == "content" and k.source in cues]
    before = [m for m in said if m.end <= start]
    return frozenset(i for i, m in graph.of("actor") if any(w.start <= m.start and m.end <= w.end for w in before))


def of_clause(graph: Graph, pronoun: int) -> int | None:
    """Who does what governs a clause that a pronoun opens: "Chile shells forces it blames", where no "that" stands.

    None where the pronoun opens none, or where nobody is known to do it.
    """
    mark = graph.marks[pronoun]
    start, _ = graph.sentence_of(mark.start)
    noun = any(m.end == mark.start - 1 for _, m in (*graph.of("actor"), *graph.of("place")))
    opens = noun or _NOUN_BEFORE.search(graph.text, start, mark.start)
    verbs = [(i, m) for i, m in (*graph.of("cue"), *graph.of("trigger")) if start <= m.start]
    if not opens or not any(m.start == mark.end + 1 for _, m in verbs):
        return None
    before = [(i, m) for i, m in verbs if m.end < mark.start]
    if not before:
        return None
    verb, _ = max(before, key=lambda x: x[1].end)
    does = [k for k in graph.links if k.source == verb and k.kind in ("actor", "speaker") and k.score >= _DOES]
    return max(does, key=lambda k: k.score).target if does else None
