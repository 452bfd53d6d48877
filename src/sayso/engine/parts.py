"""The folder that readings are handed over in: a folder for each table, a Parquet file for each part.

    FOLDER/readings/PART.parquet      READINGS: whole readings as JSON, and what could not be read
    FOLDER/documents/PART.parquet     the flat tables: documents, statements, speakers, figures, dates, findings

A part is named by what made its readings and by a hash of the documents in it, so the same pile gives the same names, and each
is the same to the byte whoever wrote it (with one version of pyarrow). It is finished once its file in ``readings`` is there: that
is moved into place last, wholly written. Rows stand in the order of the ids of the documents that went in, then of the text.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.engine.batch import READINGS
from sayso.engine.tables import FLAT
from sayso.errors import UsageError
from sayso.ingest.feed import EXTRACTOR as FEED
from sayso.ingest.html import EXTRACTOR as HTML
from sayso.ingest.pdf import EXTRACTOR as PDF
from sayso.records import MadeBy

READ = "readings"
SCHEMAS: dict[str, pa.Schema] = {**FLAT, READ: READINGS}
"""Every table, the one that makes a part finished last."""
GROUP_ROWS = 64
"""Documents between two writes."""
GROUP_BYTES = 16 << 20
"""Bytes of readings between two writes, but for a single one that has more: bounds the memory."""
_PART = re.compile(r"([0-9a-f]{12})-[0-9a-f]{32}\.parquet")
_HALF = ".tmp"

Tables = dict[str, pa.RecordBatch]


def maker(made_by: MadeBy) -> str:
    """What made the readings of a part, as the first 12 digits of a hash; the extractors of pages are in it."""
    told = json.dumps([asdict(replace(made_by, extractor="")), HTML, PDF, FEED], sort_keys=True)
    return hashlib.sha256(told.encode("ascii")).hexdigest()[:12]


def part_name(made: str, ids: Sequence[str]) -> str:
    """The name of the part that holds these documents, given in order."""
    return f"{made}-{hashlib.sha256(' '.join((made, *ids)).encode('ascii')).hexdigest()[:32]}"


class PartWriter:
    """One part that is being written. Nothing is seen of it before :meth:`finish`."""

    def __init__(self, folder: Path, name: str, made_by: MadeBy) -> None:
        self.folder, self.name = folder, name
        self._about = {
            "sayso": json.dumps({"contract": made_by.contract, "made_by": asdict(replace(made_by, extractor=""))})
        }
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._waiting: dict[str, list[pa.RecordBatch]] = {table: [] for table in SCHEMAS}
        self._held = 0

    def put(self, tables: Tables) -> None:
        """The rows of the next document, in every table."""
        for table, batch in tables.items():
            self._waiting[table].append(batch)
        self._held += tables[READ].nbytes
        if len(self._waiting[READ]) >= GROUP_ROWS or self._held >= GROUP_BYTES:
            self._write()

    def _write(self) -> None:
        for table, schema in SCHEMAS.items():
            if table not in self._writers:
                words = [name for name in schema.names if name not in ("reading", "noticed")]
                self._writers[table] = pq.ParquetWriter(
                    self._half(table), schema.with_metadata(self._about), compression="zstd", use_dictionary=words
                )
            rows = pa.Table.from_batches(self._waiting[table], schema=schema).combine_chunks()
            if rows.num_rows:
                self._writers[table].write_table(rows)
            self._waiting[table] = []
        self._held = 0

    def _half(self, table: str) -> Path:
        return self.folder / table / f".{self.name}{_HALF}"

    def finish(self) -> None:
        """Make it lasting and move it into place: the flat tables, then the readings, which finish the part."""
        self._write()
        for table, writer in self._writers.items():
            writer.close()
            with self._half(table).open("rb+") as file:
                os.fsync(file.fileno())
        readings(self.folder, self.name).unlink(
            missing_ok=True
        )  # one that is made anew is not finished while it is moved
        for table in SCHEMAS:
            self._half(table).replace(self.folder / table / f"{self.name}.parquet")
            sync_folder(self.folder / table)

    def drop(self) -> None:
        """Take away what was written of it."""
        for table, writer in self._writers.items():
            with suppress(Exception):  # it is given up anyway
                writer.close()
            self._half(table).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder lasting, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def begin(folder: Path) -> None:
    """Make the folders of the tables, and take away what an earlier run left half done. The caller holds the folder's lock."""
    finished = set(names(folder))
    for table in SCHEMAS:
        there = folder / table
        there.mkdir(exist_ok=True)
        for file in sorted(there.iterdir()):
            half = file.name.startswith(".") and _PART.fullmatch(file.name[1:].replace(_HALF, ".parquet"))
            stray = table != READ and _PART.fullmatch(file.name) and file.stem not in finished
            if half or stray:
                file.unlink()


