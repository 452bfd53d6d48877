"""Articles with every figure marked, kept outside the repository: floors under what is found and how it is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from figure_rows import read

GOLD = Path(__file__).parents[3] / "shared" / "data" / "figures-dev.jsonl"
SEEDS = GOLD.parent / "seeds"
pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason="the marked articles lie in ../shared, which is absent here")

# Measured on 2026-11-20: 9 articles, 104 figures.
FOUND, VALUE, UNIT = 0.98, 0.98, 0.98


def test_floors():
    hit = gold = given = value = unit = 0
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, figures = read(row["text"], row["date"][:10])
        free = list(figures)
        gold, given = gold + len(row["figures"]), given + len(figures)
        for wanted in row["figures"]:
            match = next(
                (f for f in free if wanted["text"].split()[-1] in text[slice(*f.span)] and _same(wanted, f)), None
            )
            if match:
                free.remove(match)
                hit += 1
                value += (match.low, match.high) == (wanted["low"], wanted["high"])
                unit += match.unit == wanted["unit"]
    assert gold > 100
    assert 2 * hit / (gold + given) >= FOUND
    assert value / hit >= VALUE
    assert unit / hit >= UNIT


def _same(wanted, figure) -> bool:
    return (wanted["low"], wanted["high"]) == (figure.low, figure.high) or wanted["qualifier"] == figure.qualifier


# Figures that the five pages of the main job must give, by the words of their span.
SEEN = ["does not exceed 1200", "10s of Israeli soldiers", "about 500 people", "more than 11,000", "only 48 hours"]


@pytest.mark.parametrize("words", SEEN)
def test_the_pages_of_the_main_job(words: str):
    found = {text[slice(*f.span)] for text, figures in map(read, _seeds()) for f in figures}
    assert words in found


def _seeds() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
