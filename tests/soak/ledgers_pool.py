"""Mutated ledgers tried in child processes, so that a crash, a hang or a flood of memory is seen and costs only its own."""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue

from ledgers_base import NAME, PRECIOUS, PRECIOUS_WORDS, Mutant
from ledgers_bytes import PAGE, padded

SECONDS = 60.0
"""A step that takes longer, by the clock on the wall, hangs; how long it may work, the probe itself measures."""
TIRED = 600
"""MiB of memory after which a child is followed by a new one, so that the next flood shows."""
LARGE = 17 << 20
"""Empty bytes behind every second mutant: it is past the size up to which SQLite's own check runs at every opening."""
PROBE = Path(__file__).with_name("ledgers_probe.py")


@dataclass(slots=True)
class Outcome:
    """What one mutant did. ``faults`` is what must not be."""

    kind: str
    seed: int
    opened: bool = False
    worst: float = 0.0
    step: str = ""
    faults: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


class Child:
    """One probing process, begun anew when it dies."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def _start(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.end()
            self.process = subprocess.Popen(
                [sys.executable, "-X", "faulthandler", str(PROBE)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        return self.process

    def try_out(self, outcome: Outcome, folder: Path, quick: bool, seconds: float) -> None:
        """Fill in the outcome for the ledger in this folder."""
        process = self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"folder": str(folder), "quick": quick}).encode() + b"\n")
        process.stdin.flush()
        step, rest = "start", b""
        while True:
            if not select.select([process.stdout], [], [], seconds)[0]:
                outcome.faults.append(f"{step}: more than {seconds:g} seconds")
                self.end()
                return
            part = os.read(process.stdout.fileno(), 65536)
            if not part:
                outcome.faults.append(f"{step}: the process died ({process.wait()})")
                self.end()
                return
            *lines, rest = (rest + part).split(b"\n")
            for line in lines:
                if line.startswith(b"op "):
                    step = line[3:].decode()
                elif line.startswith(b"done "):
                    self._take(outcome, json.loads(line[5:]))
                    return

    def _take(self, outcome: Outcome, result: dict) -> None:
        outcome.opened, outcome.worst, outcome.step = result["opened"], result["worst"], result["step"]
        outcome.faults += result["faults"]
        outcome.said = result["said"]
        if result["rss"] > TIRED:
            self.end()

    def end(self) -> None:
        """Let the process go."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def page_size(path: Path) -> int:
    """What the header says; 0 where there is none."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(18)[16:18], "big")


def prepare(mutant: Mutant, seed: int, base: Path, folder: Path) -> None:
    """A folder with the mutated ledger and a file beside it that must stay as it is."""
    folder.mkdir()
    (folder / PRECIOUS).write_bytes(PRECIOUS_WORDS)
    shutil.copy(base, folder / NAME)
    path = folder / NAME
    mutant.make(path, random.Random(zlib.crc32(mutant.name.encode()) * 1000 + seed))
    if seed % 2 and path.is_file() and page_size(path) == PAGE:
        padded(path, LARGE)


def run(
    work: Iterable[tuple[Mutant, int]],
    base: Path,
    room: Path,
    *,
    quick: bool,
    processes: int = 2,
    seconds: float = SECONDS,
) -> Iterator[Outcome]:
    """Try out mutants (each with its seed), in any order."""
    waiting: Queue[tuple[Mutant, int]] = Queue()
    for each in work:
        waiting.put(each)
    ready: Queue[Outcome | None] = Queue()

    def turn(place: int) -> None:
        child = Child()
        try:
            number = 0
            while True:
                mutant, seed = waiting.get_nowait()
                number += 1
                folder = room / f"{place}-{number}"
                outcome = Outcome(mutant.name, seed)
                try:
                    prepare(mutant, seed, base, folder)
                    child.try_out(outcome, folder, quick, seconds)
                except Exception as error:  # a mutant that cannot be made is a defect of the soak
                    outcome.faults.append(f"the soak itself: {type(error).__name__}: {error}")
                shutil.rmtree(folder, ignore_errors=True)
                ready.put(outcome)
        except Empty:
            pass
        finally:
            child.end()
            ready.put(None)

    threads = [threading.Thread(target=turn, args=(place,)) for place in range(processes)]
    for thread in threads:
        thread.start()
    left = processes
    while left:
        outcome = ready.get()
        if outcome is None:
            left -= 1
        else:
            yield outcome
    for thread in threads:
        thread.join()
