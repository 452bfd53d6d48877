"""Coding sheets in a ledger: what people found when they coded samples of it. Rows are only added."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, fields, replace

from sayso.errors import UsageError
from sayso.ledger.escapes import kept
from sayso.ledger.reviewed import COLUMNS, MADE, Coding, Sheet, sheet_id, stored
from sayso.ledger.store import Ledger, now

__all__ = ["Coding", "Sheet", "keep_sheet", "sheets"]
_MARKS = ", ".join("?" * len(fields(Coding)))


def keep_sheet(
    ledger: Ledger, sample: str, content: str, codings: tuple[Coding, ...], *, reviewer: str, at: str = ""
) -> tuple[Sheet, bool]:
    """Keep a sheet that came back; and whether it says anything else than the reviewer's last one of the sample, which it outranks.

    Other notes are something else, but for those on pages that are not in the ledger (any more): these are erased.
    Raises UsageError where nothing was coded, nobody is named, or none of its pages is in the ledger.
    """
    if not reviewer.strip():
        raise UsageError("a coding sheet needs the name of who coded it")
    if not codings:
        raise UsageError("no row of the sheet is filled in: write codes into “code”, numbers into “missing”")
    if not any(ledger.has(each.document) for each in codings):
        raise UsageError(f"the sheet is of another ledger: none of its pages is in {ledger.path}")
    with ledger._whole() as connection:
        last = _last(connection, sample, reviewer)
        if last is not None and _said(ledger, last.codings) == _said(ledger, codings):
            return last, False
        identity = sheet_id(sample, reviewer, codings, last.id if last else "")
        sheet = Sheet(identity, sample, content, reviewer, at or now(), codings)
        _add(connection, sheet)
    return sheet, True


def _last(connection: sqlite3.Connection, sample: str, reviewer: str) -> Sheet | None:
    found = connection.execute(
        "SELECT max(number) FROM sheets WHERE sample = ? AND reviewer = ?", (kept(sample), kept(reviewer))
    ).fetchone()
    if found[0] is None:
        return None
    return next(sheet for _, sheet in stored(connection, f"WHERE number = {int(found[0])}"))


def _said(ledger: Ledger, codings: tuple[Coding, ...]) -> set[Coding]:
    there = {document: ledger.has(document) for document in {each.document for each in codings}}
    return {replace(each, stratum="", note=kept(each.note) if there[each.document] else "") for each in codings}


def _add(connection: sqlite3.Connection, sheet: Sheet) -> None:
    number = connection.execute(
        "INSERT INTO sheets (id, sample, content, reviewer, at) VALUES (?, ?, ?, ?, ?)",
        (sheet.id, kept(sheet.sample), kept(sheet.content), kept(sheet.reviewer), kept(sheet.at)),
    ).lastrowid
    connection.executemany(
        f"INSERT INTO codings (sheet, position, {COLUMNS}) VALUES (?, ?, {_MARKS})",
        [
            (number, n, *(kept(value) if isinstance(value, str) else value for value in astuple(each)))
            for n, each in enumerate(sheet.codings)
        ],
    )


def read_by(ledger: Ledger) -> dict[str, int]:
    """What read the pages that are shown, as codings name it (version, model, code), with how many each."""
    sql = f"SELECT {MADE} AS made, count(*) FROM readings r WHERE r.current = 1 GROUP BY made ORDER BY made"
    with ledger._asked() as connection:
        return dict(connection.execute(sql).fetchall())


def sheets(ledger: Ledger) -> Iterator[Sheet]:
    """The sheets that count, in the order in which they came: of each sample and reviewer the last one."""
    with ledger._asked() as connection:
        last = "WHERE number IN (SELECT max(number) FROM sheets GROUP BY sample, reviewer)"
        yield from (sheet for _, sheet in stored(connection, last))
