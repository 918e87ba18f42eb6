"""Batches for training, made by several processes while the network learns.

Each epoch the passages are dealt at random into hands; one process varies a hand's names, cuts it
into windows and puts windows of like length side by side.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from numpy import ndarray
from tokenizers import Tokenizer

from training.losses import Batch, collate
from training.targets import Example, Passage, examples, joined, passage
from training.vary import vary

# An annotation, and how much it weighs beside the others.
Weighted = tuple[dict[str, Any], float]
# Passages that are made into batches together.
HAND = 600
# Share of them that are put behind another, until the two are as long as a window (in characters).
JOINED = 0.4
LONG = 2_000


def plain_tokenizer(folder: Path) -> Tokenizer:
    """The word-piece tokenizer without padding and truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def side_by_side(pool: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Windows of like length together, at most `tokens` tokens a group, in random order."""
    ordered = sorted(pool, key=lambda x: len(x.ids) + rng.random() * 24)
    out: list[list[Example]] = [[]]
    for x in ordered:
        if out[-1] and (len(out[-1]) + 1) * (len(x.ids) + 2) > tokens:
            out.append([])
        out[-1].append(x)
    rng.shuffle(out)
    return out


@dataclass
class Feed:
    """What is learnt from: annotations, each once an epoch, in batches of at most so many tokens."""

    annotations: list[Weighted]
    tokenizer: Tokenizer
    tokens: int
    seed: int
    workers: int = 0  # processes beside the one that learns

    @property
    def hands(self) -> int:
        return -(-len(self.annotations) // HAND)

    def hand(self, epoch: int, number: int) -> list[Batch]:
        """The batches of one hand of an epoch."""
        order = list(range(len(self.annotations)))
        random.Random(f"{self.seed} {epoch}").shuffle(order)
        rng = random.Random(f"{self.seed} {epoch} {number}")
        passages: list[Passage] = []
        for i in order[number * HAND : (number + 1) * HAND]:
            annotation, weight = self.annotations[i]
            p = passage(vary(annotation, rng), weight)
            if passages and rng.random() < JOINED and len(passages[-1].text) + len(p.text) < LONG:
                passages[-1] = joined(passages[-1], p)
            else:
                passages.append(p)
        pool = [x for p in passages for x in examples(p, self.tokenizer, rng) if len(x.ids)]
        return [collate(group) for group in side_by_side(pool, self.tokens, rng)]

    def steps(self) -> int:
        """About how many batches an epoch has."""
        return max(1, round(len(self.hand(0, 0)) * len(self.annotations) / min(HAND, len(self.annotations))))

    def epochs(self, n: int) -> Iterator[Iterator[Batch]]:
        """The batches of each epoch; those of the next are made while one is learnt."""
        if not self.workers:
            for epoch in range(n):
                yield (batch for number in range(self.hands) for batch in self.hand(epoch, number))
            return
        with multiprocessing.get_context("fork").Pool(self.workers, _serve, (self,)) as pool:
            ask = lambda epoch: [pool.apply_async(_packed, (epoch, k)) for k in range(self.hands) if epoch < n]  # noqa: E731
            now = ask(0)
            for epoch in range(n):
                following = ask(epoch + 1)
                yield (batch for hand in now for batch in _unpacked(hand.get()))
                now = following


_served: list[Feed] = []


def _serve(feed: Feed) -> None:
    torch.set_num_threads(1)
    gc.freeze()  # what the corpus holds is never garbage: else each sweep walks through it
    _served[:] = [feed]


def _packed(epoch: int, number: int) -> bytes:
    """As bytes: torch would hand over a shared file for each of a thousand small tensors."""
    return pickle.dumps([batch.map(lambda x: x.numpy()) for batch in _served[0].hand(epoch, number)])


def _unpacked(packed: bytes) -> list[Batch]:
    return [batch.map(lambda x: torch.from_numpy(x) if isinstance(x, ndarray) else x) for batch in pickle.loads(packed)]
