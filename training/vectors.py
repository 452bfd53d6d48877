"""Statement vectors from the shipped encoder: ``python training/vectors.py --data FOLDER --minilm FOLDER --out FOLDER``.

Training moved the encoder away from all-MiniLM-L6-v2, so what it says of a text alone is no sentence vector any more. The
difference of the two sets of weights is nearly of low rank. For each of the 36 matrices this writes a correction of rank
``--rank`` beside the int8 weights, which stay as they are: the one that brings its output closest to that of the original
matrix over wordpieces of the training data (a singular value decomposition weighted by the spread of the inputs, as in
Chen et al. 2021, "DRONE"). Biases and norms are taken over whole. Nothing is trained, so there is no seed to choose.

Writes weights.bin (all large int8 tables, once), model.onnx (the shipped graph, same numbers out), vectors.onnx (pieces of a
text to its vector of ``--size`` numbers, reads the same weights.bin), and logs how far the vectors follow the original.
"""

from __future__ import annotations

import argparse
import copy
import json
import logging
import random
import re
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from corpora import Text, gum, polnear
from model import LAYERS, Encoder
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import load_file
from torch import Tensor
from train import GUM_DEV

from sayso.encoder.words import Vocabulary, words_of

LOG = logging.getLogger("vectors")
PARTS = ("query", "key", "value", "out", "wide", "narrow")
LONGEST = 254  # pieces of a statement that are looked at; the original encoder looks at as many
SHARED = 20_000  # bytes; larger tables go to weights.bin
BUDGET = 8192  # wordpieces a batch of the original
SHORTEST, WIDEST = 5, 60  # words of the random stretches
RIDGE = 1e-4  # of the mean spread of an input, added to each, so that the spread can be inverted
START, STOP = 101, 102
LAST = f"/encoder/layers.{LAYERS - 1}/norm2/LayerNormalization_output_0"
OPENING = "/encoder/norm/LayerNormalization"


