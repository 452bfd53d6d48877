"""Putting documents into a ledger. Each function works inside the caller's transaction and leaves rows whole."""

from __future__ import annotations

import json
import sqlite3
from typing import Literal

from sayso.ledger.escapes import kept
from sayso.ledger.keys import PLACES, base_key, reading_id
from sayso.ledger.soundness import refuse_unsound
from sayso.ledger.tables import (
    DOCUMENT_COLUMNS,
    INSERTS,
    READING_COLUMNS,
    TEXT_COLUMNS,
    ReadingRows,
    Value,
    escaped,
    insert,
    page_columns,
    text_columns,
)
from sayso.records import Reading, Unreadable

Outcome = Literal["added", "same", "version", "reread", "unreadable"]

_INSERT_DOCUMENT = insert("documents", (*TEXT_COLUMNS, *DOCUMENT_COLUMNS))
_INSERT_READING = insert("readings", READING_COLUMNS)
_UPDATE_PAGE = f"UPDATE documents SET {', '.join(f'{column} = ?' for column in DOCUMENT_COLUMNS)} WHERE key = ?"
_INDEX_STATEMENTS = """INSERT INTO statement_words (rowid, content, source, speaker)
    SELECT key, content, source, speaker FROM statement_texts WHERE key BETWEEN ? AND ?"""
_UNINDEX_STATEMENTS = """INSERT INTO statement_words (statement_words, rowid, content, source, speaker)
    SELECT 'delete', key, content, source, speaker FROM statement_texts WHERE key BETWEEN ? AND ?"""
_INDEX_DOCUMENT = "INSERT INTO document_words (rowid, title, text) SELECT key, title, text FROM documents WHERE key = ?"
_UNINDEX_DOCUMENT = """INSERT INTO document_words (document_words, rowid, title, text)
    SELECT 'delete', key, title, text FROM documents WHERE key = ?"""
_SAME_PLACE = "name = ? AND (path = ? OR path = '' OR ? = '')"


def free_key(connection: sqlite3.Connection, table: Literal["documents", "readings"], identity: str) -> int:
    """The key of a new row: the first of its hashes that no other row has."""
    attempt = 0
    while connection.execute(f"SELECT 1 FROM {table} WHERE key = ?", (base_key(identity, attempt),)).fetchone():
        attempt += 1
    return base_key(identity, attempt)


def add_reading(connection: sqlite3.Connection, reading: Reading) -> Outcome:
    """Add one reading. Raises LedgerError where it is not sound, sqlite3.Error where the file fails."""
    found = connection.execute(
        "SELECT key FROM readings WHERE id = ?", (reading_id(reading.id, reading.made_by),)
    ).fetchone()
    if found is not None:
        _settle_name(connection, reading, int(found[0]))
        return "same"
    refuse_unsound(reading)
    _forget_unreadable(connection, reading)
    document = connection.execute("SELECT key FROM documents WHERE id = ?", (reading.id,)).fetchone()
    if document is not None:
        _retire(connection, reading, int(document[0]))
        _insert_reading(connection, reading, int(document[0]))
        return "reread"
    url, outlet = reading.document.url, reading.document.outlet
    earlier = (
        url
        and connection.execute(
            "SELECT 1 FROM documents WHERE url = ? AND url <> '' AND outlet = ?", (kept(url), kept(outlet))
        ).fetchone()
    )
    key = free_key(connection, "documents", reading.id)
    values = {**text_columns(reading, key), **page_columns(reading.document)}
    connection.execute(_INSERT_DOCUMENT, escaped(values.values()))
    connection.execute(_INDEX_DOCUMENT, (key,))
    _insert_reading(connection, reading, key)
    return "version" if earlier else "added"


def _insert_reading(connection: sqlite3.Connection, reading: Reading, document: int) -> None:
    made, identity = reading.made_by, reading_id(reading.id, reading.made_by)
    key = free_key(connection, "readings", identity)
    head = reading.headline.text if reading.headline else None
    row: tuple[Value, ...] = (
        key, identity, document, 1, made.contract, made.sayso, made.model, made.runtime, made.extractor, head, None,
    )  # fmt: skip
    connection.execute(_INSERT_READING, escaped(row))
    for table, rows in ReadingRows(reading, key).fill().items():
        if rows:
            connection.executemany(INSERTS[table], rows)
    connection.execute(_INDEX_STATEMENTS, (key, key + PLACES - 1))


