"""Measures across pages as one group for the gate: stories of figures, and pairs of statements that people judged.

The pairs stand on pages of the shared data folder and the demo pile; where the folder is absent only the stories count.
"""

from __future__ import annotations

from pathlib import Path

from eval import gate, matches, series
from eval.readings import ROOT, digest, load, produce

STORIES = ROOT / "tests" / "pile" / "series"


def measure_stories() -> gate.Result:
    """Stories of figures whose relations and ranges are all right."""
    found = {
        name: gate.Measured(score.f1, score.precision, score.recall, score.wanted) for name, score in series.scores().items()
    }
    return gate.Result(digest(STORIES.glob("*.jsonl")), found)


def measure_pairs(shared: Path) -> gate.Result | None:
    """Same act of speaking and same claim on the judged pairs; None where their pages are absent."""
    piles = matches.piles(shared)
    if not all(pile.here() for pile in piles):
        return None
    readings = {name: reading for pile in piles for name, reading in load(produce(pile, ROOT / "src")).items()}
    judged, absent = matches.judge(matches.rows_of(matches.PAIRS), readings)
    if absent:
        return None
    found = {
        name: gate.Measured(score.f1, score.precision, score.recall, score.right + score.missed)
        for name, score in matches.scores(judged).items()
        if score.right + score.missed
    }
    return gate.Result(digest([matches.PAIRS]), found)
