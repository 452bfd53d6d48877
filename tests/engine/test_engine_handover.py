"""``read --to``: the same bytes from any number of processes, in any order, wherever it was stopped; nothing read twice."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from engine_pile import PART, SHORT, items_of, needs_model, table
from hypothesis import given
from hypothesis import strategies as st

from sayso.engine import handover, parts
from sayso.engine.handover import Told, read_to
from sayso.engine.parts import READ, SCHEMAS, Tables
from sayso.engine.spool import Spool
from sayso.errors import LedgerBusy, UsageError
from sayso.ingest import Item
from sayso.ledger.lock import WriterLock

pytestmark = needs_model


def hashes(folder: Path) -> dict[str, str]:
    """Every file below a folder, with a hash of its bytes."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table, those of all parts."""
    return [row for file in sorted((folder / name).glob("*.parquet")) for row in pq.read_table(file).to_pylist()]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch, whole: Path) -> list[str]:
    """Reading without the model: what comes of each document is taken from ``whole``; the names of those that were read."""
    ready: dict[str, Tables] = {}
    for name in parts.names(whole):
        for batch in parts.batches_of(parts.readings(whole, name)):
            for place, each in enumerate(batch.column("id").to_pylist()):
                ready[each] = handover.tables_of(batch.slice(place, 1))
    seen: list[str] = []

    def read_at(spool: Any, place: int, model: Any, years: Any) -> Tables:
        row = handover.row_at(spool, place)
        seen.append(row["name"])
        return ready[row["id"]]

    monkeypatch.setattr(handover, "read_at", read_at)
    return seen


def test_what_is_told(whole: Path, told: Told):
    assert (told.documents, told.read, told.kept, told.lost, len(told.unreadable)) == (19, 19, 0, 4, 4)
    assert told.parts == len(parts.names(whole)) > 2
    assert told.statements == len(rows(whole, "statements"))


def test_rows_are_those_of_the_schemas_and_sorted(whole: Path):
    for name, schema in SCHEMAS.items():
        for file in (whole / name).glob("*.parquet"):
            assert pq.read_schema(file).equals(schema)
            assert b'"made_by"' in pq.read_schema(file).metadata[b"sayso"]
    for file in (whole / READ).glob("*.parquet"):
        ids = [row["id"] for row in pq.read_table(file).to_pylist()]
        assert ids == sorted(ids)
    order = [row["document"] for row in rows(whole, READ) if row["document"]]
    for name in SCHEMAS.keys() - {READ}:
        told = [row["document_id"] for row in rows(whole, name)]
        left = iter(order)
        assert told
        assert all(each in left for each, _ in groupby(told))  # taken from the left, so in that order
    assert not [file for file in whole.rglob("*") if file.is_file() and file.suffix != ".parquet"]


def test_two_processes_and_another_order_write_the_same_bytes(pile: Path, whole: Path, tmp_path: Path):
    mixed = items_of(pile)
    random.Random(7).shuffle(mixed)
    told = read_to(mixed, tmp_path / "out", meta=table(), part=PART, processes=2)
    assert hashes(tmp_path / "out") == hashes(whole)
    assert (told.documents, told.read) == (19, 19)


@pytest.mark.parametrize("order", ["reversed", "sorted by name", "twice"])
def test_orders(order: str, pile: Path, whole: Path, tmp_path: Path, reads: list[str]):
    orders: dict[str, Callable[[list[Item]], Iterable[Item]]] = {
        "reversed": reversed,
        "sorted by name": lambda items: sorted(items, key=lambda item: item.name),
        "twice": lambda items: [*items, *items],
    }
    told = read_to(orders[order](items_of(pile)), tmp_path / "out", meta=table(), part=PART)
    assert hashes(tmp_path / "out") == hashes(whole)
    assert (told.documents, len(reads)) == (19, 19)


def test_another_partitioning_has_the_same_rows(pile: Path, whole: Path, tmp_path: Path, reads: list[str]):
    read_to(items_of(pile), tmp_path / "out", meta=table(), part=1000)
    assert len(parts.names(tmp_path / "out")) == 1
    for name in SCHEMAS:
        key = "id" if name == READ else "document_id"
        assert sorted(map(repr, rows(tmp_path / "out", name))) == sorted(map(repr, rows(whole, name)))
        assert [row[key] for row in rows(tmp_path / "out", name)]


