"""Who stands with whom? Ties that the model saw, and those that a form of words gives away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product

from dateline.reading.graph import Graph
from dateline.record import Actor, Relation, RelationKind, Span
from dateline.resolving.what import OfMark, overlap

# "Turkey-backed rebels": the tie stands in the compound; the backer is read by its name.
COMPOUND = re.compile(
    r"\b([A-Z][\w.]*(?:[ -][A-Z][\w.]*)?)-(backed|supported|funded|armed|allied|aligned|led|linked|affiliated)\b"
)
COMPOUND_KIND: Mapping[str, RelationKind] = {
    "backed": "backs", "supported": "backs", "funded": "backs", "armed": "backs", "allied": "allied", "aligned": "allied",
    "led": "leads", "linked": "allied", "affiliated": "allied",
}  # fmt: skip
SYMMETRIC = frozenset(("fights", "allied"))


def resolve_relations(graph: Graph, of_mark: OfMark, actors: Sequence[Actor]) -> tuple[Relation, ...]:
    """Relations `r1`…, each tie between two actors once, with its strongest evidence."""
    best: dict[tuple[str, str, str], tuple[float, Span]] = {}

    def keep(kind: str, a: str, b: str, score: float, span: Span) -> None:
        key = (kind, *sorted((a, b))) if kind in SYMMETRIC else (kind, a, b)
        if a != b and score > best.get((kind, key[1], key[2]), (0.0, span))[0]:
            best[(kind, key[1], key[2])] = (score, span)

    for link in graph.links:
        if link.kind in ("backs", "opposes", "fights", "allied", "part-of", "leads"):
            s, t = graph.marks[link.source].span, graph.marks[link.target].span
            for a, b in product(of_mark.get(link.source, ()), of_mark.get(link.target, ())):
                keep(link.kind, a, b, link.score, (min(s[0], t[0]), max(s[1], t[1])))
    for kind, a, b, span in _compounds(graph, of_mark, actors):
        keep(kind, a, b, 0.95, span)
    for actor in actors:
        if actor.part_of and actor.kind == "person" and actor.mentions:
            keep("part-of", actor.id, actor.part_of, 0.6, actor.mentions[0])
    order = sorted(best.items(), key=lambda x: (x[1][1], x[0]))
    return tuple(
        Relation(id=f"r{n + 1}", kind=kind, from_=a, to=b, span=span, confidence=round(score, 2))
        for n, ((kind, a, b), (score, span)) in enumerate(order)
    )


def _compounds(graph: Graph, of_mark: OfMark, actors: Sequence[Actor]) -> list[tuple[RelationKind, str, str, Span]]:
    out: list[tuple[RelationKind, str, str, Span]] = []
    named = {graph.text[a:b].lower(): x.id for x in actors for a, b in x.mentions}
    named |= {x.name.lower(): x.id for x in actors}
    for m in COMPOUND.finditer(graph.text):
        backer = named.get(m[1].lower())
        backed = next(
            (
                of_mark[i][0]
                for i, k in graph.of("actor")
                if i in of_mark and (overlap(k.span, m.span()) or 0 <= k.start - m.end() <= 1)
            ),
            None,
        )
        if backer and backed and backer != backed:
            out.append((COMPOUND_KIND[m[2]], backer, backed, m.span()))
    return out
