"""The files that pages came from, byte for byte, deflated."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable

from sayso.errors import LedgerError

LEVEL = 6
MOST = 1 << 29
"""Bytes of the largest original that is kept: SQLite holds no value of more than a billion bytes."""


def keep(connection: sqlite3.Connection, data: bytes) -> bool:
    """Keep these bytes; false where they are kept already. Raises LedgerError where they are too many."""
    if len(data) > MOST:
        raise LedgerError(f"an original of {len(data):,} bytes is too large to keep; the most is {MOST:,}")
    sha256 = hashlib.sha256(data).hexdigest()
    if connection.execute("SELECT 1 FROM originals WHERE sha256 = ?", (sha256,)).fetchone():
        return False
    packed = zlib.compress(data, LEVEL)
    connection.execute("INSERT INTO originals (sha256, bytes, packed) VALUES (?, ?, ?)", (sha256, len(data), packed))
    return True


_EARLIER = "json_extract(CASE WHEN json_valid(page_then) THEN page_then END, '$.sha256')"
BELONG = f"""SELECT sha256 FROM (SELECT sha256 FROM documents UNION SELECT {_EARLIER} FROM readings WHERE page_then IS NOT NULL)
    WHERE sha256 IS NOT NULL"""
"""Hashes of all files that pages came from, now and when they were read earlier."""


def files_of(connection: sqlite3.Connection, document: int) -> set[str]:
    """The hashes of all files that one page came from, now and when it was read earlier."""
    sql = f"SELECT sha256 FROM documents WHERE key = ? UNION SELECT {_EARLIER} FROM readings WHERE document = ?"
    return {str(sha256) for (sha256,) in connection.execute(sql, (document, document)) if sha256}


def drop_orphans(connection: sqlite3.Connection, hashes: Iterable[str]) -> None:
    """Drop those of these originals that no page comes from any more."""
    for sha256 in hashes:
        connection.execute(
            f"""DELETE FROM originals WHERE sha256 = :one AND NOT EXISTS (SELECT 1 FROM documents WHERE sha256 = :one)
            AND NOT EXISTS (SELECT 1 FROM readings WHERE page_then IS NOT NULL AND {_EARLIER} = :one)""",
            {"one": sha256},
        )


def unpack(packed: bytes, sha256: str, size: int) -> bytes:
    """The bytes back. Raises LedgerError where they are not those that were kept; never more than ``size`` are made."""
    try:
        stream = zlib.decompressobj()
        data = stream.decompress(packed, min(max(size, 0), MOST) + 1)
    except zlib.error as error:
        raise LedgerError(f"the original {sha256[:12]} is damaged ({error})") from error
    if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
        raise LedgerError(f"the original {sha256[:12]} is damaged: its bytes are not those of its hash")
    return data


def original(connection: sqlite3.Connection, sha256: str) -> bytes | None:
    """The bytes with this hash; None where they were not kept."""
    found = connection.execute("SELECT packed, bytes FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
    return None if found is None else unpack(found[0], sha256, int(found[1]))