def test_the_same_again_reads_nothing(pile: Path, whole: Path, reads: list[str]):
    before = hashes(whole)
    told = read_to(items_of(pile), whole, meta=table(), part=PART)
    assert (reads, told.read, told.kept, len(told.unreadable)) == ([], 0, 19, 4)
    assert hashes(whole) == before


def test_parts_cut_otherwise_are_made_of_those_there(pile: Path, whole: Path, tmp_path: Path, reads: list[str]):
    out = tmp_path / "out"
    read_to(items_of(pile), out, meta=table(), part=1000)
    reads.clear()
    told = read_to(items_of(pile), out, meta=table(), part=PART)
    assert (reads, told.read, told.kept) == ([], 0, 19)
    assert hashes(out) == hashes(whole)


def test_a_pile_that_grew_is_read_where_it_grew(pile: Path, whole: Path, tmp_path: Path, reads: list[str]):
    out, every = tmp_path / "out", items_of(pile)
    read_to(every[:9], out, meta=table(), part=PART)
    first = list(reads)
    told = read_to(every, out, meta=table(), part=PART)
    assert (len(first), told.read, told.kept) == (9, 10, 9)
    assert sorted(reads) == sorted(item.name for item in every)
    assert hashes(out) == hashes(whole)


def test_another_pile_leaves_what_is_there(pile: Path, tmp_path: Path, reads: list[str]):
    out, every = tmp_path / "out", items_of(pile)
    read_to(every[:9], out, meta=table(), part=PART)
    before = hashes(out)
    read_to(every[7:], out, meta=table(), part=PART)
    assert before.items() <= hashes(out).items()
    assert sorted(reads) == sorted(item.name for item in every)
    read_to([], out)
    assert before.items() <= hashes(out).items()


@pytest.mark.parametrize("stopped_at", [0, 1, 7, 13, 18])
def test_a_stopped_run_carries_on(stopped_at: int, pile: Path, whole: Path, tmp_path: Path, reads: list[str]):
    out, told, left = tmp_path / "out", Told(), [stopped_at]

    def step() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_to(items_of(pile), out, meta=table(), part=PART, told=told, step=step)
    finished = {row["id"]: row["name"] for row in rows(out, READ)}
    assert (told.parts, told.read) == (len(parts.names(out)), len(finished))
    assert not [file for file in out.rglob("*") if file.is_file() and file.suffix != ".parquet"]
    assert not out.with_name("out.lock").exists()
    reads.clear()
    again = read_to(items_of(pile), out, meta=table(), part=PART)
    assert hashes(out) == hashes(whole)
    assert (again.kept, again.read, len(reads)) == (len(finished), 19 - len(finished), 19 - len(finished))
    assert not set(reads) & set(finished.values())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="works are done in forked processes, which are not there")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("seed", range(6))
def test_killed_anywhere_it_carries_on(
    seed: int, pile: Path, whole: Path, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
):
    """A run that is killed (signal 9) at a random one of its writes, syncs and moves; twice, then it is let finish."""
    out, chance = tmp_path / "out", random.Random(seed)
    for _ in range(2):
        killed_after(chance.randrange(3, 130), lambda: read_to(items_of(pile), out, meta=table(), part=PART))
    finished = {row["name"] for row in rows(out, READ)}
    read_to(items_of(pile), out, meta=table(), part=PART)
    assert hashes(out) == hashes(whole)
    assert not set(reads) & finished
    assert len(reads) == 19 - len(finished)


