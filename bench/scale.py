"""What a big pile costs, from rates measured here: write the tables of docs/scale.md.

    python -m bench.scale                  measure, print the tables (10 min; leave the machine alone meanwhile)
    python -m bench.scale --write          and put rates and tables into docs/scale.md
    python -m bench.scale --tables         no measuring: make the tables anew from the rates that stand in docs/scale.md

Each part runs in a process of its own on one thread. Times are those of the processor, its children's with them, so that what
else runs on the machine counts little.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pyarrow as pa
import pyarrow.parquet

from bench import weblike
from bench.pile import NAMES, build, ledger_of
from bench.scale_tables import tables
from bench.stories import readings
from sayso.engine import handover, parts
from sayso.engine.batch import item_of, made_by, outcome_row, readings_batch
from sayso.engine.documents import document_row
from sayso.engine.gather import gather
from sayso.engine.handover import read_to
from sayso.engine.spool import Spool
from sayso.ingest import Item, close, load
from sayso.ledger import Ledger
from sayso.pile.store import WIDTH
from sayso.reading import Reader  # sets onnxruntime up: imported before it

import onnxruntime as ort  # isort: skip
from sayso.records import Document, Reading

ROOT = Path(__file__).resolve().parent.parent
DOC = ROOT / "docs" / "scale.md"
MARKS = ("<!-- made by bench/scale.py: from here -->", "<!-- made by bench/scale.py: to here -->")
RATES = re.compile(r"<!-- rates: (\{.*?\}) -->")
SMALL, LARGE = 2_000, 10_000
"""Pages of the two ledgers that are gathered, and of the two piles: what grows is seen between them."""
PILES = (1_000, 4_000)
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def processor() -> float:
    """Seconds of the processor, with those of children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor that a work takes."""
    began = processor()
    work()
    return processor() - began


def _items(folder: Path, given: Iterable[tuple[str, bytes]]) -> list[Item]:
    found = []
    for name, data in given:
        (folder / name).write_bytes(data)
        found.append(Item(name, str(folder / name)))
    return found


def stages(count: int) -> dict[str, float]:
    """Milliseconds a page of each step on the way from a file to Parquet."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, out = Path(scratch), Path(scratch) / "out"
        given, other = _items(folder, weblike.pages(count)), _items(folder, weblike.foreign(count))
        reader = Reader()
        start = timed(lambda: _warm(reader, given[0]))
        spool = Spool(folder / "spool")
        told = {"walk": timed(lambda: _walk(spool, given))}
        items = [item_of(document_row(item))[0] for item in given]
        documents: list[Document] = []
        foreign: list[Document] = []
        begin = timed(
            lambda: _extract(items[:1], [])
        )  # mostly the start of the extractor's process, once for 500 pages
        told["extract"] = timed(lambda: _extract(items, documents)) - begin
        encoder: list[float] = []
        read: list[Reading] = []
        with mock.patch.object(ort.InferenceSession, "run", _counted(encoder)):
            told["read"] = timed(lambda: read.extend(reader.read(each) for each in documents))
        told["encoder"] = sum(encoder)
        told["write"] = timed(lambda: _write(out, read))
        told["foreign"] = (
            timed(lambda: _extract(other, foreign)) - begin + timed(lambda: [reader.read(d) for d in foreign])
        )
        size = sum(file.stat().st_size for file in out.rglob("*.parquet"))
    found = {name: 1000 * seconds / count for name, seconds in told.items()}
    return found | _counts(read) | {"kib": size / 1024 / count, "start_s": start, "extractor_start_s": begin}


def _warm(reader: Reader, item: Item) -> None:
    """Load the model and the tables."""
    document = load(item)
    assert isinstance(document, Document)
    reader.read(document)
    close()


def _counts(read: list[Reading]) -> dict[str, float]:
    words = sum(len(each.document.text.split()) for each in read)
    return {"words": words / len(read), "statements": sum(len(each.statements) for each in read) / len(read)}


def _walk(spool: Spool, items: Iterable[Item]) -> None:
    for item in items:
        spool.add(item, None)


def _extract(items: Iterable[Item], documents: list[Document]) -> None:
    documents.extend(d for item in items if isinstance(d := load(item), Document))
    close()  # the child's time counts once it has ended


def _counted(spent: list[float]) -> Callable[..., Any]:
    run = ort.InferenceSession.run

    def counted(*args: Any) -> Any:
        began = time.process_time()
        found = run(*args)
        spent.append(time.process_time() - began)
        return found

    return counted


def _write(folder: Path, read: Iterable[Reading]) -> None:
    """Readings into one part of a folder."""
    folder.mkdir()
    parts.begin(folder)
    writer = parts.PartWriter(folder, parts.part_name("0" * 12, ["0"]), made_by())
    for n, reading in enumerate(read):
        writer.put(handover.tables_of(readings_batch([outcome_row(f"{n:032x}", reading)])))
    writer.finish()


