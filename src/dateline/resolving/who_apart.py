"""Which mentions are two actors because one does something to the other? "Volunteers ambushed jihadists"."""

from __future__ import annotations

from dateline.reading.graph import Graph

# A link to a party tells two actors apart from this score on.
SURE = 0.9


def told_apart(graph: Graph) -> frozenset[tuple[int, int]]:
    """Pairs of actor marks (both ways) one of which does an act of its own sentence to the other."""
    does: dict[int, dict[str, set[int]]] = {}
    for link in graph.links:
        if link.kind in ("actor", "recipient") and link.score >= SURE:
            does.setdefault(link.source, {}).setdefault(str(link.kind), set()).add(link.target)
    pairs = {
        (a, b)
        for source, side in does.items()
        for a in side.get("actor", ())
        for b in side.get("recipient", ())
        if a != b
        and graph.sentence_of(graph.marks[a].start) == graph.sentence_of(graph.marks[b].start)
        and graph.sentence_of(graph.marks[source].start) == graph.sentence_of(graph.marks[a].start)
    }
    return frozenset(pairs | {(b, a) for a, b in pairs})
