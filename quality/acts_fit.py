"""Fit `knowledge/ontology/acts.toml`: how often is a word an act, and what does that say beside the model's score?

usage: python -m quality.acts_fit

The shares are counted on the corpus's training part; the three weights are fitted on the triggers that the model reads
in the test part. Prints events F1 there without the filter and with it, each fifth by the weights of the other four.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from dateline.reading.clean import clean
from dateline.reading.model import Model
from dateline.resolving.acts import FLOOR, WORD, first_word, log_odds
from quality.clause_fit import fit
from quality.own import f1, pairs
from training import corpus
from training.targets import nth

TARGET = Path(__file__).parents[1] / "src/dateline/knowledge/ontology/acts.toml"
# A share is drawn towards that of any word, which weighs as much as so many sightings; words seen less are left out.
USUAL, SIGHTINGS, LEAST = 0.15, 4, 4
OPTIONAL, PENALTY, FOLDS = 0.5, 0.1, 5
HEAD = """# How often a word is a trigger in the corpus (`share`), and how that weighs beside the model's score
# (`resolving/acts.py`). Written by `python -m quality.acts_fit`.
"""


def shares(passages: list[dict[str, Any]]) -> dict[str, float]:
    """Share of a word's occurrences that are the first word of a trigger, for words that ever are."""
    seen: Counter[str] = Counter()
    acts: Counter[str] = Counter()
    for a in passages:
        seen.update(m[0].lower() for m in WORD.finditer(a["text"]))
        at = {
            span: OPTIONAL if e.get("optional") else 1.0
            for e in a["events"]
            if (span := nth(a["text"], e["trigger"], e.get("n", 1)))
        }
        for span, weight in at.items():
            acts[first_word(a["text"][slice(*span)])] += weight  # type: ignore[assignment]
    share = {w: (acts[w] + USUAL * SIGHTINGS) / (seen[w] + SIGHTINGS) for w in sorted(acts) if w and seen[w] >= LEAST}
    return {w: round(min(0.999, max(0.001, p)), 3) for w, p in share.items()}


def examples(passages: list[dict[str, Any]], share: dict[str, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Rows (1, score, share) of the read triggers; what each is (1 an event, 0 none, nan optional); fold; gold events."""
    model, rows, kinds, folds, gold = Model(), [], [], [], 0
    for n, a in enumerate(passages):
        text = a["text"]
        if clean(text).text != text:
            continue
        must = [e for e in a["events"] if not e.get("optional")]
        events = must + [e for e in a["events"] if e.get("optional")]
        gold += len(must)
        marks = [m for _, m in model.read(text).of("trigger")]
        spans = [nth(text, e["trigger"], e.get("n", 1)) or (0, 0) for e in events]
        of = {k: 1.0 if g < len(must) else np.nan for g, k in pairs(spans, [m.span for m in marks])}
        for k, m in enumerate(marks):
            rows.append((1.0, log_odds(m.raw), log_odds(share.get(first_word(text[m.start : m.end]), USUAL))))
            kinds.append(of.get(k, 0.0))
            folds.append(n % FOLDS)
    return np.array(rows), np.array(kinds), np.array(folds), gold


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    train, held = corpus.split(corpus.load())
    share = shares(train)
    x, kind, fold, gold = examples(held, share)
    y, w = (kind != 0).astype(float), np.where(np.isnan(kind), 0.3, 1.0)
    kept = np.zeros(len(x), dtype=bool)
    for k in range(FOLDS):
        beta = fit(x[fold != k], y[fold != k], w[fold != k], PENALTY)
        kept[fold == k] = 1 / (1 + np.exp(-x[fold == k] @ beta)) >= FLOOR
    for name, mask in (("all", np.ones(len(x), dtype=bool)), ("kept", kept)):
        hit = int((kind[mask] == 1).sum())
        print(f"{name}: events F1 {f1(hit, hit + int((kind[mask] == 0).sum()), gold)}")
    bias, score, word = fit(x, y, w, PENALTY)
    lines = [HEAD, f"bias = {bias:.3f}\nscore = {score:.3f}\nword = {word:.3f}\nunseen = {USUAL}\n\n[share]\n"]
    TARGET.write_text("".join([*lines, *(f'"{k}" = {v}\n' for k, v in share.items())]), encoding="utf-8")


if __name__ == "__main__":
    main()
