"""What every renderer shares: text made safe, the screen we write on, JSON lines and CSV.

Only the standard library and click are imported here, so that a command that prints JSON loads nothing else.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

import click

from sayso.contract import dumps
from sayso.records import Unreadable

Json = dict[str, Any]
NARROWEST = 40
"""Cells that the layouts reckon with at least; a narrower terminal wraps lines by itself."""

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls (with ESC and the one-byte CSI), line and paragraph separators, bidirectional overrides and isolates, and
surrogates. Tab and line feed are no danger; the marks U+200E, U+200F and the joiners belong to ordinary text."""

_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"\\u{code:04x}"


def safe(text: str) -> str:
    r"""Text of a page with nothing left in it that a terminal would obey: ESC becomes ␛, an override ``\u202e``.

    Line feeds and tabs stay; a carriage return before a line feed goes.
    """
    return _UNSAFE.sub(_visible, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Safe text on one line: all white space is one space."""
    return safe(" ".join(text.split()))


@dataclass(frozen=True, slots=True)
class Screen:
    """Where text is shown. ``width`` in cells, None where it is no terminal and nothing is cut or wrapped."""

    width: int | None = None
    colour: bool = False


def screen() -> Screen:
    """Standard output as it is now: colour only on a terminal, and not with NO_COLOR or a dumb terminal.

    FORCE_COLOR makes a terminal of a pipe (``FORCE_COLOR=1 sayso show DOC | less -R``); COLUMNS gives its width.
    """
    forced = bool(os.environ.get("FORCE_COLOR"))
    if not (forced or sys.stdout.isatty()):
        return Screen()
    plain = bool(os.environ.get("NO_COLOR")) or (os.environ.get("TERM") == "dumb" and not forced)
    return Screen(max(NARROWEST, shutil.get_terminal_size((80, 24)).columns), not plain)


def complain(message: str) -> None:
    """One line on standard error, from the program itself."""
    click.echo(f"sayso: {one_line(message)}", err=True)


def why(unreadable: Unreadable) -> str:
    """Code and message of a document that could not be read; the path before the message is left out."""
    return f"{unreadable.code}: {unreadable.message.removeprefix(f'{unreadable.path}: ')}"


def json_line(value: Json) -> str:
    """One line of JSON. Characters that a terminal would obey are escapes; the value is the same."""
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", dumps(value))


def row_json(row: Any) -> Json:
    """A row of the ledger, a frozen dataclass, as JSON: its fields under their names."""
    assert is_dataclass(row)
    assert not isinstance(row, type)
    return asdict(row)


def write_json(values: Iterable[Json]) -> None:
    """JSON lines to standard output, in UTF-8 whatever the terminal's encoding."""
    for value in values:
        click.echo(json_line(value).encode("utf-8"))


def cell(value: object) -> str:
    """One cell of CSV: lists joined with " | ", nothing that a spreadsheet would take for a formula, safe to print."""
    if isinstance(value, tuple | list):
        value = " | ".join(str(part) for part in value)
    text = "" if value is None else str(value)
    if isinstance(value, str) and _FORMULA.match(text):
        text = "'" + text
    return safe(text)


def write_csv(columns: Sequence[str], rows: Iterable[Any]) -> None:
    """CSV to standard output: a header row, then each row's attributes of those names. UTF-8, lines end in LF."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(getattr(row, column)) for column in columns])
        if line.tell() > 1 << 16:
            _flush_csv(line)
    _flush_csv(line)


def _flush_csv(line: io.StringIO) -> None:
    click.echo(line.getvalue().encode("utf-8"), nl=False)
    line.seek(0)
    line.truncate()
