"""The near end of the stage: works ordered, and what they left behind looked at closely."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from crash_works import Pile

from sayso.errors import LedgerError, NotALedger
from sayso.ledger import Ledger
from sayso.records import Reading

HERE = Path(__file__).parent
ENDS = ("", "-wal", "-shm", "-journal", ".lock")


def compile_shim(folder: Path) -> Path:
    """The shim, compiled; skips the test where that cannot be."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("calls are disturbed by a library in C: there is no compiler here, or this is not Linux")
    made = folder / "crash_shim.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(HERE / "crash_shim.c"), "-ldl"], check=True
    )
    return made


@dataclass(frozen=True, slots=True)
class Ended:
    """How a work ended: killed, or done with ``code`` and, where it is not 0, ``error`` and ``words``."""

    killed: bool
    late: bool = False
    status: int = 0
    code: int = 0
    error: str = ""
    words: str = ""
    trace: str = ""
    seconds: float = 0.0
    seen: int = 0
    seen_of: dict[str, int] | None = None
    disturbed: int = 0


class Stage:
    """A stage process; use it in a with block."""

    def __init__(self, pile: Pile, shim: Path | None = None) -> None:
        self.pile, self.shim = pile, shim
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Stage:
        environment = {**os.environ, "LD_PRELOAD": str(self.shim)} if self.shim else dict(os.environ)
        command = [sys.executable, str(HERE / "crash_stage.py")]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, text=True, env=environment, **pipes)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._process is not None
        self._process.communicate()
        self._process = None

    def begin(self, work: str, ledger: Path, **order: Any) -> None:
        """Have a work done, disturbed as the order says (see ``crash_stage.py``); ``end`` waits for it."""
        assert self._process is not None
        assert self._process.stdin is not None
        pile = {"size": self.pile.size, "file": self.pile.file}
        self._process.stdin.write(json.dumps({"work": work, "ledger": str(ledger), "pile": pile, **order}) + "\n")
        self._process.stdin.flush()

    def end(self) -> Ended:
        """How the work that was begun ended. Fails where it did not end."""
        assert self._process is not None
        assert self._process.stdout is not None
        ended = Ended(**json.loads(self._process.stdout.readline()))
        assert not ended.late, "a work did not end"
        return ended

    def ask(self, work: str, ledger: Path, **order: Any) -> Ended:
        """Begin a work and wait for its end."""
        self.begin(work, ledger, **order)
        return self.end()

    def undisturbed(self, work: str, ledger: Path, **order: Any) -> Ended:
        """Do a work to its end. Fails where it does not get there."""
        ended = self.ask(work, ledger, **order)
        assert not ended.killed, ended
        assert ended.code == 0, ended
        return ended


def readings_in(path: Path) -> dict[str, set[Reading]]:
    """Every reading in a ledger by the id of its document."""
    with Ledger(path) as ledger:
        return {row.id: set(ledger.readings(row.id)) for row in ledger.documents()}


@dataclass(frozen=True, slots=True)
class Truth:
    """What a work must end in, and every reading that may stand in the ledger on the way."""

    digest: str
    readings: dict[str, set[Reading]]
    seconds: float
    seen: int


def truth(stage: Stage, work: str, folder: Path) -> Truth:
    """Do a work undisturbed and keep what it made."""
    ledger = folder / "truth.db"
    stage.undisturbed(work, ledger, prepare=True)
    before = readings_in(ledger) if ledger.exists() and work != "migrate" else {}
    ended = stage.undisturbed(work, ledger)
    after = readings_in(ledger)
    assert [path.name for path in folder.glob("truth.db*") if ".version-" not in path.name] == ["truth.db"]
    either = {key: before.get(key, set()) | after.get(key, set()) for key in before.keys() | after.keys()}
    with Ledger(ledger) as opened:
        return Truth(opened.digest(), either, ended.seconds, ended.seen)


def documents_in(path: Path, expected: Truth, *, write: bool = False) -> int:
    """How many documents a ledger holds; fails where one is not whole or anything is unsound. Raises LedgerError."""
    with Ledger(path, write=write) as ledger:
        rows = list(ledger.documents())
        assert ledger.check().faults == (), "found by check"
        halves = [row.name for row in rows if set(ledger.readings(row.id)) - expected.readings[row.id]]
        assert not halves, f"half documents: {halves}"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return len(rows)


def whole(path: Path, expected: Truth, *, write: bool = False) -> int:
    """As :func:`documents_in`; a file that is missing or blank holds none, and must say so."""
    try:
        return documents_in(path, expected, write=write)
    except NotALedger as error:
        if "no ledger at" in str(error) or "nothing was ever read" in str(error):
            return 0
        raise
    except LedgerError as error:
        if "earlier version" not in str(error):
            raise
        # cut off before a migration was done: it is for the next writer
        return documents_in(path, expected, write=True)


def digest(path: Path) -> str:
    with Ledger(path) as ledger:
        return ledger.digest()


def copied(ledger: Path, folder: Path) -> Path:
    """The ledger and all that lies beside it, in another folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for path in ledger.parent.glob(ledger.name + "*"):
        shutil.copy2(path, folder / path.name)
    return folder / ledger.name


def left_over(ledger: Path) -> set[str]:
    """What lies beside a ledger that should be one file."""
    return {path.name for path in ledger.parent.iterdir()} - {ledger.name}
