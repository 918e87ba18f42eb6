"""Fit `knowledge/ontology/roles.csv`: what does each thing that the words say of an act and an actor speak for?

usage: python -m quality.roles_fit

Logistic regression with three outcomes (does it, has it done to them, neither) on `role_words.features` over the corpus's
training part, for every act and every mention in its sentence. Of several mentions of one actor the likeliest is the one
that counts. Then the model's links are weighed against the words on the test part's links, because the model has seen the
training part and its links there are surer than they are; prints the figures of each half by the weights of the other.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dateline.knowledge.actors import load_patterns
from dateline.reading.clean import clean
from dateline.reading.model import Model
from dateline.reading.sentences import split as sentences
from dateline.resolving import roles
from dateline.resolving.role_words import Sentence
from quality.clause_fit import fit
from quality.own import overlap, pairs
from training import corpus
from training.targets import Span, actor_spans, nth

KNOWLEDGE = Path(__file__).parents[1] / "src/dateline/knowledge/ontology"
# A feature seen less is left out, and so is a weight that is smaller.
SEEN, LEAST = 8, 0.08
ROUNDS, PASSES, BATCH, RATE, DECAY, PENALTY = 3, 2, 512, 0.1, 2e-4, 0.1
NAMES = ("none", "actor", "recipient")

Row = tuple[list[str], int, tuple[Any, ...]]  # features, index of NAMES, which act and actor


def rows(passages: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """One for each act that no careful coder leaves out and each actor's mention in its sentence."""
    kinds = load_patterns().heads
    for a in passages:
        text, splits, mentions = a["text"], sentences(a["text"]), actor_spans(a)
        acts = [(e, at) for e in a["events"] if (at := nth(text, e["trigger"], e.get("n", 1)))]
        for span in splits:
            near = [m for m in mentions if span[0] <= m.start < span[1]]
            inside = [(e, at) for e, at in acts if span[0] <= at[0] < span[1]]
            sentence = Sentence(text, span, [(m.start, m.end) for m in near], [at for _, at in inside])
            for e, at in (x for x in inside if not x[0].get("optional")):
                act = sentence.act(at, e["type"])
                for m in near:
                    part = [bool(m.entities & set(e[r])) for r in ("actor", "recipient")]
                    if not all(part):
                        found = list(sentence.features(act, (m.start, m.end), kinds))
                        yield found, part[0] + 2 * part[1], (a["doc"], at, tuple(sorted(m.entities)))


def table(made: Sequence[Row]) -> dict[str, tuple[float, float]]:
    """Weights for "actor" and "recipient" by feature, those of "none" taken off."""
    seen = Counter(f for r in made for f in r[0])
    names = sorted(f for f, n in seen.items() if n >= SEEN)
    column = {f: i + 1 for i, f in enumerate(names)}
    width = max(len(r[0]) for r in made)
    x = np.zeros((len(made), width), dtype=np.int32)
    for i, r in enumerate(made):
        found = [column[f] for f in r[0] if f in column]
        x[i, : len(found)] = found
    y = np.array([r[1] for r in made])
    several: dict[Any, list[int]] = defaultdict(list)
    for i, r in enumerate(made):
        if r[1]:
            several[(*r[2], r[1])].append(i)
    groups = [np.array(g) for g in several.values() if len(g) > 1]
    weight = np.ones(len(y), dtype=np.float32)
    for g in groups:
        weight[g] = 1 / len(g)
    w = np.zeros((len(names) + 1, 3), dtype=np.float32)
    for round_ in range(ROUNDS + 1):
        w = _descend(x, y, weight, w if round_ else np.zeros_like(w))
        p = _chances(w, x)
        for g in groups:
            likely = p[g, y[g[0]]] ** 2
            weight[g] = likely / likely.sum()
    spread = w[:, 1:] - w[:, :1]
    return {f: (float(spread[i, 0]), float(spread[i, 1])) for f, i in column.items()}