def stretches(texts: list[Text], vocabulary: Vocabulary, count: int, rng: random.Random) -> list[list[int]]:
    """Pieces of ``count`` stretches: half of them contents that annotators marked, half taken at random."""
    marked = [(t, a.content) for t in texts for reading in t.readings for a in reading if a.content]
    chosen = rng.sample(marked, min(count // 2, len(marked)))
    while len(chosen) < count:
        text = rng.choice(texts)
        width = round(SHORTEST * (WIDEST / SHORTEST) ** rng.random())
        first = rng.randrange(max(1, len(text.words) - width))
        chosen.append((text, [(first, first + width)]))
    return [_pieces((w for s, e in spans for w in text.words[s:e]), vocabulary) for text, spans in chosen]


def _pieces(words, vocabulary: Vocabulary) -> list[int]:
    return [p for w in words for p in (vocabulary.cut(w) or (vocabulary.unknown,))][:LONGEST]


class Spread:
    """Sum, squares and number of the rows that enter one matrix."""

    def __init__(self, size: int) -> None:
        self.total, self.squares, self.rows = torch.zeros(size), torch.zeros(size, size), 0

    def add(self, rows: Tensor) -> None:
        self.total += rows.sum(0)
        self.squares += rows.T @ rows
        self.rows += len(rows)

    def tables(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean (in,) and covariance (in, in)."""
        mean = (self.total / self.rows).double()
        return mean.numpy(), (self.squares.double() / self.rows - mean[:, None] * mean).numpy()


@torch.inference_mode()
def sentence_vectors(encoder: Encoder, lists: list[list[int]], spreads: dict[str, Spread] | None = None) -> np.ndarray:
    """The original vectors (N, 384) of lists of pieces: mean over all pieces, length one. Fills ``spreads`` on the way."""
    held: dict[str, Tensor] = {}
    layers = {f"{n}.{part}": getattr(layer, part) for n, layer in enumerate(encoder.layers) for part in PARTS}
    hooks = [
        module.register_forward_pre_hook(lambda _, args, name=name: held.__setitem__(name, args[0]))
        for name, module in layers.items()
        if spreads is not None
    ]
    out = np.zeros((len(lists), encoder.words.weight.shape[1]), dtype=np.float32)
    order = sorted(range(len(lists)), key=lambda i: len(lists[i]))
    while order:
        size = max(1, BUDGET // (len(lists[order[-1]]) + 2))
        batch, order = order[-size:], order[:-size]
        length = max(len(lists[i]) for i in batch) + 2
        pieces, real = (
            torch.zeros(len(batch), length, dtype=torch.long),
            torch.zeros(len(batch), length, dtype=torch.bool),
        )
        for k, i in enumerate(batch):
            pieces[k, : len(lists[i]) + 2] = torch.tensor([START, *lists[i], STOP])
            real[k, : len(lists[i]) + 2] = True
        features = torch.zeros(3, *pieces.shape, dtype=torch.long)
        hidden = encoder(pieces, features, (~real).float() * -1e4)
        mean = (hidden * real[..., None]).sum(1) / real.sum(1, keepdim=True)
        out[batch] = torch.nn.functional.normalize(mean, dim=1).numpy()
        for name, rows in held.items():
            if spreads is not None:
                spreads.setdefault(name, Spread(rows.shape[-1])).add(rows[real])
    for hook in hooks:
        hook.remove()
    return out


def correction(
    wanted: np.ndarray, shipped: np.ndarray, mean: np.ndarray, spread: np.ndarray, rank: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Factors (in, rank) and (rank, out) to add to ``shipped`` (in, out), what the bias gains, and the share left over."""
    size = len(spread)
    root = np.linalg.cholesky(spread + RIDGE * np.trace(spread) / size * np.eye(size)).T
    u, s, v = np.linalg.svd(root @ (wanted - shipped), full_matrices=False)
    left = np.linalg.solve(root, u[:, :rank]) * s[:rank]
    gain = mean @ (wanted - shipped - left @ v[:rank])
    return (
        left.astype(np.float32),
        v[:rank].astype(np.float32),
        gain.astype(np.float32),
        float((s[rank:] ** 2).sum() / (s**2).sum()),
    )


class Graph:
    """The shipped graph while it is turned into that of the vectors."""

    def __init__(self, proto: onnx.ModelProto) -> None:
        self.proto = proto
        self.tables = {t.name: t for t in proto.graph.initializer}
        self.makers = {out: n for n in proto.graph.node for out in n.output}
        self.nodes = {n.name: n for n in proto.graph.node}

    def array(self, name: str) -> np.ndarray:
        return numpy_helper.to_array(self.tables[name])

    def set(self, name: str, values: np.ndarray) -> None:
        """Put ``values`` as float32 in the place of a table."""
        self.tables[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values, dtype=np.float32), name))

    def add(self, name: str, values: np.ndarray) -> onnx.NodeProto:
        """Keep ``values`` as 16-bit numbers; the node returned makes them 32-bit ones, once, when the graph is opened."""
        kept = numpy_helper.from_array(np.ascontiguousarray(values, dtype=np.float16), f"{name}/16")
        self.proto.graph.initializer.append(kept)
        return helper.make_node("Cast", [f"{name}/16"], [name], f"{name}/32", to=TensorProto.FLOAT)

    def weights(self, at: str) -> tuple[np.ndarray, str]:
        """The matrix (in, out) that a quantised product multiplies by, as float64, and the name of its float input."""
        node = self.nodes[f"{at}/MatMul_quant"]
        table = self.array(node.input[1]).astype(np.float64)
        stem = node.input[1].removesuffix("_quantized")
        zero = self.array(node.input[3]).astype(np.float64) if len(node.input) > 3 and node.input[3] else 0.0
        table, source = (table - zero) * self.array(f"{stem}_scale"), self.makers[node.input[0]].input[0]
        evened = self.makers.get(source)
        if evened is not None and evened.name.endswith("_evened"):  # by smooth.py
            return table * self.array(evened.input[1]).astype(np.float64)[:, None], evened.input[0]
        return table, source

    def add_factors(self, at: str, source: str, left: np.ndarray, right: np.ndarray) -> None:
        """Add ``source @ left @ right`` to the product at ``at``."""
        result = f"{at}/MatMul_output_0"
        maker = self.makers[result]
        maker.output[0] = f"{at}/plain"
        made = [
            self.add(f"{at}/left", left),
            self.add(f"{at}/right", right),
            helper.make_node("MatMul", [source, f"{at}/left"], [f"{at}/low"], f"{at}/Low"),
            helper.make_node("MatMul", [f"{at}/low", f"{at}/right"], [f"{at}/change"], f"{at}/Change"),
            helper.make_node("Add", [f"{at}/plain", f"{at}/change"], [result], f"{at}/Corrected"),
        ]
        place = list(self.proto.graph.node).index(maker) + 1
        for k, node in enumerate(made):
            self.proto.graph.node.insert(place + k, node)

    def end_with(self, output: str, size: int) -> None:
        """Keep only what ``output`` (1, size) needs, of nodes, tables and inputs."""
        graph = self.proto.graph
        needed, kept = {output}, []
        for node in reversed(graph.node):
            if needed & set(node.output):
                kept.append(node)
                needed |= set(node.input)
        kept.reverse()
        del graph.node[:], graph.output[:], graph.value_info[:]
        graph.node.extend(kept)
        for field in (graph.initializer, graph.input):
            left = [x for x in field if x.name in needed]
            del field[:]
            field.extend(left)
        graph.output.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, size]))


