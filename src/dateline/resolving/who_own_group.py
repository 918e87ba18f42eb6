"""Whose is "the group" in an official's words? "A Hamas official said the movement would not disarm": his own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dateline.reading.graph import Graph
from dateline.resolving.who_names import Reading, Story, from_entry

# Bodies that are called "the group", "the movement", "the party".
_GROUPS = frozenset(("rebel", "terrorist", "militia", "party"))


def own_groups(graph: Graph, readings: Mapping[int, Reading], story: Story) -> dict[int, Reading]:
    """Readings in which a bare "the group" inside the words of somebody who belongs to one means that one."""
    speaker_of = {k.source: k.target for k in graph.links if k.kind == "speaker" and k.target in readings}
    said = [
        (graph.marks[k.target].span, speaker_of[k.source])
        for k in sorted(graph.links, key=lambda k: graph.marks[k.target].end - graph.marks[k.target].start)
        if k.kind == "content" and k.source in speaker_of
    ]
    return {
        i: _own(graph, i, r, readings, said, story) if _bare(graph, i, r, story) else r for i, r in readings.items()
    }


def _bare(graph: Graph, i: int, reading: Reading, story: Story) -> bool:
    """ "The group" and "the movement", but no "a group" and no "armed group"."""
    start, end = graph.marks[i].span
    words = graph.text[max(0, start - 4) : end].lower().split()
    core = reading.core.lower()
    return not reading.key and core in story.patterns.generic and words == ["the", core]


def _own(
    graph: Graph,
    i: int,
    reading: Reading,
    readings: Mapping[int, Reading],
    said: list[tuple[tuple[int, int], int]],
    story: Story,
) -> Reading:
    start = graph.marks[i].start
    speaker = next((readings[s] for (a, b), s in said if a <= start < b), None)
    entry = story.register.get(speaker.part_of) if speaker and speaker.kind == "person" and speaker.part_of else None
    if entry is None or entry.kind not in _GROUPS:
        return reading
    return replace(from_entry(entry, reading.core, story.day), label=reading.label, head=reading.head)
