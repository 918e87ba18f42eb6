"""Batches and losses: how far the network's answers are from the annotation."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from dateline.reading.labels import HEADS_OF, LABEL_HEADS, PAIRS, TAGGED
from training.network import Network
from training.targets import Example

CLS, SEP, MASK = 101, 102, 103
OTHER_SHAPE = 0

# How much each question weighs beside the others.
LABEL_WEIGHT = {
    "type": 1.0,
    "status": 1.2,
    "mode": 0.4,
    "stance": 0.5,
    "measure": 0.3,
    "cumulative": 0.3,
    "form": 0.3,
    "optional": 0.3,
}
PAIR_WEIGHT = {
    "event_actor": 1.0,
    "event_place": 0.3,
    "event_date": 0.2,
    "cue_actor": 0.6,
    "requirement_actor": 0.3,
    "requirement_commitment": 0.2,
}
# Where a processor has no such instructions, half precision is ten times slower than whole.
FAST_BFLOAT16 = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
SAME_WEIGHT = 0.4
TIE_WEIGHT = 0.2
TAG_WEIGHT = 6.0
# Long and rare spans would drown among the others.
RARE_TAGS = {"requirement": 3.0, "commitment": 3.0}


@dataclass
class Batch:
    """Windows side by side, their spans and pairs numbered through; states are flattened [b * t, d]."""

    ids: Tensor
    shapes: Tensor
    tags: Tensor
    tag_weight: Tensor
    spans: Tensor
    labels: dict[str, tuple[Tensor, Tensor, Tensor]]  # head -> spans, soft targets, weights
    pairs: dict[str, Tensor]
    features: dict[str, Tensor]
    groups: dict[str, tuple[Tensor, Tensor, Tensor]]  # head -> rows, outputs, group of each
    negatives: dict[str, Tensor]
    earlier: tuple[Tensor, Tensor]  # actor_actor rows whose target is earlier, and their source span
    contents: Tensor  # [c, 4]: span, first, last, window
    t: int


def soft(head: str, labels: dict) -> np.ndarray | None:  # type: ignore[type-arg]
    """Target distribution; a second label that fits takes a share."""
    names = LABEL_HEADS[head]
    out = np.zeros(len(names), dtype=np.float32)
    if head == "mode":
        key = f"{labels['type']}/{labels['mode']}" if labels["mode"] else "none"
        out[names.index(key if key in names else "none")] = 1
        return out
    if head in ("cumulative", "optional"):
        out[int(labels[head])] = 1
        return out
    main, also = (
        labels[head],
        labels.get("also" if head == "type" else "stance_also", []) if head in ("type", "stance") else [],
    )
    if main not in names:
        return None
    out[names.index(main)] = 1
    for x in also:
        if x in names and x != main:
            out[names.index(x)] += 0.25
    return out / out.sum()


def collate(examples: list[Example], rng: random.Random, mask: float = 0.0) -> Batch:
    """Pad and number through; `mask` is the share of word pieces hidden from the encoder."""
    t = max(len(x.ids) for x in examples) + 2
    b = len(examples)
    ids, shapes = np.zeros((b, t), dtype=np.int64), np.zeros((b, t), dtype=np.int64)
    tags = np.full((b, t, len(TAGGED)), -1, dtype=np.int64)
    tag_weight = np.zeros((b, t, len(TAGGED)), dtype=np.float32)
    spans: list[tuple[int, int]] = []
    labels: dict[str, tuple[list[int], list[np.ndarray], list[float]]] = {k: ([], [], []) for k in LABEL_HEADS}
    pairs: dict[str, list[np.ndarray]] = {p[0]: [] for p in PAIRS}
    features: dict[str, list[np.ndarray]] = {p[0]: [] for p in PAIRS}
    negatives: dict[str, list[np.ndarray]] = {p[0]: [] for p in PAIRS}
    groups: dict[str, tuple[list[int], list[int], list[int]]] = {p[0]: ([], [], []) for p in PAIRS}
    counts = dict.fromkeys(pairs, 0)
    n_groups = dict.fromkeys(pairs, 0)
    earlier: tuple[list[int], list[int]] = ([], [])
    contents: list[tuple[int, int, int, int]] = []
    rare = np.array([RARE_TAGS.get(kind, 1.0) for kind in TAGGED], dtype=np.float32)
    for i, x in enumerate(examples):
        n = len(x.ids)
        ids[i, 0], ids[i, n + 1] = CLS, SEP
        ids[i, 1 : n + 1], shapes[i, 1 : n + 1] = x.ids, x.shapes
        if mask:
            hidden = np.array([rng.random() < mask for _ in range(n)])
            ids[i, 1 : n + 1][hidden] = MASK
            if rng.random() < 0.05:
                shapes[i] = OTHER_SHAPE
        tags[i, 1 : n + 1], tag_weight[i, 1 : n + 1] = x.tags.T, x.tag_weight.T * x.weight * rare
        at, first = i * t + 1, len(spans)
        spans += [(a + at, e + at) for a, e in x.spans]
        for k, (kind, values) in enumerate(zip(x.kinds, x.labels, strict=True)):
            for head in HEADS_OF.get(kind, ()):
                target = soft(head, values)
                if target is not None:
                    labels[head][0].append(first + k)
                    labels[head][1].append(target)
                    labels[head][2].append(x.weight)
        for head in pairs:
            pairs[head].append(x.pairs[head] + first)
            features[head].append(x.features[head])
            negatives[head].append(x.negatives[head] * x.weight)
            for output, rows in x.groups[head]:
                groups[head][0].extend(r + counts[head] for r in rows)
                groups[head][1].extend([output] * len(rows))
                groups[head][2].extend([n_groups[head]] * len(rows))
                n_groups[head] += 1
            if head == "actor_actor":
                for row, (s, target_) in enumerate(x.pairs[head]):
                    if x.spans[target_][0] < x.spans[s][0]:
                        earlier[0].append(row + counts[head])
                        earlier[1].append(int(s) + first)
            counts[head] += len(x.pairs[head])
        contents += [(c + first, a + at, e + at, i) for c, a, e in x.contents]
    long = lambda v: torch.tensor(np.array(v, dtype=np.int64))  # noqa: E731
    return Batch(
        torch.from_numpy(ids), torch.from_numpy(shapes), torch.from_numpy(tags), torch.from_numpy(tag_weight), long(spans).reshape(-1, 2),
        {k: (long(v[0]), torch.from_numpy(np.array(v[1], dtype=np.float32).reshape(-1, len(LABEL_HEADS[k]))), torch.tensor(v[2])) for k, v in labels.items()},
        {k: torch.from_numpy(np.concatenate(v)) for k, v in pairs.items()},
        {k: torch.from_numpy(np.concatenate(v)) for k, v in features.items()},
        {k: (long(v[0]), long(v[1]), long(v[2])) for k, v in groups.items()},
        {k: torch.from_numpy(np.concatenate(v)) for k, v in negatives.items()},
        (long(earlier[0]), long(earlier[1])),
        long(contents).reshape(-1, 4),
        t,
    )  # fmt: skip


def group_lse(scores: Tensor, group: Tensor, n: int, floor: float | None = None) -> Tensor:
    """log of the sum of exp(scores) in each of n groups; `floor` adds one more member of that score."""
    top = torch.full((n,), -1e4 if floor is None else floor, dtype=scores.dtype).scatter_reduce(
        0, group, scores.detach(), "amax"
    )
    total = torch.zeros(n, dtype=scores.dtype).index_add(0, group, (scores - top[group]).exp())
    if floor is not None:
        total = total + (floor - top).exp()
    return top + total.log()


def link_loss(scores: Tensor, groups: tuple[Tensor, Tensor, Tensor], negative: Tensor) -> Tensor:
    """Best-mention loss: of the mentions of the right actor one is enough; those of others must score low.

    scores and negative [p, outputs]; groups as in `Batch`.
    """
    rows, outputs, group = groups
    loss = (F.softplus(scores) * negative).sum()
    if len(rows):
        numbered, g = torch.unique(group, return_inverse=True)
        loss = loss + F.softplus(-group_lse(scores[rows, outputs], g, len(numbered))).sum()
    return loss


def same_loss(scores: Tensor, batch: Batch) -> Tensor:
    """Antecedents: minus the log chance that a mention points to one of its actor's earlier mentions, or to none."""
    rows, outputs, group = batch.groups["actor_actor"]
    earlier, source = batch.earlier
    loss = scores.new_zeros(())
    if not len(earlier):
        return loss
    candidates, index = torch.unique(source, return_inverse=True)
    loss = group_lse(scores[earlier, 0], index, len(candidates), 0.0).sum()
    same = outputs == 0
    if same.any():
        numbered, g = torch.unique(group[same], return_inverse=True)
        loss = loss - group_lse(scores[rows[same], 0], g, len(numbered)).sum()
    return loss


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """Each question's loss, weighted."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=FAST_BFLOAT16):
        states, tags = network.encoder(batch.ids, batch.shapes)
    states, tags = states.float(), tags.float()
    b, t, d = states.shape
    flat = states.reshape(b * t, d)
    out: dict[str, Tensor] = {}
    logits = tags.reshape(b * t * len(TAGGED), 3)
    target, weight = batch.tags.reshape(-1), batch.tag_weight.reshape(-1)
    per_token = F.cross_entropy(logits, target.clamp(min=0), reduction="none") * weight * (target >= 0)
    out["tags"] = TAG_WEIGHT * per_token.reshape(b * t, len(TAGGED)).sum(1).sum() / (batch.ids > 0).sum()
    if not len(batch.spans):
        return out
    z = network.heads.spans(flat, batch.spans)
    for head, (spans, soft_target, w) in batch.labels.items():
        if len(spans):
            answer = network.heads.labels[f"label_{head}"](z[spans])
            out[head] = (
                LABEL_WEIGHT[head] * (F.cross_entropy(answer, soft_target, reduction="none") * w).sum() / len(spans)
            )
    # What is no word has no state: what a link looks at ends with the window.
    words = flat * ((batch.ids > 0) & (batch.ids != CLS) & (batch.ids != SEP)).reshape(-1, 1)
    for head, pairs in batch.pairs.items():
        if not len(pairs):
            continue
        scores = network.heads.pairs[head](z, words, batch.spans, pairs, batch.features[head])
        sources = len(torch.unique(pairs[:, 0]))
        if head == "actor_actor":
            rows, outputs, group = batch.groups[head]
            ties = outputs > 0
            out["same"] = SAME_WEIGHT * same_loss(scores, batch) / sources
            loss = link_loss(scores[:, 1:], (rows[ties], outputs[ties] - 1, group[ties]), batch.negatives[head][:, 1:])
            out["ties"] = TIE_WEIGHT * loss / (4 + len(torch.unique(group[ties])))
        else:
            out[head] = PAIR_WEIGHT[head] * link_loss(scores, batch.groups[head], batch.negatives[head]) / sources
    if len(batch.contents):
        c = batch.contents
        first, last = network.heads.content(z[c[:, 0]], flat)
        window = torch.arange(b * t)[None, :] // t == c[:, 3:4]
        first, last = first.masked_fill(~window, -1e4), last.masked_fill(~window, -1e4)
        out["content"] = 0.3 * (F.cross_entropy(first, c[:, 1]) + F.cross_entropy(last, c[:, 2]))
    return out
