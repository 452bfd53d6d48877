"""Putting documents into a ledger. Each function works inside the caller's transaction and leaves rows whole."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Literal

from sayso.ledger import decided, originals
from sayso.ledger.escapes import kept
from sayso.ledger.keeping import free_key, insert_reading, searched_later, unindex
from sayso.ledger.keys import reading_id
from sayso.ledger.soundness import refuse_unsound
from sayso.ledger.tables import (
    DOCUMENT_COLUMNS,
    MADE_COLUMNS,
    TEXT_COLUMNS,
    Value,
    escaped,
    insert,
    made_columns,
    page_columns,
    text_columns,
)
from sayso.records import Reading, Unreadable

Outcome = Literal["added", "same", "version", "reread", "forgotten", "unreadable"]

_INSERT_DOCUMENT = insert("documents", (*TEXT_COLUMNS, *DOCUMENT_COLUMNS))
_UPDATE_PAGE = f"UPDATE documents SET {', '.join(f'{column} = ?' for column in DOCUMENT_COLUMNS)} WHERE key = ?"
_INDEX_DOCUMENT = "INSERT INTO document_words (rowid, title, text) SELECT key, title, text FROM documents WHERE key = ?"
_UNINDEX_DOCUMENT = """INSERT INTO document_words (document_words, rowid, title, text)
    SELECT 'delete', key, title, text FROM documents WHERE key = ?"""
_SAME_PLACE = "name = ? AND (path = ? OR path = '' OR ? = '')"


def add_reading(connection: sqlite3.Connection, reading: Reading, now: str) -> Outcome:
    """Add one reading; ``now`` is when. Raises LedgerError where it is not sound, sqlite3.Error where the file fails."""
    file = reading.document.file
    if is_forgotten(connection, reading.text_id, file.sha256 if file else ""):
        return "forgotten"
    found = read_already(connection, reading)
    if found is not None:
        _settle_name(connection, reading, found, now)
        return "same"
    refuse_unsound(reading)
    _forget_unreadable(connection, reading)
    known = connection.execute("SELECT key FROM documents WHERE id = ?", (reading.id,)).fetchone()
    if known is not None:
        return _read_again(connection, reading, int(known[0]), now)
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
    _search(connection, _INDEX_DOCUMENT, key)
    _observe(connection, reading, key, 1, now)
    if decided.was_decided(connection, key):  # it was forgotten, and comes in again
        decided.refresh_versions(connection, key)
    else:
        decided.refresh(connection, key)
    return "version" if earlier else "added"


def read_already(connection: sqlite3.Connection, reading: Reading) -> int | None:
    """The key of the observed reading of this page by this very model and code, or of one that it confirmed."""
    by_id = "SELECT key FROM readings WHERE id = ? AND base IS NULL"
    found = connection.execute(by_id, (reading_id(reading.id, reading.made_by),)).fetchone()
    if found is None:
        made = " AND ".join(f"c.{column} = ?" for column in MADE_COLUMNS)
        found = connection.execute(
            f"""SELECT c.reading FROM documents d JOIN readings r ON r.document = d.key
            JOIN confirmed c ON c.reading = r.key WHERE d.id = ? AND {made}""",
            (reading.id, *made_columns(reading.made_by)),
        ).fetchone()
    return None if found is None else int(found[0])


def is_forgotten(connection: sqlite3.Connection, text_id: str, sha256: str = "") -> bool:
    """Whether a page with this text, or out of a file with these bytes, was erased and is not to come in again."""
    sql = "SELECT 1 FROM forgotten WHERE text_id = ? UNION ALL SELECT 1 FROM forgotten WHERE sha256 = ? AND sha256 <> ''"
    return connection.execute(sql, (kept(text_id), kept(sha256))).fetchone() is not None


def _read_again(connection: sqlite3.Connection, reading: Reading, document: int, now: str) -> Outcome:
    """A reading of a page that is there, by another model or code: kept as the current one if it differs at all."""
    base, place = decided.newest(connection, document)
    before = decided.loaded(connection, base)
    same_page = replace(before.document, extractor=reading.document.extractor)
    if replace(before, made_by=reading.made_by, document=same_page) == reading:
        row = (base, *made_columns(reading.made_by))
        connection.execute(insert("confirmed", ("reading", *MADE_COLUMNS)), row)
        return "same"
    moved = _moved(connection, reading, document)
    decided.withdraw(connection, document)
    _retire(connection, reading, document)
    _observe(connection, reading, document, place + 1, now)
    _follow(connection, document, moved)
    return "reread"


def _moved(connection: sqlite3.Connection, reading: Reading, document: int) -> list[int]:
    """The versions that a page without an address has, where its file is another now; nothing where it is the same."""
    before, now = _page(connection, document), page_columns(reading.document)
    if reading.document.url or all(before[column] == now[column] for column in ("path", "sha256")):
        return []
    return decided.versions(connection, document)


def _follow(connection: sqlite3.Connection, document: int, moved: list[int]) -> None:
    """Let a document follow its decisions; with it those that are versions of one page only since its file is another."""
    if moved:
        decided.refresh_versions(connection, document, moved)
    else:
        decided.refresh(connection, document)


def _observe(connection: sqlite3.Connection, reading: Reading, document: int, place: int, now: str) -> None:
    """Put in an observed reading, and when it was made."""
    key = insert_reading(connection, reading, document, place)
    connection.execute("INSERT INTO times (reading, at) VALUES (?, ?)", (key, now))


def _page(connection: sqlite3.Connection, document: int) -> dict[str, Value]:
    found = connection.execute(
        f"SELECT {', '.join(DOCUMENT_COLUMNS)} FROM documents WHERE key = ?", (document,)
    ).fetchone()
    return dict(zip(DOCUMENT_COLUMNS, found, strict=True))


def _change_page(connection: sqlite3.Connection, document: int, page: dict[str, Value]) -> None:
    _search(connection, _UNINDEX_DOCUMENT, document)
    connection.execute(_UPDATE_PAGE, escaped((*page.values(), document)))
    _search(connection, _INDEX_DOCUMENT, document)


def _search(connection: sqlite3.Connection, sql: str, document: int) -> None:
    if not searched_later(connection):
        connection.execute(sql, (document,))


def _retire(connection: sqlite3.Connection, reading: Reading, document: int) -> None:
    """Make the document's readings earlier ones, and the page what the new reading saw; what it was stays with them."""
    before, now = _page(connection, document), page_columns(reading.document)
    changed = {column: value for column, value in before.items() if value != now[column]}
    rows = connection.execute("SELECT key, current, page_then FROM readings WHERE document = ?", (document,)).fetchall()
    for key, current, page_then in rows:
        if current:
            unindex(connection, key)
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


def _settle_name(connection: sqlite3.Connection, reading: Reading, key: int, at: str) -> None:
    """One page may come in under two names or with two titles: keep the one that sorts first, whichever came first.

    So the ledger does not depend on order. Nothing is written where the page is the same, nor where it was re-read.
    """
    (document,) = connection.execute("SELECT document FROM readings WHERE key = ?", (key,)).fetchone()
    now = page_columns(reading.document)
    if _sort_key(now) >= _sort_key(_page(connection, document)):
        return
    count = "SELECT count(*) FROM readings WHERE document = ? AND base IS NULL"
    (readings,) = connection.execute(count, (document,)).fetchone()
    if readings > 1 or connection.execute("SELECT 1 FROM confirmed WHERE reading = ?", (key,)).fetchone():
        return
    refuse_unsound(reading)
    _forget_unreadable(connection, reading)
    moved, files = _moved(connection, reading, document), originals.files_of(connection, document)
    decided.withdraw(connection, document)
    unindex(connection, key)
    connection.execute("DELETE FROM readings WHERE key = ?", (key,))
    _change_page(connection, document, now)
    _observe(connection, reading, document, 1, at)
    originals.drop_orphans(connection, files)
    _follow(connection, document, moved)


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
