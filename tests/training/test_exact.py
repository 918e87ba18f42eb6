"""Unsigned weights multiply without overflow and stand for the same numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

onnx = pytest.importorskip("onnx")


def test_attention_multiplies_exactly_after(tmp_path: Path) -> None:
    from training.exact import exact

    helper, kinds = onnx.helper, onnx.TensorProto
    weights = np.full((64, 8), 127, dtype=np.int8)
    weights[:, 3] = -128
    node = helper.make_node("MatMulInteger", ["a", "b", "za", "zb"], ["y"], name="/layers.0/qkv/MatMul_quant")
    graph = helper.make_graph(
        [node], "one", [helper.make_tensor_value_info("a", kinds.UINT8, ["n", 64])],
        [helper.make_tensor_value_info("y", kinds.INT32, ["n", 8])],
        [onnx.numpy_helper.from_array(x, name)
         for name, x in (("b", weights), ("za", np.uint8(0)), ("zb", np.zeros(8, dtype=np.int8)))],
    )  # fmt: skip
    path = tmp_path / "encoder.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
    assert (exact(path), exact(path)) == (1, 0)
    given = np.full((5, 64), 255, dtype=np.uint8)
    (found,) = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, {"a": given})
    assert (found == given.astype(int) @ weights.astype(int)).all()
