"""Time the whole reading, text in and ledger out, against the bare encoder; measure memory and the program's start.

    python -m bench.read [--pages N] [--rounds N] [--large N]

The two are timed in one process, in turn, over the very same windows of wordpieces, on one thread; medians are told.
The bare encoder is the ONNX session's `run` and nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from bench.pages import pages, write
from sayso.engine.local import read_all
from sayso.ingest import items
from sayso.ledger import Ledger
from sayso.reading import Reader  # sets onnxruntime up: imported before it

import onnxruntime as ort  # isort: skip
from sayso.records import Document, Reading, Unreadable
from sayso.speakers import resolve

ROOT = Path(__file__).resolve().parent.parent
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def windows_of(documents: Iterator[tuple[str, str]]) -> list[partial[Any]]:
    """Every run of the encoder's session that a reading of these pages makes, to be made again."""
    calls: list[partial[Any]] = []
    run = ort.InferenceSession.run

    def keep(session: ort.InferenceSession, outputs: list[str], feeds: dict[str, Any]) -> Any:
        if "pieces" in feeds:
            calls.append(partial(run, session, outputs, feeds))
        return run(session, outputs, feeds)

    reader = Reader()
    with mock.patch.object(ort.InferenceSession, "run", keep):
        for name, text in documents:
            reader.read(Document(name, text))
    return calls


def read_into_ledger(pile: Path, ledger: Path) -> int:
    """The whole way: items, readings, ledger. Returns how many pages were read."""
    count = 0
    with Ledger(ledger, write=True) as opened:
        for _, outcome in read_all(items([str(pile)]), skip=opened.has):
            if isinstance(outcome, Reading | Unreadable):
                count += opened.add(outcome) == "added"
    return count


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and seconds of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def speed(count: int, rounds: int) -> dict[str, float]:
    """Reading and bare encoder, in turn."""
    windows = windows_of(pages(count))

    def bare() -> None:
        for run in windows:
            run()

    whole: list[tuple[float, float]] = []
    alone: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        pile = Path(folder) / "pile.jsonl"
        write(pile, count)
        bare()
        for n in range(rounds):
            whole.append(timed(lambda n=n: read_into_ledger(pile, Path(folder) / f"{n}.db")))  # type: ignore[misc]
            alone.append(timed(bare))
    clock, bare_clock = (statistics.median(t for t, _ in times) for times in (whole, alone))
    processor, bare_processor = (statistics.median(t for _, t in times) for times in (whole, alone))
    words = sum(len(text.split()) for _, text in pages(count))
    pieces = sum(run.args[2]["pieces"].size for run in windows)
    return {
        "pages": count,
        "words": words,
        "wordpieces": pieces,
        "reading_s": clock,
        "encoder_s": bare_clock,
        "ratio": clock / bare_clock,
        "ratio_processor": processor / bare_processor,
        "wordpieces_per_s": pieces / clock,
        "encoder_wordpieces_per_s": pieces / bare_clock,
    }


def resolution(count: int, rounds: int) -> dict[str, float]:
    """What telling who speaks costs: processor seconds in `resolve` as a share of those of whole readings."""
    spent = 0.0

    def counted(*args: Any) -> Any:
        nonlocal spent
        before = time.process_time()
        found = resolve(*args)
        spent += time.process_time() - before
        return found

    reader = Reader()
    documents = [Document(name, text) for name, text in pages(count)]

    def read() -> None:
        for document in documents:
            reader.read(document)

    read()
    shares: list[float] = []
    with mock.patch("sayso.reading.resolve", counted):
        for _ in range(rounds):
            spent = 0.0
            whole = timed(read)[1]
            shares.append(spent / whole)
    return {"pages": count, "share": statistics.median(shares)}


def memory(count: int) -> dict[str, float]:
    """Peak resident memory of reading so many pages into a ledger, in MiB."""
    import resource  # not on every platform, and only needed here

    with tempfile.TemporaryDirectory() as folder:
        pile = Path(folder) / "pile.jsonl"
        write(pile, count)
        seconds, _ = timed(lambda: read_into_ledger(pile, Path(folder) / "memory.db"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"pages": count, "seconds": seconds, "peak_mib": peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)}


def in_its_own_process(*args: str) -> dict[str, float]:
    """One part of the bench in a fresh process on one thread."""
    command = [sys.executable, "-m", "bench.read", *args]
    environment = {**os.environ, **ONE_THREAD}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise RuntimeError(run.stderr[-2000:])
    found: dict[str, float] = json.loads(run.stdout)
    return found


def start() -> float:
    """Median seconds of `sayso --help`."""
    command = [sys.executable, "-m", "sayso.cli", "--help"]
    return statistics.median(
        timed(lambda: subprocess.run(command, capture_output=True, check=True))[0] for _ in range(5)
    )


def main() -> int:
    """Run every part and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=60, help="pages that are timed")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of which the median is told")
    parser.add_argument("--large", type=int, default=2000, help="pages of the larger memory run (the smaller has 100)")
    parser.add_argument("--part", choices=["speed", "memory", "resolution"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        parts = {"speed": partial(speed, args.pages, args.rounds), "resolution": partial(resolution, args.pages, args.rounds)}
        print(json.dumps(parts.get(args.part, partial(memory, args.pages))()))
        return 0
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"one thread, median of {args.rounds} rounds in turn{load}")
    s = in_its_own_process("--part", "speed", "--pages", str(args.pages), "--rounds", str(args.rounds))
    print(f"{s['pages']:.0f} pages, {s['words']:,.0f} words, {s['wordpieces']:,.0f} wordpieces in windows")
    for name, seconds, rate in (
        ("reading", s["reading_s"], s["wordpieces_per_s"]),
        ("encoder", s["encoder_s"], s["encoder_wordpieces_per_s"]),
    ):
        print(f"{name}  {seconds:7.2f} s {s['words'] / seconds:9,.0f} words/s {rate:9,.0f} wordpieces/s")
    print(f"reading / encoder  {s['ratio']:.2f} by the clock, {s['ratio_processor']:.2f} by the processor")
    r = in_its_own_process("--part", "resolution", "--pages", str(args.pages), "--rounds", str(args.rounds))
    print(f"resolution / reading  {r['share']:.3f} by the processor (asked: 0.10 at most)")
    for count in (100, args.large):
        m = in_its_own_process("--part", "memory", "--pages", str(count))
        print(f"memory   {m['pages']:,.0f} pages: peak {m['peak_mib']:.0f} MiB ({m['seconds']:.0f} s)")
    print(f"start    sayso --help {start():.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
