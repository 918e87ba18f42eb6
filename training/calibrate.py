"""Make confidence mean what it says. usage: python -m training.calibrate [--model FOLDER]

A raw score is turned into the share of events (statements) with that score that are right:
there, and of the type (stance) that the annotation gives. The curve is fitted by pool-adjacent-violators on
one half of the corpus's held-out part; the other half measures it. A curve that says it better than the raw score
there is written into the model's metadata.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from dateline.reading.model import Model, default_folder
from training.corpus import load, split
from training.targets import nth

SCORED = {"trigger": ("events", "trigger", "type", "also"), "cue": ("statements", "cue", "stance", "stance_also")}
BINS = 10


def scored(model: Model, passages: list[dict[str, Any]], kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Raw scores [n] of the marks of a kind, and whether each is right [n]."""
    part, words, label, also = SCORED[kind]
    scores: list[float] = []
    right: list[bool] = []
    for a in passages:
        gold = [(nth(a["text"], x[words], x.get("n", 1)), {x[label], *x.get(also, [])}) for x in a[part]]
        for _, mark in model.read(a["text"]).of(kind):  # type: ignore[arg-type]
            scores.append(mark.raw)
            right.append(
                any(
                    at and at[0] < mark.end and mark.start < at[1] and mark.labels[label] in names for at, names in gold
                )
            )
    return np.array(scores), np.array(right, dtype=float)


def curve(scores: np.ndarray, right: np.ndarray, steps: int = 20) -> list[list[float]]:
    """Points (raw score, chance of being right), both rising: the isotonic fit to groups of equal size."""
    order = np.argsort(scores)
    groups = [(float(scores[g].mean()), float(right[g].mean()), len(g)) for g in np.array_split(order, steps) if len(g)]
    pooled: list[tuple[float, float, int]] = []
    for x, y, n in groups:
        pooled.append((x, y, n))
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            (x1, y1, n1), (x2, y2, n2) = pooled[-2:]
            pooled[-2:] = [((x1 * n1 + x2 * n2) / (n1 + n2), (y1 * n1 + y2 * n2) / (n1 + n2), n1 + n2)]
    return [[round(x, 4), round(y, 4)] for x, y, _ in pooled]


def bins(said: np.ndarray, right: np.ndarray) -> list[dict[str, float]]:
    """The reliability diagram: for each tenth of confidence, how many, the mean said and the share right."""
    at = np.minimum((said * BINS).astype(int), BINS - 1)
    return [
        {
            "n": int((at == b).sum()),
            "said": round(float(said[at == b].mean()), 4),
            "right": round(float(right[at == b].mean()), 4),
        }
        for b in range(BINS)
        if (at == b).any()
    ]


def calibration_error(diagram: list[dict[str, float]]) -> float:
    """Mean distance between what is said and what is right, weighted by how many."""
    total = sum(b["n"] for b in diagram)
    return round(sum(b["n"] * abs(b["said"] - b["right"]) for b in diagram) / total, 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=default_folder())
    args = parser.parse_args()
    held = split(load())[1]
    fit, test = held[::2], held[1::2]
    model = Model(args.model)
    curves: dict[str, Any] = {}
    report: dict[str, Any] = {}
    for kind in SCORED:
        points = curve(*scored(model, fit, kind))
        raw, right = scored(model, test, kind)
        before, after = bins(raw, right), bins(np.interp(raw, *zip(*points, strict=True)), right)
        errors = calibration_error(before), calibration_error(after)
        helps = errors[1] < errors[0]
        if helps:  # else the raw score says it better
            curves[kind] = points
        report[kind] = {"before": errors[0], "after": min(errors), "bins": after if helps else before}
    file = args.model / "model.json"
    meta = json.loads(file.read_text(encoding="utf-8")) | {"calibration": curves, "reliability": report}
    file.write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    print({k: (v["before"], v["after"]) for k, v in report.items()})


if __name__ == "__main__":
    main()
