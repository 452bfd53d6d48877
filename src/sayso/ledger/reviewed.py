"""Coding sheets as rows of the file: what one person said of each unit of a sample."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields

from sayso.errors import NotALedger


@dataclass(frozen=True, slots=True)
class Coding:
    """What one person said of one unit of a sample. See ``schema-4.sql`` for the columns."""

    what: str
    document: str
    unit: str
    made: str
    stratum: str
    layer: int
    units: int
    drawn: int
    shown: int
    code: str = ""
    wrong: int | None = None
    missing: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A coding sheet that came back. ``sample`` tells how it was drawn, ``content`` is the digest of the ledger then."""

    id: str
    sample: str
    content: str
    reviewer: str
    at: str
    codings: tuple[Coding, ...]


COLUMNS = ", ".join(field.name for field in fields(Coding))


MADE = "trim(r.sayso || ' ' || substr(r.model, 1, 12) || ' ' || substr(r.code, 1, 12))"
"""What made a reading ``r``, as codings name it: version, model and code, shortened."""


def sheet_id(sample: str, reviewer: str, codings: tuple[Coding, ...], before: str = "") -> str:
    """The id of a sheet: a hash of who coded what, and of the id of the reviewer's sheet before it of that sample.

    So who goes back to what an earlier sheet said makes a new one. Notes and names of strata, which can be erased, are not in it.
    """
    rows = [{**asdict(each), "note": "", "stratum": ""} for each in codings]
    rows.sort(key=lambda row: (row["what"], row["document"], row["unit"]))
    return hashlib.sha256(json.dumps([sample, reviewer, rows, before]).encode("ascii")).hexdigest()[:32]


def stored(connection: sqlite3.Connection, where: str = "") -> Iterator[tuple[int, Sheet]]:
    """Sheets as they are kept, with their numbers. Raises NotALedger where one cannot be read."""
    sql = f"SELECT number, id, sample, content, reviewer, at FROM sheets {where} ORDER BY number"
    for number, identity, sample, content, reviewer, at in connection.execute(sql).fetchall():
        found = connection.execute(f"SELECT {COLUMNS} FROM codings WHERE sheet = ? ORDER BY position", (number,))
        codings = tuple(Coding(*row) for row in found)
        if any(not _sound(each) for each in codings):
            raise NotALedger(f"the ledger is damaged: a row of coding sheet {number} cannot be read")
        yield number, Sheet(identity, sample, content, reviewer, at, codings)


def _sound(each: Coding) -> bool:
    texts = (each.what, each.document, each.unit, each.made, each.stratum, each.code, each.note)
    numbers = (each.layer, each.units, each.drawn, each.shown)
    return (
        all(isinstance(value, str) for value in texts)
        and all(type(value) is int and value >= 0 for value in numbers)
        and all(value is None or (type(value) is int and value >= 0) for value in (each.wrong, each.missing))
    )


def check_sheets(connection: sqlite3.Connection, fault: Callable[[str], None]) -> str:
    """Every sheet against the hash it is kept under; a sentence about them."""
    count = 0
    before: dict[tuple[str, str], str] = {}
    for number, sheet in stored(connection):
        count += 1
        last = before.get((sheet.sample, sheet.reviewer), "")
        before[sheet.sample, sheet.reviewer] = sheet.id
        if sheet_id(sheet.sample, sheet.reviewer, sheet.codings, last) != sheet.id:
            fault(f"Coding sheet {number} is not as it came: its hash is another.")
    return f"{count} coding sheet{'' if count == 1 else 's'}: each has the hash it came under."