def killed_after(events: int, work: Callable[[], object]) -> None:
    """Do a work in a process of its own that is killed at the so-manieth of its writes."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    left = [events]

    def counted(whole: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return whole(*args, **more)

        return call

    try:
        for owner, name in ((parts.PartWriter, "put"), (parts.PartWriter, "_write"), (Path, "replace"), (os, "fsync")):
            setattr(owner, name, counted(getattr(owner, name)))
        work()
    finally:
        os._exit(0)


def test_a_document_that_ends_its_process_is_a_row(pile: Path, tmp_path: Path):
    """What stands in for it (that the others are read is the pool's: ``test_core_engine``)."""
    with closing(Spool(tmp_path / "spool")) as spool:
        for item in items_of(pile):
            spool.add(item, table())
        inputs = spool.inputs()
        tables = handover._lost(spool.path, int(inputs.places[3]))
    [row] = tables[READ].to_pylist()
    assert (row["id"], row["error"]) == (inputs.ids(3, 4)[0], "extractor-failed")
    assert "died" in row["message"]
    assert not any(tables[name].num_rows for name in SCHEMAS.keys() - {READ})


def test_what_could_not_be_read_is_read_again_when_asked(pile: Path, whole: Path, tmp_path: Path, reads: list[str]):
    out = tmp_path / "out"
    read_to(items_of(pile), out, meta=table(), part=PART)
    reads.clear()
    told = read_to(items_of(pile), out, meta=table(), part=PART, again=True)
    assert sorted(reads) == sorted(each.name for each in told.unreadable)
    assert (told.read, told.kept, len(reads)) == (4, 15, 4)
    assert hashes(out) == hashes(whole)


def test_a_file_that_changes_meanwhile_is_named(tmp_path: Path):
    page, gone = tmp_path / "a.txt", tmp_path / "b.txt"
    page.write_text(SHORT)
    gone.write_text(SHORT)

    def items() -> Iterator[Item]:
        yield from (Item("a.txt", str(page)), Item("b.txt", str(gone)))
        page.write_text(SHORT + "More.")
        gone.unlink()

    told = read_to(items(), tmp_path / "out")
    assert {each.name: each.code for each in told.unreadable} == {"a.txt": "not-a-file", "b.txt": "not-a-file"}
    assert "changed while the pile was being read" in next(
        each.message for each in told.unreadable if each.name == "a.txt"
    )


def test_a_damaged_part_is_named(pile: Path, tmp_path: Path, reads: list[str]):
    out = tmp_path / "out"
    read_to(items_of(pile), out, meta=table(), part=PART)
    file = parts.readings(out, parts.names(out)[1])
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(UsageError, match=f"{file.name}.*delete it"):
        read_to(items_of(pile), out, meta=table(), part=1000)
    file.unlink()
    told = read_to(items_of(pile), out, meta=table(), part=PART)
    assert 0 < told.read < 19


def test_a_second_writer_is_told_who_writes(pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(handover, "WAIT_SECONDS", 0.0)
    (tmp_path / "out").mkdir()
    lock = WriterLock(tmp_path / "out", 0.0)
    lock.acquire()
    try:
        with pytest.raises(LedgerBusy, match=f"process {os.getpid()}"):
            read_to(items_of(pile), tmp_path / "out")
    finally:
        lock.release()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything may be written here")
def test_a_folder_that_cannot_be_written(tmp_path: Path):
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(UsageError, match="cannot be written"):
        read_to([], tmp_path / "out")


def test_a_file_in_the_place_of_the_folder(tmp_path: Path):
    (tmp_path / "out").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        read_to([], tmp_path / "out")


@given(st.sets(st.integers(0, 2**128 - 1), max_size=60), st.integers(1, 9), st.randoms(use_true_random=False))
def test_parts_follow_from_the_set_alone(ids: set[int], most: int, chance: random.Random):
    """Every document is in one part, parts are in order, and neither depends on the order in which they came."""
    mixed = list(ids)
    chance.shuffle(mixed)
    told = [_cuts(order, most) for order in (sorted(ids), [*mixed, *mixed[:5]])]
    assert told[0] == told[1]
    assert [each for part in told[0] for each in part] == sorted(ids)
    assert all(told[0])
    bits = max(0, -(-len(ids) // most) - 1).bit_length()
    assert all(len({each >> (128 - bits) if bits else 0 for each in part}) == 1 for part in told[0])
    assert (len(ids) <= most) == (bits == 0)


def _cuts(ids: list[int], most: int) -> list[list[int]]:
    spool = Spool(Path("nowhere"))
    for place, each in enumerate(ids):
        for half, value in ((spool._high, each >> 64), (spool._low, each & (1 << 64) - 1), (spool._places, place)):
            half.append(value)
    inputs = spool.inputs()
    assert inputs.known([f"{each:032x}" for each in ids]) == [True] * len(ids)
    assert inputs.known([f"{each ^ 1:032x}" for each in ids]) == [each ^ 1 in ids for each in ids]
    return [[int(each, 16) for each in inputs.ids(*cut)] for cut in inputs.cuts(most)]
