"""Time the pile's growth: a thousand, ten thousand, a hundred thousand invented readings; then one page more.

    python -m bench.pile [--sizes 1000 10000] [--questions copies matches ...] [--folder DIR]

The encoder is not run: ``bench.stories`` makes the readings. Each size is built in a process of its own; what is told for
it is the time a page takes (clock and processor), the peak of memory, what the file holds, and the time one more page
takes (median of several). In ``--folder`` the ledgers are kept and serve again.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from bench.stories import readings
from sayso.ledger import Ledger
from sayso.pile.blocks import Width
from sayso.pile.question import Item, Place, Question, Relation
from sayso.pile.questions import question
from sayso.pile.store import WIDTH, Pile
from sayso.records import Reading

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("copies", "matches", "people", "series")
ONE_MORE = 5
"""Pages that are added one after the other, each with an update of its own."""


class Timed:
    """A question that tells how much of the processor's time each part of it took, and how often it was asked."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.name, self.version, self.old_versions = question.name, question.version, question.old_versions
        self.compares = question.compares
        self.seconds = dict.fromkeys(("items", "near", "compare"), 0.0)
        self.calls = dict.fromkeys(("items", "near", "compare", "found", "keys"), 0)

    def _told(self, what: str, began: float) -> None:
        self.seconds[what] += time.process_time() - began
        self.calls[what] += 1

    def items(self, reading: Reading) -> Iterable[Item]:
        """What of a page is compared."""
        began = time.process_time()
        found = list(self.question.items(reading))
        self._told("items", began)
        self.calls["keys"] += sum(len(item.keys) for item in found)
        return found

    def near(self, a: Item, b: Item) -> bool:
        """Whether two are worth loading."""
        began = time.process_time()
        found = self.question.near(a, b)
        self._told("near", began)
        return found

    def compare(self, a: Place, b: Place) -> Relation | None:
        """How two stand to each other."""
        began = time.process_time()
        found = self.question.compare(a, b)
        self._told("compare", began)
        self.calls["found"] += found is not None
        return found


def ledger_of(folder: Path, size: int) -> Path:
    """The ledger with so many readings, made where it is not there."""
    path = folder / f"{size}.db"
    if not path.exists():
        with Ledger(folder / f"{size}.part", write=True) as ledger:
            for reading in readings(size):
                ledger.add(reading)
        (folder / f"{size}.part").rename(path)
    return path


def build(path: Path, names: list[str], width: Width) -> dict[str, Any]:
    """Build the pile of a ledger from nothing."""
    timed = [Timed(question(name)) for name in names]
    path.with_name(path.name + ".pile").unlink(missing_ok=True)
    with Ledger(path) as ledger:
        began, processor = time.perf_counter(), time.process_time()
        with Pile(ledger, timed, width=width) as pile:
            pages = pile.update()
        seconds, used = time.perf_counter() - began, time.process_time() - processor
    return {
        "pages": pages,
        "ms": 1000 * seconds / pages,
        "processor_ms": 1000 * used / pages,
        "file_kib": path.with_name(path.name + ".pile").stat().st_size / 1024 / pages,
        "questions": {each.name: {"seconds": each.seconds, "calls": each.calls} for each in timed},
    }


def one_more(path: Path, names: list[str], width: Width) -> list[float]:
    """Seconds of an update after one page more, several times, in a copy of the ledger and its pile."""
    taken = []
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        for each in (path, path.with_name(path.name + ".pile")):
            shutil.copy(each, scratch)
        copy = Path(scratch) / path.name
        with Ledger(copy) as ledger:
            known = ledger.document_ids()
        fresh = (reading for reading in readings(len(known) + 10_000) if reading.id not in known)
        for reading in islice(fresh, ONE_MORE):
            with Ledger(copy, write=True) as ledger:
                ledger.add(reading)
            with Ledger(copy) as ledger:
                began = time.perf_counter()
                with Pile(ledger, [question(name) for name in names], width=width) as pile:
                    pile.update()
                taken.append(time.perf_counter() - began)
    return taken


def measure(path: Path, names: list[str], width: Width) -> dict[str, Any]:
    """One size, in this process."""
    told = build(path, names, width)
    told["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told["one_more_s"] = statistics.median(one_more(path, names, width))
    return told


def _show(told: dict[str, Any], first: dict[str, Any]) -> None:
    pages = told["pages"]
    print(
        f"{pages:7,} pages  {told['ms']:7.2f} ms a page ({told['ms'] / first['ms']:.2f} times; processor "
        f"{told['processor_ms']:.2f}, {told['processor_ms'] / first['processor_ms']:.2f} times)  "
        f"peak {told['peak_mib']:.0f} MiB  file {told['file_kib']:.1f} KiB a page  one more page {told['one_more_s']:.2f} s"
    )
    for name, each in told["questions"].items():
        parts = "  ".join(f"{part} {1000 * seconds / pages:.2f} ms" for part, seconds in each["seconds"].items())
        counts = ", ".join(f"{what} {count / pages:.1f}" for what, count in each["calls"].items() if what != "items")
        print(f"         {name:8} {parts}  a page: {counts}")


def main() -> int:
    """Measure every size in a process of its own and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000], help="pages")
    parser.add_argument("--questions", nargs="+", default=list(NAMES), help="which, by name")
    parser.add_argument("--cap", type=int, default=WIDTH.cap, help="members of a bucket that are compared")
    parser.add_argument("--heads", type=int, default=WIDTH.heads, help="those that are compared with all")
    parser.add_argument("--folder", type=Path, help="where the ledgers are kept")
    parser.add_argument("--part", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        print(json.dumps(measure(args.part, args.questions, Width(args.cap, args.heads))))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.folder or Path(scratch)
        first: dict[str, Any] = {}
        for size in args.sizes:
            path = ledger_of(folder, size)
            command = [
                sys.executable,
                "-m",
                "bench.pile",
                "--part",
                str(path),
                "--cap",
                str(args.cap),
                "--heads",
                str(args.heads),
            ]
            run = subprocess.run(
                [*command, "--questions", *args.questions], cwd=ROOT, stdout=subprocess.PIPE, check=True
            )
            told = json.loads(run.stdout)
            first = first or told
            _show(told, first)
    if hasattr(os, "getloadavg"):
        print(f"load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
