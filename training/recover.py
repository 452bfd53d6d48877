"""From the shipped files back to a checkpoint: ``python training/recover.py --model FOLDER --minilm FOLDER OUT.pt``.

So that training can carry on where no checkpoint was kept. Weights come back as far apart as their int8 steps; a weight whose
original in all-MiniLM-L6-v2 lies within its step takes the original's value, since most word embeddings hardly move.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from model import LAYERS, Encoder, Model
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import Tensor

PARTS = ("query", "key", "value", "out", "wide", "narrow")
HEADS = ("role_in", "role_out", "name", "span_start", "span_end")
KINDS = ("cue", "source", "coref")


def plain(tables: dict[str, np.ndarray], name: str, even: np.ndarray | None = None) -> tuple[Tensor, Tensor]:
    """A quantised table as numbers, and the size of its steps; ``even``: what smooth.py divides its inputs by."""
    if f"{name}_rows" in tables:
        scale = tables[f"{name}_scales"]
        return torch.tensor(tables[f"{name}_rows"] * scale), torch.tensor(scale)
    scale = tables[f"{name}_scale"].astype(np.float32)
    steps = tables[f"{name}_quantized"].astype(np.float32) - tables[f"{name}_zero_point"].astype(np.float32)
    if even is not None:
        scale = scale * even[:, None]
    return torch.tensor(steps * scale), torch.tensor(scale)


class Products:
    """The matrices of a graph by the place where they multiply."""

    def __init__(self, graph: onnx.GraphProto, tables: dict[str, np.ndarray]) -> None:
        self.tables = tables
        self.makers = {out: node for node in graph.node for out in node.output}
        products = [node for node in graph.node if node.op_type == "MatMulInteger"]
        self.nodes = {key: node for node in products for key in (node.name, node.input[1])}

    def plain(self, at: str) -> tuple[Tensor, Tensor]:
        """The matrix (in, out) at one place, or of one name, and the size of its steps."""
        node = self.nodes.get(f"{at}_quantized") or self.nodes[f"{at}/MatMul_quant"]
        source = self.makers[node.input[0]].input[0]
        evened = self.makers.get(source)
        even = evened is not None and evened.name.endswith("_evened")
        return plain(
            self.tables, node.input[1].removesuffix("_quantized"), self.tables[evened.input[1]] if even else None
        )


def recovered(folder: Path, original: dict[str, Tensor]) -> dict[str, Tensor]:
    """The state of ``Model`` as shipped in ``folder``; ``original`` is the state of the encoder before training."""
    graph = onnx.load(str(folder / "model.onnx")).graph
    tables = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    products = Products(graph, tables)
    state = {
        name[6:]: torch.tensor(t) for name, t in tables.items() if name.startswith("model.") and t.dtype == np.float32
    }
    state = {name: t for name, t in state.items() if not name.endswith(("_scale", "_scales"))}
    for name in ("words", "places", "shapes", "quoted", "breaks"):
        table = f"model.encoder.{name}.weight"
        if table not in tables:
            state[f"encoder.{name}.weight"] = near(*plain(tables, table), original[f"{name}.weight"])
    for n in range(LAYERS):
        for part in PARTS:
            name = f"layers.{n}.{part}.weight"
            got, step = products.plain(f"/encoder/layers.{n}/{part}")
            state[f"encoder.{name}"] = near(got.T, step.expand_as(got).T, original[name])
    for head in HEADS:
        name = f"model.heads.{head}.weight"
        state[name[6:]] = products.plain(name if f"{name}_quantized" in tables else f"/{head}")[0].T
    return state | links(folder)


def near(got: Tensor, step: Tensor, original: Tensor) -> Tensor:
    """``got``, but the value of ``original`` where that lies within half a step."""
    return torch.where((original - got).abs() <= step / 2, original, got).contiguous()


def links(folder: Path) -> dict[str, Tensor]:
    """The weights of the link heads, transitions and link tables."""
    graph = onnx.load(str(folder / "links.onnx")).graph
    state = {i.name: torch.tensor(numpy_helper.to_array(i)) for i in graph.initializer if i.name.startswith("heads.")}
    settings = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    for kind in KINDS:
        for name, table in settings["links"][kind].items():
            state[f"heads.{name}.{kind}"] = torch.tensor(table)
    state["heads.crf.moves"], state["heads.crf.first"] = (
        torch.tensor(settings["moves"]),
        torch.tensor(settings["first"]),
    )
    return state


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--minilm", type=Path, required=True)
    ap.add_argument("out", type=Path)
    a = ap.parse_args()
    encoder = Encoder()
    encoder.load_minilm(load_file(a.minilm / "model.safetensors"))
    model = Model()
    missing, strange = model.load_state_dict(recovered(a.model, encoder.state_dict()), strict=False)
    missing = [m for m in missing if m not in ("heads.crf.allowed", "heads.crf.begin")]
    if missing or strange:
        raise ValueError(f"not the files of export.py: missing {missing}, unknown {strange}")
    torch.save(model.state_dict(), a.out)


if __name__ == "__main__":
    main()
