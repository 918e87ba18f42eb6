"""Who of its sentence does an act, and to whom is it done? The model's links, weighed against what the words say.

The model links a trigger to each mention on its own; the words (`role_words.py`) have an opinion of the same pairs,
fitted on the corpus. A link in the trigger's sentence gets the chance that both give together, one to another sentence
counts for less than the model says. Weights: `knowledge/ontology/roles.csv` and `roles.toml`, by `python -m quality.roles_fit`.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from dateline.errors import KnowledgeError
from dateline.knowledge.actors import load_patterns
from dateline.knowledge.table import load_table, refuse
from dateline.reading.graph import Graph, Link, Mark, Span
from dateline.resolving.role_words import TABLE, Sentence

Part = Literal["actor", "recipient"]
PARTS: tuple[Part, ...] = ("actor", "recipient")
EVIDENCE = ("base", "link", "words", "other_link", "other_words")
# A link weaker than this is none; what the model does not link at all counts as `UNSEEN`; of what it is so sure of, no words change it.
LEAST, UNSEEN, SURE = 0.1, 0.03, 0.98
# What a link to a mention in another sentence is worth of its score. Of those to actors between .5 and .9 a third are right
# on the project's own test, and nobody is the better answer; a recipient stands in the clause (ADR 35).
AWAY: Mapping[str, float] = {"actor": 0.4, "recipient": 0.0}
# But an attack that is spoken of again ("the attack") struck whom the sentence before names.
TOLD_AGAIN = frozenset(("ASSAULT",))
WEIGHTS = "ontology/roles.csv"

# Index of an actor mark -> chance that it is the actor, and the recipient, by the words alone.
ByWords = Mapping[int, tuple[float, float]]


@cache
def weights() -> Mapping[str, tuple[float, float]]:
    """What a feature speaks for being the actor, and the recipient, in log-odds. Raises `KnowledgeError`."""
    try:
        lines = files("dateline.knowledge").joinpath(WEIGHTS).read_text(encoding="utf-8").splitlines()
        return {name: (float(a), float(b)) for name, a, b in list(csv.reader(lines))[1:]}
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        raise KnowledgeError(f"roles.csv: {problem}") from problem


@cache
def evidence_weights(part: Part) -> tuple[float, ...]:
    """What each of `EVIDENCE` weighs. Raises `KnowledgeError` naming what is no number."""
    table = load_table(TABLE).get(part, {})
    bad = [k for k in EVIDENCE if not isinstance(table.get(k), int | float) or not math.isfinite(table[k])]
    refuse(TABLE, [f"{part}: no number for {k}" for k in bad])
    return tuple(float(table[k]) for k in EVIDENCE)


def by_words(graph: Graph, trigger: Mark, asked: Container[int] | None = None) -> ByWords:
    """What the words say of each actor mark in the trigger's sentence, or of those of them that are `asked` for."""
    span = graph.sentence_of(trigger.start)
    marks = [(i, m.span) for i, m in graph.within("actor", span)]
    sentence = _around(graph, trigger)
    act, kinds, known = sentence.act(trigger.span, trigger.labels["type"]), load_patterns().heads, weights()
    out: dict[int, tuple[float, float]] = {}
    for i, mark in marks:
        if asked is not None and i not in asked:
            continue
        a = b = 0.0
        for name in sentence.features(act, mark, kinds):
            if name in known:
                a, b = a + known[name][0], b + known[name][1]
        top = max(a, b, 0.0)
        does, has, none = math.exp(a - top), math.exp(b - top), math.exp(-top)
        out[i] = (does / (does + has + none), has / (does + has + none))
    return out


def is_passive(graph: Graph, trigger: Mark) -> bool:
    """Whether an act is told in the passive: "was shelled". Who does it is then seldom named, but after "by"."""
    return _around(graph, trigger).act(trigger.span, trigger.labels["type"]).voice == "passive"


def _around(graph: Graph, trigger: Mark) -> Sentence:
    """The sentence of a trigger, with its actor marks and triggers."""
    span = graph.sentence_of(trigger.start)
    actors = tuple(m.span for _, m in graph.within("actor", span))
    return _sentence(graph.text, span, actors, tuple(m.span for _, m in graph.within("trigger", span)))


@lru_cache(maxsize=16)
def _sentence(text: str, span: Span, actors: tuple[Span, ...], triggers: tuple[Span, ...]) -> Sentence:
    return Sentence(text, span, actors, triggers)


def evidence(part: Part, mark: int, links: Sequence[Link], said: ByWords) -> tuple[float, ...]:
    """`EVIDENCE` of a mark: one, and log-odds of the model's link and of the words for this part and for the other."""
    link = {str(x.kind): x.score for x in links if x.target == mark}
    own, other = said[mark] if part == "actor" else said[mark][::-1]
    opposite: Part = "recipient" if part == "actor" else "actor"
    return (
        1.0, _log_odds(link.get(part, 0.0), UNSEEN), _log_odds(own, 0.01),
        _log_odds(link.get(opposite, 0.0), UNSEEN), _log_odds(other, 0.01),
    )  # fmt: skip


def _log_odds(p: float, least: float) -> float:
    p = min(0.995, max(least, p))
    return math.log(p / (1 - p))


def weighed_links(graph: Graph, source: int, links: Sequence[Link]) -> list[Link]:
    """The links of a trigger (an index of `Graph.marks`); the unsure ones to actors of its sentence with the chance that both give."""
    best: dict[int, float] = {}
    for x in links:
        if x.kind in PARTS:
            best[x.target] = max(x.score, best.get(x.target, 0.0))
    unsure = {mark for mark, score in best.items() if score < SURE}
    said = by_words(graph, graph.marks[source], unsure) if unsure else {}
    kept = [x for x in links if x.kind not in PARTS or x.target not in said]
    return [_away(graph, graph.marks[source], x) for x in kept] + list(_weighed(source, links, said))


def _away(graph: Graph, trigger: Mark, link: Link) -> Link:
    """A link with the share of its score that it is worth: one to another sentence is less often right."""
    sentence = graph.sentence_of(trigger.start)
    if link.kind not in AWAY or sentence[0] <= graph.marks[link.target].start < sentence[1]:
        return link
    if link.kind == "recipient" and trigger.labels.get("type") in TOLD_AGAIN:
        return link
    return replace(link, score=round(AWAY[link.kind] * link.score, 3))


def _weighed(source: int, links: Sequence[Link], said: ByWords) -> Iterator[Link]:
    for mark in said:
        for part in PARTS:
            z = sum(w * e for w, e in zip(evidence_weights(part), evidence(part, mark, links, said), strict=True))
            score = 1 / (1 + math.exp(-z))
            if score >= LEAST:
                yield Link(part, source, mark, round(score, 3))
