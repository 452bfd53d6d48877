"""Readings as flat tables: documents, statements, speakers, figures, dates, findings, as Arrow record batches.

The columns are those of ``sayso export parquet``, with a table of dates beside them; every act is in it, said, thought or wanted.
A document that could not be read has no row in any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from sayso.engine.batch import outcome_of
from sayso.export.pages import Filters, Page, page_of
from sayso.export.parquet import arrow_types, arrow_value
from sayso.export.tables import TABLES, Row, Table
from sayso.records import Reading, Unreadable

_ALL_ACTS = Filters(all_acts=True)


def _dates(page: Page) -> Iterator[Row]:
    d = page.reading.document
    for date in page.reading.dates:
        words = page.cut("text", (date.span,))
        yield d.name, page.reading.id, d.outlet, page.published, d.url, *date.span, words, date.value, date.granularity


_DATES = Table("dates", (
    ("document", "text"), ("document_id", "text"), ("outlet", "text"), ("published", "text"), ("url", "text"),
    ("start", "whole"), ("end", "whole"), ("words", "text"), ("value", "text"), ("granularity", "text"),
), _dates)  # fmt: skip

_TOLD: dict[str, Table] = {
    **{name: TABLES[name] for name in ("documents", "statements", "speakers", "figures")},
    "dates": _DATES,
    "findings": TABLES["findings"],
}


def _schema(table: Table) -> pa.Schema:
    kinds = arrow_types(pa)
    return pa.schema([(name, kinds[kind]) for name, kind in table.columns])


FLAT: dict[str, pa.Schema] = {name: _schema(table) for name, table in _TOLD.items()}
"""The schema of each flat table. Offsets count code points of the page's text, or of its headline where ``part`` says so."""


def flatten(readings: pa.RecordBatch) -> dict[str, pa.RecordBatch]:
    """The flat tables of a batch of readings (``READINGS``), rows in the order of the documents and of their texts. Pure.

    Raises ValueError where a reading is not what its digest says.
    """
    outcomes = [outcome_of(row) for row in readings.to_pylist()]
    return flat_tables([outcome for outcome in outcomes if not isinstance(outcome, Unreadable)])


def flat_tables(readings: Sequence[Reading]) -> dict[str, pa.RecordBatch]:
    """The flat tables of some readings."""
    pages = [page for reading in readings if (page := page_of(reading, _ALL_ACTS)) is not None]
    return {name: _batch(table, pages) for name, table in _TOLD.items()}


def _batch(table: Table, pages: Sequence[Page]) -> pa.RecordBatch:
    rows = [row for page in pages for row in table.rows(page)]
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [() for _ in table.columns]
    arrays = [
        pa.array([arrow_value(value, kind) for value in column], field.type)
        for column, (_, kind), field in zip(columns, table.columns, FLAT[table.name], strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=FLAT[table.name])
