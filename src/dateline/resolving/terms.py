"""On what terms? Requirements and their links -> terms: who would do what, once what comes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args

from dateline.reading.graph import Graph, Link
from dateline.record import Commitment, Event, Requirement, Statement, Term, TermForm
from dateline.resolving.what import OfMark, overlap, participants

PARTY_FLOOR = 0.5
PARTY_FALLBACK = 0.1
PARTY_SURE = 0.8
SHORT_WORD = 3
COMMITMENT_FLOOR = 0.3

# The word that opens a condition decides its form; the model's label stands where none is found.
FORM_WORDS: tuple[tuple[TermForm, re.Pattern[str]], ...] = (
    (
        "only-if",
        re.compile(
            r"\bonly (?:if|when|once|after|on condition)\b|\bif and only if\b|\bon condition that\b|\bprovided(?: that)?\b",
            re.I,
        ),
    ),
    ("unless", re.compile(r"\bunless\b", re.I)),
    ("until", re.compile(r"\buntil\b|\bnot before\b", re.I)),
    ("without", re.compile(r"\bwithout\b", re.I)),
    ("if", re.compile(r"\bif\b|\bonce\b|\bin (?:return|exchange) for\b", re.I)),
)


def resolve_terms(
    graph: Graph, of_mark: OfMark, events: Sequence[Event], statements: Sequence[Statement]
) -> tuple[Term, ...]:
    """Terms `c1`… in text order: the requirements of one party in one sentence, under one form, are one term."""
    links: dict[int, list[Link]] = {}
    for link in graph.links:
        if link.kind in ("party", "commitment"):
            links.setdefault(link.source, []).append(link)
    groups: dict[tuple[str | None, str, tuple[int, int]], list[int]] = {}
    for i, mark in graph.of("requirement"):
        if not any(len(w) > SHORT_WORD and w.isalpha() for w in graph.text[mark.start : mark.end].split()):
            continue  # a fragment such as "of" requires nothing
        mine = links.get(i, [])
        party = participants(graph, [x for x in mine if x.kind == "party"], of_mark, PARTY_FLOOR, PARTY_FALLBACK)
        sentence = graph.sentence_of(mark.start)
        statement = _statement(statements, mark.span)
        # A party that the model is unsure of gives way to the one who states the term.
        sure = any(x.score >= PARTY_SURE for x in mine if x.kind == "party")
        speaker = statement.speaker if statement else None
        who = party[0].id if party and (sure or speaker is None) else speaker
        groups.setdefault((who, _form(graph, sentence, mark.start, mark.labels["form"]), sentence), []).append(i)
    out: list[Term] = []
    for (who, form, _), members in groups.items():
        if who is None:
            continue
        marks = [graph.marks[i] for i in members]
        said = _statement(statements, marks[0].span)
        commitment = _commitment(graph, [x for i in members for x in links.get(i, []) if x.kind == "commitment"])
        out.append(
            Term(
                id=f"c{len(out) + 1}", party=who, form=form, commitment=commitment,
                requires=[Requirement(action=graph.text[m.start : m.end], by=_obliged(events, m.span), span=m.span) for m in marks],
                statement=said.id if said else None, confidence=round(min(m.score for m in marks), 2),
            )
        )  # fmt: skip
    return tuple(out)


def _form(graph: Graph, sentence: tuple[int, int], start: int, label: str) -> TermForm:
    before = graph.text[sentence[0] : start]
    found = [(m.end(), form) for form, pattern in FORM_WORDS for m in pattern.finditer(before)]
    if found and label != "demand":
        nearest = max(end for end, _ in found)
        return next(form for end, form in found if end == nearest)
    return label if label in get_args(TermForm) else "demand"  # type: ignore[return-value]


def _statement(statements: Sequence[Statement], span: tuple[int, int]) -> Statement | None:
    """The innermost statement that holds the words."""
    holding = [s for s in statements if any(a <= span[0] and span[1] <= b for a, b in s.content)]
    return min(holding, key=lambda s: sum(b - a for a, b in s.content), default=None)


def _commitment(graph: Graph, links: Sequence[Link]) -> Commitment | None:
    best = max((x for x in links if x.score >= COMMITMENT_FLOOR), key=lambda x: x.score, default=None)
    if best is None:
        return None
    mark = graph.marks[best.target]
    return Commitment(action=graph.text[mark.start : mark.end], span=mark.span)


def _obliged(events: Sequence[Event], span: tuple[int, int]) -> list[str]:
    """Who must act: the actors of the events that the requirement's words tell of."""
    out: list[str] = []
    for e in events:
        if overlap(e.trigger, span):
            out += [p.id for p in e.actor if p.id not in out]
    return out
