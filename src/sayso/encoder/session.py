"""The model as it is shipped: one int8 ONNX graph, run window by window on one thread.

One window a run: with dynamic quantisation a row's numbers depend on what it is batched with, and the same bytes must come
out whatever the order of the pile. One thread, so that one or more processes give the same numbers too.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.encoder.words import Vocabulary
from sayso.errors import ModelError

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime counts its users from the moment of its import, and keeps an id of them
import onnxruntime as ort

ort.disable_telemetry_events()

Array = NDArray[np.float32]
ENGLISH = Path(__file__).parent.parent / "models" / "english"
FILES = ("model.onnx", "links.onnx", "vocab.txt", "model.json")


@dataclass(frozen=True, slots=True)
class WordOutputs:
    """What the model says of each word: role scores (W, 7), name scores (W, 9), halves of span vectors (W, 256) twice."""

    roles: Array
    names: Array
    starts: Array
    ends: Array


class Encoder:
    """The shipped model, loaded on first use. Not to be shared between threads."""

    def __init__(self, folder: Path = ENGLISH) -> None:
        self.folder = folder

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What stands in model.json: names and transitions of the tags, tables of the link heads, calibration, threshold."""
        for name in FILES:
            if not (self.folder / name).is_file():
                raise ModelError(f"{self.folder / name} is missing: the installation is damaged; install sayso again")
        found: dict[str, Any] = json.loads((self.folder / "model.json").read_text(encoding="utf-8"))
        return found

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the model's files: what a reading names as its model."""
        _ = self.settings
        digest = hashlib.sha256()
        for name in FILES:
            digest.update((self.folder / name).read_bytes())
        return digest.hexdigest()

    @property
    def runtime(self) -> str:
        """Name and version of what runs the graph."""
        return f"onnxruntime {ort.__version__}"

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The wordpieces."""
        return Vocabulary.load(self.folder / "vocab.txt")

    def _open(self, name: str) -> ort.InferenceSession:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
        options.log_severity_level = 3
        _ = self.settings
        return ort.InferenceSession(str(self.folder / name), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _words(self) -> ort.InferenceSession:
        return self._open("model.onnx")

    @cached_property
    def _spans(self) -> ort.InferenceSession:
        return self._open("links.onnx")

    def project(self, starts: Array, ends: Array) -> Array:
        """Halves of span vectors (S, 256), twice, to what the link heads compare and ten scores of mention types (S, 589)."""
        result: Array = self._spans.run(["projected"], {"starts": starts, "ends": ends})[0]
        return result

    def run(self, pieces: list[int], features: list[list[int]], firsts: list[int]) -> WordOutputs:
        """One window: L pieces with three features each, and the places of the W words' first pieces."""
        feeds = {
            "pieces": np.asarray([pieces], dtype=np.int64),
            "features": np.asarray(features, dtype=np.int64)[:, None, :],
            "firsts": np.asarray(firsts, dtype=np.int64),
        }
        return WordOutputs(*self._words.run(["roles", "names", "starts", "ends"], feeds))
