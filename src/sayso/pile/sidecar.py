"""The file ``LEDGER.pile``: opened as if somebody hostile had made it, and made anew where it is not as it should be.

Nothing in it is ever lost, as all of it follows from the ledger. So a file that is damaged, of another version or of
another program is not mended but replaced. Where none can be made (a folder that is only read, a link in its place), the
pile is built in a private file of SQLite that is gone with the process.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from sayso.errors import LedgerBusy, LedgerError, NotALedger
from sayso.ledger import door
from sayso.ledger.guards import Guarded, Patience
from sayso.ledger.lock import WriterLock

APPLICATION_ID = 0x53617970
"""``PRAGMA application_id`` of the file: the letters "Sayp"."""
FORMAT = 1
"""Its ``PRAGMA user_version``: counts up whenever the tables or what stands in them change."""
ENDING = ".pile"
BESIDE = ("-wal", "-shm", "-journal")
QUICK_CHECK_BYTES = 16 << 20
"""Files that hold no more get SQLite's quick_check when they are opened first, as ledgers do."""
CACHE_KIBIBYTES = 512 << 10
"""SQLite's cache while pages come in. Buckets are all over the file: see ``bench/pile.py`` for what less would cost."""
_WRITING = ("journal_mode = WAL", f"cache_size = -{CACHE_KIBIBYTES}", "synchronous = NORMAL", "secure_delete = ON")
"""What goes is written over: hashes of words tell the words to those who try all."""
_REPLACED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_FORMAT)


def path_of(ledger: Path) -> Path:
    """Where the pile of a ledger lies: beside the file itself, not beside a link to it."""
    real = Path(os.path.realpath(ledger))
    return real.with_name(real.name + ENDING)


