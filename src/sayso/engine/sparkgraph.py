"""What hangs together across a pile under Spark: buckets → star edges → connected components.

    found = sparkgraph.components(sparkgraph.stars(sparkgraph.keys(readings)), folder)

These are groups of pages that share keys of the question *copies* (sketches of their sentences): candidates, so that pages that may be
republished text of each other are gathered into one ledger, where ``sayso copies`` lays them side by side. Every edge leads to the
smallest member of its bucket, so a bucket of n members has n - 1 edges and never n². Large-star and small-star: Kiveris and
others, Connected Components in MapReduce and Beyond, SoCC 2014.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sayso.engine.batch import outcome_of
from sayso.pile.copies import QUESTION
from sayso.pile.forest import Forest
from sayso.records import Reading

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

IN_DRIVER = 5_000_000
"""Edges that the driver joins by itself: 1.5 GB of names; more are joined by the workers, in rounds."""
PARTS = 64
"""Stretches of a bucket that find their smallest member each, so that one worker never has a hot bucket to itself."""
_ROUNDS = 100  # of both stars; a path of n pages takes about twice the logarithm of n

_KEYS = pa.schema([pa.field("bucket", pa.string()), pa.field("id", pa.string())])


def keys(readings: DataFrame) -> DataFrame:
    """The buckets (``bucket``, ``id``) of the pages of readings (rows of ``READINGS``): one row for each key of a page."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return readings.mapInArrow(_keys, from_arrow_schema(_KEYS))


def stars(members: DataFrame, parts: int = PARTS) -> DataFrame:
    """Edges (``a`` < ``b``) from the smallest id of each bucket to the others; members are rows of ``bucket`` and ``id``."""
    from pyspark.sql import functions as f

    spread = members.select("bucket", "id", f.pmod(f.xxhash64("id"), f.lit(parts)).alias("part"))
    firsts = spread.groupBy("bucket", "part").agg(f.min("id").alias("first"))
    tops = firsts.groupBy("bucket").agg(f.min("first").alias("top"))
    near = spread.join(firsts, ["bucket", "part"]).select(f.col("first").alias("a"), f.col("id").alias("b"))
    far = firsts.join(tops, "bucket").select(f.col("top").alias("a"), f.col("first").alias("b"))
    return near.union(far).where("a < b").distinct()


def components(edges: DataFrame, folder: Path, *, limit: int = IN_DRIVER) -> DataFrame:
    """The connected components of a graph: rows of ``id`` and ``component``, its smallest id. Pages without an edge have none.

    Up to ``limit`` edges are joined here; more by the workers, who write each round below ``folder``, so that no round rests on those
    before it. Raises RuntimeError where that comes to no end.
    """
    if edges.count() <= limit:
        return _here(edges)
    return _there(edges, folder)


def _keys(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        readings = [found for found in map(outcome_of, batch.to_pylist()) if isinstance(found, Reading)]
        rows = [
            {"bucket": str(key), "id": item.document}
            for reading in readings
            for item in QUESTION.items(reading)
            for key in sorted(set(item.keys))
        ]
        yield pa.RecordBatch.from_pylist(rows, schema=_KEYS)


def _here(edges: DataFrame) -> DataFrame:
    """Join all in one process."""
    table = edges.select("a", "b").toArrow()
    forest = Forest[str]()
    for batch in table.to_batches():
        for one, other in zip(batch.column("a").to_pylist(), batch.column("b").to_pylist(), strict=True):
            forest.join(one, other)
    nodes = sorted({*table.column("a").to_pylist(), *table.column("b").to_pylist()})
    rows = [{"id": each, "component": forest.find(each)} for each in nodes]
    schema = pa.schema([pa.field("id", pa.string()), pa.field("component", pa.string())])
    return edges.sparkSession.createDataFrame(pa.Table.from_pylist(rows, schema=schema))


def _there(edges: DataFrame, folder: Path) -> DataFrame:
    """Join by rounds of both stars until nothing moves."""
    spark, now = edges.sparkSession, edges.select("a", "b").where("a <> b").distinct()
    before: Any = None
    for number in range(_ROUNDS):
        kept = str(folder / f"round-{number:03}")
        _small(_large(now)).write.mode("overwrite").parquet(kept)
        now = spark.read.parquet(kept)
        state = _state(now)
        if state == before:
            return _named(now)
        before = state
    raise RuntimeError(f"the components of the graph did not settle in {_ROUNDS} rounds")


def _state(edges: DataFrame) -> Any:
    """A digest of a set of edges that does not depend on their order."""
    from pyspark.sql import functions as f

    mark = f.xxhash64("a", "b").cast("decimal(38,0)")
    return tuple(edges.agg(f.count("*"), f.sum(mark), f.sum(f.pmod(mark, f.lit(1_000_003)))).collect()[0])


def _large(edges: DataFrame) -> DataFrame:
    """Each node's larger neighbours, led to the smallest of it and its neighbours."""
    from pyspark.sql import functions as f

    both = edges.union(edges.select(f.col("b").alias("a"), f.col("a").alias("b")))
    least = both.groupBy("a").agg(f.least(f.col("a"), f.min("b")).alias("least"))
    return _pairs(both.where("b > a").join(least, "a"), f.col("b"), f.col("least"))


def _small(edges: DataFrame) -> DataFrame:
    """Each node and its smaller neighbours, led to the smallest of them."""
    from pyspark.sql import functions as f

    down = edges.select(f.greatest("a", "b").alias("a"), f.least("a", "b").alias("b"))
    least = down.groupBy("a").agg(f.min("b").alias("least"))
    others = _pairs(down.join(least, "a"), f.col("b"), f.col("least"))
    return others.union(least.select(f.col("least").alias("a"), f.col("a").alias("b"))).distinct()


def _pairs(rows: DataFrame, one: Column, other: Column) -> DataFrame:
    from pyspark.sql import functions as f

    pairs = rows.select(f.least(one, other).alias("a"), f.greatest(one, other).alias("b"))
    return pairs.where("a < b").distinct()


def _named(edges: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f

    told = edges.select(f.col("b").alias("id"), f.col("a").alias("component"))
    return told.union(edges.select(f.col("a").alias("id"), f.col("a").alias("component"))).distinct()
