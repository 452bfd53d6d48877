"""What may happen to a ledger while it is written: a kill at any moment, a disk that fails, a crowd, a hasty copy.

``SOAK_ROUNDS`` scales the number of rounds (1 is what is written here). ``tests/ledger/test_ledger_crashes.py`` has the
same in small.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import crash_rounds
from crash_harness import Stage, Truth, compile_shim, digest, readings_in, whole
from crash_works import Pile

DEMO = Path(__file__).parents[2] / "demo" / "pile"
SCALE = float(os.environ.get("SOAK_ROUNDS", "1"))
KILLS = {
    "add": 300,
    "add again": 200,
    "read": 100,
    "read again": 50,
    "decide": 100,
    "decide and read again": 50,
    "forget": 60,
    "migrate": 140,
}
FAULTS = {"add": 50, "read": 50, "read again": 20, "decide": 30, "forget": 10, "migrate": 40}
NOWHERE = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
pytestmark = [
    pytest.mark.soak,
    pytest.mark.timeout(7200),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="works are done in forked processes, which are not there"),
]


def rounds(number: int) -> int:
    return max(1, round(number * SCALE))


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo pile, read by the real reader."""
    made = tmp_path_factory.mktemp("read") / "readings.jsonl"
    with made.open("wb") as out:
        command = [sys.executable, "-m", "sayso.cli", "read", "--json", str(DEMO)]
        assert subprocess.run(command, stdout=out).returncode in (0, 1)
    assert made.stat().st_size > 100_000
    return made


@pytest.fixture(scope="module")
def stage(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(Pile(10, str(read_once)), compile_shim(tmp_path_factory.mktemp("shim"))) as opened:
        yield opened


@pytest.mark.parametrize("work", KILLS)
def test_killed_at_any_moment(stage: Stage, tmp_path: Path, work: str):
    print(work, crash_rounds.kills(stage, work, tmp_path, rounds(KILLS[work])))


@pytest.mark.parametrize("work", FAULTS)
def test_any_call_may_fail(stage: Stage, tmp_path: Path, work: str):
    print(work, crash_rounds.faults(stage, work, tmp_path, rounds(FAULTS[work])))


def test_eight_at_once(stage: Stage, tmp_path: Path):
    print(crash_rounds.crowd(stage, tmp_path, rounds(100)))


@pytest.mark.parametrize("work", ["add", "add with checkpoints"])
def test_hasty_copies(tmp_path: Path, work: str):
    with Stage(Pile(150)) as stage:
        taken = crash_rounds.copies(stage, tmp_path, rounds(300), work)
    print(work, taken)
    assert not taken["half documents"]
    if work == "add":  # in a run that is shorter than its log nothing is ever mixed but at its very end
        assert taken["refused as damaged"] + taken["found by check"] <= taken.total() // 50


# --- the whole command ---


def still_there(session: int) -> list[str]:
    """Processes of a session that live."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, its, *_ = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(its) == session and state != "Z":
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def quiet(*command: str) -> int:
    """The exit code of a command whose words nobody wants to see."""
    return subprocess.run(command, **NOWHERE).returncode


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize(("processes", "number"), [(1, 30), (2, 10)])
def test_the_whole_command_is_killed(tmp_path: Path, processes: int, number: int):
    """It can be run again from whatever was left, and no process stays behind."""
    command = [sys.executable, "-m", "sayso.cli", "read", "--processes", str(processes), str(DEMO), "-l"]
    began = time.monotonic()
    assert quiet(*command, str(tmp_path / "truth.db")) in (0, 1)
    seconds, chance = time.monotonic() - began, random.Random(processes)
    expected = Truth(digest(tmp_path / "truth.db"), readings_in(tmp_path / "truth.db"), seconds, 0)
    for round_ in range(rounds(number)):
        ledger = tmp_path / f"{round_}.db"
        with subprocess.Popen([*command, str(ledger)], start_new_session=True, **NOWHERE) as process:
            time.sleep(chance.uniform(0.2, 1.0) * seconds)
            process.kill()
        patience = time.monotonic() + 10
        while (left := still_there(process.pid)) and time.monotonic() < patience:
            time.sleep(0.1)
        assert not left
        whole(ledger, expected)
        assert quiet(*command, str(ledger)) in (0, 1)
        assert digest(ledger) == expected.digest
        assert sorted(path.name for path in tmp_path.glob(f"{round_}.db*")) == [f"{round_}.db"]
