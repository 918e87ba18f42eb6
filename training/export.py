"""Export a trained network to int8 ONNX. usage: python -m training.export TRAINED_FOLDER [--to src/dateline/reading/weights]

Writes encoder.onnx and heads.onnx (int8 weights), tokenizer.json and model.json (labels'
digest, digest of each file, what it was trained on).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from dateline.reading import labels
from training.corpus import counts, digest, load
from training.exact import exact
from training.feed import plain_tokenizer
from training.network import Network
from training.train import base_model, trained

TO = Path(__file__).parent.parent / "src" / "dateline" / "reading" / "weights"


def export(network: Network, to: Path, made_of: dict[str, object]) -> None:
    """Write the four files of a model."""
    network.eval()
    to.mkdir(parents=True, exist_ok=True)
    d = network.encoder.words.weight.shape[1]
    with tempfile.TemporaryDirectory() as tmp:
        full = Path(tmp) / "encoder.onnx"
        ids = torch.randint(5, 1000, (2, 9))
        network.encoder.full = True  # a window is read by itself, without padding
        torch.onnx.export(
            network.encoder, (ids, torch.ones_like(ids)), str(full), dynamo=False, opset_version=17,
            input_names=["ids", "shapes"], output_names=["states", "tags"],
            dynamic_axes={k: {0: "b", 1: "t"} for k in ("ids", "shapes", "states", "tags")},
        )  # fmt: skip
        network.encoder.full = False
        quantize_dynamic(
            full,
            to / "encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
        exact(to / "encoder.onnx")
        names = ["states", "spans"]
        inputs: list[torch.Tensor] = [torch.randn(18, d), torch.tensor([[1, 2], [3, 5]])]
        axes: dict[str, dict[int, str]] = {"states": {0: "n"}, "spans": {0: "s"}}
        for name, *_ in labels.PAIRS:
            inputs += [torch.tensor([[0, 1]]), torch.tensor([[1, 3, 0, 1, 2]])]
            names += [f"{name}_pairs", f"{name}_features"]
            axes |= {f"{name}_pairs": {0: f"{name}_p"}, f"{name}_features": {0: f"{name}_p"}}
        outputs = [*labels.LABEL_HEADS, *(p[0] for p in labels.PAIRS), "content_first", "content_last"]
        axes |= {o: {0: "s"} for o in labels.LABEL_HEADS} | {p[0]: {0: f"{p[0]}_p"} for p in labels.PAIRS}
        axes |= {"content_first": {0: "s", 1: "n"}, "content_last": {0: "s", 1: "n"}}
        torch.onnx.export(
            network.heads,
            tuple(inputs),
            str(Path(tmp) / "heads.onnx"),
            dynamo=False,
            opset_version=17,
            input_names=names,
            output_names=outputs,
            dynamic_axes=axes,
        )
        quantize_dynamic(
            Path(tmp) / "heads.onnx",
            to / "heads.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm"],
        )
    tokenizer = plain_tokenizer(base_model())
    tokenizer.save(str(to / "tokenizer.json"), pretty=False)
    files = {
        f: hashlib.sha256((to / f).read_bytes()).hexdigest() for f in ("encoder.onnx", "heads.onnx", "tokenizer.json")
    }
    meta = {
        "labels": labels.digest(),
        "label_heads": {k: list(v) for k, v in labels.LABEL_HEADS.items()},
        "files": files,
        "trained_on": made_of,
    }
    (to / "model.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(to / "__pycache__", ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained", type=Path)
    parser.add_argument("--to", type=Path, default=TO)
    parser.add_argument("--extra", nargs="*", default=[], help="names of further sets that went in")
    args = parser.parse_args()
    passages = load()
    export(
        trained(args.trained), args.to, {"corpus": digest(passages), "counts": counts(passages), "extra": args.extra}
    )
    print({f.name: f.stat().st_size for f in sorted(args.to.iterdir())})


if __name__ == "__main__":
    main()
