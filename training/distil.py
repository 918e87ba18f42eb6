"""What a small network learns from larger ones beside the annotation: how sure they are of each answer.

A large reader is too slow to ship, but it knows which of two labels was nearly right, which mention it
would have linked. The small one is asked to give the same answers, question by question, with the weights that the
annotation's own losses have (Hinton, Vinyals and Dean 2015).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from training.losses import (
    LABEL_WEIGHT,
    PAIR_WEIGHT,
    SAME_WEIGHT,
    TAG_WEIGHT,
    TIE_WEIGHT,
    Answers,
    Batch,
    group_lse,
)


def _mean(logits: Sequence[Tensor]) -> Tensor:
    """The mean of what several say, as a distribution over the last dimension."""
    return torch.stack([x.softmax(-1) for x in logits]).mean(0)


def _apart(student: Tensor, teachers: Sequence[Tensor]) -> Tensor:
    """Cross-entropy over the last dimension, one value each."""
    return -(_mean(teachers) * student.log_softmax(-1)).sum(-1)


def _links_apart(student: Tensor, teachers: Sequence[Tensor]) -> Tensor:
    return F.binary_cross_entropy_with_logits(
        student, torch.stack([x.sigmoid() for x in teachers]).mean(0), reduction="sum"
    )


def _same_apart(student: Tensor, teachers: Sequence[Tensor], batch: Batch) -> Tensor:
    """Of the chance that a mention points to each earlier one, or to none."""
    rows, grouped = batch.earlier
    group, _ = grouped
    whole = [group_lse(x[rows, 0], grouped, 0.0) for x in (student, *teachers)]
    chance = [(x[rows, 0] - w[group]).exp() for x, w in zip(teachers, whole[1:], strict=True)]
    none = torch.stack([(-w).exp() for w in whole[1:]]).mean(0)
    return (none * whole[0]).sum() - (torch.stack(chance).mean(0) * (student[rows, 0] - whole[0][group])).sum()


def apart(student: Answers, teachers: Sequence[Answers], batch: Batch) -> dict[str, Tensor]:
    """How far the student's answers are from the mean of the teachers', question by question."""
    out: dict[str, Tensor] = {}
    each = _apart(student.tags, [x.tags for x in teachers]) * batch.tag_weight
    out["as_tags"] = TAG_WEIGHT * each.sum() / (batch.ids > 0).sum()
    for head, logits in student.labels.items():
        weight = batch.labels[head][2]
        out[f"as_{head}"] = (
            LABEL_WEIGHT[head] * (_apart(logits, [x.labels[head] for x in teachers]) * weight).sum() / len(weight)
        )
    for head, scores in student.pairs.items():
        theirs, sources = [x.pairs[head] for x in teachers], batch.sources[head]
        if head == "actor_actor":
            if len(batch.earlier[0]):
                out["as_same"] = SAME_WEIGHT * _same_apart(scores, theirs, batch) / sources
            ties = _links_apart(scores[:, 1:], [x[:, 1:] for x in theirs])
            out["as_ties"] = TIE_WEIGHT * ties / (4 + batch.groups[head][2][1])
        else:
            out[f"as_{head}"] = PAIR_WEIGHT[head] * _links_apart(scores, theirs) / sources
    if student.contents:
        both = [_apart(student.contents[i], [x.contents[i] for x in teachers if x.contents]).mean() for i in (0, 1)]
        out["as_content"] = 0.3 * (both[0] + both[1])
    return out
