"""Killed in the middle of an update, and two at once: what is left is brought up to date, and never taken for done."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pile_pages import Alike, page

from sayso.ledger import Ledger
from sayso.pile.blocks import Width
from sayso.pile.store import Pile

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are not there on Windows")
HERE = str(Path(__file__).parent)
SIZE = 40
WIDTH = Width(3, 1)
CHILD = f"""if True:
    import signal
    import sys
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.path.insert(0, {HERE!r})
    from pile_pages import Alike
    from sayso.errors import LedgerBusy
    from sayso.ledger import Ledger
    from sayso.pile import updating
    from sayso.pile.blocks import Width
    from sayso.pile.store import Pile
    updating.BATCH = 3
    with Ledger(sys.argv[1]) as ledger, Pile(ledger, [Alike()], width=Width(3, 1)) as pile:
        print("begun", flush=True)
        try:
            pile.update(lambda done, total: print(done, flush=True))
            print(pile.digest())
        except LedgerBusy as error:
            print(error)
"""
WORDS = ("bridge", "ferry", "harvest", "school", "roof", "tram", "quay", "mill", "well", "barn")


def fill(path: Path, numbers: range) -> Path:
    with Ledger(path, write=True) as ledger:
        for number in numbers:
            chance = random.Random(number)
            said = [" ".join(chance.sample(WORDS, 4)) for _ in range(4)]
            ledger.add(page(f"{number}.txt", *dict.fromkeys(said)))
    return path


def update(path: Path) -> str:
    with Ledger(path) as ledger, Pile(ledger, [Alike()], width=WIDTH) as pile:
        pile.update()
        assert len(pile.relations("alike")) > 10
        return pile.digest()


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger whose pile knows half of it."""
    path = fill(tmp_path_factory.mktemp("half") / "l.db", range(SIZE // 2))
    update(path)
    return fill(path, range(SIZE // 2, SIZE))


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> str:
    return update(fill(tmp_path_factory.mktemp("whole") / "l.db", range(SIZE)))


def child(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def kill_at(path: Path, lines: int, seconds: float, how: int) -> str:
    """Let it do so many pages and work so long, then end it; what it said after that."""
    with child(path) as process:
        assert process.stdout is not None
        for _ in range(lines + 1):
            process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(how)
        return process.stdout.read()


def check_kills(half: Path, wanted: str, folder: Path, rounds: int, seed: int) -> int:
    chance, left = random.Random(seed), 0
    for number in range(rounds):
        path = folder / str(number) / "l.db"
        path.parent.mkdir()
        for each in half.parent.iterdir():
            shutil.copy(each, path.parent)
        anew = chance.random() < 0.3
        if anew:
            path.with_name("l.db.pile").unlink()
        how = chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGINT))
        at = chance.randrange(SIZE if anew else SIZE // 2)
        said = kill_at(path, at, chance.choice((0, chance.random() / 50)), how)
        again = said.splitlines()[:-1] if said.endswith(f"{wanted}\n") else said.splitlines()
        assert all(int(line) > at for line in again if line.isdecimal()), "stopped by Ctrl-C, it began anew"
        left += how == signal.SIGKILL and len(list(path.parent.iterdir())) > 2
        assert update(path) == wanted
        assert sorted(p.name for p in path.parent.iterdir()) == ["l.db", "l.db.pile"]
    return left


def test_killed_at_any_time(half: Path, wanted: str, tmp_path: Path):
    assert check_kills(half, wanted, tmp_path, 4, 1) >= 1, "none was killed in the middle"


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(5))
def test_killed_at_very_many_times(half: Path, wanted: str, tmp_path: Path, seed: int):
    assert check_kills(half, wanted, tmp_path, 60, 100 + seed) >= 30


def test_two_at_once(half: Path, wanted: str, tmp_path: Path):
    """One writes; the other waits, and finds all done or says who is writing."""
    for each in half.parent.iterdir():
        shutil.copy(each, tmp_path)
    both = [child(tmp_path / "l.db") for _ in range(2)]
    said = [process.communicate(timeout=60)[0].splitlines()[-1] for process in both]
    assert wanted in said
    assert all(words == wanted or "is being written by process" in words for words in said)
    assert update(tmp_path / "l.db") == wanted
