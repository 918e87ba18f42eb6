"""Start from a model that was exported before: its int8 weights, made floats again.

So corrections and new passages take minutes, not a training from the pretrained encoder. What
quantisation rounded off is less than a step of training changes.
"""

from __future__ import annotations

import re
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.network import Network


def exported_weights(file: Path) -> dict[str, Tensor]:
    """Parameters by name, as floats, of an ONNX file that `training.export` wrote."""
    graph = onnx.load(str(file)).graph
    stored = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    out = {name: value for name, value in stored.items() if value.dtype == torch.float32 and "." in name}
    for name in stored:
        if not name.endswith("_quantized"):
            continue
        source = name.removesuffix("_quantized")
        weight = (stored[name].float() - stored[f"{source}_zero_point"].float()) * stored[f"{source}_scale"]
        reader = next(n for n in graph.node if name in n.input)
        if source.endswith("_Transposed"):
            out[source.removesuffix("_Transposed")] = weight.T.contiguous()
        elif reader.op_type == "MatMulInteger":  # a nameless weight: its module's path stands in the node's name
            out[reader.name.strip("/").removesuffix("/MatMul_quant").replace("/", ".") + ".weight"] = (
                weight.T.contiguous()
            )
        else:
            out[source] = weight
    return {k: v for k, v in out.items() if not k.endswith(("_scale", "_zero_point"))}


def start_from(network: Network, folder: Path) -> list[str]:
    """Fill a network with the weights of an exported model. What links look at beyond it begins at zero; its names."""
    state: dict[str, Tensor] = {}
    own = network.state_dict()
    for part in ("encoder", "heads"):
        for k, v in exported_weights(folder / f"{part}.onnx").items():
            name = f"{part}.{k}"  # the path of a link's node leaves out the list that its head stands in
            state[name if name in own else f"{part}.pairs.{k}"] = v
    unknown = [k for k, v in state.items() if k not in own or own[k].shape != v.shape]
    if unknown:
        raise SystemExit(f"{folder} is a model of another shape: {', '.join(unknown[:5])}")
    missing = sorted(set(own) - set(state))
    # The weights of `around` are zero when made: an older model's links are what they were until trained.
    if any(not re.search(r"\.(features|word|around)\.", k) for k in missing):
        raise SystemExit(f"{folder} lacks {', '.join(missing[:5])}; train from the pretrained encoder")
    network.load_state_dict(state | {k: torch.zeros_like(own[k]) if ".features." in k else own[k] for k in missing})
    return missing
