"""Who stands with whom? Ties that the model saw, and those that a form of words gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product

from dateline.knowledge.actors import Register
from dateline.reading.graph import Graph
from dateline.record import Actor, Relation, RelationKind, Span
from dateline.resolving.what import OfMark, overlap
from dateline.resolving.who_inside import COMPOUND, HEADS

COMPOUND_KIND: Mapping[str, RelationKind] = {
    "backed": "backs", "supported": "backs", "funded": "backs", "armed": "backs", "allied": "allied", "aligned": "allied",
    "led": "leads", "linked": "allied", "affiliated": "allied",
}  # fmt: skip
SYMMETRIC = frozenset(("fights", "allied"))


def resolve_relations(
    graph: Graph, of_mark: OfMark, actors: Sequence[Actor], register: Register, published: date | None
) -> tuple[Relation, ...]:
    """Relations `r1`…, each tie between two actors once, with its strongest evidence."""
    best: dict[tuple[str, str, str], tuple[float, Span]] = {}

    def keep(kind: str, a: str, b: str, score: float, span: Span) -> None:
        there, back = (kind, a, b), (kind, b, a)
        if kind in SYMMETRIC and back in best:
            if score <= best[back][0]:
                return
            del best[back]
        if a != b and score > best.get(there, (0.0, span))[0]:
            best[there] = (score, span)

    for link in graph.links:
        if link.kind in ("backs", "opposes", "fights", "allied", "part-of", "leads"):
            s, t = graph.marks[link.source].span, graph.marks[link.target].span
            for a, b in product(of_mark.get(link.source, ()), of_mark.get(link.target, ())):
                keep(link.kind, a, b, link.score, (min(s[0], t[0]), max(s[1], t[1])))
    for kind, a, b, span in _compounds(graph, of_mark, actors):
        keep(kind, a, b, 0.95, span)
    for kind, a, b, span in _offices(graph.text, actors, register, published):
        best.pop(("part-of" if kind == "leads" else "leads", a, b), None)
        keep(kind, a, b, 0.6, span)
    order = sorted(best.items(), key=lambda x: (x[1][1], x[0]))
    return tuple(
        Relation(id=f"r{n + 1}", kind=kind, from_=a, to=b, span=span, confidence=round(score, 2))
        for n, ((kind, a, b), (score, span)) in enumerate(order)
    )


LEADER = re.compile(
    r"\b(?:leader|head|chief|chairman|chairwoman|commander|founder|president|prime minister|premier|chancellor|king|emir|ruler|coordinator)\b(?! of (?:staff|mission))",
    re.IGNORECASE,
)
# An office beside the leader's: "deputy leader", "foreign policy chief", "a commander".
SECOND = re.compile(
    r"\b(?:deputy|vice|former|ex|policy|press|police|army|military|intelligence|security|local|senior|a|an)\b[ -]",
    re.IGNORECASE,
)


def _offices(
    text: str, actors: Sequence[Actor], register: Register, published: date | None
) -> Iterator[tuple[RelationKind, str, str, Span]]:
    """Who leads or belongs to whom by office, and known groups that are part of others."""
    for actor in actors:
        named = actor.kind == "person" or (actor.key or "state:").split(":")[0] in ("gov", "group", "party")
        if actor.part_of and named and actor.mentions:
            leads = actor.kind == "person" and _leads(text, actor, register, published)
            yield "leads" if leads else "part-of", actor.id, actor.part_of, actor.mentions[0]


def _leads(text: str, actor: Actor, register: Register, published: date | None) -> bool:
    """Whether a person leads the actor that they belong to: by the office held on the day, else by the words of a mention."""
    entry = register.get(actor.key) if actor.key else None
    if entry is not None and entry.roles:
        held = [r for r in entry.roles if published is None or r.held_on(published)]
        return any(r.role in HEADS for r in held or entry.roles)
    return any(LEADER.search(text, a, b) and not SECOND.search(text, max(0, a - 3), b) for a, b in actor.mentions)


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
            kind = COMPOUND_KIND[m[2]]
            ends = (
                (backed, backer) if kind == "allied" else (backer, backed)
            )  # "al-Qaeda-linked": the group is the ally
            out.append((kind, *ends, m.span()))
    return out
