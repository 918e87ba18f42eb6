"""Which spans name places? The rules' and the model's, where no actor stands."""

from __future__ import annotations

from dateline.knowledge.places import Gazetteer
from dateline.reading.graph import Graph, Span
from dateline.resolving.what import overlap
from dateline.resolving.where import find_toponyms

# A toponym that only the model saw is taken from this score on.
SURE = 0.8


def toponyms(graph: Graph, gazetteer: Gazetteer) -> list[tuple[Span, float]]:
    """Spans of toponyms with scores, apart from each other.

    A name that the model reads as an actor is no place ("Moscow said"), nor is a country's
    name inside an actor's ("Russia's parliament") or what goes on as a name ("Gaza Strip Authority");
    a town's before a common noun is ("Mopti police").
    """
    actors = [m.span for _, m in graph.of("actor")]

    def taken(span: Span) -> bool:
        inside = [a for a in actors if overlap(a, span)]
        if not inside:
            return False
        return span in inside or _in_name(graph, span, inside) or _is_country(graph.text[slice(*span)], gazetteer)

    by_rule = [(s, x) for s, x in find_toponyms(graph.text, graph.sentences, gazetteer) if not taken(s)]
    by_model = [
        (m.span, m.score)
        for _, m in graph.of("place")
        if m.score >= SURE
        and _is_named(graph.text[m.start : m.end])
        and m.span not in actors
        and not any(overlap(m.span, s) for s, _ in by_rule)
    ]
    return by_rule + by_model


def _is_named(words: str) -> bool:
    """A toponym has a capital letter; "the capital" stands for one that has."""
    return any(c.isupper() for c in words) or "capital" in words


def _in_name(graph: Graph, span: Span, actors: list[Span]) -> bool:
    """Whether the toponym goes on as a name: "Kurdistan Freedom Falcons", not "Mopti police"."""
    end = max(e for _, e in actors)
    following = graph.text[span[1] : end].lstrip(" -'s")
    return following[:1].isupper()


def _is_country(name: str, gazetteer: Gazetteer) -> bool:
    return any(c.precision == "country" for c in gazetteer.exact(name)[:3])
