"""Fit the weights of `archive/incidents_weights.toml` on the days that are open to tuning.

usage: python -m quality.incidents.fit

Logistic regression by Newton's method over every pair of found gold mentions that the archive
would compare, drawn towards what is expected of each feature (`prior.toml`); days held back
take no part, the days of `practice/` do. The second look is fitted on first scores of weights that never saw the pair's war.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import dateline.archive
from dateline.archive.incidents_blocks import pairs
from dateline.archive.incidents_cluster import Edge, edge
from dateline.archive.incidents_company import company
from dateline.archive.incidents_compare import Features, features
from dateline.archive.incidents_mention import Mention
from dateline.archive.incidents_pairs import Pairs
from quality.incidents import gold
from quality.incidents.measure import found, read

TARGET = Path(dateline.archive.__file__).parent / "incidents_weights.toml"
PRIOR = Path(__file__).parent / "prior.toml"
PENALTY = 4.0
HEAD = """# How much each feature of a pair of events speaks for one happening, in log-odds: `across` two
# reports, `within` one, `company` the second look at pairs of two reports.
# Fitted by `python -m quality.incidents.fit` on the written days open to tuning.
"""

Table = dict[str, float]


@dataclass(frozen=True)
class Example:
    """A pair that is compared; `same` is None when a mention is in no gold incident."""

    edge: Edge
    features: Features
    same: bool | None
    war: str

    @property
    def table(self) -> str:
        return "within" if self.edge[0][0] == self.edge[1][0] else "across"


def examples(days: Sequence[gold.Day], read_mentions: Sequence[Mention]) -> list[Example]:
    """Every compared pair of the days."""
    of = found(days, read_mentions)
    return [
        Example(
            edge(a.key, b.key), features(a, b),
            of[a.key] == of[b.key] if a.key in of and b.key in of else None, a.report[:7],
        )
        for a, b in pairs(read_mentions)
    ]  # fmt: skip


def fit(
    rows: Sequence[Features], labels: Sequence[bool], prior: Mapping[str, float], penalty: float = PENALTY
) -> Table:
    """Weights by feature."""
    names = sorted({k for r in rows for k in r} | set(prior))
    x = np.array([[r.get(k, 0.0) for k in names] for r in rows])
    y = np.array(labels, dtype=float)
    expected = np.array([prior.get(k, 0.0) for k in names])
    cost = np.full(len(names), penalty)
    cost[names.index("bias")] = 0.01
    w = expected.copy()
    for _ in range(60):
        p = 1 / (1 + np.exp(-(x @ w)))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(cost), x.T @ (y - p) - cost * (w - expected))
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return {k: round(float(v), 3) for k, v in zip(names, w, strict=True)}


def fit_all(found_pairs: Sequence[Example], prior: Mapping[str, Mapping[str, float]]) -> dict[str, Table]:
    """The three tables."""
    out = _first(found_pairs, prior)
    rows: list[Features] = []
    labels: list[bool] = []
    for war in sorted({e.war for e in found_pairs}):
        tables = _first([e for e in found_pairs if e.war != war], prior)
        here = [e for e in found_pairs if e.war == war]
        second = dict(company(Pairs.of({e.edge: weigh(e.features, tables[e.table]) for e in here})))
        rows += [second[e.edge] for e in here if e.same is not None and e.table == "across"]
        labels += [e.same for e in here if e.same is not None and e.table == "across"]
    return {**out, "company": fit(rows, labels, prior["company"])}


def _first(found_pairs: Sequence[Example], prior: Mapping[str, Mapping[str, float]]) -> dict[str, Table]:
    out: dict[str, Table] = {}
    for name in ("across", "within"):
        here = [e for e in found_pairs if e.table == name and e.same is not None]
        out[name] = fit([e.features for e in here], [bool(e.same) for e in here], prior[name])
    return out


def weigh(f: Features, table: Mapping[str, float]) -> float:
    """Log-odds under a table."""
    return sum(table.get(k, 0.0) * v for k, v in f.items())


def main() -> None:
    days = [*(d for d in gold.load() if not d.held_back), *gold.practice()]
    prior = tomllib.loads(PRIOR.read_text("utf-8"))
    found_pairs = examples(days, read(days))
    labelled = [e for e in found_pairs if e.same is not None]
    print(f"{len(labelled)} pairs, {sum(bool(e.same) for e in labelled)} of one incident")
    tables = fit_all(found_pairs, prior)
    body = [f"[{name}]\n" + "".join(f"{k} = {v}\n" for k, v in t.items()) for name, t in tables.items()]
    TARGET.write_text("\n".join([HEAD, *body]), encoding="utf-8")


if __name__ == "__main__":
    main()
