"""From a checkpoint to the files that ship: ``python training/export.py CHECKPOINT.pt --data FOLDER --minilm FOLDER --out FOLDER``.

Writes model.onnx (int8 weights a channel, inputs evened out by smooth.py, embeddings with a scale a row), model-fp32.onnx (for
comparison, not shipped), links.onnx (span vectors to link vectors), vocab.txt and model.json (transitions, link tables;
calibration is added by calibrate.py).
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from corpora import Text, polnear
from model import SPAN, Model
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from smooth import smoothed
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from sayso.encoder.words import Vocabulary

TAGS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
NAMES = ["O"] + [f"{p}-{n}" for n in ("person", "organisation", "place", "other") for p in "BI"]
KINDS = ("cue", "source", "coref")
TEXTS = 60
MENTIONS = ["person", "organisation", "place", "event", "object", "abstract", "time", "substance", "animal", "plant"]


class Shipped(nn.Module):
    """Encoder and word-level heads as one graph."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def forward(self, pieces: Tensor, features: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        words = self.model.encoder(pieces, features)[0].index_select(0, firsts)
        h = self.model.heads
        roles = h.role_out(F.gelu(h.role_in(words)))
        return roles, h.name(words), h.span_start(words), h.span_end(words)


class LinkVectors(nn.Module):
    """Halves of span vectors to all that the link heads compare: for each kind ask, answer, nothing; then mention types."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.heads = model.heads

    def forward(self, starts: Tensor, ends: Tensor) -> Tensor:
        spans = torch.relu(starts + ends)
        h = self.heads
        parts = [m[kind](spans) for kind in KINDS for m in (h.ask, h.answer, h.nothing)]
        return torch.cat([*parts, h.mention(spans)], 1)


def export_words(model: Model, out: Path, texts: list[Text]) -> None:
    """model-fp32.onnx, and model.onnx with int8 weights, evened out over what ``texts`` show."""
    plain, ready = out / "model-fp32.onnx", out / "prepared.onnx"
    pieces = torch.randint(5, 1000, (1, 64))
    features = torch.ones(3, 1, 64, dtype=torch.long)
    axes = {
        "pieces": {1: "L"},
        "features": {2: "L"},
        **{n: {0: "W"} for n in ("firsts", "roles", "names", "starts", "ends")},
    }
    torch.onnx.export(
        Shipped(model), (pieces, features, torch.arange(1, 40)), str(plain), dynamo=False, opset_version=17,
        input_names=["pieces", "features", "firsts"], output_names=["roles", "names", "starts", "ends"], dynamic_axes=axes,
    )  # fmt: skip
    quant_pre_process(str(plain), str(ready))
    onnx.save(smoothed(ready, texts, Vocabulary.load(out / "vocab.txt")), str(ready))
    extra = {"MatMulConstBOnly": True}
    quantize_dynamic(
        str(ready), str(out / "model.onnx"), per_channel=True, weight_type=QuantType.QInt8, extra_options=extra,
        op_types_to_quantize=["MatMul"],
    )  # fmt: skip
    ready.unlink()
    graph = onnx.load(str(out / "model.onnx"))
    for table in ("words", "places"):
        quantise_rows(graph.graph, f"model.encoder.{table}.weight")
    onnx.save(graph, str(out / "model.onnx"))


def quantise_rows(graph: onnx.GraphProto, name: str) -> None:
    """A table of embeddings as int8 with a scale for each row, since one scale for all is set by the few largest rows.

    Raises ``ValueError`` where no one node looks the table up.
    """
    (table,) = [i for i in graph.initializer if i.name == name]
    users = [(n, node) for n, node in enumerate(graph.node) if name in node.input]
    if len(users) != 1 or users[0][1].op_type != "Gather":
        raise ValueError(f"{name} is not looked up once")
    at, node = users[0]
    rows = numpy_helper.to_array(table)
    scale = np.maximum(np.abs(rows).max(1, keepdims=True) / 127, 1e-12).astype(np.float32)
    graph.initializer.remove(table)
    steps = np.clip(np.rint(rows / scale), -127, 127).astype(np.int8)
    graph.initializer.extend(
        [numpy_helper.from_array(steps, f"{name}_rows"), numpy_helper.from_array(scale, f"{name}_scales")]
    )
    made = [
        helper.make_node("Gather", [f"{name}_rows", node.input[1]], [f"{name}_steps"], axis=0),
        helper.make_node("Cast", [f"{name}_steps"], [f"{name}_plain"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [f"{name}_scales", node.input[1]], [f"{name}_scale"], axis=0),
        helper.make_node("Mul", [f"{name}_plain", f"{name}_scale"], [node.output[0]], name=f"{node.name}_scaled"),
    ]
    graph.node.remove(node)
    for n, new in enumerate(made):
        graph.node.insert(at + n, new)


def export_links(model: Model, out: Path) -> None:
    """links.onnx: halves of span vectors to what the link heads compare."""
    spans = torch.zeros(5, SPAN)
    torch.onnx.export(
        LinkVectors(model), (spans, spans), str(out / "links.onnx"), dynamo=False, opset_version=17,
        input_names=["starts", "ends"], output_names=["projected"],
        dynamic_axes={name: {0: "S"} for name in ("starts", "ends", "projected")},
    )  # fmt: skip


def settings_of(model: Model) -> dict[str, object]:
    """What goes into model.json, numbers rounded to five places."""
    h = model.heads
    parts = (("distance", h.distance), ("between", h.between), ("across", h.across))
    moves, first = h.crf.tables()
    return {
        "tags": TAGS,
        "names": NAMES,
        "mentions": MENTIONS,
        "links": {kind: {part: _rounded(table[kind]) for part, table in parts} for kind in KINDS},
        "moves": [_rounded(row) for row in moves],
        "first": _rounded(first),
    }


def _rounded(values: Tensor) -> list[float]:
    return [round(x, 5) for x in values.detach().tolist()]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("--minilm", type=Path, required=True)
    ap.add_argument(
        "--data", type=Path, required=True, help="folder with polnear-train.jsonl, whose texts show the ranges"
    )
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    model = Model().eval()
    model.load_state_dict(torch.load(a.checkpoint, weights_only=True))
    shutil.copyfile(a.minilm / "vocab.txt", a.out / "vocab.txt")
    export_words(model, a.out, polnear(a.data / "polnear-train.jsonl")[:TEXTS])
    export_links(model, a.out)
    settings = json.dumps(settings_of(model), indent=1)
    (a.out / "model.json").write_text(settings + "\n", encoding="utf-8")
    print({p.name: p.stat().st_size for p in sorted(a.out.iterdir())})


if __name__ == "__main__":
    main()