def vectors_graph(
    shipped: onnx.ModelProto, original: Encoder, spreads: dict[str, Spread], rank: int, axes: np.ndarray
) -> onnx.ModelProto:
    """The shipped encoder with its corrections, then the mean over all pieces, seen along ``axes`` (384, size)."""
    graph = Graph(copy.deepcopy(shipped))
    state = {f"model.encoder.{name}": value.numpy().astype(np.float64) for name, value in original.state_dict().items()}
    for name, value in state.items():
        if name in graph.tables and value.ndim == 1:
            graph.set(name, value)
    for n in range(LAYERS):
        for part in PARTS:
            at, own = f"/encoder/layers.{n}/{part}", f"model.encoder.layers.{n}.{part}"
            table, source = graph.weights(at)
            left, right, gain, rest = correction(
                state[f"{own}.weight"].T, table, *spreads[f"{n}.{part}"].tables(), rank
            )
            graph.add_factors(at, source, left, right)
            graph.set(f"{own}.bias", state[f"{own}.bias"] + gain)
            LOG.info("layer %d %-6s  share of the difference left over %.3f", n, part, rest)
    graph.nodes[OPENING].input[0] = "/encoder/Add_1_output_0"  # shapes, quotes and paragraphs are left out
    graph.proto.graph.node.extend([
        graph.add("axes", axes),
        helper.make_node("ReduceMean", [LAST], ["mean"], "mean", axes=[1], keepdims=0),
        helper.make_node("MatMul", ["mean", "axes"], ["vector"], "vector"),
    ])  # fmt: skip
    graph.end_with("vector", axes.shape[1])
    return graph.proto


def write(out: Path, graphs: dict[str, onnx.ModelProto]) -> None:
    """Write the graphs; a large table that several of them hold goes to weights.bin once."""
    places: dict[bytes, int] = {}
    with (out / "weights.bin").open("wb") as weights:
        for proto in graphs.values():
            for table in proto.graph.initializer:
                raw = numpy_helper.to_array(table).tobytes()
                if len(raw) < SHARED or table.data_type not in (TensorProto.INT8, TensorProto.UINT8):
                    continue
                if raw not in places:
                    weights.write(b"\0" * (-weights.tell() % 4096))  # where memory can be mapped
                    places[raw] = weights.tell()
                    weights.write(raw)
                table.ClearField("raw_data")
                table.ClearField("int32_data")
                table.data_location = TensorProto.EXTERNAL
                del table.external_data[:]
                for key, value in (("location", "weights.bin"), ("offset", places[raw]), ("length", len(raw))):
                    table.external_data.add(key=key, value=str(value))
    for name, proto in graphs.items():
        (out / name).write_bytes(proto.SerializeToString(deterministic=True))


def session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def same_numbers(one: Path, two: Path) -> bool:
    """Whether two graphs of the word heads give the same bytes for windows of several lengths."""
    rng = np.random.default_rng(1)
    sessions = [session(path) for path in (one, two)]
    for length in (8, 40, 200, 256):
        feeds = {
            "pieces": rng.integers(1000, 30000, (1, length)),
            "features": rng.integers(0, 2, (3, 1, length)),
            "firsts": np.arange(1, length - 1),
        }
        results = [s.run(["roles", "names", "starts", "ends"], feeds) for s in sessions]
        if any(a.tobytes() != b.tobytes() for a, b in zip(*results, strict=True)):
            return False
    return True


def contents(data: Path, vocabulary: Vocabulary) -> tuple[list[list[int]], np.ndarray]:
    """Pieces of the statements of polnear-dev and ced-dev as marked, one reading an article, and the article of each."""
    lists, articles, seen = [], [], set()
    for file in ("polnear-dev.jsonl", "ced-dev.jsonl"):
        for row in map(json.loads, (data / file).open(encoding="utf-8")):
            if row["text"] in seen:
                continue
            seen.add(row["text"])
            spans = [a["content"] for a in row.get("attributions", [])]
            spans += [item.get("quoted") or [item["sentences"]] for item in row.get("items", [])]
            for one in filter(None, spans):
                text = " ".join(row["text"][s:e] for s, e in sorted(one))
                lists.append(_pieces((text[s:e] for s, e in words_of(text)), vocabulary))
                articles.append(len(seen))
    return lists, np.array(articles)


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks, ties sharing their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse]


