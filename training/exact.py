"""Make an exported model read alike on every processor. usage: python -m training.exact [FOLDER]

onnxruntime multiplies unsigned activations with signed weights by an instruction that adds two products in 16 bits.
On processors without VNNI (AVX2 alone) a pair of large ones overflows and is cut off: up to a tenth of the sums of an
attention layer were wrong, some by more than their own size. Unsigned weights take another kernel, which does not overflow.
Only the layers of attention need it, which costs 2 to 4 % of the encoder's time; the numbers that the weights stand for
stay the same: 128 is added to each and to its zero point.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

FOLDER = Path(__file__).parent.parent / "src" / "dateline" / "reading" / "weights"
# What the nodes of attention are called in the encoder.
ATTENTION = ("/qkv/", "/out/")


def exact(path: Path) -> int:
    """Give the attention layers of an int8 encoder unsigned weights; how many were signed before."""
    model = onnx.load(str(path))
    initial = {i.name: i for i in model.graph.initializer}
    changed = 0
    for node in model.graph.node:
        if node.op_type != "MatMulInteger" or not any(part in node.name for part in ATTENTION):
            continue
        for name in (node.input[1], node.input[3]):  # weights and their zero points
            value = numpy_helper.to_array(initial[name])
            if value.dtype == np.int8:
                raised = (value.astype(np.int16) + 128).astype(np.uint8)
                initial[name].CopyFrom(numpy_helper.from_array(raised, name))
                changed += name == node.input[1]
    onnx.save(model, str(path))
    return changed


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    print({"unsigned": exact(folder / "encoder.onnx")})
    card = folder / "model.json"
    meta = json.loads(card.read_text(encoding="utf-8"))
    meta["files"]["encoder.onnx"] = hashlib.sha256((folder / "encoder.onnx").read_bytes()).hexdigest()
    card.write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
