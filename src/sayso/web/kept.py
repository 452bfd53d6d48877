"""The file ``LEDGER.room``: answers about the whole of a large pile, worked out by the keeper and read by the desks.

It is opened as if somebody hostile had made it, and replaced where it is not as it should be. Each answer is of one moment
of the ledger (``stamp``); the next one takes its place when it is whole.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from sayso.errors import NotALedger, SaysoError
from sayso.ledger import door

APPLICATION_ID = 0x53617972
"""``PRAGMA application_id`` of the file: the letters "Sayr"."""
FORMAT = 1
ENDING = ".room"
BESIDE = ("", "-wal", "-shm", "-journal")
BATCH = 2000
"""Lines between two commits: a desk that reads meanwhile waits for nobody, as the log is written ahead."""
SHIFT = 1 << 32
"""Lines that an answer may have: their numbers in the index of names begin at a multiple of it."""
TRIGRAM = 3
"""Letters that the index of names begins with; shorter parts are looked for line by line."""


class NotYetError(SaysoError):
    """What is asked for is not worked out, and takes too long to be worked out while somebody waits."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer: its JSON, and what it is found by. ``words`` are names, in lower case, that parts are looked for in."""

    value: str
    id: str = ""
    facet: str = ""
    other: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which lines: of one facet, of one other, with these letters in a name."""

    facet: str = ""
    other: str = ""
    part: str = ""


def path_of(ledger: Path) -> Path:
    """Where the answers of a ledger lie: beside the file itself."""
    real = Path(os.path.realpath(ledger))
    return real.with_name(real.name + ENDING)


def remove(ledger: Path) -> None:
    """Take the file away, as when a page was forgotten: it holds words of pages."""
    path = path_of(ledger)
    for end in BESIDE:
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).unlink()


@lru_cache(maxsize=1)
def _schema() -> str:
    return (files("sayso.web") / "kept.sql").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _expected() -> frozenset[tuple[str, str, str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_schema())
        return frozenset(connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    """A connection to a file that is exactly what this Sayso makes. sqlite3.Error, OSError, NotALedger."""
    connection = door.connect(path, mode)
    try:
        marks = [int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")]
        schema = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL LIMIT 100")
        if marks != [APPLICATION_ID, FORMAT] or frozenset(schema.fetchall()) != _expected():
            raise sqlite3.DatabaseError("not answers of this Sayso")
    except BaseException:
        connection.close()
        raise
    return connection


class Kept:
    """The answers, to be read. What cannot be read is not there."""

    def __init__(self, ledger: Path) -> None:
        self.path = path_of(ledger)
        self._connection: sqlite3.Connection | None = None
        self._inode = 0

    def close(self) -> None:
        """Close the file. Closing twice is fine."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _open(self) -> sqlite3.Connection | None:
        try:
            inode = self.path.stat(follow_symlinks=False).st_ino
            if inode != self._inode:
                self.close()
            if self._connection is None and self.path.is_file() and not self.path.is_symlink():
                self._connection, self._inode = _connected(self.path, "ro"), inode
        except (OSError, sqlite3.Error, NotALedger):
            self.close()
        return self._connection

    def _all(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        connection = self._open()
        if connection is None:
            return []
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.Error:
            self.close()
            return []

    def found(self, name: str) -> tuple[int, str] | None:
        """The number of an answer and the stamp that it was worked out at; None where it was not."""
        rows = self._all("SELECT number, stamp FROM answers WHERE name = ?", name)
        return (int(str(rows[0][0])), str(rows[0][1])) if rows else None

    def progress(self) -> tuple[str, int, int] | None:
        """What is being worked out: its name, how much of it is done, and of how much."""
        rows = self._all("SELECT what, done, of FROM progress LIMIT 1")
        return (str(rows[0][0]), int(str(rows[0][1])), int(str(rows[0][2]))) if rows else None

    @staticmethod
    def _where(number: int, choice: Choice) -> tuple[str, list[object]]:
        where, values = "answer = ?", [number]
        found: list[object] = [*values]
        for column, value in (("facet", choice.facet), ("other", choice.other)):
            if value:
                where += f" AND {column} = ?"
                found.append(value)
        if len(choice.part) >= TRIGRAM:
            where += " AND place IN (SELECT rowid - ? FROM names WHERE names MATCH ? AND rowid BETWEEN ? AND ?)"
            quoted = '"' + choice.part.replace('"', '""').replace("\0", "\ufffd") + '"'
            found += [number * SHIFT, quoted, number * SHIFT, number * SHIFT + SHIFT - 1]
        elif choice.part:
            where += " AND instr((SELECT words FROM names WHERE rowid = ? + place), ?)"
            found += [number * SHIFT, choice.part]
        return where, found

    def lines(self, number: int, choice: Choice, behind: int, most: int) -> list[tuple[int, str]]:
        """The lines behind a place, each with its own."""
        where, values = self._where(number, choice)
        sql = f"SELECT place, value FROM lines WHERE {where} AND place > ? ORDER BY place LIMIT ?"
        return [(int(str(place)), str(value)) for place, value in self._all(sql, *values, behind, most)]

    def count(self, number: int, choice: Choice) -> int:
        """How many lines there are."""
        where, values = self._where(number, choice)
        rows = self._all(f"SELECT count(*) FROM lines WHERE {where}", *values)
        return int(str(rows[0][0])) if rows else 0

    def one(self, number: int, identity: str) -> str | None:
        """The line with an id."""
        rows = self._all("SELECT value FROM lines WHERE answer = ? AND id = ? AND id <> ''", number, identity)
        return str(rows[0][0]) if rows else None

    def facets(self, number: int) -> list[tuple[str, int]]:
        """The facets of an answer with how many lines each has."""
        rows = self._all("SELECT facet, count(*) FROM lines WHERE answer = ? GROUP BY facet ORDER BY facet", number)
        return [(str(facet), int(str(count))) for facet, count in rows]


@contextmanager
def writing(ledger: Path) -> Iterator[sqlite3.Connection]:
    """A connection of the one keeper, to a file that is made where there is none that could be used. OSError, sqlite3.Error."""
    path = path_of(ledger)
    try:
        connection = _connected(path, "rw")
    except (OSError, sqlite3.Error, NotALedger):
        remove(ledger)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(door.connect(path, "rw")) as made:
            marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};"
            made.executescript(f"BEGIN IMMEDIATE; {_schema()} {marks} COMMIT;")
        connection = _connected(path, "rw")
    with closing(connection):
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        yield connection


