"""Fit `knowledge/terms/weights.toml`: what speaks for a worded condition's being a term, and for an actor's being its party.

usage: python -m quality.terms_fit [--quiet N] [--only term|party]

Fitted on the training part's passages with terms, on those without that word a condition all the same, and on N others
(default 900), with nothing of the model's marks of terms, which it knows by heart there. Prints how many conditions are judged right and how many parties, each fifth of
the passages by the weights of the other four.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np

from dateline.knowledge import ontology
from dateline.reader import Reader
from dateline.reading.clean import clean
from dateline.reading.graph import Graph
from dateline.reading.sentences import split as sentences
from dateline.record import Actor, Event, Statement
from dateline.resolving.conditions import Condition, conditions
from dateline.resolving.listed import listed
from dateline.resolving.said import resolve_statements
from dateline.resolving.term_candidates import party_features
from dateline.resolving.term_features import Seen, term_features, weights
from dateline.resolving.terms import worded
from dateline.resolving.what import OfMark, overlap, resolve_events
from dateline.resolving.when import resolve_times
from dateline.resolving.who import resolve_actors
from quality.clause_fit import fit
from training import corpus
from training.targets import actor_spans, nth

TARGET = Path(__file__).parents[1] / "src/dateline/knowledge/terms/weights.toml"
PENALTY, LEAST, FOLDS, STEPS, RATE = 2.0, 4, 5, 800, 0.5
HEAD = """# What speaks for a worded condition's being a term ([term]) and for an actor's being its party ([party]), in log-odds
# (`resolving/term_features.py`). Written by `python -m quality.terms_fit`.
"""


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated passage, read as far as terms need it."""

    annotation: dict[str, Any]
    graph: Graph
    of_mark: OfMark
    actors: Sequence[Actor]
    events: Sequence[Event]
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Example:
    """A worded condition: whether it is a term, what holds of it, and its candidates with whether each is the party."""

    fold: int
    is_term: bool
    features: list[str]
    candidates: list[tuple[bool, list[str]]]


def read(reader: Reader, a: dict[str, Any]) -> Read | None:
    """None where the text is not clean, so that spans would not fit."""
    text = a["text"]
    if clean(text).text != text:
        return None
    day = date.fromisoformat(a["published"]) if a.get("published") else None
    graph = reader.model.read(text)
    places, notes = reader._places(graph)
    who = resolve_actors(graph, day, reader.register, places, notes)
    times = resolve_times(text, graph.sentences, day)
    events = resolve_events(graph, who.of_mark, places, times, ontology.load())
    statements, events = resolve_statements(graph, who.of_mark, events)
    return Read(a, graph, who.of_mark, who.actors, events, statements)


def _worded(a: dict[str, Any]) -> list[Condition]:
    """What an annotated passage words as a condition, by the acts of the annotation: the model need not read it."""
    text, told = a["text"], sentences(a["text"])
    acts = [span for e in a["events"] if (span := nth(text, e["trigger"], 1))]
    return [*listed(text, told), *(c for s in told for c in conditions(text, s, acts))]


def examples(passages: Iterable[Read]) -> Iterator[Example]:
    """One for each worded condition; the candidates of those that are terms alone."""
    for n, r in enumerate(passages):
        text, acts = r.graph.text, [m.span for _, m in r.graph.of("trigger")]
        wanted = [(span, t) for t in r.annotation["terms"] for q in t["requires"] if (span := nth(text, q, 1))]
        of = _gold(r)
        actors = {a.id: a for a in r.actors}
        for c in worded(r.graph, acts):
            s = Seen(r.graph, r.of_mark, actors, r.events, r.statements, c)
            term = next((t for span, t in wanted if overlap(span, c.span)), None)
            rows = [
                (term["party"] in of.get(a, ()), f)
                for a, f in (party_features(s).items() if term is not None else ())
            ]  # fmt: skip
            yield Example(n % FOLDS, term is not None, list(term_features(s)), rows if any(x for x, _ in rows) else [])