@lru_cache(maxsize=1)
def _schema() -> str:
    return (files("sayso.pile") / "schema.sql").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _expected() -> frozenset[tuple[str, str, str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_schema())
        return frozenset(connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is at fault, and not the disk, the rights or another program."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # it was found in Python
        return type(error) in (sqlite3.DatabaseError, sqlite3.DataError)
    return int(code) & 0xFF in _REPLACED


def remove(ledger: Path) -> None:
    """Take the pile of a ledger away, as when a page was forgotten. The next command that needs it makes it anew.

    Raises LedgerBusy where another process is writing it.
    """
    path = path_of(ledger)
    if not os.path.lexists(path) and not any(os.path.lexists(_beside(path, end)) for end in BESIDE):
        return
    lock = WriterLock(path, wait=5.0)
    lock.acquire()
    try:
        _unlink(path)
    finally:
        lock.release()


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _unlink(path: Path) -> None:
    """The file first: what lies beside it is nothing without it, and is taken away before a new one is made."""
    for each in (path, *(_beside(path, end) for end in BESIDE)):
        with suppress(FileNotFoundError):
            each.unlink()


def _make(path: Path) -> None:
    """A new and empty file, readable by its owner only; the one that was there goes. OSError, sqlite3.Error."""
    _unlink(path)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(door.connect(path, "rw")) as connection:
        _fill(connection)


def _fill(connection: sqlite3.Connection) -> None:
    """The tables, all at once: a file cut off before has no version, and is replaced."""
    marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};"
    connection.executescript(f"BEGIN IMMEDIATE; {_schema()} {marks} COMMIT;")


def _inspect(connection: sqlite3.Connection, path: Path, *, whole: bool) -> None:
    """Raises sqlite3.DatabaseError where the file is not exactly what this Sayso makes; ``whole``: also its pages."""
    marks = [int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")]
    schema = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL LIMIT 100")
    if marks != [APPLICATION_ID, FORMAT] or frozenset(schema.fetchall()) != _expected():
        raise sqlite3.DatabaseError("not a pile of this Sayso")
    small = path.stat().st_size <= QUICK_CHECK_BYTES
    if whole and small and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("damaged")


class Sidecar:
    """The file, open for reading or, with the lock, for writing. Nothing is opened before it is asked for."""

    def __init__(self, ledger: Path, wait: float) -> None:
        self.path, self.wait = path_of(ledger), wait
        self.connection: sqlite3.Connection | None = None
        self.private = False
        self._lock: WriterLock | None = None
        self._patience: Patience | None = None
        self._checked = False

    def is_damaged(self, error: sqlite3.Error) -> bool:
        """Whether the file is at fault. Raises KeyboardInterrupt where SQLite was stopped by Ctrl-C."""
        stopped = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT
        if stopped and self._patience is not None and not self._patience.over:
            raise KeyboardInterrupt from error
        return is_damage(error)

    def read(self) -> sqlite3.Connection | None:
        """A connection to read with; None where there is no file that could be used."""
        if self.connection is None and self.path.is_file() and not self.path.is_symlink():
            self._recover()
            with suppress(sqlite3.Error, NotALedger, OSError):
                self.connection = self._connected("ro")
        return self.connection

    def _connected(self, mode: str) -> Guarded:
        connection = door.connect(self.path, mode)
        try:
            _inspect(connection, self.path, whole=not self._checked)
        except BaseException:
            connection.close()
            raise
        assert isinstance(connection, Guarded)
        self._checked = True
        self._patience = connection.patience
        return connection

    def _recover(self) -> None:
        """Fold in or take back what a process that was killed left; nothing where somebody writes, or nobody may."""
        if not any(os.path.lexists(_beside(self.path, end)) for end in ("-wal", "-journal")):
            return
        lock = WriterLock(self.path, wait=0.0)
        try:
            lock.acquire()
        except LedgerError:
            return
        try:
            door._refuse_super_journal(self.path)
            with closing(door.connect(self.path, "rw")) as connection:
                door.leave_one_file(connection)
        except (sqlite3.Error, NotALedger) as error:
            if isinstance(error, NotALedger) or is_damage(error):
                _unlink(self.path)
        finally:
            lock.release()

    def write(self, *, anew: bool = False) -> sqlite3.Connection:
        """A connection to write with, alone; the file is made where there is none that could be used, or ``anew``.

        Raises LedgerBusy, which names who is writing, and sqlite3.Error where the disk is at fault.
        """
        self.close()
        there = os.path.lexists(self.path)
        if there and (self.path.is_symlink() or not self.path.is_file() or not os.access(self.path, os.W_OK)):
            return self._in_private()
        lock = WriterLock(self.path, self.wait)
        try:
            lock.acquire()
            self._lock = lock
            return self._written(anew)
        except LedgerBusy:
            raise
        except (LedgerError, PermissionError):
            self.close()
            return self._in_private()
        except BaseException:
            self.close()
            raise

    def _written(self, anew: bool) -> sqlite3.Connection:
        if not anew and self.path.is_file():
            try:
                door._refuse_super_journal(self.path)
                self.connection = self._connected("rw")
            except (sqlite3.Error, NotALedger) as error:
                if isinstance(error, sqlite3.Error) and not is_damage(error):
                    raise
        if self.connection is None:
            _make(self.path)
            self.connection = self._connected("rw")
        return self._ready(self.connection)

    def change(self) -> sqlite3.Connection | None:
        """A connection to change what is there, alone; None where there is no file.

        Raises LedgerError where it may not be changed, and sqlite3.Error and NotALedger where it cannot be used.
        """
        if not os.path.lexists(self.path):
            return None
        lock = WriterLock(self.path, self.wait)
        lock.acquire()
        self._lock = lock
        door._refuse_super_journal(self.path)
        self.connection = self._connected("rw")
        return self._ready(self.connection)

    def _ready(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """The connection, set up for writing."""
        for pragma in (*_WRITING, f"wal_autocheckpoint = {door.CHECKPOINT_PAGES}"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    def _in_private(self) -> sqlite3.Connection:
        self.connection, self.private = sqlite3.connect("", isolation_level=None), True
        _fill(self.connection)
        return self.connection

    def rest(self) -> None:
        """Let the next writer in and go on reading; a private file stays as it is."""
        if not self.private:
            self.close()
            self.read()

    def close(self) -> None:
        """Leave one file that can be copied, and let the next writer in. Closing twice is fine."""
        connection, self.connection = self.connection, None
        lock, self._lock = self._lock, None
        self.private = False
        try:
            if connection is not None:
                if lock is not None:
                    with suppress(sqlite3.Error):
                        connection.execute("ROLLBACK")
                    door.leave_one_file(connection)
                connection.close()
                if lock is None:
                    door.tidy(self.path)
        finally:
            if lock is not None:
                lock.release()