def _descend(x: np.ndarray, y: np.ndarray, weight: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Some passes of AdaGrad over the rows, in a fixed random order; row 0 of `w` stands for no feature."""
    order, step = np.random.default_rng(7), np.full_like(w, 1e-3)
    for _ in range(PASSES):
        shuffled = order.permutation(len(x))
        for start in range(0, len(x), BATCH):
            rows_ = shuffled[start : start + BATCH]
            miss = _chances(w, x[rows_])
            miss[np.arange(len(rows_)), y[rows_]] -= 1
            miss *= weight[rows_][:, None]
            used, where = np.unique(x[rows_], return_inverse=True)
            flat = np.repeat(miss, x.shape[1], axis=0)
            slope = np.stack([np.bincount(where.ravel(), flat[:, k], len(used)) for k in range(3)], axis=1)
            slope = (slope + DECAY * BATCH * w[used]).astype(np.float32)
            step[used] += slope**2
            w[used] -= RATE * slope / np.sqrt(step[used])
            w[0] = 0
    return w


def _chances(w: np.ndarray, x: np.ndarray) -> np.ndarray:
    out = []
    for start in range(0, len(x), 4096):
        z = w[x[start : start + 4096]].sum(1)
        e = np.exp(z - z.max(1, keepdims=True))
        out.append(e / e.sum(1, keepdims=True))
    return np.concatenate(out)


def examples(held: Sequence[dict[str, Any]]) -> dict[roles.Part, list[tuple[tuple[float, ...], float, float, int]]]:
    """For each part: evidence of a mention for an act that the model reads, whether it is right, weight, half of the set."""
    model = Model()
    found: dict[roles.Part, list[tuple[tuple[float, ...], float, float, int]]] = {part: [] for part in roles.PARTS}
    for n, a in enumerate(held):
        text, mentions = a["text"], actor_spans(a)
        if clean(text).text != text:
            continue
        graph = model.read(text)
        must = [e for e in a["events"] if not e.get("optional")]
        triggers = graph.of("trigger")
        for g, k in pairs(
            [nth(text, e["trigger"], e.get("n", 1)) or (0, 0) for e in must], [m.span for _, m in triggers]
        ):
            links = [x for x in graph.links if x.source == triggers[k][0]]
            said = roles.by_words(graph, triggers[k][1])
            names = {i: _names(mentions, graph.marks[i].span) for i in said}
            for part in roles.PARTS:
                for of in sorted(set(names.values())):
                    shown = [roles.evidence(part, i, links, said) for i in said if names[i] == of]
                    right = bool(set(of) & set(must[g][part]))
                    likely = np.exp([e[1] + e[2] for e in shown])
                    shares = likely / likely.sum() if right else np.ones(len(shown))
                    found[part] += [(e, float(right), float(w), n % 2) for e, w in zip(shown, shares, strict=True)]
    return found


def _names(mentions: Sequence[Span], span: tuple[int, int]) -> tuple[str, ...]:
    """The annotated actors that a mark touches."""
    return tuple(sorted({e for m in mentions if overlap((m.start, m.end), span) for e in m.entities}))


def weighed(part: roles.Part, made: Sequence[tuple[tuple[float, ...], float, float, int]]) -> Mapping[str, float]:
    """What each of `roles.EVIDENCE` weighs for a part; prints what each half of the test part reaches by the other's weights."""
    x, y, w, half = (np.array(c) for c in zip(*made, strict=True))
    for columns, name in ((slice(0, 2), "link"), (slice(0, 5), "link and words")):
        z = np.zeros(len(y))
        for h in (0, 1):
            z[half == h] = x[half == h][:, columns] @ fit(x[half != h][:, columns], y[half != h], w[half != h], PENALTY)
        taken = z >= 0
        f = 2 * (w * y * taken).sum() / ((w * y).sum() + (w * taken).sum())
        print(f"{part} by {name}: F1 of mentions {f:.4f}")
    return dict(zip(roles.EVIDENCE, (float(b) for b in fit(x, y, w, PENALTY)), strict=True))


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    train, held = corpus.split(corpus.load())
    made = table(list(rows(train)))
    kept = {f: w for f, w in made.items() if max(map(abs, w)) >= LEAST}
    lines = [f'"{f}",{a:.2f},{b:.2f}\n' for f, (a, b) in ((f.replace('"', '""'), w) for f, w in kept.items())]
    (KNOWLEDGE / "roles.csv").write_text("feature,actor,recipient\n" + "".join(lines), encoding="utf-8")
    print(f"{len(kept)} of {len(made)} features kept")
    roles.weights.cache_clear()
    head = re.split(r"\n\[", (KNOWLEDGE / "roles.toml").read_text(encoding="utf-8"), maxsplit=1)[0].rstrip()
    for part, found in examples(held).items():
        numbers = weighed(part, found)
        head += f"\n\n[{part}]\n" + "\n".join(f"{k} = {v:.3f}" for k, v in numbers.items())
    (KNOWLEDGE / "roles.toml").write_text(head + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