def whole(count: int, processes: int) -> dict[str, float]:
    """``read --to`` as it is: milliseconds a page, and the peak memory of the largest process."""
    with tempfile.TemporaryDirectory() as scratch:
        items = _items(Path(scratch), weblike.pages(count))
        few = items[:4]
        began = time.perf_counter()
        start = timed(lambda: _read_to(few, Path(scratch) / "few", processes))
        middle = time.perf_counter()
        spent = timed(lambda: _read_to(items, Path(scratch) / "out", processes))
        clock = time.perf_counter() - middle
        size = sum(file.stat().st_size for file in (Path(scratch) / "out").rglob("*.parquet"))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    pages = count - len(few)
    return {"ms": 1000 * (spent - start) / pages, "clock_ms": 1000 * (clock - (middle - began)) / pages, "peak_mib": peak,
            "kib": size / 1024 / count}  # fmt: skip


def _read_to(items: list[Item], folder: Path, processes: int) -> None:
    read_to(items, folder, processes=processes)
    close()


def gathering(count: int) -> dict[str, float]:
    """Parquet into a ledger: milliseconds a page, peak memory, bytes."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / parts.READ).mkdir()
        for n, rows in enumerate(_thousands(readings(count))):
            pa.parquet.write_table(
                pa.Table.from_batches(rows), folder / parts.READ / f"{n:05}.parquet", compression="zstd"
            )
        spent = timed(lambda: gather(folder, folder / "l.db"))
        size = (folder / "l.db").stat().st_size
        with Ledger(folder / "l.db") as opened:
            statements = opened.counts().statements / count
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"ms": 1000 * spent / count, "peak_mib": peak, "kib": size / 1024 / count, "statements": statements}


def _thousands(given: Iterable[Reading]) -> Iterator[list[pa.RecordBatch]]:
    rows: list[pa.RecordBatch] = []
    for n, each in enumerate(given):
        rows.append(readings_batch([outcome_row(f"{n:032x}", each)]))
        if len(rows) == 1000:
            yield rows
            rows = []
    if rows:
        yield rows


def across(count: int) -> dict[str, float]:
    """The pile of a ledger, from nothing: milliseconds a page, peak memory, bytes."""
    with tempfile.TemporaryDirectory() as scratch:
        told = build(ledger_of(Path(scratch), count), list(NAMES), WIDTH)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"ms": told["processor_ms"], "peak_mib": peak, "kib": told["file_kib"]}


PARTS: dict[str, Callable[[int], dict[str, float]]] = {
    "stages": stages,
    "one": lambda count: whole(count, 1),
    "two": lambda count: whole(count, 2),
    "gather": gathering,
    "pile": across,
}


def measured(part: str, count: int) -> dict[str, float]:
    """One part in a fresh process on one thread."""
    print(f"{part}: {count:,} pages", file=sys.stderr)
    command = [sys.executable, "-m", "bench.scale", "--part", part, "--pages", str(count)]
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, **ONE_THREAD}, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(run.stdout)
    return {name: round(value, 3) for name, value in found.items()}


def measure(count: int) -> dict[str, Any]:
    """Every rate that the tables rest on."""
    return {
        "stages": measured("stages", count),
        "one": measured("one", count),
        "two": measured("two", count),
        "gather": {str(size): measured("gather", size) for size in (SMALL, LARGE)},
        "pile": {str(size): measured("pile", size) for size in PILES},
        "pages": count,
        "load": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
    }


def rates_of(text: str) -> dict[str, Any]:
    """The rates that stand in the doc. Raises ValueError where there are none."""
    found = RATES.search(text)
    if found is None:
        raise ValueError(f"{DOC} holds no rates: measure them with python -m bench.scale --write")
    rates: dict[str, Any] = json.loads(found[1])
    return rates


def made(rates: dict[str, Any]) -> str:
    """The part of the doc that follows from the rates, marks and all."""
    return "\n".join((MARKS[0], f"<!-- rates: {json.dumps(rates)} -->", "", *tables(rates), "", MARKS[1]))


def refreshed(text: str, rates: dict[str, Any]) -> str:
    """The doc with that part made anew."""
    start, end = text.index(MARKS[0]), text.index(MARKS[1]) + len(MARKS[1])
    return text[:start] + made(rates) + text[end:]


def main() -> int:
    """Measure or look up the rates; print the tables or write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=120, help="web pages that are read")
    parser.add_argument("--write", action="store_true", help="put rates and tables into docs/scale.md")
    parser.add_argument("--tables", action="store_true", help="make the tables anew from the rates in docs/scale.md")
    parser.add_argument("--part", choices=list(PARTS), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        print(json.dumps(PARTS[args.part](args.pages)))
        return 0
    text = DOC.read_text(encoding="utf-8")
    rates = rates_of(text) if args.tables else measure(args.pages)
    if args.write or args.tables:
        DOC.write_text(refreshed(text, rates), encoding="utf-8")
    print(made(rates))
    return 0


if __name__ == "__main__":
    sys.exit(main())
