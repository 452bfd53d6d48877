"""Reading under Spark (``pip install "sayso[spark]"``, Java 17): the same ``read_batch``, over ``mapInArrow``.

    readings = spark.read(spark.walk(paths))      # paths: a DataFrame with a column ``path``; or any DataFrame like DOCUMENTS
    spark.tables(readings)["statements"]

DataFrames go in and come out, so where they lie is for Spark to say. :func:`read_to` writes the folder that ``sayso read --to`` writes,
byte for byte. Each Python worker loads the model once, after it was forked, and reads on one thread; a document that cannot be read
is a row with its error. Nothing is counted by accumulators, which count a task twice that was run twice.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sayso.engine.batch import DOCUMENTS, READINGS, read_batch
from sayso.engine.documents import documents
from sayso.engine.handover import PART, Told
from sayso.engine.handover import read_to as hand_over
from sayso.engine.sparkwriting import writer
from sayso.engine.tables import FLAT, flatten
from sayso.errors import UsageError
from sayso.export.extras import needed
from sayso.ingest import Item, Metadata, items

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

BATCH = 64
"""Documents that are handed to a worker at a time: with 256 the memory of a worker grows, and no more is read in a second (measured)."""
_SLICE = 8  # documents whose readings are held together: a reading takes some ten times its text
_RETRIES = (
    4  # of a task, also on one machine, where Spark has none: a document that ends its worker is found by the second
)


def session(master: str = "local[*]") -> SparkSession:
    """The Spark session that is there, else a new one: no user interface, on one machine nothing but loopback, few words.

    Raises UsageError where pyspark or Java is missing.
    """
    sql = needed("pyspark.sql", "spark")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    local = master.startswith("local")
    if local:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    if local and "," not in master:
        master = f"{master.removesuffix(']') if '[' in master else 'local[1'},{_RETRIES}]"
    builder = sql.SparkSession.builder.appName("sayso").master(master)
    for key, value in {**_CONFIG, **(_LOOPBACK if local else {})}.items():
        builder = builder.config(key, value)
    try:
        found: SparkSession = builder.getOrCreate()
    except Exception as error:
        if "JAVA_GATEWAY" not in str(error):
            raise
        raise UsageError(
            "Spark needs Java 17 or later, which does not start here: install it, or set JAVA_HOME"
        ) from error
    found.sparkContext.setLogLevel("OFF")
    return found


_CONFIG = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.speculation": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
    "spark.sql.execution.arrow.maxBytesPerBatch": str(32 << 20),
    "spark.python.worker.reuse": "true",
    "spark.log.structuredLogging.enabled": "false",
}
_LOOPBACK = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",  # with 200, as is usual, a round of components is spent on handing out tasks
}


def schema_of(schema: pa.Schema) -> Any:
    """A schema of Arrow as one of Spark."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)


def walk(paths: DataFrame, meta: Metadata | None = None) -> DataFrame:
    """The documents under paths (column ``path``: files, folders, WARCs), as rows of ``DOCUMENTS``, in whatever order.

    Workers open the paths, so all of them must see them. ``meta`` is a table for all.
    """
    return paths.select("path").mapInArrow(partial(_walked, meta=meta), schema_of(DOCUMENTS))


def read(given: DataFrame, *, model: Path | None = None, years: range | None = None) -> DataFrame:
    """Read documents (rows like ``DOCUMENTS``; columns that are nowhere set may be left out): rows of ``READINGS``."""
    return given.mapInArrow(partial(_read, model=model, years=years), schema_of(READINGS))


def tables(readings: DataFrame) -> dict[str, DataFrame]:
    """The flat tables of readings (rows of ``READINGS``): documents, statements, speakers, figures, dates, findings.

    Each is worked out when it is asked for: keep the readings first (``readings.persist()``, or in a file), or they are read anew.
    """
    return {name: readings.mapInArrow(partial(_flat, table=name), schema_of(schema)) for name, schema in FLAT.items()}


def read_to(
    pile: Iterable[Item],
    folder: Path,
    *,
    meta: Metadata | None = None,
    years: range | None = None,
    model: Path | None = None,
    master: str = "",
    part: int = PART,
    again: bool = False,
    told: Told | None = None,
    counted: Callable[[], object] = int,
    step: Callable[[], object] = int,
) -> Told:
    """Read a pile into a folder of Parquet under Spark: the very bytes that :func:`sayso.engine.handover.read_to` writes.

    This process walks the pile; workers read and write the parts, so all of them must see the folder, and the files of the pile. Raises
    UsageError where pyspark is missing, and what that function raises.
    """
    sql = needed("pyspark.sql", "spark")
    there = sql.SparkSession.getActiveSession()
    spark = there or session(master or "local[*]")
    try:
        return hand_over(
            pile, folder.absolute(), meta=meta, years=years, model=model, part=part, again=again, told=told,
            counted=counted, step=step, write=writer(spark, BATCH),
        )  # fmt: skip
    finally:
        if there is None:
            spark.stop()


def _walked(batches: Iterator[pa.RecordBatch], meta: Metadata | None) -> Iterator[pa.RecordBatch]:
    paths = chain.from_iterable(batch.column("path").to_pylist() for batch in batches)
    return documents(items(paths), meta, rows=_SLICE)


def _read(batches: Iterator[pa.RecordBatch], model: Path | None, years: range | None) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        for start in range(0, batch.num_rows, _SLICE):
            yield read_batch(batch.slice(start, _SLICE), model=model, years=years)


def _flat(batches: Iterator[pa.RecordBatch], table: str) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        for start in range(0, batch.num_rows, _SLICE):
            yield flatten(batch.slice(start, _SLICE))[table]
