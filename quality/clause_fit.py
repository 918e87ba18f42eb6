"""Fit the weights of `knowledge/clause.toml`: which time and which places of its sentence does an event belong to?

usage: python -m quality.clause_fit

It prints as well what the weights of the link reach on the half of the test part that they were not fitted on: the
figures of `quality.own` for event time and place are measured on all of it and are by so much too kind.

Logistic regression on the words (`clause_features`) over the corpus's training part, for passages whose
annotator dated (placed) any event; then the model's links are weighed against the words on the test part's links. The
annotators often leave unsaid what the sentence gives, so such an event counts for less than one with another day or place.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dateline.reading.clean import clean
from dateline.reading.graph import Graph
from dateline.reading.model import Model
from dateline.reading.sentences import split as sentences
from dateline.record import Span
from dateline.resolving import clause
from dateline.resolving.clause_features import features
from dateline.resolving.when import resolve_times
from quality.own import overlap
from training import corpus
from training.targets import nth

TARGET = Path(__file__).parents[1] / "src/dateline/knowledge/clause.toml"
PENALTY, LINK_PENALTY, UNSAID, LEAST = 1.0, 0.1, 0.5, 0.02
HEAD = """# How much each thing that holds of an event and a time or place of its sentence speaks for their belonging together,
# in log-odds (`resolving/clause.py`). Written by `python -m quality.clause_fit`.
"""

Example = tuple[list[str], float, float, float]  # features, right or not, weight, score of the model's link


def examples(what: str, passages: list[dict[str, Any]], model: Model | None = None) -> Iterator[Example]:
    """One for each event and each dated expression ("time") or toponym ("place") of its sentence."""
    key = "time" if what == "time" else "places"
    for a in passages:
        if not any(e.get(key) for e in a["events"]):
            continue
        text, splits = a["text"], sentences(a["text"])
        candidates = _times(a, splits) if what == "time" else _places(a)
        triggers = [(e, at) for e in a["events"] if (at := nth(text, e["trigger"], e.get("n", 1)))]
        graph = model.read(text) if model and clean(text).text == text else None
        for e, at in triggers:
            sentence = next((s for s in splits if s[0] <= at[0] < s[1]), None)
            if sentence is None or e.get("optional"):
                continue
            inside = [(s, x) for s, x in candidates if sentence[0] <= s[0] < sentence[1]]
            events = [s for _, s in triggers if sentence[0] <= s[0] < sentence[1]]
            right = [s for s, x in inside if _is_right(what, e, x)]
            for span, _ in inside:
                score = _linked(what, graph, at, span) if graph else 0.0
                held = features(text, sentence, at, e["status"], span, events, [s for s, _ in inside])
                yield list(held), float(span in right), 1.0 if e.get(key) else UNSAID, score


def _times(a: dict[str, Any], splits: Any) -> list[tuple[Span, Any]]:
    published = date.fromisoformat(a["published"]) if a.get("published") else None
    return [
        (t.span, [str(t.start), str(t.end)])
        for t in resolve_times(a["text"], splits, published)
        if clause.dates_events(t)
    ]


def _places(a: dict[str, Any]) -> list[tuple[Span, Any]]:
    found = [(nth(a["text"], p["text"], p.get("n", 1)), p["text"]) for p in a["places"]]
    return [(s, x) for s, x in found if s]


def _is_right(what: str, event: dict[str, Any], x: Any) -> bool:
    if what == "time":
        return bool(event.get("time") == x)
    return any(x in p or p in x for p in event.get("places") or ())


def _linked(what: str, graph: Graph, event: Span, other: Span) -> float:
    kind = "date" if what == "time" else "place"
    found = [
        x.score
        for x in graph.links
        if x.kind == kind and overlap(graph.marks[x.source].span, event) and overlap(graph.marks[x.target].span, other)
    ]
    return max(found, default=0.0)


def fit(x: np.ndarray, y: np.ndarray, w: np.ndarray, penalty: float) -> np.ndarray:
    """Weights [features] by Newton's method; the first column is the bias, which is not drawn to nought."""
    beta = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[0] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ beta))
        step = np.linalg.solve(
            (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (w * (y - p)) - ridge * beta
        )
        beta = beta + step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def flattery(z: np.ndarray, y: np.ndarray, w: np.ndarray, floor: float) -> tuple[float, float]:
    """F1 of the pairs over the floor: by weights fitted on all of them, and by weights fitted on the other half."""
    halves = np.arange(len(y)) < len(y) // 2
    same = z @ fit(z, y, w, LINK_PENALTY)
    other = np.where(halves, *(z @ fit(z[h], y[h], w[h], LINK_PENALTY) for h in (~halves, halves)))
    return _f1(same, y, floor), _f1(other, y, floor)


def _f1(log_odds: np.ndarray, y: np.ndarray, floor: float) -> float:
    taken = 1 / (1 + np.exp(-log_odds)) >= floor
    return float(2 * (y * taken).sum() / (y.sum() + taken.sum()))


def table(what: str, train: list[dict[str, Any]], held: list[dict[str, Any]], model: Model) -> dict[str, float]:
    """Weight by feature, with the weights of the link and of the words."""
    made = list(examples(what, train))
    names = sorted({f for e in made for f in e[0]})
    column = {f: i + 1 for i, f in enumerate(names)}
    x = np.zeros((len(made), len(names) + 1))
    x[:, 0] = 1
    for i, e in enumerate(made):
        x[i, [column[f] for f in e[0]]] = 1
    beta = fit(x, np.array([e[1] for e in made]), np.array([e[2] for e in made]), PENALTY)
    out = {"bias": float(beta[0]), **{f: float(beta[column[f]]) for f in names}}
    seen = list(examples(what, held, model))
    words = np.array([out["bias"] + sum(out.get(f, 0.0) for f in e[0]) for e in seen])
    link = np.clip([e[3] for e in seen], 0.02, 0.99)
    z = np.stack([np.ones(len(seen)), np.log(link / (1 - link)), words], axis=1)
    y, w = np.array([e[1] for e in seen]), np.array([e[2] for e in seen])
    both = fit(z, y, w, LINK_PENALTY)
    print(f"{what}: {len(made)} pairs to fit the words, {len(seen)} the link")
    same, other = flattery(z, y, w, clause.TIME_FLOOR if what == "time" else clause.PLACE_FLOOR)
    print(f"{what}: F1 of pairs {same:.3f} on what the link was fitted on, {other:.3f} on the half that it was not")
    return out | {"base": float(both[0]), "link": float(both[1]), "words": float(both[2])}


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    train, held = corpus.split(corpus.load())
    model, lines = Model(), [HEAD]
    for what in ("time", "place"):
        lines.append(f"\n[{what}]\n")
        for k, v in table(what, train, held, model).items():
            if abs(v) >= LEAST or k in ("bias", "base", "link", "words"):
                lines.append(f'"{k}" = {v:.3f}\n')
    TARGET.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
