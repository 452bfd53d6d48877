"""Tables as CSV: UTF-8, lines end in LF, a header row; nothing that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
"""The signs that spreadsheets begin a formula with, full-width ones too (OWASP, CSV Injection)."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def cell(value: object) -> str:
    """A value as a cell: lists joined by " | ", controls as pictures; words that would be a formula get an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = " | ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
    return ("'" if _FORMULA.match(text) else "") + _CONTROL.sub(_picture, text)


def _column(row: Any, column: str) -> Any:
    """A column of a row; ``a.b`` is a column of a column."""
    for part in column.split("."):
        row = None if row is None else getattr(row, part)
    return row


def csv_text(columns: Sequence[str], rows: Iterable[Any]) -> str:
    """Rows as CSV; ``row.`` before the name of a column is left out of the header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.removeprefix("row.") for column in columns])
    for row in rows:
        writer.writerow([cell(_column(row, column)) for column in columns])
    return out.getvalue()
