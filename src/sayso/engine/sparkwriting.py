"""Parts of a folder of Parquet read and written by the workers of a Spark: the step of ``handover.read_to`` that differs.

The parts that are due are taken a wave at a time: enough of them that every core has its batches, and few enough that a stop costs
some minutes. In a wave documents are read in batches wherever there is room, brought together by part, sorted by id, and written by
the one writer that the local engine has, too. The next wave is read while the last one is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from sayso.engine import parts
from sayso.engine.batch import READINGS, made_by
from sayso.engine.handover import Job, Old, Part, Told, Writer, held, read_at, tables_of, work_of
from sayso.engine.parts import READ, PartWriter
from sayso.engine.pool import in_order
from sayso.engine.spool import Inputs
from sayso.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_BATCHES = 8  # for each core in a wave: what a core waits at the end of one is a sixteenth of it on average
_OTHER = "a worker has another version of Sayso than the process that hands out the work"
_AHEAD = 2  # waves under way: one that is read, one that is written

_PLACES = pa.schema(
    [
        pa.field("part", pa.string(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("place", pa.int64()),  # in the spool; null where the reading is in a part that is there
        pa.field("old", pa.string()),  # that part
    ]
)
_READ = pa.schema([pa.field("part", pa.string(), nullable=False), pa.field("new", pa.bool_()), *READINGS])
_WRITTEN = pa.schema(
    [pa.field("part", pa.string()), *(pa.field(name, pa.int64()) for name in ("documents", "read", "statements"))]
)


class _Written(NamedTuple):
    """What was written of one part."""

    documents: int
    read: int
    statements: int


def writer(spark: SparkSession, batch: int) -> Writer:
    """What writes parts under a Spark session, ``batch`` documents at a time."""

    def write(job: Job, inputs: Inputs, due: list[Part], old: Old, told: Told, step: Callable[[], object]) -> None:
        least = max(1, _BATCHES * batch * spark.sparkContext.defaultParallelism)
        waves = ([*wave] for wave in _waves(due, least))
        with ThreadPoolExecutor(_AHEAD) as pool:
            under_way: list[Future[list[_Written]]] = []
            try:
                for wave in waves:
                    rows = [row for each in wave for row in _rows(inputs, each, old)]
                    under_way.append(pool.submit(_wave, spark, job, rows, len(wave), batch))
                    if len(under_way) == _AHEAD:
                        _count(under_way.pop(0).result(), told, step)
                while under_way:
                    _count(under_way.pop(0).result(), told, step)
            except BaseException:
                with suppress(Exception):  # the session may be gone
                    spark.sparkContext.cancelJobGroup(_group(job))
                raise

    return write


def _group(job: Job) -> str:
    """What Spark tells the jobs of this run by, one for each folder: the session may have others, which are not ours to cancel."""
    return f"sayso {job.folder}"


def _waves(due: list[Part], least: int) -> Iterator[list[Part]]:
    """Parts in stretches that hold so many documents or more, but for the last."""
    wave: list[Part] = []
    for each in due:
        wave.append(each)
        if sum(part.stop - part.start for part in wave) >= least:
            yield wave
            wave = []
    if wave:
        yield wave


def _rows(inputs: Inputs, part: Part, old: Old) -> Iterator[dict[str, Any]]:
    for number, each in enumerate(inputs.ids(part.start, part.stop)):
        known = old.at.get(each)
        place = None if known else int(inputs.places[part.start + number])
        yield {"part": part.name, "id": each, "place": place, "old": known}


def _count(written: list[_Written], told: Told, step: Callable[[], object]) -> None:
    for each in written:
        told.parts += 1
        told.read += each.read
        told.kept += each.documents - each.read
        told.statements += each.statements
        for _ in range(each.documents):
            step()


def _wave(spark: SparkSession, job: Job, rows: list[dict[str, Any]], count: int, batch: int) -> list[_Written]:
    """Read and write some parts; what came of each."""
    from pyspark.sql.pandas.types import from_arrow_schema

    spark.sparkContext.setJobGroup(_group(job), "sayso read")  # of this thread alone
    tasks = -(-len(rows) // batch)
    places = spark.createDataFrame(pa.Table.from_pylist(rows, schema=_PLACES)).repartition(tasks)
    read: DataFrame = places.mapInArrow(partial(_read, job=job), from_arrow_schema(_READ))
    together = read.repartition(count, "part").sortWithinPartitions("part", "id")
    try:
        written = together.mapInArrow(partial(_write, job=job), from_arrow_schema(_WRITTEN)).collect()
    except Exception as error:
        raise _told(error) from error
    return [_Written(row.documents, row.read, row.statements) for row in written]


def _told(error: Exception) -> Exception:
    """What is said where Spark gives up: the sentence of ours in it, where there is one, and the way out."""
    at = str(error).find(_OTHER)
    if at < 0:
        return error
    return UsageError(f"{str(error)[at:].splitlines()[0]}. Install the same everywhere, and run the same command again")


def _read(batches: Iterator[pa.RecordBatch], job: Job) -> Iterator[pa.RecordBatch]:
    """Read the documents at their places, and take the others out of the parts that they stand in, row by row.

    A task that is run again had its worker die: each document is then read in a process of its own, and the one that ends it is told.
    """
    from pyspark import TaskContext

    _need_same(job)
    context = TaskContext.get()
    again = context is not None and context.attemptNumber() > 0
    for batch in batches:
        rows = batch.to_pylist()
        places = [row["place"] for row in rows if row["old"] is None]
        known = held(job.folder, {row["id"]: row["old"] for row in rows if row["old"] is not None})
        found = _apart(job, places) if again else _here(job, places)
        for row in rows:
            [told] = (next(found) if row["old"] is None else known[row["id"]]).to_pylist()
            yield pa.RecordBatch.from_pylist([{**told, "part": row["part"], "new": row["old"] is None}], schema=_READ)


def _need_same(job: Job) -> None:
    """Raise RuntimeError where this worker would read in another way than the process that asked: its readings would not be those."""
    ours = made_by(job.model, job.years)
    if parts.maker(ours) != job.made:
        raise RuntimeError(
            f"{_OTHER}: {ours.sayso} with code {ours.code}, not {job.made_by.sayso} with code {job.made_by.code}"
        )


def _here(job: Job, places: list[int]) -> Iterator[pa.RecordBatch]:
    if places:
        with job.spool.open("rb") as spool:
            for place in places:
                yield read_at(spool, place, job.model, job.years)[READ]


def _apart(job: Job, places: list[int]) -> Iterator[pa.RecordBatch]:
    for _, found in in_order(work_of(job), places, 1):
        yield found[READ]


def _write(batches: Iterator[pa.RecordBatch], job: Job) -> Iterator[pa.RecordBatch]:
    """Write the parts whose rows come, part by part and sorted by id, each wholly or not at all."""
    rows = (batch.slice(place, 1) for batch in batches for place in range(batch.num_rows))
    for name, group in groupby(rows, key=lambda row: str(row.column("part")[0])):
        written = PartWriter(job.folder, name, job.made_by)
        try:
            told = _fill(written, group, job)
            written.finish()
        except BaseException:
            written.drop()
            raise
        yield pa.RecordBatch.from_pylist([{"part": name, **told._asdict()}], schema=_WRITTEN)


def _fill(written: PartWriter, rows: Iterator[pa.RecordBatch], job: Job) -> _Written:
    """Put the documents of one part in. Raises RuntimeError where they are not those that its name stands for."""
    ids: list[str] = []
    new = statements = 0
    for row in rows:
        [identity], [is_new] = row.column("id").to_pylist(), row.column("new").to_pylist()
        tables = tables_of(pa.RecordBatch.from_arrays([row.column(name) for name in READINGS.names], schema=READINGS))
        if is_new:
            new += 1
            statements += tables["statements"].num_rows
        ids.append(identity)
        written.put(tables)
    if parts.part_name(job.made, ids) != written.name:
        raise RuntimeError(f"the documents of part {written.name} did not all come, or not in order")
    return _Written(len(ids), new, statements)
