"""Opening a ledger file as if somebody hostile had made it, and leaving it as one file that can be copied."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from sayso.errors import LedgerBusy, LedgerError, LedgerTooNew, NotALedger
from sayso.ledger.escapes import text_of
from sayso.ledger.lock import WriterLock
from sayso.ledger.migrations import APPLICATION_ID, Migration, apply, expected, migrations

OLDEST_SQLITE = (3, 37, 0)
"""The first SQLite with STRICT tables."""
QUICK_CHECK_BYTES = 16 << 20
"""Files up to this size get SQLite's quick_check at every opening; ``Ledger.check`` does more for all sizes."""
CACHE_KIBIBYTES = 32 << 10
CHECKPOINT_PAGES = 16 << 10
"""Pages in the write-ahead log (64 MiB) before they go into the file: a tenth less work than with SQLite's 1,000."""
_SHADOW = re.compile(r"^(?:document_words|statement_words)_(?:data|idx|content|docsize|config)$")


def _address(path: Path, mode: str) -> str:
    """The file as a URI for SQLite, on any system."""
    name = path.absolute().as_posix()
    name = name if name.startswith("/") else "/" + name
    return f"file://{quote(os.fsencode(name))}?mode={mode}"


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection with every guard set; ``mode`` is ro or rw. Nothing of the file is trusted yet."""
    connection = sqlite3.connect(_address(path, mode), uri=True, timeout=5.0, isolation_level=None)
    connection.text_factory = text_of
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "foreign_keys = ON",
        "synchronous = FULL",
        f"cache_size = -{CACHE_KIBIBYTES}",
        "query_only = ON" if mode == "ro" else "query_only = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _is_blank(connection: sqlite3.Connection) -> bool:
    """A file that nothing was ever written to: a new one, or one cut off before its first transaction."""
    holds = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    return holds == 0 and _number(connection, "application_id") == 0 and _number(connection, "user_version") == 0


def inspect(connection: sqlite3.Connection, path: Path, steps: tuple[Migration, ...]) -> int:
    """The schema version of a file that is safe to use.

    Raises NotALedger (another program's file, unknown triggers, views or virtual tables, changed or missing parts) and
    LedgerTooNew. No view or trigger of the file has run by then.
    """
    if _number(connection, "application_id") != APPLICATION_ID:
        raise NotALedger(f"{path} is a database of another program, not a ledger of Sayso.")
    version, newest = _number(connection, "user_version"), steps[-1].version
    if version > newest:
        raise LedgerTooNew(
            f"{path} was written by a newer Sayso (ledger version {version}, this one knows {newest}): "
            f"bring this Sayso up to date, or make a new ledger."
        )
    known = expected(tuple(step for step in steps if step.version <= version))
    found = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    for kind, name, sql in found:
        _refuse_stranger(path, kind, name, sql, known)
    missing = sorted(name for kind, name in known.keys() - {(kind, name) for kind, name, _ in found} if kind != "index")
    if missing:
        raise NotALedger(f"{path} lacks {', '.join(missing)}: it is damaged or was changed by another program.")
    return version


def _refuse_stranger(path: Path, kind: str, name: str, sql: str, known: dict[tuple[str, str], str]) -> None:
    expected_sql = known.get((kind, name))
    if expected_sql is not None:
        if sql != expected_sql and not _SHADOW.match(name):
            raise NotALedger(f"{path}: the {kind} {name} is not as Sayso makes it; the file was changed.")
    elif kind in ("trigger", "view"):
        raise NotALedger(f"{path} holds a {kind} that is not Sayso's ({name}), which could do anything: not opened.")
    elif sql.lstrip()[:14].upper() == "CREATE VIRTUAL":
        raise NotALedger(f"{path} holds a virtual table that is not Sayso's ({name}): not opened.")


def _quick_check(connection: sqlite3.Connection, path: Path) -> None:
    if _number(connection, "page_count") * _number(connection, "page_size") > QUICK_CHECK_BYTES:
        return
    fault = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if fault != "ok":
        raise NotALedger(f"{path} is damaged: {fault}.")


def _copy_first(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the ledger beside itself before it is migrated; the copy's path. An earlier copy is never written over."""
    for number in range(1, 1000):
        target = path.with_name(f"{path.name}.version-{version}" + (f"-{number}" if number > 1 else ""))
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        with closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
        return target
    raise LedgerError(f"Too many copies of {path} lie beside it: move some away.")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, steps: tuple[Migration, ...]) -> None:
    """Make the schema in a blank file, or migrate an older one after copying it."""
    if _is_blank(connection):
        version = 0
    else:
        version = inspect(connection, path, steps)
        _quick_check(connection, path)
        if version < steps[-1].version:
            _copy_first(connection, path, version)
    for step in steps:
        if step.version > version:
            apply(connection, step)


def open_to_write(path: Path, steps: tuple[Migration, ...] | None = None) -> sqlite3.Connection:
    """A writing connection; the caller holds the lock. A missing file is made, readable by its owner only.

    Raises NotALedger, LedgerTooNew, LedgerBusy, LedgerError.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        raise LedgerError(f"No ledger can be made at {path}: {error.strerror}.") from error
    connection = _guarded(path, "rw")
    try:
        _bring_up_to_date(connection, path, steps or migrations())
        with suppress(sqlite3.OperationalError):  # a reader in the middle of a query: then without a write-ahead log
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    except sqlite3.Error as error:
        connection.close()
        raise broken(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def open_to_read(path: Path, steps: tuple[Migration, ...] | None = None) -> sqlite3.Connection:
    """A reading connection. Raises NotALedger, LedgerTooNew, LedgerError."""
    if not path.exists():
        raise NotALedger(f"There is no ledger at {path}.")
    steps = steps or migrations()
    connection = _guarded(path, "ro")
    try:
        version = inspect(connection, path, steps)
        if version < steps[-1].version:
            raise LedgerError(
                f"{path} is of an earlier version ({version}): open it once for writing to bring it up to date."
            )
        _quick_check(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise broken(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _guarded(path: Path, mode: str) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise LedgerError(f"SQLite {sqlite3.sqlite_version} is too old: Sayso needs 3.37 or newer; use a newer Python.")
    if path.is_dir():
        raise NotALedger(f"{path} is a folder, not a ledger.")
    try:
        return connect(path, mode)
    except sqlite3.Error as error:
        raise broken(path, error) from error


def broken(path: Path, error: sqlite3.Error) -> LedgerError:
    """What went wrong inside SQLite as an error of ours."""
    said = str(error)
    if "locked" in said:
        return LedgerBusy(f"{path} is in use by another program ({said}): close it and try again.")
    if "not a database" in said:
        return NotALedger(f"{path} is not a ledger: it is no SQLite file.")
    if "malformed" in said or "corrupt" in said:
        return NotALedger(f"{path} is damaged ({said}).")
    return LedgerError(f"{path}: {said}.")


def leave_one_file(connection: sqlite3.Connection) -> None:
    """Fold the write-ahead log into the file and drop it, unless others still read (then the last one does it)."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()


def tidy(path: Path) -> None:
    """After a reader left: if a log lies beside the ledger and nobody writes, fold it in. Never raises."""
    if not path.with_name(path.name + "-wal").exists():
        return
    lock = WriterLock(path, wait=0.0)
    with suppress(LedgerError, sqlite3.Error, OSError):
        lock.acquire()
        try:
            with closing(connect(path, "rw")) as connection:
                leave_one_file(connection)
        finally:
            lock.release()
