"""What keeps a hostile ledger from doing harm while it is opened and asked: limits, patience, and what may lie where.

SQLite reads the schema and its statistics by itself before anything can be looked at, so connections begin narrow: no
value there is long enough for a function of SQLite to take a second over it. Questions are measured in steps of SQLite's
virtual machine, which the same file always takes in the same number.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sayso.errors import NotALedger
from sayso.ledger.escapes import text_of

BESIDE = ("-wal", "-shm", "-journal")
"""Ends of the names of the files that SQLite itself opens beside a ledger; the lock sees to its own."""
NARROW_BYTES = 256 << 10
"""The longest value before the schema was inspected. Its longest definition has 3,000. SQLite looks for one text in another
within this length in .3 s at worst (measured), and takes the square of that for longer ones."""
WIDE_BYTES = (1 << 29) + (1 << 20)
"""The longest value after that: the largest original that is kept, and its row."""
TEXT_BYTES = 64 << 20
"""The longest text: twice the longest document with every character escaped. It is held up to four times over."""
LIMITS = {
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1 << 20,  # the longest of ours, a whole migration, has 20,000 bytes
    sqlite3.SQLITE_LIMIT_COLUMN: 200,  # ours have up to 30
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,  # ours are up to 20 deep
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,  # ours have up to 3 parts
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,  # ours have 6 characters
    sqlite3.SQLITE_LIMIT_ATTACHED: 1,  # VACUUM attaches its copy
}
"""Limits of every connection, far above what Sayso asks and far below what SQLite would take."""
DAMAGE = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError, MemoryError)
"""What Python says of values that no ledger of Sayso holds."""
LOOK_STEPS = 200_000
"""Steps between two looks at the patience that is left: 10 to 30 ms; what looking costs cannot be measured."""
SCHEMA_STEPS = 2_000_000
"""Steps that reading the schema may take. Ours takes about 1,000; 6,000 more tables take 100,000."""
FREE_STEPS = 10_000_000
"""Steps that any one question may take after that: 1 s."""
BYTE_STEPS = 1
"""Steps that a question may take besides for each byte that the file holds on the disk. Listing every statement of a
ledger of 39 MB takes .17, searching for the commonest word .19, SQLite's own check .16 (measured)."""


class Patience:
    """How many looks one question may still take. It is told apart from Ctrl-C by whether it is over."""

    def __init__(self, most: int) -> None:
        self.most, self.spent = most, 0

    def look(self) -> bool:
        """Called by SQLite every ``LOOK_STEPS``; true stops the question."""
        self.spent += 1
        return self.spent > self.most

    @property
    def over(self) -> bool:
        """Whether the question took more than it may."""
        return self.spent > self.most


class Guarded(sqlite3.Connection):
    """A connection whose every question must come to an end, and whose every failure is a ``sqlite3.Error``."""

    patience: Patience
    steps: int
    search_later = False
    """Whether full-text search is made once all documents are in (see ``bulk``), so that nothing is put in document by document."""

    def guard(self, path: Path) -> None:
        """Set the limits, before anything is read."""
        for limit, value in LIMITS.items():
            self.setlimit(limit, value)
        self.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, NARROW_BYTES)
        self.steps = FREE_STEPS + BYTE_STEPS * held_bytes(path)
        self.patience = Patience(SCHEMA_STEPS // LOOK_STEPS)
        self.set_progress_handler(self.patience.look, LOOK_STEPS)
        self.text_factory = guarded_text

    def widen(self) -> None:
        """Let long values and long questions through: SQLite has read the schema and its statistics."""
        self.patience.most = self.steps // LOOK_STEPS
        self.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, WIDE_BYTES)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """As in sqlite3. Ctrl-C while SQLite works is a KeyboardInterrupt, too little memory a ``sqlite3.Error``."""
        self.patience.spent = 0
        try:
            return super().execute(sql, parameters)
        except UnicodeError as error:  # Python cannot read what SQLite says of a name that is no text
            raise sqlite3.DatabaseError("its schema holds a name that is no text") from error
        except MemoryError as error:
            raise sqlite3.OperationalError("not enough memory") from error
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT and not self.patience.over:
                raise KeyboardInterrupt from error
            raise

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """As in sqlite3, with new patience."""
        self.patience.spent = 0
        return super().executemany(sql, parameters)


def guarded_text(raw: bytes) -> str:
    """A TEXT value. Raises sqlite3.DataError where it is longer than any that Sayso writes."""
    if len(raw) > TEXT_BYTES:
        raise sqlite3.DataError(f"it holds a text of {len(raw):,} bytes, and the most is {TEXT_BYTES:,}")
    return text_of(raw)


def held_bytes(path: Path) -> int:
    """Bytes that the file takes on the disk: a sparse one takes fewer than it says. 0 where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return 0
    return min(found.st_size, int(getattr(found, "st_blocks", 1 << 53)) * 512)


def refuse_company(path: Path) -> None:
    """Raise NotALedger where the ledger or what lies beside it is no plain file: a link, a pipe, a folder.

    SQLite would wait for a pipe without end, and a link leads what is written to another file.
    """
    for end in ("", *BESIDE):
        beside = path.with_name(path.name + end)
        try:
            mode = (os.lstat if end else os.stat)(beside).st_mode
        except FileNotFoundError:
            continue
        except OSError as error:
            raise NotALedger(f"{beside} cannot be opened ({error.strerror}).") from error
        if not stat.S_ISREG(mode):
            what = "a link" if stat.S_ISLNK(mode) else "no file"
            raise NotALedger(f"{beside} is {what}: not opened. Move it away if it is not yours.")


_COMPUTES = re.compile(r"\b(?:AS|CHECK|GENERATED)\b", re.IGNORECASE)
_INDEX = re.compile(r"CREATE (UNIQUE )?INDEX [^()]*\(([^()]*)\)\s*")
_COLUMN = re.compile(
    r"""\s*(?:\w+|"[^"]*"|`[^`]*`|\[[^\]]*\])(?:\s+COLLATE\s+\w+)?(?:\s+(?:ASC|DESC))?\s*""", re.IGNORECASE
)


def is_plain(kind: str, sql: str, *, ours: bool) -> bool:
    """Whether a table or index that is not Sayso's only holds values: nothing in it acts or is computed.

    An index on a table of ``ours`` may not be UNIQUE, which would decide what enters. SQLite itself writes the words
    ``CREATE TABLE`` in exactly this way; whatever else stands there was put in behind its back.
    """
    if kind == "table":
        return sql.startswith("CREATE TABLE ") and not _COMPUTES.search(sql)
    found = _INDEX.fullmatch(sql) if kind == "index" else None
    return (
        found is not None
        and not (ours and found[1])
        and all(_COLUMN.fullmatch(column) for column in found[2].split(","))
    )
