"""Excel: every table as a sheet of one .xlsx workbook, written row by row. Needs openpyxl.

Text is stored as text, so that no cell is a formula. Two limits are Excel's: a cell holds 32,767 UTF-16 units (what is
longer is cut and ends in "…"), a sheet 1,048,576 rows (what is more goes on in ``statements 2``).
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable
from typing import Any, BinaryIO

from sayso.export.archive import Archive
from sayso.export.extras import needed
from sayso.export.origin import Makers, Origin
from sayso.export.pages import Page, told
from sayso.export.tables import TABLES, Kind, Table
from sayso.export.writing import for_xml

_CELL = 32_767
_ROWS = 1_048_576
_SUPPLEMENTARY = re.compile(r"[\U00010000-\U0010ffff]")
_CORE = b"""<?xml version="1.0" encoding="UTF-8"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Sayso</dc:creator></cp:coreProperties>"""
"""The properties of the workbook without the times of day that openpyxl would put there."""


def _value(value: Any, kind: Kind) -> Any:
    if value is None or kind in ("whole", "number"):
        return value
    text = for_xml(told(value) if kind == "spans" else " | ".join(value) if kind == "list" else value)
    if len(text) + len(_SUPPLEMENTARY.findall(text)) > _CELL:
        text = text[: _CELL - 1]
        text = text[: _CELL - 1 - len(_SUPPLEMENTARY.findall(text))] + "…"
    return text


class _Sheet:
    """The sheets of one table: another one begins where one is full."""

    def __init__(self, book: Any, openpyxl: Any, table: Table) -> None:
        self.book, self.openpyxl, self.table = book, openpyxl, table
        self.sheet: Any = None
        self.number = self.rows = 0

    def begin(self) -> None:
        """A sheet with its header."""
        self.number += 1
        self.sheet = self.book.create_sheet(self.table.name + (f" {self.number}" if self.number > 1 else ""))
        self.sheet.freeze_panes = "A2"
        self.rows = 1
        self.sheet.append([self._cell(name) for name in self.table.names])

    def put(self, values: Iterable[Any]) -> None:
        """One row."""
        if self.rows == _ROWS:
            self.begin()
        self.rows += 1
        self.sheet.append([self._cell(value) for value in values])

    def _cell(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not value:
            return None
        made = self.openpyxl.cell.WriteOnlyCell(self.sheet, value)
        made.data_type = "s"
        return made


def write_xlsx(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """A workbook of all tables and a sheet ``provenance``. Raises UsageError where openpyxl is missing."""
    openpyxl = needed("openpyxl", "xlsx", "openpyxl.cell")
    book, makers = openpyxl.Workbook(write_only=True), Makers()
    sheets = [_Sheet(book, openpyxl, table) for table in TABLES.values()]
    about = book.create_sheet("provenance")
    for sheet in sheets:
        sheet.begin()
    for page in pages:
        makers.note(page)
        for sheet in sheets:
            kinds = [kind for _, kind in sheet.table.columns]
            for row in sheet.table.rows(page):
                sheet.put(_value(value, kind) for value, kind in zip(row, kinds, strict=True))
    facts = origin.json()
    for key, value in (*facts.items(), *(("made_by", made) for made in makers.json())):
        about.append([key, for_xml(str(value))])
    with tempfile.TemporaryFile() as whole:
        book.save(whole)
        _again(whole, out)


def _again(whole: Any, out: BinaryIO) -> None:
    """The workbook with fixed times, so that its bytes follow from what is in it."""
    with zipfile.ZipFile(whole) as made, Archive(out) as archive:
        for info in made.infolist():
            if info.filename == "docProps/core.xml":
                archive.add(info.filename, _CORE)
                continue
            with made.open(info) as source, archive.member(info.filename, info.file_size) as stream:
                while piece := source.read(1 << 16):
                    stream.write(piece)