def spearman(one: np.ndarray, two: np.ndarray) -> float:
    """Spearman's rank correlation of two rows of numbers."""
    return float(np.corrcoef(ranks(one), ranks(two))[0, 1])


def follow(vectors: np.ndarray, wanted: np.ndarray, articles: np.ndarray, seed: int) -> tuple[float, float]:
    """Spearman of the cosines over 1,000 random pairs, and over 1,000 pairs of which each is from one article."""
    rng = np.random.default_rng(seed)
    unit = [
        v / np.linalg.norm(v, axis=1, keepdims=True) for v in (vectors.astype(np.float64), wanted.astype(np.float64))
    ]
    pairs: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    while min(map(len, pairs)) < 1000:
        i = int(rng.integers(len(articles)))
        for kind, others in enumerate((np.arange(len(articles)), np.flatnonzero(articles == articles[i]))):
            j = int(rng.choice(others))
            if i != j and len(pairs[kind]) < 1000:
                pairs[kind].append((i, j))
    both = [[(u[[i for i, _ in p]] * u[[j for _, j in p]]).sum(1) for u in unit] for p in pairs]
    return spearman(*both[0]), spearman(*both[1])


def packed(vectors: np.ndarray) -> np.ndarray:
    """As stored: each row's largest number becomes 127."""
    return np.rint(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127)


def measure(out: Path, data: Path, vocabulary: Vocabulary, original: Encoder) -> None:
    """Log how the cosines of the vectors follow those of the original encoder, over five draws of the pairs."""
    lists, articles = contents(data, vocabulary)
    wanted = sentence_vectors(original, lists)
    run = session(out / "vectors.onnx")
    found = np.concatenate([run.run(["vector"], {"pieces": np.array([[START, *x, STOP]])})[0] for x in lists])
    for name, vectors in (("32-bit", found), ("as stored", packed(found))):
        rows = np.array([follow(vectors, wanted, articles, seed) for seed in range(5)])
        LOG.info(
            "%d statements, %s: Spearman %.3f over random pairs (lowest of five draws %.3f), %.3f within an article (%.3f)",
            len(lists), name, rows[:, 0].mean(), rows[:, 0].min(), rows[:, 1].mean(), rows[:, 1].min(),
        )  # fmt: skip


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path, required=True, help="folder with polnear-train.jsonl, gum/ and the dev files")
    ap.add_argument("--minilm", type=Path, required=True, help="folder with model.safetensors of all-MiniLM-L6-v2")
    ap.add_argument("--model", type=Path, default=Path("src/sayso/models/english"), help="the model to correct")
    ap.add_argument("--out", type=Path, required=True, help="folder for weights.bin, model.onnx, vectors.onnx")
    ap.add_argument("--rank", type=int, default=24, help="rank of each correction (default 24)")
    ap.add_argument("--size", type=int, default=128, help="numbers of a vector (default 128)")
    ap.add_argument(
        "--stretches", type=int, default=2000, help="stretches of text the spread is taken from (default 2000)"
    )
    a = ap.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    a.out.mkdir(parents=True, exist_ok=True)
    vocabulary = Vocabulary.load(a.model / "vocab.txt")
    original = Encoder().eval()
    original.load_minilm(load_file(a.minilm / "model.safetensors"))
    kept = [p for p in sorted((a.data / "gum").glob("*.conllu")) if re.sub("^GUM_", "", p.stem) not in GUM_DEV]
    texts = polnear(a.data / "polnear-train.jsonl") + [gum(p) for p in kept]
    spreads: dict[str, Spread] = {}
    seen = sentence_vectors(original, stretches(texts, vocabulary, a.stretches, random.Random(1)), spreads)
    axes = np.linalg.svd(seen, full_matrices=False)[2][: a.size].T
    shipped = onnx.load(a.model / "model.onnx")
    write(a.out, {"model.onnx": shipped, "vectors.onnx": vectors_graph(shipped, original, spreads, a.rank, axes)})
    if not same_numbers(a.model / "model.onnx", a.out / "model.onnx"):
        raise SystemExit(f"{a.out / 'model.onnx'} gives other numbers than the model it was made from")
    LOG.info("%s", {p.name: p.stat().st_size for p in sorted(a.out.iterdir())})
    measure(a.out, a.data, vocabulary, original)


if __name__ == "__main__":
    main()