def write(connection: sqlite3.Connection, name: str, stamp: str, lines: Iterable[Line]) -> int:
    """Put an answer in the place of the one before, when it is whole; how many lines it has."""
    old = connection.execute("SELECT number FROM answers WHERE name = ?", (name,)).fetchone()
    number = int(connection.execute("SELECT coalesce(max(number), 0) + 1 FROM answers").fetchone()[0])
    connection.execute("INSERT INTO answers VALUES (?, ?, '')", (number, f"{name}, being worked out"))
    connection.execute("BEGIN IMMEDIATE")
    try:
        place = _put(connection, number, lines)
        if old is not None:
            _drop(connection, old[0])
        connection.execute("UPDATE answers SET name = ?, stamp = ? WHERE number = ?", (name, stamp, number))
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return place


def _put(connection: sqlite3.Connection, number: int, lines: Iterable[Line]) -> int:
    """Put lines in, with a commit now and then; how many they are."""
    place = 0
    for place, line in enumerate(lines, 1):
        row = (number, place, line.id, line.facet, line.other, line.value)
        connection.execute("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)", row)
        if line.words:
            connection.execute("INSERT INTO names (rowid, words) VALUES (?, ?)", (number * SHIFT + place, line.words))
        if place % BATCH == 0:
            connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")
    return place


def _drop(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("DELETE FROM answers WHERE number = ?", (number,))
    first = number * SHIFT
    connection.execute("DELETE FROM names WHERE rowid BETWEEN ? AND ?", (first, first + SHIFT - 1))


def clear(connection: sqlite3.Connection) -> None:
    """Take out what a keeper left that did not come to its end."""
    for (number,) in connection.execute("SELECT number FROM answers WHERE stamp = ''").fetchall():
        _drop(connection, number)
    connection.execute("DELETE FROM progress")


def tell(connection: sqlite3.Connection, what: str, done: int, of: int) -> None:
    """Say how far something is; nothing is being worked out where ``what`` is empty."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM progress")
    if what:
        connection.execute("INSERT INTO progress VALUES (?, ?, ?)", (what, done, of))
    connection.execute("COMMIT")
