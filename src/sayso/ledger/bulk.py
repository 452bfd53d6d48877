"""Filling a new ledger with many readings: indexes and full-text search are made once, when all are in.

Keys are hashes, so each reading falls somewhere else in every index; to sort once costs less than to seek each time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import UsageError
from sayso.ledger.guards import Guarded
from sayso.ledger.tables import TABLES

CACHE_KIBIBYTES = 128 << 10
_SEARCH = ("document_words", "statement_words")
_ENDLESS = 1 << 60
"""Steps that a question may take while the file is ours alone."""


@contextmanager
def in_bulk(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Put readings in without indexes and search, and make both at the end. The file is of use only after that.

    A file that is left in the middle is to be thrown away: nothing in it is lasting before the last commit. Raises UsageError
    where documents are in it already.
    """
    assert isinstance(connection, Guarded)
    if connection.execute("SELECT 1 FROM documents LIMIT 1").fetchone():
        raise UsageError(f"{path} holds documents already: only a new ledger is filled in bulk.")
    later = [(name, sql) for name, table, sql in _indexes(connection) if table in TABLES]
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    for name, _ in later:
        connection.execute(f"DROP INDEX {name}")
    connection.search_later = True
    yield
    connection.search_later = False
    connection.patience.most = _ENDLESS
    for _, sql in later:
        connection.execute(sql)
    for table in _SEARCH:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    connection.execute("PRAGMA synchronous = FULL")


def _indexes(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Every index that is no constraint: name, table, SQL."""
    sql = "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND sql NOT LIKE 'CREATE UNIQUE%'"
    return [(str(name), str(table), str(made)) for name, table, made in connection.execute(sql).fetchall()]
