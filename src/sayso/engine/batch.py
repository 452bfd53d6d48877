"""``read_batch``: documents in, readings out, as Arrow record batches. The one function that every engine runs.

Pure: what comes out follows from the batch, the model and the years; no file is opened and nothing is kept but the model,
which is loaded at the first batch of a process. Needs pyarrow (``pip install "sayso[parquet]"``).

``DOCUMENTS`` is what goes in, ``READINGS`` what comes out: a row for each document, in the same order. Where a document cannot be
read, ``error`` holds the code of the contract and ``message`` the sentence; whatever happens in one document, the others are read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from sayso.contract import Json, dumps, finding_json, finding_of, reading_json, reading_of
from sayso.engine.local import never, read_item
from sayso.export.writing import encodable
from sayso.ingest import Item, Metadata, inside_of
from sayso.ingest.fields import Fields, fields_of
from sayso.ingest.published import Basis, published_of
from sayso.reading import Reader
from sayso.records import Document, MadeBy, Published, Reading, Unreadable

_EXTRA = pa.map_(pa.string(), pa.string())
_KNOWN = [pa.field(name, pa.string()) for name in ("title", "outlet", "byline", "url", "language", "date")]

DOCUMENTS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),  # whatever the caller tells the row by; comes back as it is
        pa.field("name", pa.string(), nullable=False),  # document.name of the contract
        pa.field("path", pa.string()),  # where the bytes came from: told in the reading, never opened
        pa.field("line", pa.int64()),  # set: ``content`` is one JSON object, which begins on that line of ``path``
        pa.field("content", pa.binary()),  # the bytes: a page, a PDF, a plain text, one JSON object
        pa.field("text", pa.string()),  # or the text itself, character for character; outranks ``content``
        pa.field("media_type", pa.string()),  # text/plain, text/html, application/pdf, application/json; else by content
        *_KNOWN,  # what is given of the document: outranks what it says of itself
        pa.field("extra", _EXTRA),  # the user's own columns
        pa.field("beside", pa.struct([*_KNOWN, pa.field("basis", pa.string()), pa.field("extra", _EXTRA)])),
        # what is known from where it lies (NAME.meta.json, a WARC record): only a JSON object of a line outranks it
        pa.field("inside", pa.string()),  # where it stands in a container and what that says of it: ingest.inside_json
        pa.field("problem", pa.struct([pa.field("code", pa.string()), pa.field("message", pa.string())])),  # why there is nothing to read
    ]
)  # fmt: skip
"""One document a row. ``id`` and ``name`` are needed, and one of ``content``, ``text`` and ``problem``; columns that are nowhere
set may be left out."""

READINGS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),  # of the row that it was read from
        pa.field("name", pa.string(), nullable=False),
        pa.field("path", pa.string(), nullable=False),
        pa.field("document", pa.string()),  # document.id of the reading
        pa.field("text_id", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("url", pa.string()),
        pa.field("language", pa.string()),
        pa.field("published", pa.string()),  # published.date
        pa.field("extractor", pa.string()),  # made_by.extractor
        pa.field("reading", pa.string()),  # the whole reading as JSON, in the bytes that sayso read --json prints
        pa.field("digest", pa.string()),  # SHA-256 of these bytes
        pa.field("noticed", pa.string()),  # those findings that ingest made, as JSON: the ledger keeps them apart
        pa.field("error", pa.string()),  # a code of the contract, where it could not be read
        pa.field("message", pa.string()),  # the sentence that says why, and the way out
    ]
)  # fmt: skip
"""One document a row: either ``document`` to ``noticed`` are set, or ``error`` and ``message``."""

Row = Mapping[str, Any]


def read_batch(batch: pa.RecordBatch, *, model: Path | None = None, years: range | None = None) -> pa.RecordBatch:
    """Read every document of a batch (``DOCUMENTS``) with one model on one thread; the readings (``READINGS``), row by row.

    ``model`` and ``years`` are those of :class:`sayso.Reader`. What goes wrong in one document is its row. Raises
    ValueError where a column has another name or type than ``DOCUMENTS`` says, ModelError where the model is damaged.
    Not for several threads of one process at once.
    """
    reader = _reader(os.getpid(), model, years)
    return readings_batch(read_row(reader, row) for row in document_rows(batch))


def read_row(reader: Reader, row: Row) -> dict[str, Any]:
    """Read one document, given as a row of ``DOCUMENTS``: its row of ``READINGS``.

    One that the extractor failed at is tried twice: its process may have been ended from outside, as a machine short of memory
    does, and what is finished is not read again.
    """
    item, meta = item_of(row)
    outcome = item.problem or read_item(reader, item, meta, never)
    if item.problem is None and isinstance(outcome, Unreadable) and outcome.code == "extractor-failed":
        outcome = read_item(reader, item, meta, never)
    assert isinstance(outcome, Reading | Unreadable)
    return outcome_row(str(row["id"]), outcome)


@lru_cache(maxsize=1)
def _reader(_process: int, model: Path | None, years: range | None) -> Reader:
    """The reader of this process: one that was loaded before a fork would hang."""
    return Reader(model, years)


def made_by(model: Path | None = None, years: range | None = None) -> MadeBy:
    """What makes the readings of this process, but for the extractor, which is another for each kind of page."""
    return _reader(os.getpid(), model, years).made_by(Document("", ""))


def document_rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """The rows of a batch of documents, one by one, every column of ``DOCUMENTS`` in each. Raises ValueError."""
    for field in batch.schema:
        known = DOCUMENTS.field(field.name) if field.name in DOCUMENTS.names else None
        if known is None or not _fits(field.type, known.type):
            wanted = ", ".join(f"{each.name}: {each.type}" for each in DOCUMENTS)
            raise ValueError(f"A batch of documents has no column {field.name}: {field.type}. It has: {wanted}.")
    if missing := [name for name in ("id", "name") if name not in batch.schema.names]:
        raise ValueError(f"A batch of documents needs the column {missing[0]}.")
    none = dict.fromkeys(DOCUMENTS.names)
    for place in range(batch.num_rows):  # not all at once: the bytes of a page may be many
        [row] = batch.slice(place, 1).to_pylist()
        yield {**none, **row}


def _fits(given: pa.DataType, wanted: pa.DataType) -> bool:
    """Whether a type holds the same values: strings and bytes may be large, numbers may be short."""
    kinds: tuple[tuple[pa.DataType, Callable[[pa.DataType], bool]], ...] = (
        (pa.string(), lambda t: pa.types.is_string(t) or pa.types.is_large_string(t)),
        (pa.binary(), lambda t: pa.types.is_binary(t) or pa.types.is_large_binary(t)),
        (pa.int64(), pa.types.is_integer),
    )
    if pa.types.is_null(given):
        return True
    return next((fits(given) for kind, fits in kinds if kind == wanted), bool(pa.types.is_nested(given)))


def item_of(row: Row) -> tuple[Item, Metadata]:
    """A row of ``DOCUMENTS`` as what ingest loads, and what is given of it."""
    name, path, problem = str(row["name"]), str(row["path"] or ""), row["problem"]
    unreadable = Unreadable(name, problem["code"], problem["message"], path) if problem else None
    content = row["content"] if row["content"] is not None or row["text"] is not None else b""
    beside = fields_from(row["beside"]) if row["beside"] else Fields()
    inside = inside_of(row["inside"]) if row["inside"] else None
    item = Item(name, path, content, row["line"], unreadable, row["text"], row["media_type"] or "", beside, inside)
    return item, Metadata({name: fields_from(row)})


def fields_from(row: Row) -> Fields:
    """What is known of a document, from the columns that say it."""
    found = fields_of({field.name: value for field in _KNOWN if (value := row.get(field.name))})
    extra = dict(row.get("extra") or ())
    basis: Basis = row.get("basis") or "metadata"
    published = published_of(str(row.get("date")), basis) if found.published else None
    return Fields(
        found.title, found.outlet, found.byline, found.url, found.language, published,
        tuple(sorted({**dict(found.extra), **extra}.items())),
    )  # fmt: skip


def fields_columns(fields: Fields) -> dict[str, Any]:
    """What is known of a document as values of columns; :func:`fields_from` makes the same of them again."""
    known = {
        name: encodable(getattr(fields, name)) or None for name in ("title", "outlet", "byline", "url", "language")
    }
    stamp = _stamp(fields.published) if fields.published else None
    extra = [(encodable(key), encodable(value)) for key, value in fields.extra]
    return {**known, "date": stamp, "basis": fields.published and fields.published.basis, "extra": extra}


def _stamp(published: Published) -> str:
    """A stamp that is read as this date; midnight would be read as a day, but as seconds it is a minute."""
    if published_of(published.date, published.basis) == published:
        return published.date
    return str(int(datetime.fromisoformat(published.date).timestamp()))


def outcome_row(identity: str, outcome: Reading | Unreadable) -> dict[str, Any]:
    """What came of a document as a row of ``READINGS``."""
    row: dict[str, Any] = dict.fromkeys(READINGS.names)
    if isinstance(outcome, Unreadable):
        told = {"name": outcome.name, "path": outcome.path, "error": outcome.code, "message": outcome.message}
        return {**row, "id": identity, **{key: encodable(value) for key, value in told.items()}}
    document, written = outcome.document, dumps(reading_json(outcome))
    file, published = document.file, document.published
    told = {
        "name": document.name, "path": file.path if file else "", "outlet": document.outlet, "url": document.url,
        "language": document.language, "published": published.date if published else "", "extractor": document.extractor,
    }  # fmt: skip
    return {
        **row, "id": identity, **{key: encodable(value) for key, value in told.items()},
        "document": outcome.id, "text_id": outcome.text_id, "reading": written,
        "digest": hashlib.sha256(written.encode("utf-8")).hexdigest(),
        "noticed": json.dumps([finding_json(f) for f in document.findings], separators=(",", ":")),
    }  # fmt: skip


def outcome_of(row: Row) -> Reading | Unreadable:
    """A row of ``READINGS`` back as what it was made from. Raises ValueError where its reading is not what its digest says."""
    if row["error"] is not None:
        return Unreadable(row["name"], row["error"], row["message"], row["path"])
    written = str(row["reading"])
    if hashlib.sha256(written.encode("utf-8")).hexdigest() != row["digest"]:
        raise ValueError(f"the reading of {row['name']} is not the one that its digest was taken of")
    value: Json = json.loads(written)
    noticed = tuple(finding_of(each) for each in json.loads(row["noticed"] or "[]"))
    return reading_of(value, noticed)


def readings_batch(rows: Iterator[Row] | list[Row]) -> pa.RecordBatch:
    """Rows of ``READINGS`` as a batch."""
    return pa.RecordBatch.from_pylist(list(rows), schema=READINGS)
