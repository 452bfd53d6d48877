"""Forgetting a page: its text and all that was made from it leave the file; hash and reason stay."""

from __future__ import annotations

import sqlite3

from sayso.decisions.labelling import folded
from sayso.errors import UsageError
from sayso.ledger import decided, originals
from sayso.ledger.escapes import kept
from sayso.ledger.rows import Forgotten

_SEARCH = ("document_words", "statement_words")
_NAMES = "SELECT DISTINCT s.name FROM speakers s JOIN readings r ON r.key = s.reading WHERE r.document = ?"


_ALIKE = """WITH RECURSIVE alike (key, text_id, sha256) AS (
    SELECT key, text_id, sha256 FROM documents WHERE key = :key
    UNION SELECT d.key, d.text_id, d.sha256 FROM alike a JOIN documents d ON d.text_id = a.text_id
    UNION SELECT d.key, d.text_id, d.sha256 FROM alike a JOIN documents d ON d.sha256 = a.sha256 AND d.sha256 <> '')
    SELECT a.key FROM alike a JOIN documents d ON d.key = a.key ORDER BY a.key <> :key, d.id"""
"""With several parts that recur SQLite (from 3.34) follows both, so that copies of copies are found too."""


def alike(connection: sqlite3.Connection, document: int) -> list[int]:
    """The keys of all documents with the text of this one, or out of a file with its bytes; itself first."""
    return [int(key) for (key,) in connection.execute(_ALIKE, {"key": document})]


def doomed(connection: sqlite3.Connection, document: int, *, copies: bool, decisions: bool) -> list[int]:
    """The keys of the pages that are to go together. Raises UsageError: see :func:`forget`."""
    keys = alike(connection, document)
    if len(keys) > 1 and not copies:
        names = ", ".join(_name(connection, key) for key in keys[1:6]) + (", …" if len(keys) > 6 else "")
        raise UsageError(
            f"{len(keys) - 1} other page{'s have' if len(keys) > 2 else ' has'} the very same text or file ({names}): "
            f"forget all of them together with copies, or none"
        )
    count = 0 if decisions else _decisions_elsewhere(connection, keys)
    if count:
        some = "1 decision" if count == 1 else f"{count} decisions"
        raise UsageError(
            f"{some} taken on {_name(connection, document)} {'stands' if count == 1 else 'stand'} on another version of "
            f"the page too, and would be lost there with the words quoted: forget it with decisions (sayso forget "
            f"--decisions), or undo and decide on the other version first"
        )
    return keys


def _decisions_elsewhere(connection: sqlite3.Connection, keys: list[int]) -> int:
    """How many decisions taken on these pages stand on others."""
    places = ", ".join(map(str, keys))
    (count,) = connection.execute(
        f"""SELECT count(DISTINCT o.decision) FROM decisions x JOIN outcomes o ON o.decision = x.number
        WHERE x.document IN (SELECT id FROM documents WHERE key IN ({places}))
        AND o.state = 'stands' AND o.document NOT IN ({places})"""
    ).fetchone()
    return int(count)


def forget(
    connection: sqlite3.Connection, document: int, reason: str, reviewer: str, at: str, *, copies: bool,
    decisions: bool = False,
) -> tuple[Forgotten, ...]:
    """Delete a document and what was made from it, inside the caller's transaction; a tombstone for each page.

    With ``copies`` also every other page with the very same text or file. Raises UsageError where there are such pages
    and they are not to go, and without ``decisions`` where what was decided on it stands on a version that stays, as its
    quotations are erased. The bytes leave the file with :func:`erase`.
    """
    if not reason.strip():
        raise UsageError("to forget a page wants a reason, which is all that is kept of it")
    connection.execute("PRAGMA secure_delete = ON")  # what goes is written over at once, whoever is killed afterwards
    keys = doomed(connection, document, copies=copies, decisions=decisions)
    gone = tuple(_forget(connection, key, reason, reviewer, at) for key in keys)
    for table in _SEARCH:  # an index keeps the words of deleted rows until it is made anew
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    return gone


def _name(connection: sqlite3.Connection, document: int) -> str:
    (name,) = connection.execute("SELECT name FROM documents WHERE key = ?", (document,)).fetchone()
    return str(name)


def _forget(connection: sqlite3.Connection, document: int, reason: str, reviewer: str, at: str) -> Forgotten:
    identity, text_id, sha256 = connection.execute(
        "SELECT id, text_id, sha256 FROM documents WHERE key = ?", (document,)
    ).fetchone()
    files = originals.files_of(connection, document)
    others = [key for key in decided.versions(connection, document) if key != document]
    decided.withdraw(connection, document)
    for table, rows in (
        ("statement_words", "SELECT key, content, source, speaker FROM statement_texts WHERE key IN"
            " (SELECT s.key FROM statements s JOIN readings r ON r.key = s.reading WHERE r.document = ? AND r.current = 1)"),
        ("document_words", "SELECT key, title, text FROM documents WHERE key = ?"),
    ):  # fmt: skip
        columns = "content, source, speaker" if table == "statement_words" else "title, text"
        connection.execute(
            f"INSERT INTO {table} ({table}, rowid, {columns}) SELECT 'delete', * FROM ({rows})", (document,)
        )
    about = "document = :id OR (action IN ('same-person', 'other-person') AND instr(what, :id) > 0)"
    of_others = f"SELECT d.key FROM documents d WHERE d.id IN (SELECT document FROM decisions WHERE {about})"
    also = [key for (key,) in connection.execute(of_others, {"id": identity}) if key != document]
    connection.execute(f"UPDATE decisions SET what = '', note = '' WHERE {about}", {"id": identity})
    connection.execute("UPDATE codings SET note = '', stratum = '' WHERE document = ?", (identity,))
    names = {folded(name) for (name,) in connection.execute(_NAMES, (document,))}
    connection.execute("DELETE FROM readings WHERE document = ? AND base IS NOT NULL", (document,))
    connection.execute("DELETE FROM readings WHERE document = ?", (document,))
    connection.execute("DELETE FROM documents WHERE key = ?", (document,))
    originals.drop_orphans(connection, files)
    _forget_names(connection, names)
    connection.execute(
        "INSERT OR REPLACE INTO forgotten (id, text_id, sha256, reason, reviewer, at) VALUES (?, ?, ?, ?, ?, ?)",
        (identity, text_id, sha256, kept(reason), kept(reviewer), at),
    )
    others += [version for key in also for version in decided.versions(connection, key)]
    for key in sorted(set(others)):
        decided.refresh(connection, key)
    return Forgotten(identity, text_id, sha256 or "", reason, reviewer, at)


def _forget_names(connection: sqlite3.Connection, names: set[str]) -> None:
    """Take the words of labels on names that nobody in the ledger has any more."""
    left = "SELECT 1 FROM speakers WHERE folded(name) = ? LIMIT 1"
    gone = {name for name in names if connection.execute(left, (kept(name),)).fetchone() is None}
    for decision in decided.everywhere(connection) if gone else ():
        if decision.speakers and folded(decision.speakers[0].name) in gone:
            connection.execute("UPDATE decisions SET what = '', note = '' WHERE number = ?", (decision.number,))
    if gone:
        decided.refresh_everywhere(connection)


def erase(connection: sqlite3.Connection) -> bool:
    """Take the bytes of what was deleted out of the free pages and the log of the file.

    False where another program still reads: then its log keeps them until that one leaves. Takes the time of writing
    the whole file once.
    """
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("VACUUM")
    (busy, *_), *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return not busy