def _page(connection: sqlite3.Connection, document: int) -> dict[str, Value]:
    found = connection.execute(
        f"SELECT {', '.join(DOCUMENT_COLUMNS)} FROM documents WHERE key = ?", (document,)
    ).fetchone()
    return dict(zip(DOCUMENT_COLUMNS, found, strict=True))


def _change_page(connection: sqlite3.Connection, document: int, page: dict[str, Value]) -> None:
    connection.execute(_UNINDEX_DOCUMENT, (document,))
    connection.execute(_UPDATE_PAGE, escaped((*page.values(), document)))
    connection.execute(_INDEX_DOCUMENT, (document,))


def _retire(connection: sqlite3.Connection, reading: Reading, document: int) -> None:
    """Make the document's readings earlier ones, and the page what the new reading saw; what it was stays with them."""
    before, now = _page(connection, document), page_columns(reading.document)
    changed = {column: value for column, value in before.items() if value != now[column]}
    rows = connection.execute("SELECT key, current, page_then FROM readings WHERE document = ?", (document,)).fetchall()
    for key, current, page_then in rows:
        if current:
            connection.execute(_UNINDEX_STATEMENTS, (key, key + PLACES - 1))
        then = {**changed, **(json.loads(page_then, strict=False) if page_then else {})}
        then_json = json.dumps(then, ensure_ascii=False) if then else None
        connection.execute(
            "UPDATE readings SET current = 0, page_then = ? WHERE key = ?", (then_json and kept(then_json), key)
        )
    if changed:
        _change_page(connection, document, now)


def _sort_key(page: dict[str, Value]) -> tuple[str, ...]:
    order = ("name", "path", *DOCUMENT_COLUMNS)
    return tuple("" if page[column] is None else str(page[column]) for column in order)


def _settle_name(connection: sqlite3.Connection, reading: Reading, key: int) -> None:
    """One page may come in under two names or with two titles: keep the one that sorts first, whichever came first.

    So the ledger does not depend on order. Nothing is written where the page is the same, nor where it was re-read.
    """
    (document,) = connection.execute("SELECT document FROM readings WHERE key = ?", (key,)).fetchone()
    now = page_columns(reading.document)
    if _sort_key(now) >= _sort_key(_page(connection, document)):
        return
    (readings,) = connection.execute("SELECT count(*) FROM readings WHERE document = ?", (document,)).fetchone()
    if readings > 1:
        return
    refuse_unsound(reading)
    _forget_unreadable(connection, reading)
    connection.execute(_UNINDEX_STATEMENTS, (key, key + PLACES - 1))
    connection.execute("DELETE FROM readings WHERE key = ?", (key,))
    _change_page(connection, document, now)
    _insert_reading(connection, reading, document)


def _forget_unreadable(connection: sqlite3.Connection, reading: Reading) -> None:
    """The document can be read now."""
    path = kept(reading.document.file.path if reading.document.file else "")
    connection.execute(f"DELETE FROM unreadable WHERE {_SAME_PLACE}", (kept(reading.document.name), path, path))


def add_unreadable(connection: sqlite3.Connection, unreadable: Unreadable, *, replace: bool) -> None:
    """Record a document that could not be read, unless a readable one of that name and place stands in the ledger.

    ``replace`` takes away what earlier runs recorded of the same document.
    """
    name, path, code, message = escaped((unreadable.name, unreadable.path, unreadable.code, unreadable.message))
    if replace:
        others = "name = ? AND path = ? AND (code <> ? OR message <> ?)"
        connection.execute(f"DELETE FROM unreadable WHERE {others}", (name, path, code, message))
    connection.execute(
        f"""INSERT OR IGNORE INTO unreadable SELECT ?, ?, ?, ? WHERE NOT EXISTS
            (SELECT 1 FROM (SELECT name, coalesce(path, '') AS path FROM documents) WHERE {_SAME_PLACE})""",
        (name, path, code, message, name, path, path),
    )
