"""Fit the weights of `archive/incidents_weights.toml` on the days that are open to tuning.

usage: python -m quality.incidents.fit

Logistic regression with an L2 penalty, by Newton's method, over every pair of found gold
mentions that the archive would compare; days held back take no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

import dateline.archive
from dateline.archive.incidents_blocks import pairs
from dateline.archive.incidents_compare import Features, features
from dateline.archive.incidents_mention import Key, Mention
from quality.incidents import gold
from quality.incidents.measure import found, read

TARGET = Path(dateline.archive.__file__).parent / "incidents_weights.toml"
PENALTY = 1.5
HEAD = """# How much each feature of a pair of events speaks for one happening, in log-odds. `across` two
# reports, `within` one. Fitted by `python -m quality.incidents.fit` on the written days open to tuning.
"""


def fit(rows: Sequence[Features], labels: Sequence[bool], penalty: float = PENALTY) -> dict[str, float]:
    """Weights by feature."""
    names = sorted({k for r in rows for k in r})
    x = np.array([[r.get(k, 0.0) for k in names] for r in rows])
    y = np.array(labels, dtype=float)
    cost = np.full(len(names), penalty)
    cost[names.index("bias")] = 0.01
    w = np.zeros(len(names))
    for _ in range(60):
        p = 1 / (1 + np.exp(-(x @ w)))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(cost), x.T @ (y - p) - cost * w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return {k: round(float(v), 3) for k, v in zip(names, w, strict=True)}


def examples(days: Sequence[gold.Day], all_mentions: Sequence[Mention]) -> dict[str, tuple[list[Features], list[bool]]]:
    """Feature rows and labels, `across` and `within` reports."""
    of: dict[Key, str] = found(days, all_mentions)
    out: dict[str, tuple[list[Features], list[bool]]] = {"across": ([], []), "within": ([], [])}
    for a, b in pairs(m for m in all_mentions if m.key in of):
        rows, labels = out["within" if a.report == b.report else "across"]
        rows.append(features(a, b))
        labels.append(of[a.key] == of[b.key])
    return out


def main() -> None:
    days = [d for d in gold.load() if not d.held_back]
    parts = [HEAD]
    for name, (rows, labels) in examples(days, read(days)).items():
        table = fit(rows, labels)
        print(f"{name}: {len(rows)} pairs, {sum(labels)} of one incident")
        parts.append(f"[{name}]\n" + "".join(f"{k} = {v}\n" for k, v in table.items()))
    TARGET.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
