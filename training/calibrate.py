"""Confidence that means something: ``python training/calibrate.py --data FOLDER --model src/sayso/models/english``.

Reads the training articles that train.py holds out, asks of each statement whether the gold has it with its source (content
token IoU of one half, source words overlap: the measure ``linked``; a continued quotation has no source of its own and is
right with its content alone), and fits a logistic regression on the chances that the
encoder gave (Platt scaling over several scores). Writes ``calibration`` and ``threshold`` into model.json and prints the table
from which the threshold was chosen.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
from train import held_out

from sayso.layout import lay_out
from sayso.quotes import all_quotations
from sayso.reading import Reader, features
from sayso.records import Document

TOKEN = re.compile(r"\w+|[^\w\s]")
THRESHOLDS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)

CLOSE = 0.002  # of thresholds whose F1 is this close to the best, the lowest: it leaves out least


def tokens(text: str, spans) -> set[int]:
    return {m.start() for s, e in spans for m in TOKEN.finditer(text, s, e)}


def judged(rows: list[dict], model: Path) -> tuple[np.ndarray, np.ndarray, int]:
    """Features of all statements, whether each is right, and how many the gold has."""
    reader = Reader(model)
    xs, ys, wanted = [], [], 0
    for row in rows:
        page = lay_out(Document(row["id"], row["text"], language="en"))
        marks = all_quotations(page.view.text, [p.span for p in page.paragraphs])
        drafts = reader.understand(page, marks).drafts
        gold = [(tokens(row["text"], a["content"]), tokens(row["text"], a["source"])) for a in row["attributions"]]
        wanted += len(gold)
        pairs = []
        outer = [d for d in drafts.drafts if d.inside is None]
        for i, d in enumerate(outer):
            back = lambda spans, page=page, row=row: [p for s, e in spans for p in page.view.pieces(s, e, row["text"])]  # noqa: E731
            content, source = tokens(row["text"], back(d.content)), tokens(row["text"], back(d.source))
            for j, (c, s) in enumerate(gold):
                both = len(c & content)
                meant = bool(s & source) or not (s or source) or d.origin == "continued"
                if both and both / len(c | content) >= 0.5 and meant:
                    pairs.append((both / len(c | content), i, j))
        right, taken = set(), set()
        for _, i, j in sorted(pairs, reverse=True):
            if i not in right and j not in taken:
                right.add(i)
                taken.add(j)
        xs += [features(d) for d in outer]
        ys += [i in right for i in range(len(outer))]
    return np.array(xs), np.array(ys, dtype=float), wanted


def fit(x: np.ndarray, y: np.ndarray, steps: int = 400) -> tuple[np.ndarray, float]:
    """Logistic regression with a little ridge, by Newton's method."""
    a = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(a.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-a @ w))
        gradient = a.T @ (p - y) + 0.5 * w
        hessian = (a * (p * (1 - p))[:, None]).T @ a + 0.5 * np.eye(len(w))
        change = np.linalg.solve(hessian, gradient)
        w -= change
        if np.abs(change).max() < 1e-8:
            break
    return w[:-1], float(w[-1])


def error(p: np.ndarray, y: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    return float(
        sum(abs(p[at == b].mean() - y[at == b].mean()) * (at == b).mean() for b in range(bins) if (at == b).any())
    )


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--check", default="polnear-dev.jsonl", help="articles to state the calibration error on")
    a = ap.parse_args()
    rows = [json.loads(line) for line in (a.data / "polnear-train.jsonl").open(encoding="utf-8")]
    rows = list({r["text"]: r for r in rows if held_out(r["id"])}.values())
    x, y, wanted = judged(rows, a.model)
    weights, bias = fit(x, y)
    p = 1 / (1 + np.exp(-(x @ weights + bias)))
    print(f"{len(rows)} articles, {len(y)} statements, {wanted} in the gold; calibration error {error(p, y):.3f}")
    scores = {}
    for t in THRESHOLDS:
        kept = p >= t
        precision, recall = y[kept].mean(), y[kept].sum() / wanted
        scores[t] = 2 * precision * recall / (precision + recall)
        print(f"  from {t:.2f}: precision {precision:.3f} recall {recall:.3f} F1 {scores[t]:.3f}")
    threshold = min(t for t in THRESHOLDS if scores[t] > max(scores.values()) - CLOSE)
    settings = json.loads((a.model / "model.json").read_text(encoding="utf-8"))
    settings["calibration"] = {"weights": [round(float(w), 4) for w in weights], "bias": round(bias, 4)}
    settings["threshold"] = threshold
    (a.model / "model.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    check = [json.loads(line) for line in (a.data / a.check).open(encoding="utf-8")]
    x, y, _ = judged(check, a.model)
    print(f"on {a.check}: calibration error {error(1 / (1 + np.exp(-(x @ weights + bias))), y):.3f}")


if __name__ == "__main__":
    main()
