"""``sayso read --to FOLDER``: a pile read into Parquet, part by part, by any number of processes.

The pile is walked once and every document hashed; the parts follow from these hashes alone. A part that is finished is not read
again, and of the others only what no part of the folder holds: so a run that was stopped carries on, and a pile that grew is read
where it grew. At its end the folder holds the parts of this pile, and of others only what is not in this one.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from sayso.engine import parts
from sayso.engine.batch import made_by, outcome_row, read_batch, readings_batch
from sayso.engine.documents import documents_batch
from sayso.engine.local import DIED
from sayso.engine.parts import READ, PartWriter, Tables
from sayso.engine.pool import Work, in_order
from sayso.engine.spool import Inputs, Spool, row_at
from sayso.engine.tables import flatten
from sayso.ingest import Item, Metadata
from sayso.ledger.lock import WriterLock
from sayso.records import MadeBy, Unreadable

PART = 1024
"""Documents in a part, at most and on average half to all of it: some minutes of work that a stop may cost, files of 5 to 10 MB."""
NAMED = 1000
"""So many documents that could not be read are kept in mind."""
WAIT_SECONDS = 5.0
"""How long a second writer of the folder waits for the first."""
_state: dict[str, Any] = {}


@dataclass(slots=True)
class Told:
    """What a run did: documents of the pile, read now, taken from parts that were there, and those that could not be read.

    ``lost`` is how many could not be read, ``unreadable`` the first thousand of them: the folder holds all. ``others`` are parts in
    the folder that another version of model or code made.
    """

    documents: int = 0
    read: int = 0
    kept: int = 0
    parts: int = 0
    statements: int = 0
    others: int = 0
    lost: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Job:
    """How a pile is read: the folder, what makes the readings, how many processes."""

    folder: Path
    made_by: MadeBy
    made: str
    processes: int
    years: range | None
    model: Path | None
    spool: Path


@dataclass(frozen=True, slots=True)
class Part:
    """A part to be written: its documents, from ``start`` to ``stop`` of the inputs."""

    name: str
    start: int
    stop: int


def read_to(
    items: Iterable[Item],
    folder: Path,
    *,
    meta: Metadata | None = None,
    processes: int = 1,
    years: range | None = None,
    model: Path | None = None,
    part: int = PART,
    again: bool = False,
    told: Told | None = None,
    counted: Callable[[], object] = int,
    step: Callable[[], object] = int,
    write: Writer | None = None,
) -> Told:
    """Read a pile into a folder of Parquet; ``told`` is kept up to date, and is what comes back.

    ``counted`` is called for each document when the pile is walked, ``step`` for each that is read or taken from another part.
    ``write`` writes the parts that are due where another engine does so (:func:`write_parts` otherwise). ``again`` also reads
    again what could not be read before. What is lasting when this is left by an exception (Ctrl-C too) are the parts finished by
    then. Raises UsageError where the folder cannot be written, LedgerBusy where another process writes it.
    """
    told = told if told is not None else Told()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise parts.unwritable(folder, error) from error
    lock = WriterLock(folder, WAIT_SECONDS)
    lock.acquire()
    try:
        parts.begin(folder)
        maker = made_by(model, years)
        job = Job(folder, maker, parts.maker(maker), processes, years, model, folder / ".inputs.tmp")
        with closing(Spool(job.spool)) as spool:
            for item in items:
                spool.add(item, meta)
                counted()
            _read(job, spool.inputs(), part, again, told, step, write or write_parts)
    except OSError as error:
        raise parts.unwritable(folder, error) from error
    finally:
        lock.release()
    return told


def _read(
    job: Job, inputs: Inputs, size: int, again: bool, told: Told, step: Callable[[], object], write: Writer
) -> None:
    plan = [Part(parts.part_name(job.made, inputs.ids(*cut)), *cut) for cut in inputs.cuts(size)]
    told.documents = len(inputs)
    told.others = sum(not name.startswith(job.made) for name in parts.names(job.folder))
    there = set(parts.names(job.folder, job.made))
    failed = {each.name: _unread(job.folder, each.name) for each in plan if each.name in there} if again else {}
    due = [each for each in plan if each.name not in there or failed.get(each.name)]
    waiting = {each.name for each in due}
    for each in plan:
        if each.name not in waiting:
            told.kept += each.stop - each.start
            told.parts += 1
            for _ in range(each.start, each.stop):
                step()
    old = Old(job.folder, inputs, there - {each.name for each in plan}, {n: ids for n, ids in failed.items() if ids})
    write(job, inputs, due, old, told, step)
    for name in old.superseded:
        parts.remove(job.folder, name)
    for each in plan:
        for unreadable in _errors(job.folder, each.name):
            told.lost += 1
            if told.lost <= NAMED:
                told.unreadable.append(unreadable)


def _unread(folder: Path, name: str) -> frozenset[str]:
    """The ids of a part's documents that could not be read."""
    found = parts.some_of(parts.readings(folder, name), "id", "error")
    return frozenset(row["id"] for row in found if row["error"] is not None)


def _errors(folder: Path, name: str) -> Iterator[Unreadable]:
    for row in parts.some_of(parts.readings(folder, name), "name", "path", "error", "message"):
        if row["error"] is not None:
            yield Unreadable(row["name"], row["error"], row["message"], row["path"])


