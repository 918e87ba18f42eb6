"""Batches and losses: how far the network's answers are from the annotation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from dateline.reading.labels import HEADS_OF, LABEL_HEADS, PAIRS, TAGGED
from training.network import Network, take
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
    "form": 0.6,
    "optional": 0.3,
}
PAIR_WEIGHT = {
    "event_actor": 1.4,
    "event_place": 0.3,
    "event_date": 0.2,
    "cue_actor": 0.6,
    "requirement_actor": 0.6,
    "requirement_commitment": 0.35,
}
# Where a processor has no such instructions, half precision is ten times slower than whole.
FAST_BFLOAT16 = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
SAME_WEIGHT = 0.4
TIE_WEIGHT = 0.4
TAG_WEIGHT = 6.0
# Long and rare spans would drown among the others.
RARE_TAGS = {"requirement": 3.0, "commitment": 3.0}


# Which of n groups each row belongs to, and n.
Grouped = tuple[Tensor, int]


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
    groups: dict[str, tuple[Tensor, Tensor, Grouped]]  # head -> rows, outputs, group of each; ties alone of actor_actor
    negatives: dict[str, Tensor]
    sources: dict[str, int]  # head -> how many spans it links from
    same: tuple[Tensor, Grouped]  # actor_actor rows to an earlier mention of the same actor, by source span
    earlier: tuple[Tensor, Grouped]  # actor_actor rows whose target is earlier, by source span
    contents: Tensor  # [c, 4]: span, first, last, window
    t: int

    def map(self, change: Callable[[Any], Any]) -> Batch:
        """The same batch with each of its tensors changed."""
        return Batch(**{f.name: _map(getattr(self, f.name), change) for f in fields(self)})


def _map(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, tuple):
        return tuple(_map(v, change) for v in value)
    if isinstance(value, dict):
        return {k: _map(v, change) for k, v in value.items()}
    return value if isinstance(value, int) else change(value)


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


def collate(examples: list[Example]) -> Batch:
    """Pad and number through."""
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
    same: tuple[list[int], list[int]] = ([], [])
    earlier: tuple[list[int], list[int]] = ([], [])
    contents: list[tuple[int, int, int, int]] = []
    rare = np.array([RARE_TAGS.get(kind, 1.0) for kind in TAGGED], dtype=np.float32)
    for i, x in enumerate(examples):
        n = len(x.ids)
        ids[i, 0], ids[i, n + 1] = CLS, SEP
        ids[i, 1 : n + 1], shapes[i, 1 : n + 1] = x.ids, x.shapes
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
                numbered = [r + counts[head] for r in rows]
                if (head, output) == ("actor_actor", 0):
                    same[0].extend(numbered)
                    same[1].extend(int(x.pairs[head][r][0]) + first for r in rows)
                    continue
                groups[head][0].extend(numbered)
                groups[head][1].extend([output - (head == "actor_actor")] * len(rows))
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
        {k: (long(v[0]), long(v[1]), (long(v[2]), n_groups[k])) for k, v in groups.items()},
        {k: torch.from_numpy(np.concatenate(v)) for k, v in negatives.items()},
        {k: len(np.unique(np.concatenate(v)[:, 0])) for k, v in pairs.items()},
        (long(same[0]), _grouped(same[1])),
        (long(earlier[0]), _grouped(earlier[1])),
        long(contents).reshape(-1, 4),
        t,
    )  # fmt: skip


def _grouped(names: list[int]) -> Grouped:
    distinct, index = np.unique(np.array(names, dtype=np.int64), return_inverse=True)
    return torch.from_numpy(index.astype(np.int64)), len(distinct)


def group_lse(scores: Tensor, grouped: Grouped, floor: float | None = None) -> Tensor:
    """log of the sum of exp(scores) in each of n groups; `floor` adds one more member of that score."""
    group, n = grouped
    top = scores.new_full((n,), -1e4 if floor is None else floor).scatter_reduce(0, group, scores.detach(), "amax")
    total = scores.new_zeros(n).index_add(0, group, (scores - top[group]).exp())
    if floor is not None:
        total = total + (floor - top).exp()
    return top + total.log()


def link_loss(scores: Tensor, groups: tuple[Tensor, Tensor, Grouped], negative: Tensor) -> Tensor:
    """Best-mention loss: of the mentions of the right actor one is enough; those of others must score low.

    scores and negative [p, outputs]; groups as in `Batch`.
    """
    rows, outputs, grouped = groups
    loss = (F.softplus(scores) * negative).sum()
    if len(rows):
        loss = loss + F.softplus(-group_lse(scores[rows, outputs], grouped)).sum()
    return loss


def same_loss(scores: Tensor, batch: Batch) -> Tensor:
    """Antecedents: minus the log chance that a mention points to one of its actor's earlier mentions, or to none."""
    loss = scores.new_zeros(())
    (earlier, candidates), (same, sources) = batch.earlier, batch.same
    if len(earlier):
        loss = group_lse(scores[earlier, 0], candidates, 0.0).sum()
    if len(same):
        loss = loss - group_lse(scores[same, 0], sources).sum()
    return loss