def _gold(r: Read) -> dict[str, set[str]]:
    """Read actor -> the gold actors that it shares most mentions with."""
    spans = [(name, (s.start, s.end)) for s in actor_spans(r.annotation) for name in s.entities]
    out = {}
    for a in r.actors:
        counts = Counter(name for name, span in spans for m in a.mentions if overlap(span, m))
        out[a.id] = {name for name, k in counts.items() if k == max(counts.values())}
    return out


def names(found: Iterable[list[str]]) -> list[str]:
    """Features seen often enough to be weighed."""
    seen = Counter(f for row in found for f in row)
    return sorted(f for f, k in seen.items() if k >= LEAST and f != "bias")


def fit_terms(given: Sequence[Example]) -> dict[str, float]:
    known = names(e.features for e in given)
    x = np.array([[1.0, *(float(f in row) for f in known)] for row in (set(e.features) for e in given)])
    beta = fit(x, np.array([float(e.is_term) for e in given]), np.ones(len(given)), PENALTY)
    return dict(zip(["bias", *known], beta.tolist(), strict=True))


def fit_parties(given: Sequence[Example]) -> dict[str, float]:
    """A choice among the candidates of each condition: softmax, by gradient."""
    groups = [e.candidates for e in given if e.candidates]
    known = names(f for g in groups for _, f in g)
    place = {k: i for i, k in enumerate(known)}
    rows = [(n, ok, f) for n, g in enumerate(groups) for ok, f in g]
    x = np.zeros((len(rows), len(known)))
    for i, (_, _, f) in enumerate(rows):
        x[i, [place[k] for k in f if k in place]] = 1.0
    group, right = np.array([n for n, _, _ in rows]), np.array([float(ok) for _, ok, _ in rows])
    beta = np.zeros(len(known))
    for _ in range(STEPS):
        p = np.exp(x @ beta)
        q = p * right
        slope = x.T @ (q / np.bincount(group, q)[group] - p / np.bincount(group, p)[group]) - PENALTY * beta
        beta += RATE * slope / len(groups)
    return dict(zip(known, beta.tolist(), strict=True))


def weigh(w: dict[str, float], features: list[str]) -> float:
    return sum(w.get(f, 0.0) for f in features)


def judged(given: Sequence[Example]) -> dict[str, float]:
    """Share of parties and of terms that are right by the weights of the other folds."""
    c: Counter[str] = Counter()
    for fold in range(FOLDS):
        rest = [e for e in given if e.fold != fold]
        term, party = fit_terms(rest), fit_parties(rest)
        for e in (e for e in given if e.fold == fold):
            said = weigh(term, e.features) > 0
            c["hit"] += said and e.is_term
            c["said"] += said
            c["terms"] += e.is_term
            if e.candidates:
                c["party"] += max(e.candidates, key=lambda x: weigh(party, x[1]))[0]
                c["asked"] += 1
    return {
        "precision": round(c["hit"] / c["said"], 3), "recall": round(c["hit"] / c["terms"], 3),
        "party": round(c["party"] / c["asked"], 3), "conditions": len(given),
    }  # fmt: skip


def write(given: Sequence[Example], only: Literal["term", "party"] | None) -> None:
    """The tables, fitted on all; with `only` that one, and the other as it stands."""
    lines = [HEAD]
    for what, fitted in (("term", fit_terms), ("party", fit_parties)):
        w = fitted(given) if only in (None, what) else weights(what)
        lines += [f"[{what}]", *(f'"{k}" = {v:.3f}' for k, v in sorted(w.items())), ""]
    TARGET.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quiet", type=int, default=900, help="so many passages that word no condition")
    parser.add_argument("--only", choices=("term", "party"), help="write this table alone")
    args = parser.parse_args()
    train = corpus.split(corpus.load())[0]
    without = [a for a in train if not a["terms"]]
    words_one = {a["doc"]: bool(_worded(a)) for a in without}
    quiet = random.Random(3).sample(without, len(without))
    chosen = [a for a in train if a["terms"] or words_one.get(a["doc"])]
    chosen += [a for a in quiet if not words_one[a["doc"]]][: args.quiet]
    reader = Reader()
    given = list(examples(r for a in chosen if (r := read(reader, a)) is not None))
    print(judged(given))
    write(given, args.only)


if __name__ == "__main__":
    main()