class Old:
    """Readings in finished parts that another part is to hold now: which, and where.

    ``others`` are parts of other piles; ``failed`` are parts that are made anew, with those of their documents that are not taken.
    """

    def __init__(self, folder: Path, inputs: Inputs, others: set[str], failed: dict[str, frozenset[str]]) -> None:
        self.folder = folder
        self.at: dict[str, str] = {}
        self.superseded: list[str] = []
        for name in sorted(others):
            ids = list(parts.column_of(parts.readings(folder, name), "id"))
            ours = inputs.known(ids)
            self.at.update((each, name) for each, known in zip(ids, ours, strict=True) if known)
            if all(ours):
                self.superseded.append(name)
        for name, lost in failed.items():
            ids = list(parts.column_of(parts.readings(folder, name), "id"))
            self.at.update((each, name) for each in ids if each not in lost)

    def readings(self, ids: Iterable[str]) -> dict[str, pa.RecordBatch]:
        """Those of these documents that are there, each as a batch of one row of ``READINGS``."""
        return held(self.folder, {each: self.at[each] for each in ids if each in self.at})


def held(folder: Path, at: dict[str, str]) -> dict[str, pa.RecordBatch]:
    """Readings out of finished parts, by the id of the document and the part that it stands in: a batch of one row each."""
    found: dict[str, pa.RecordBatch] = {}
    for name in sorted(set(at.values())):
        for batch in parts.batches_of(parts.readings(folder, name)):
            for place, each in enumerate(batch.column("id").to_pylist()):
                if at.get(each) == name:
                    found[each] = pa.RecordBatch.from_pylist(batch.slice(place, 1).to_pylist(), schema=batch.schema)
    return found


Writer = Callable[[Job, Inputs, list[Part], Old, Told, Callable[[], object]], None]
"""What writes the parts that are due, and keeps ``Told`` up to date."""


def write_parts(job: Job, inputs: Inputs, due: list[Part], old: Old, told: Told, step: Callable[[], object]) -> None:
    """Write the parts that are due, one after the other; the reading runs ahead over their edges."""

    def to_read() -> Iterator[int]:
        for each in due:
            ids = inputs.ids(each.start, each.stop)
            yield from (int(inputs.places[each.start + n]) for n, one in enumerate(ids) if one not in old.at)

    with closing(_results(job, to_read())) as read:
        for each in due:
            writer = PartWriter(job.folder, each.name, job.made_by)
            try:
                statements, new = _fill(writer, inputs.ids(each.start, each.stop), old, read, step)
                writer.finish()
            except BaseException:
                writer.drop()
                raise
            told.parts, told.read = told.parts + 1, told.read + new
            told.kept, told.statements = told.kept + each.stop - each.start - new, told.statements + statements


def _fill(
    writer: PartWriter, ids: list[str], old: Old, read: Iterator[Tables], step: Callable[[], object]
) -> tuple[int, int]:
    """Put the documents of one part in; how many statements were read, on how many documents."""
    known, statements, new = old.readings(ids), 0, 0
    for each in ids:
        if each in known:
            tables = tables_of(known[each])
        else:
            tables = next(read)
            statements += tables["statements"].num_rows
            new += 1
        writer.put(tables)
        step()
    return statements, new


def _results(job: Job, places: Iterator[int]) -> Generator[Tables]:
    """What comes of the documents at places of the spool, in order."""
    if job.processes > 1:
        for _, tables in in_order(work_of(job), places, job.processes):
            yield tables
        return
    for first in places:  # the spool is there once something is in it
        with job.spool.open("rb") as spool:
            for place in chain((first,), places):
                yield read_at(spool, place, job.model, job.years)


def work_of(job: Job) -> Work[int, Tables]:
    """What processes do with the places of a spool; a document that ends every process that reads it is one that cannot be read."""
    return Work(_begin, (job.spool, job.model, job.years), _do, lambda place: _lost(job.spool, place))


def _begin(spool: Path, model: Path | None, years: range | None) -> None:
    _state.update(spool=spool.open("rb"), model=model, years=years)


def _do(place: int) -> Tables:
    return read_at(_state["spool"], place, _state["model"], _state["years"])


def read_at(spool: BinaryIO, place: int, model: Path | None, years: range | None) -> Tables:
    """Read the document at a place of the spool: its row of readings, and its rows of the flat tables."""
    readings = read_batch(documents_batch([row_at(spool, place)]), model=model, years=years)
    return tables_of(readings)


def tables_of(readings: pa.RecordBatch) -> Tables:
    """One reading with its rows of the flat tables; one that they cannot hold counts as not read."""
    try:
        return {**flatten(readings), READ: readings}
    except (pa.ArrowException, ValueError, OverflowError) as error:
        [row] = readings.to_pylist()
        why = f"its reading cannot be kept ({type(error).__name__}: {error}); please report this page"
        return _unreadable(row["id"], Unreadable(row["name"], "extractor-failed", why, row["path"]))


def _lost(spool: Path, place: int) -> Tables:
    with spool.open("rb") as file:
        row = row_at(file, place)
    return _unreadable(row["id"], Unreadable(row["name"], "extractor-failed", DIED, row.get("path") or ""))


def _unreadable(identity: str, outcome: Unreadable) -> Tables:
    readings = readings_batch([outcome_row(identity, outcome)])
    return {**flatten(readings), READ: readings}
