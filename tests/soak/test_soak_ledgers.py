"""Two thousand hostile ledgers: each opened, asked everything, written to, in a process of its own.

29 rounds (2,000 ledgers), scaled by ``SOAK_ROUNDS``, with other seeds each; ``SOAK_FIRST`` is the first seed. Every second
round the file is made larger than what SQLite's own check reads at each opening.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from ledgers_base import make_base
from ledgers_mutants import MUTANTS
from ledgers_pool import run

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and limits of memory are those of POSIX"),
]
HEAVY_EVERY = 6
"""Rounds from one with the heavy mutants, which take a minute each, to the next."""
ROUNDS = max(1, round(29 * float(os.environ.get("SOAK_ROUNDS", "1"))))
FIRST = int(os.environ.get("SOAK_FIRST", "0"))


@pytest.mark.timeout(4 * 3600)
def test_hostile_ledgers(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """No crash, no hang, no flood of memory, no error but ours, nothing lost, and no file touched but the ledger."""
    base = make_base(tmp_path / "base.db")
    room = tmp_path / "room"
    room.mkdir()
    seeds = range(FIRST, FIRST + ROUNDS)
    work = [(mutant, seed) for seed in seeds for mutant in MUTANTS if not mutant.heavy or seed % HEAVY_EVERY == 0]
    opened, all_, slowest = Counter[str](), Counter[str](), dict[str, float]()
    faults = []
    for outcome in run(work, base, room, quick=False):
        all_[outcome.kind] += 1
        opened[outcome.kind] += outcome.opened
        slowest[outcome.kind] = max(slowest.get(outcome.kind, 0.0), outcome.worst)
        faults += [f"{outcome.kind}, seed {outcome.seed}: {fault}" for fault in outcome.faults]
    with capsys.disabled():
        print()
        for kind, count in all_.items():
            print(f"{kind:36} {opened[kind]:4} of {count:4} opened, slowest step {slowest[kind]:6.2f} s")
        for fault in faults[:200]:
            print(fault)
    assert sum(all_.values()) == len(work)
    assert not faults
