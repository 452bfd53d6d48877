"""docs/scale.md: its tables follow from the rates that stand in it, and the sums are right."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from bench.scale import DOC, made, rates_of, refreshed
from bench.scale_tables import PILES, costs, hours, page_ms, size, where_time_goes

TEXT = DOC.read_text(encoding="utf-8")


def test_the_tables_follow_from_the_rates():
    assert refreshed(TEXT, rates_of(TEXT)) == TEXT, "python -m bench.scale --tables makes them anew"
    assert made(rates_of(TEXT)) in TEXT


def test_other_rates_give_other_tables():
    rates = rates_of(TEXT)
    twice = {**rates, "one": {**rates["one"], "ms": 2 * page_ms(rates)}}
    numbers = [[float(re.findall(r"[\d,]+", row)[1].replace(",", "")) for row in costs(r)[2:5]] for r in (rates, twice)]
    assert numbers[1] == pytest.approx([2 * each for each in numbers[0]], rel=0.05)
    assert numbers[0][1] == pytest.approx(PILES["a month"] * page_ms(rates) / 3_600_000, abs=0.5)


def test_shares_add_up():
    shares = [int(row.split("|")[3].strip(" %")) for row in where_time_goes(rates_of(TEXT))[2:-2]]
    assert sum(shares) == pytest.approx(100, abs=3)


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.001, "1 min"), (0.5, "30 min"), (1.5, "1.5 h"), (30, "30 h"), (72, "3 days"), (24 * 365 * 3, "3 years")],
)
def test_hours(value: float, said: str):
    assert hours(value) == said


@pytest.mark.parametrize(("kib", "said"), [(1e6, "1.0 GB"), (1e8, "102 GB"), (1e10, "10 TB"), (5e9, "5.1 TB")])
def test_size(kib: float, said: str):
    assert size(kib) == said
