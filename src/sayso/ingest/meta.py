"""What the user says about documents: a table for many (``--meta FILE.csv``), ``NAME.meta.json`` for one."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.errors import InputError, UsageError
from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.fields import Fields, brief, fields_of, tidy
from sayso.ingest.files import read_file, shown
from sayso.ingest.jsonl import parse_object, scalars
from sayso.ingest.published import published_of
from sayso.ingest.text import decode_text

SIDECAR = ".meta.json"
_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_MAC = "__MACOSX"  # the folder that macOS adds to a zip
_DELIMITERS = ",;\t"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Rows of a metadata table by document name."""

    rows: dict[str, Fields] = field(default_factory=dict)

    @classmethod
    def from_csv(cls, path: str | Path, *, bounds: Bounds = BOUNDS) -> Metadata:
        """Read a table with a column ``name`` and any of outlet, url, date, title, byline, language; others go to ``extra``.

        Comma, semicolon or tab between the columns; UTF-8 or what a spreadsheet saves. Raises UsageError naming file and line.
        """
        where = shown(str(path))
        try:
            text = decode_text(read_file(str(path), bounds.table_bytes))
        except InputError as error:
            raise UsageError(f"{where} cannot be read as a table: {error}") from None
        return cls(_table(text, where, bounds))

    def get(self, name: str) -> Fields:
        """What the table says about the document ``name``; empty fields where it has no row."""
        return self.rows.get(name) or self.rows.get(_plain(name)) or Fields()

    def unused(self, names: Iterable[str]) -> tuple[str, ...]:
        """Names in the table that are none of ``names``, the documents that were read: typing errors, mostly."""
        seen = {_plain(name) for name in names}
        return tuple(name for name in self.rows if _plain(name) not in seen)


def sidecar(path: str, *, bounds: Bounds = BOUNDS) -> Fields:
    """What ``NAME.meta.json`` beside the file says: ``page.txt.meta.json``, else ``page.meta.json``. Raises InputError."""
    for beside in map(Path, sidecars_of(path)):
        if not os.path.lexists(beside):  # a name too long for the system is one that no file has
            continue
        try:
            data = read_file(str(beside), bounds.sidecar_bytes)
        except InputError as error:
            raise _unread(beside.name, error) from None
        return beside_of(data, beside.name, bounds=bounds)
    return Fields()


def sidecars_of(path: str, split: Callable[[str], tuple[str, str]] = os.path.split) -> tuple[str, str]:
    """The names that the metadata file of a file may have, the one that counts first before the other."""
    folder, name = split(path)
    stem = name.rpartition(".")[0] or name
    before = path[: len(path) - len(name)] if folder or path != name else ""
    return f"{before}{name}{SIDECAR}", f"{before}{stem}{SIDECAR}"


def beside_of(data: bytes, name: str, *, bounds: Bounds = BOUNDS) -> Fields:
    """What the bytes of a metadata file say. Raises InputError."""
    try:
        return fields_of(scalars(parse_object(data, bounds=bounds), leave=("name", "text")))
    except InputError as error:
        raise _unread(name, error) from None


def _unread(name: str, error: InputError) -> InputError:
    return InputError(error.code, f"Its metadata file {shown(name)} cannot be read: {error}")


def is_hidden(path: str) -> bool:
    """Whether what has this name is passed over in a folder: hidden, a metadata file, or what file browsers leave behind."""
    parts = path.split("/")
    return (
        any(part.startswith((".", _MAC)) for part in parts if part not in {".", ".."})
        or path.endswith(SIDECAR)
        or parts[-1].lower() in _LITTER
    )


def _plain(name: str) -> str:
    """A name as it is compared: forward slashes, no ``./`` before it."""
    return name.strip().replace("\\", "/").removeprefix("./")


def _table(text: str, where: str, bounds: Bounds) -> dict[str, Fields]:
    rows: dict[str, Fields] = {}
    try:
        for line, row in _rows(text, where, bounds):
            name, fields = row.pop("name"), _row_fields(row, f"{where}, line {line}")
            if rows.setdefault(name, fields) != fields:
                raise UsageError(
                    f"{where}, line {line}: “{brief(name)}” has a second row that says something else. Leave one."
                )
    except csv.Error as error:
        raise UsageError(f"{where} is not a table in CSV: {error}. Save it again from a spreadsheet.") from None
    return rows


def _lines(text: str, where: str, bounds: Bounds) -> Iterator[str]:
    """The lines of a table with their ends, one by one. Raises UsageError at one that is too long."""
    for number, match in enumerate(_LINE.finditer(text), 1):
        if match.end() - match.start() > bounds.table_row_chars:
            raise UsageError(
                f"{where}, line {number} has more than {bounds.table_row_chars:,} characters. Is it a table in CSV?"
            )
        yield match[0]


def _rows(text: str, where: str, bounds: Bounds) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by column of each row that is not blank."""
    first = text[: text.find("\n")] if "\n" in text[: bounds.table_row_chars] else text[: bounds.table_row_chars]
    delimiter = max(_DELIMITERS, key=lambda d: "name" in _header(first.split(d)))
    reader = csv.reader(_lines(text, where, bounds), delimiter=delimiter)
    header = _header(next(reader, []))
    if header.count("name") != 1:
        columns = ", ".join(f"“{brief(c)}”" for c in header[:8]) or "none"
        raise UsageError(
            f"{where} needs one column “name” in its first line, with the documents' names (columns: {columns})."
        )
    for cells in reader:
        if not any(map(str.strip, cells)):
            continue
        if any(map(str.strip, cells[len(header) :])):
            raise UsageError(
                f"{where}, line {reader.line_num}: {len(cells)} cells for {len(header)} columns. "
                "Put quotation marks around cells with a comma in them."
            )
        row = {column: cell for column, cell in zip(header, cells, strict=False) if column and cell.strip()}
        if "name" not in row:
            raise UsageError(f"{where}, line {reader.line_num}: the row has no name, so it belongs to no document.")
        yield reader.line_num, {**row, "name": _plain(row["name"])}


def _header(cells: list[str]) -> list[str]:
    """Column names: the contract's in lower case, the user's own as written."""
    names = [tidy(cell.strip().strip('"')) for cell in cells]
    known = {"name", "outlet", "url", "date", "title", "byline", "language"}
    return [name.lower() if name.lower() in known else name for name in names]


def _row_fields(row: dict[str, str], where: str) -> Fields:
    if tidy(row.get("date", "")) and published_of(row["date"]) is None:
        raise UsageError(
            f"{where}: the date “{brief(row['date'])}” can be read in more than one way, or in none. Write it as 2023-10-09."
        )
    return fields_of(row)
