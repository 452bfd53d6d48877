"""Items of ingest as rows of ``DOCUMENTS``: all that a reading follows from, the bytes included, under a hash of it.

Here files are opened; after this nothing is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from sayso.engine.batch import DOCUMENTS, fields_columns
from sayso.errors import InputError
from sayso.export.writing import encodable
from sayso.ingest import BOUNDS, Bounds, Item, Metadata, data_of, load
from sayso.ingest.fields import Fields
from sayso.ingest.files import shown
from sayso.ingest.item import STANDARD_INPUT, inside_json, problem_of
from sayso.ingest.meta import sidecar
from sayso.records import Unreadable

ROWS = 64
"""Documents in a batch."""
BYTES = 32 << 20
"""Bytes of documents in a batch, but for a single one that has more."""

Row = dict[str, Any]


def documents(
    items: Iterable[Item], meta: Metadata | None = None, *, rows: int = ROWS, size: int = BYTES
) -> Iterator[pa.RecordBatch]:
    """Items as batches of ``DOCUMENTS``, in order, each with at most ``rows`` documents and about ``size`` bytes. Lazy.

    What cannot be opened is a row with its ``problem``. The ``id`` is :func:`input_id`.
    """
    waiting: list[Row] = []
    held = 0
    for item in items:
        row = document_row(item, meta)
        weight = len(row["content"] or b"") + 4 * len(row["text"] or "")
        if waiting and (len(waiting) >= rows or held + weight > size):
            yield documents_batch(waiting)
            waiting, held = [], 0
        waiting.append(row)
        held += weight
    if waiting:
        yield documents_batch(waiting)


def documents_batch(rows: list[Row]) -> pa.RecordBatch:
    """Rows of ``DOCUMENTS`` as a batch."""
    return pa.RecordBatch.from_pylist(rows, schema=DOCUMENTS)


def document_row(item: Item, meta: Metadata | None = None, *, bounds: Bounds = BOUNDS) -> Row:
    """One item as a row of ``DOCUMENTS``, its bytes and all that is known of it beside them."""
    row: Row = {**dict.fromkeys(DOCUMENTS.names), **_named(item)}
    problem, data, beside = item.problem, None, item.beside
    try:
        data = None if problem else data_of(item, bounds=bounds)
        if beside is None and problem is None:
            beside = Fields() if item.path == STANDARD_INPUT else sidecar(item.path, bounds=bounds)
    except InputError as error:
        outcome = load(item, meta, bounds=bounds)  # which of its faults is told is for ingest to say
        problem = outcome if isinstance(outcome, Unreadable) else problem_of(item, error)
    if problem is not None:
        row["problem"] = {"code": problem.code, "message": encodable(problem.message)}
    else:
        row |= fields_columns((meta or Metadata()).get(item.name))
        row["beside"] = fields_columns(beside or Fields())
        row |= {"content": data} if item.text is None else {"text": encodable(item.text)}
        row |= {"line": item.line, "media_type": item.media_type or None}
        row["inside"] = inside_json(item.inside) if item.inside else None
    row.pop("basis", None)
    return {**row, "id": input_id(row)}


def _named(item: Item) -> Row:
    problem = item.problem
    name, path = (problem.name, problem.path) if problem else (shown(item.name), shown(item.path))
    return {"name": encodable(name), "path": encodable(path)}


def input_id(row: Mapping[str, Any]) -> str:
    """The hash of all that a row says: 32 hexadecimal digits. Equal rows give equal readings, byte for byte."""
    told = {name: value for name, value in row.items() if name not in ("id", "content", "text") and value}
    content, text = row["content"], row["text"]
    told["bytes"] = hashlib.sha256(content).hexdigest() if content is not None else None
    told["characters"] = hashlib.sha256(text.encode("utf-8")).hexdigest() if text is not None else None
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode("ascii")).hexdigest()[:32]
