"""CSV: one table, or all of them in a zip with ``provenance.json``. UTF-8, RFC 4180 with LF, a header row.

A spreadsheet runs a cell that begins with = + - @ tab or carriage return as a formula. Such a cell gets an apostrophe in
front; so does one that has apostrophes before such a sign, so that :func:`meant` gives every cell back as it was.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from typing import IO, Any, BinaryIO

from sayso.export.archive import Archive
from sayso.export.origin import Makers, Origin
from sayso.export.pages import Page, told
from sayso.export.tables import TABLES, Kind, Table
from sayso.export.writing import encodable

_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
"""The signs that spreadsheets begin a formula with, full-width ones too (OWASP, CSV Injection)."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BETWEEN = " | "
_MARK = '"'
_QUOTED = re.compile('[,"\r\n]|^ | $')


def defused(text: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{text}" if _FORMULA.match(text) else text


def meant(cell: str) -> str:
    """The cell before it was defused."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def cell(value: Any, kind: Kind = "text") -> str:
    """A value as a cell: lists joined by " | ", spans as ``31-90 95-100``; controls are shown as pictures."""
    if value is None:
        return ""
    if kind in ("whole", "number"):
        return format(value, ".15g") if isinstance(value, float) else str(value)
    if kind == "spans":
        return told(value)
    text = _BETWEEN.join(value) if kind == "list" else str(value)
    return defused(_CONTROL.sub(_picture, encodable(text)))


class _Lines:
    """CSV rows written to a binary stream. Python's own writer leaves a cell with a lone carriage return unquoted."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def put(self, cells: Iterable[str]) -> None:
        """One row."""
        quoted = (f'"{each.replace(_MARK, _MARK * 2)}"' if _QUOTED.search(each) else each for each in cells)
        self._out.write((",".join(quoted) + "\n").encode("utf-8"))


def _put_rows(lines: _Lines, table: Table, page: Page) -> None:
    for row in table.rows(page):
        lines.put(cell(value, kind) for value, (_, kind) in zip(row, table.columns, strict=True))


def write_table(pages: Iterable[Page], out: BinaryIO, table: Table) -> None:
    """One table. Where it came from stands in none of its rows but for the ids: take ``documents`` for that."""
    lines = _Lines(out)
    lines.put(table.names)
    for page in pages:
        _put_rows(lines, table, page)


def write_tables(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """All tables as a zip of CSV files, with ``provenance.json``. Rows wait in temporary files, not in memory."""
    makers = Makers()
    with ExitStack() as stack, Archive(out) as archive:
        spools = {name: stack.enter_context(tempfile.TemporaryFile()) for name in TABLES}
        lines = {name: _Lines(spool) for name, spool in spools.items()}
        for name, table in TABLES.items():
            lines[name].put(table.names)
        for page in pages:
            makers.note(page)
            for name, table in TABLES.items():
                _put_rows(lines[name], table, page)
        for name, spool in spools.items():
            archive.add_spool(f"{name}.csv", spool)
        archive.add_json("provenance.json", {**origin.json(), "made_by": makers.json()})


def write_rows(out: BinaryIO, rows: Iterable[Iterable[Any]]) -> None:
    """Rows of text and numbers as CSV, for tables of another shape; text is defused."""
    lines = _Lines(out)
    for row in rows:
        lines.put(cell(value, "number" if isinstance(value, int | float) else "text") for value in row)
