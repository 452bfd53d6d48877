"""The rows of one reading in and out: what adding, deciding and repairing share."""

from __future__ import annotations

import sqlite3
from typing import Literal

from sayso.ledger.guards import Guarded
from sayso.ledger.keys import PLACES, base_key, reading_id
from sayso.ledger.tables import INSERTS, READING_COLUMNS, ReadingRows, Value, escaped, insert, made_columns
from sayso.records import Reading

_INSERT_READING = insert("readings", READING_COLUMNS)
INDEX_STATEMENTS = """INSERT INTO statement_words (rowid, content, source, speaker)
    SELECT key, content, source, speaker FROM statement_texts WHERE key BETWEEN ? AND ?"""
UNINDEX_STATEMENTS = """INSERT INTO statement_words (statement_words, rowid, content, source, speaker)
    SELECT 'delete', key, content, source, speaker FROM statement_texts WHERE key BETWEEN ? AND ?"""


def free_key(connection: sqlite3.Connection, table: Literal["documents", "readings"], identity: str) -> int:
    """The key of a new row: the first of its hashes that no other row has."""
    attempt = 0
    while connection.execute(f"SELECT 1 FROM {table} WHERE key = ?", (base_key(identity, attempt),)).fetchone():
        attempt += 1
    return base_key(identity, attempt)


def insert_reading(
    connection: sqlite3.Connection, reading: Reading, document: int, place: int, *, base: int | None = None, id: str = ""  # noqa: A002
) -> int:
    """Put the rows of a reading in and index its words, as the current one of its document; its key.

    ``base`` and ``id`` are those of a derived reading (see ``decided``); an observed one has its own id.
    """
    identity = id or reading_id(reading.id, reading.made_by)
    key = free_key(connection, "readings", identity)
    head = reading.headline.text if reading.headline else None
    made = made_columns(reading.made_by)
    row: tuple[Value, ...] = (key, identity, document, 1, *made, *escaped((head, None)), place, base)
    connection.execute(_INSERT_READING, row)
    for table, rows in ReadingRows(reading, key).fill().items():
        if rows:
            connection.executemany(INSERTS[table], rows)
    index(connection, key)
    return key


def searched_later(connection: sqlite3.Connection) -> bool:
    """Whether full-text search is made at the end, over all that is in by then."""
    return isinstance(connection, Guarded) and connection.search_later


def index(connection: sqlite3.Connection, reading: int) -> None:
    """Put the statements of a current reading into full-text search."""
    if not searched_later(connection):
        connection.execute(INDEX_STATEMENTS, (reading, reading + PLACES - 1))


def unindex(connection: sqlite3.Connection, reading: int) -> None:
    """Take the statements of a reading, which is still the current one, out of full-text search."""
    if not searched_later(connection):
        connection.execute(UNINDEX_STATEMENTS, (reading, reading + PLACES - 1))
