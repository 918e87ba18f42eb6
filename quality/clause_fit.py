"""Fit the weights of `knowledge/times/clause.toml`: which time of its sentence dates an event?

usage: python -m quality.clause_fit

Logistic regression on the words (`when_clause.features`) over the corpus's training part, for passages whose
annotator dated any event; then the model's links are weighed against the words on the test part's links. The
annotators often leave a day unsaid that the sentence gives, so an undated event counts for less than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dateline.reading.clean import clean
from dateline.reading.model import Model
from dateline.reading.sentences import split as sentences
from dateline.resolving import when_clause
from dateline.resolving.when import resolve_times
from quality.own import overlap
from training import corpus
from training.targets import nth

TARGET = Path(__file__).parents[1] / "src/dateline/knowledge/times/clause.toml"
PENALTY, UNSAID = 1.0, 0.5
HEAD = """# How much each thing that holds of an event and a time of its sentence speaks for the time dating the event,
# in log-odds (`resolving/when_clause.py`). Written by `python -m quality.clause_fit`.

[weights]
"""

Example = tuple[list[str], float, float, float]  # features, right or not, weight, score of the model's link


def examples(passages: list[dict[str, Any]], model: Model | None = None) -> Iterator[Example]:
    """One for each event and dated expression of its sentence."""
    for a in passages:
        if not any(e.get("time") for e in a["events"]):
            continue
        text, published = a["text"], date.fromisoformat(a["published"]) if a.get("published") else None
        splits = sentences(text)
        times = [t for t in resolve_times(text, splits, published) if when_clause.dates_events(t)]
        triggers = [(e, at) for e in a["events"] if (at := nth(text, e["trigger"], e.get("n", 1)))]
        graph = model.read(text) if model and clean(text).text == text else None
        for e, at in triggers:
            sentence = next((s for s in splits if s[0] <= at[0] < s[1]), None)
            if sentence is None or e.get("optional"):
                continue
            inside = [t for t in times if sentence[0] <= t.span[0] < sentence[1]]
            events = [s for _, s in triggers if sentence[0] <= s[0] < sentence[1]]
            right = [t for t in inside if e.get("time") == [str(t.start), str(t.end)]]
            for t in inside:
                score = _link(graph, at, t.span) if graph else 0.0
                held = when_clause.features(text, sentence, at, e["status"], t.span, events, [x.span for x in inside])
                yield list(held), float(t in right), 1.0 if right else UNSAID, score


def _link(graph: Any, event: tuple[int, int], time: tuple[int, int]) -> float:
    found = [
        x.score
        for x in graph.links
        if x.kind == "date" and overlap(graph.marks[x.source].span, event) and overlap(graph.marks[x.target].span, time)
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


def main() -> None:
    train, held = corpus.split(corpus.load())
    made = list(examples(train))
    names = sorted({f for e in made for f in e[0]})
    column = {f: i + 1 for i, f in enumerate(names)}
    x = np.zeros((len(made), len(names) + 1))
    x[:, 0] = 1
    for i, e in enumerate(made):
        x[i, [column[f] for f in e[0]]] = 1
    y, w = np.array([e[1] for e in made]), np.array([e[2] for e in made])
    beta = fit(x, y, w, PENALTY)
    table = {"bias": beta[0], **{f: beta[column[f]] for f in names}}
    seen = list(examples(held, Model()))
    words = np.array([table["bias"] + sum(table.get(f, 0.0) for f in e[0]) for e in seen])
    link = np.clip([e[3] for e in seen], 0.02, 0.99)
    z = np.stack([np.ones(len(seen)), np.log(link / (1 - link)), words], axis=1)
    both = fit(z, np.array([e[1] for e in seen]), np.array([e[2] for e in seen]), 0.1)
    table |= {"base": both[0], "link": both[1], "rules": both[2]}
    lines = [f'"{k}" = {v:.3f}\n' for k, v in table.items() if abs(v) >= 0.02 or k in ("bias", "base", "link", "rules")]
    TARGET.write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{len(made)} pairs, {int(y.sum())} dated; {len(lines)} weights -> {TARGET.name}")


if __name__ == "__main__":
    main()