def unwritable(folder: Path, error: OSError) -> UsageError:
    """The error for a folder that cannot be written."""
    return UsageError(
        f"{folder} cannot be written ({error.strerror}): make it writable, see that its disk has room, or name another."
    )


def readings(folder: Path, name: str) -> Path:
    """The file of a part's readings."""
    return folder / READ / f"{name}.parquet"


def names(folder: Path, made: str = "") -> list[str]:
    """The names of the finished parts, in order: all, or those that ``made`` made."""
    found = (_PART.fullmatch(file.name) for file in (folder / READ).glob("*.parquet"))
    return sorted(match[0].removesuffix(".parquet") for match in found if match and match[1].startswith(made))


def remove(folder: Path, name: str) -> None:
    """Take a part away, its finishing file first: what is left of it after a stop is swept by the next run."""
    for table in reversed(SCHEMAS):
        (folder / table / f"{name}.parquet").unlink(missing_ok=True)


def batches_of(path: Path) -> Iterator[pa.RecordBatch]:
    """The readings in a file, a few at a time. Raises UsageError where it is damaged or holds something else."""
    file = _with_columns(path, *READINGS.names)
    try:
        for batch in file.iter_batches(GROUP_ROWS, columns=READINGS.names):
            yield pa.RecordBatch.from_arrays([batch.column(name) for name in READINGS.names], schema=READINGS)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from error


def _with_columns(path: Path, *columns: str) -> pq.ParquetFile:
    """The file, which has these columns. Raises UsageError where it has not."""
    file = _opened(path)
    if missing := [name for name in columns if name not in file.schema_arrow.names]:
        raise UsageError(
            f"{path} holds no readings of Sayso: it has no column {missing[0]}. Move it out of the folder."
        )
    return file


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, memory_map=False)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> UsageError:
    return UsageError(
        f"{path} cannot be read as Parquet ({str(error).splitlines()[0][:200]}): delete it, and run the same “sayso read --to” "
        "again to have it made anew."
    )


def column_of(path: Path, column: str) -> Iterator[Any]:
    """The values of one column of a file of readings."""
    for row in some_of(path, column):
        yield row[column]


def some_of(path: Path, *columns: str) -> Iterator[dict[str, Any]]:
    """Some columns of a file of readings, row by row. Raises UsageError where it is damaged."""
    try:
        yield from rows_of(_with_columns(path, *columns).read(columns=list(columns)))
    except (pa.ArrowException, OSError, KeyError) as error:
        raise _damaged(path, error) from error


class Made(NamedTuple):
    """What made the readings of a file: ``maker`` is a hash of all of it but extractors, ``part`` what the name of a part begins with."""

    sayso: str
    code: str
    model: str
    runtime: str
    maker: str
    part: str

    def __str__(self) -> str:
        """It in words."""
        parts = f", parts {self.part}-" if self.part else ""
        return f"sayso {self.sayso} code {self.code or 'unknown'} model {self.model[:12]} {self.runtime}{parts}"


def maker_of(path: Path) -> Made | None:
    """What made the readings of a file, by what it says of itself, else by its first reading.

    None where it holds none. Raises UsageError where it is damaged.
    """
    told = (_opened(path).schema_arrow.metadata or {}).get(b"sayso")
    made = json.loads(told)["made_by"] if told else None
    if made is None:
        first = next((row["reading"] for row in some_of(path, "reading") if row["reading"] is not None), None)
        made = json.loads(first)["made_by"] if first is not None else None
    if made is None:
        return None
    known = {"contract": 1, "code": "", **made, "extractor": ""}
    whole = hashlib.sha256(json.dumps(known, sort_keys=True).encode("ascii")).hexdigest()[:12]
    named = _PART.fullmatch(path.name)
    return Made(
        known["sayso"], known["code"], known["model"], known.get("runtime", ""), whole, named[1] if named else ""
    )


def length_of(path: Path) -> int:
    """How many readings a file holds. Raises UsageError where it is damaged."""
    return int(_opened(path).metadata.num_rows)


def rows_of(tables: pa.RecordBatch | pa.Table) -> list[dict[str, Any]]:
    """Rows as Python values."""
    found: list[dict[str, Any]] = tables.to_pylist()
    return found