@dataclass
class Answers:
    """What a network says of a batch: logits, in the batch's order of spans and pairs."""

    tags: Tensor  # [b, t, kinds, 3]
    labels: dict[str, Tensor]
    pairs: dict[str, Tensor]
    contents: (
        tuple[Tensor, Tensor] | None
    )  # [c, b * t] of the first and of the last token; far below zero outside the window


# The share of word pieces that are hidden from a network that learns, and of windows whose shapes are.
HIDDEN = 0.08
SHAPELESS = 0.05


def hide(batch: Batch) -> Batch:
    """The batch with some of what it shows hidden at random."""
    words = (batch.ids > 0) & (batch.ids != CLS) & (batch.ids != SEP)
    chance = torch.rand(batch.ids.shape, device=batch.ids.device)
    shown = torch.rand((len(batch.ids), 1), device=batch.ids.device) >= SHAPELESS
    return replace(
        batch,
        ids=torch.where(words & (chance < HIDDEN), MASK, batch.ids),
        shapes=torch.where(shown, batch.shapes, OTHER_SHAPE),
    )


def answer(network: Network, batch: Batch) -> Answers:
    """Ask the network about the spans and pairs of a batch."""
    device = batch.ids.device
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda" or FAST_BFLOAT16):
        states, tags = network.encoder(batch.ids, batch.shapes)
    states, tags = states.float(), tags.float()
    b, t, d = states.shape
    out = Answers(tags.reshape(b, t, len(TAGGED), 3), {}, {}, None)
    if not len(batch.spans):
        return out
    flat = states.reshape(b * t, d)
    z = network.heads.spans(flat, batch.spans)
    for head, (spans, _, _) in batch.labels.items():
        if len(spans):
            out.labels[head] = network.heads.labels[f"label_{head}"](take(z, spans))
    # What is no word has no state: what a link looks at ends with the window.
    words = flat * ((batch.ids > 0) & (batch.ids != CLS) & (batch.ids != SEP)).reshape(-1, 1)
    for head, pairs in batch.pairs.items():
        if len(pairs):
            out.pairs[head] = network.heads.pairs[head](z, words, batch.spans, pairs, batch.features[head])
    if len(batch.contents):
        c = batch.contents
        first, last = network.heads.content(take(z, c[:, 0]), flat)
        outside = torch.arange(b * t, device=device)[None, :] // t != c[:, 3:4]
        out.contents = first.masked_fill(outside, -1e4), last.masked_fill(outside, -1e4)
    return out


def losses(said: Answers, batch: Batch) -> dict[str, Tensor]:
    """Each question's loss, weighted."""
    out: dict[str, Tensor] = {}
    target, weight = batch.tags.reshape(-1), batch.tag_weight.reshape(-1)
    per_token = (
        F.cross_entropy(said.tags.reshape(-1, 3), target.clamp(min=0), reduction="none") * weight * (target >= 0)
    )
    out["tags"] = TAG_WEIGHT * per_token.sum() / (batch.ids > 0).sum()
    for head, logits in said.labels.items():
        _, soft_target, w = batch.labels[head]
        out[head] = LABEL_WEIGHT[head] * (F.cross_entropy(logits, soft_target, reduction="none") * w).sum() / len(w)
    for head, scores in said.pairs.items():
        sources, negative = batch.sources[head], batch.negatives[head]
        if head == "actor_actor":
            out["same"] = SAME_WEIGHT * same_loss(scores, batch) / sources
            ties = batch.groups[head]
            out["ties"] = TIE_WEIGHT * link_loss(scores[:, 1:], ties, negative[:, 1:]) / (4 + ties[2][1])
        else:
            out[head] = PAIR_WEIGHT[head] * link_loss(scores, batch.groups[head], negative) / sources
    if said.contents:
        c = batch.contents
        out["content"] = 0.3 * sum(F.cross_entropy(x, c[:, i]) for x, i in zip(said.contents, (1, 2), strict=True))
    return out
