"""Weights that lose less to int8: channels that run high are made small before a matrix and its rows large (SmoothQuant).

Dynamic quantisation has one scale for all that enters a matrix, so a few channels of the layer norms and of GELU that run to
ten or twenty leave few steps for the others. Each matrix gets its input divided by a factor a channel, its rows multiplied by
the same (Xiao et al. 2023); the factors come from the largest values seen on some training texts. One product more for each
matrix, on 384 or 1,536 numbers a wordpiece.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from corpora import Text
from onnx import TensorProto, helper, numpy_helper
from samples import samples_of

from sayso.encoder.words import Vocabulary

STRENGTH = (
    0.8  # share of the range that is moved into the weights: .7 to .85 lose least, .5 and less lose more than none
)
WINDOWS = 40
LAYERS = "/encoder/layers."  # the heads share one input, and what evens it for one is uneven for another


def smoothed(path: Path, texts: list[Text], vocabulary: Vocabulary) -> onnx.ModelProto:
    """The graph of ``path`` (32 bits) with factors before each matrix of the layers; its outputs stay what they were."""
    model = onnx.load(str(path))
    graph = model.graph
    tables = {i.name: i for i in graph.initializer}
    asking = defaultdict(list)
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in tables and node.name.startswith(LAYERS):
            asking[node.input[0]].append(node)
    highest = largest(path, list(asking), texts, vocabulary)
    for name, nodes in asking.items():
        weights = [numpy_helper.to_array(tables[node.input[1]]) for node in nodes]
        rows = np.clip(np.max([np.abs(w).max(1) for w in weights], axis=0), 1e-5, None)
        factor = np.clip(highest[name], 1e-5, None) ** STRENGTH / rows ** (1 - STRENGTH)
        factor = np.clip(factor / np.exp(np.log(factor).mean()), 0.01, 100).astype(np.float32)
        graph.initializer.append(numpy_helper.from_array(1 / factor, f"{name}_factor"))
        first = min(n for n, node in enumerate(graph.node) if any(node.name == other.name for other in nodes))
        graph.node.insert(
            first, helper.make_node("Mul", [name, f"{name}_factor"], [f"{name}_even"], name=f"{name}_evened")
        )
        for node, weight in zip(nodes, weights, strict=True):
            tables[node.input[1]].CopyFrom(numpy_helper.from_array(weight * factor[:, None], node.input[1]))
            node.input[0] = f"{name}_even"
    return model


def largest(path: Path, names: list[str], texts: list[Text], vocabulary: Vocabulary) -> dict[str, np.ndarray]:
    """The largest magnitude (channels,) of each named value over windows of the texts."""
    probe = onnx.load(str(path))
    probe.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    session = ort.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    windows = [s for t in texts for s in samples_of(t, vocabulary, None, None)]
    found: dict[str, np.ndarray] = {}
    for sample in windows[:: max(1, len(windows) // WINDOWS)]:
        fed = {
            "pieces": np.array([sample.pieces]),
            "features": np.array(sample.features)[:, None, :],
            "firsts": np.array(sample.firsts),
        }
        for name, values in zip(names, session.run(names, fed), strict=True):
            here = np.abs(values.reshape(-1, values.shape[-1])).max(0)
            found[name] = np.maximum(found[name], here) if name in found else here
    return found
