"""One hash over all that was observed and decided: equal for two ledgers of one pile, whatever the order or the machine."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from sayso.ledger.keys import PLACES
from sayso.ledger.loader import reading_rows
from sayso.ledger.tables import DOCUMENT_COLUMNS, KEYS, READING_COLUMNS, TABLES, TEXT_COLUMNS

_DOCUMENT = [column for column in (*TEXT_COLUMNS, *DOCUMENT_COLUMNS) if column != "key"]
_READING = [column for column in READING_COLUMNS if column not in ("key", "document", "current", "base")]
_OTHERS = {
    "unreadable": "SELECT name, path, code, message FROM unreadable ORDER BY name, path, code, message",
    "confirmed": "SELECT r.id, c.* FROM confirmed c JOIN readings r ON r.key = c.reading ORDER BY 1, 3, 4, 5, 6, 7, 8",
    "decisions": """SELECT d.action, d.document, d.reviewer, d.note, d.what, u.number
        FROM decisions d LEFT JOIN decisions u ON u.id = d.undoes ORDER BY d.number""",
    "originals": "SELECT sha256, bytes FROM originals ORDER BY sha256",
    "forgotten": "SELECT id, text_id, sha256, reason, reviewer FROM forgotten ORDER BY id",
}


def content_digest(connection: sqlite3.Connection) -> str:
    """SHA-256 over what was observed and decided, in the order of the ids; no time is in it, and nothing derived.

    Coding sheets, which change nothing of it, have hashes of their own: who draws a sample again gets the same one, whether
    another's sheet came back meanwhile or not.

    A key stands in it as its place inside the reading, so that the hash holds content only.
    """
    digest = hashlib.sha256()
    for line in _lines(connection):
        digest.update(json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n")
    return digest.hexdigest()


def _lines(connection: sqlite3.Connection) -> Iterator[list[Any]]:
    for key, *document in connection.execute(f"SELECT key, {', '.join(_DOCUMENT)} FROM documents ORDER BY id"):
        yield ["documents", *document]
        of_document = f"SELECT key, {', '.join(_READING)} FROM readings WHERE document = ? AND base IS NULL ORDER BY id"
        for base, *reading in connection.execute(of_document, (key,)).fetchall():
            yield ["readings", *reading]
            for table, columns in TABLES.items():
                is_key = [column in KEYS for column in columns]
                for row in reading_rows(connection, base, table):
                    yield [table, *(v % PLACES if k and v is not None else v for v, k in zip(row, is_key, strict=True))]
    for table, sql in _OTHERS.items():
        for row in connection.execute(sql):
            yield [table, *row[:1], *row[2:]] if table == "confirmed" else [table, *row]
