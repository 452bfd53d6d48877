"""Parquet: one table, or all of them in a zip, for pandas, R, DuckDB and Spark. Needs pyarrow.

Lists are lists and spans are lists of (start, end). Where it came from stands in the metadata of each file, key ``sayso``.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any, BinaryIO

from sayso.export.archive import Archive
from sayso.export.extras import needed
from sayso.export.origin import Makers, Origin
from sayso.export.pages import Page
from sayso.export.tables import TABLES, Kind, Table
from sayso.export.writing import encodable

_GROUP = 2_000
"""Rows between two writes: with 10,000 the memory for 1,000 pages was 60 MB above that for 50, with 2,000 it was 32 MB,
13 of them the ledger's own."""


def arrow_types(arrow: Any) -> dict[Kind, Any]:
    """The Arrow type of each kind of column."""
    span = arrow.struct([("start", arrow.int64()), ("end", arrow.int64())])
    return {
        "text": arrow.string(), "whole": arrow.int64(), "number": arrow.float64(),
        "list": arrow.list_(arrow.string()), "spans": arrow.list_(span),
    }  # fmt: skip


def arrow_value(value: Any, kind: Kind) -> Any:
    """A value of a table as Arrow takes it in."""
    if kind == "spans":
        return [{"start": start, "end": end} for start, end in value]
    if kind == "list":
        return [encodable(each) for each in value]
    return encodable(value) if kind == "text" else value


class _File:
    """One table that is being written."""

    def __init__(self, arrow: Any, table: Table, out: Any, origin: Origin) -> None:
        kinds = arrow_types(arrow)
        about = {"sayso": json.dumps(origin.json(), ensure_ascii=True)}
        self.arrow, self.table = arrow, table
        self.schema = arrow.schema([(name, kinds[kind]) for name, kind in table.columns], metadata=about)
        self.writer = arrow.parquet.ParquetWriter(out, self.schema, compression="zstd")
        self.rows: list[tuple[Any, ...]] = []

    def put(self, page: Page) -> None:
        """The rows of a page."""
        self.rows += self.table.rows(page)
        if len(self.rows) >= _GROUP:
            self._write()

    def _write(self) -> None:
        columns = zip(*self.rows, strict=True) if self.rows else [() for _ in self.table.columns]
        arrays = [
            self.arrow.array([arrow_value(value, kind) for value in column], self.schema.field(name).type)
            for column, (name, kind) in zip(columns, self.table.columns, strict=True)
        ]
        self.writer.write_table(self.arrow.table(arrays, schema=self.schema))
        self.rows = []

    def close(self) -> None:
        """The rest of the rows, and the end of the file."""
        self._write()
        self.writer.close()


def write_table(pages: Iterable[Page], out: BinaryIO, origin: Origin, table: Table) -> None:
    """One table as a Parquet file. Raises UsageError where pyarrow is missing."""
    arrow = needed("pyarrow", "parquet", "pyarrow.parquet")
    made = _File(arrow, table, arrow.PythonFile(out, mode="w"), origin)
    for page in pages:
        made.put(page)
    made.close()


def write_tables(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """All tables as a zip of Parquet files, with ``provenance.json``. Raises UsageError where pyarrow is missing."""
    arrow, makers = needed("pyarrow", "parquet", "pyarrow.parquet"), Makers()
    with ExitStack() as stack, Archive(out) as archive:
        spools = {name: stack.enter_context(tempfile.TemporaryFile()) for name in TABLES}
        files = {name: _File(arrow, TABLES[name], arrow.PythonFile(spool, mode="w"), origin) for name, spool in spools.items()}
        for page in pages:
            makers.note(page)
            for file in files.values():
                file.put(page)
        for name, file in files.items():
            file.close()
            spools[name].seek(0, 2)
            archive.add_spool(f"{name}.parquet", spools[name], packed=False)
        archive.add_json("provenance.json", {**origin.json(), "made_by": makers.json()})
