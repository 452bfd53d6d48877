"""Opening a ledger file as if somebody hostile had made it, and leaving it as one file that can be copied."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from filecmp import cmp
from pathlib import Path
from urllib.parse import quote

from sayso.errors import LedgerBusy, LedgerError, LedgerTooNew, NotALedger
from sayso.ledger.guards import Guarded, held_bytes, is_plain, refuse_company
from sayso.ledger.lock import WriterLock
from sayso.ledger.migrations import APPLICATION_ID, Migration, apply, expected, migrations
from sayso.ledger.pages import odd_pages

BUSY_SECONDS = 5.0
"""How long SQLite waits where another connection is in its way, as a second writer waits for the lock."""
OLDEST_SQLITE = (3, 37, 0)
"""The first SQLite with STRICT tables."""
QUICK_CHECK_BYTES = 16 << 20
"""Files that hold no more get SQLite's quick_check at every opening; ``Ledger.check`` does more for all sizes."""
DEEP_CHECK_BYTES = 512 << 20
"""Files up to this size that were not left in order get SQLite's whole check: 0.4 s for 100 MB, 2 s for this size."""
CACHE_KIBIBYTES = 32 << 10
CHECKPOINT_PAGES = 16 << 10
"""Pages in the write-ahead log (64 MiB) before they go into the file: a tenth less work than with SQLite's 1,000."""
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_BESIDE = ("-wal", "-journal")
_SUPER_JOURNAL = bytes.fromhex("d9d505f920a163d7")
"""The last bytes of a journal that names another one, which SQLite may delete. A ledger's never does."""
_SHADOW = re.compile(r"^(?:document_words|statement_words)_(?:data|idx|content|docsize|config)$")


def _address(path: Path, mode: str) -> str:
    """The file as a URI for SQLite, on any system."""
    name = path.absolute().as_posix()
    name = name if name.startswith("/") else "/" + name
    return f"file://{quote(os.fsencode(name))}?mode={mode}"


def connect(path: Path, mode: str, *, alone: bool = False) -> sqlite3.Connection:
    """A connection with every guard set; ``mode`` is ro or rw. Nothing of the file is trusted yet.

    ``alone`` keeps everybody else out of a write-ahead log, and fails at once where somebody is in.
    """
    wait = 0.0 if alone else BUSY_SECONDS
    refuse_company(path)
    address = _address(path, mode)
    connection = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None, factory=Guarded)
    try:
        connection.guard(path)
        for pragma in (
            f"locking_mode = {'EXCLUSIVE' if alone else 'NORMAL'}",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "mmap_size = 0",
            "foreign_keys = ON",
            "synchronous = FULL",
            f"cache_size = -{CACHE_KIBIBYTES}",
            "query_only = ON" if mode == "ro" else "query_only = OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.widen()
    except BaseException:
        connection.close()
        raise
    return connection


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _is_blank(connection: sqlite3.Connection) -> bool:
    """A file that nothing was ever written to: a new one, or one cut off before its first transaction."""
    holds = connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()  # to count them may have no end
    return holds is None and _number(connection, "application_id") == 0 and _number(connection, "user_version") == 0


def inspect(connection: sqlite3.Connection, path: Path, steps: tuple[Migration, ...]) -> int:
    """The schema version of a file that is safe to use.

    Raises NotALedger (another program's file, unknown triggers, views or virtual tables, changed or missing parts) and
    LedgerTooNew. No view or trigger of the file has run by then.
    """
    if _number(connection, "application_id") != APPLICATION_ID:
        raise NotALedger(f"{path} is a database of another program, not a ledger of Sayso.")
    version, newest = _number(connection, "user_version"), steps[-1].version
    if version < 1:
        raise NotALedger(f"{path} says that it is of version {version}, which no ledger is: it was changed.")
    if version > newest:
        raise LedgerTooNew(
            f"{path} was written by a newer Sayso (ledger version {version}, this one knows {newest}): "
            f"bring this Sayso up to date, or make a new ledger."
        )
    known = expected(tuple(step for step in steps if step.version <= version))
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    for kind, name, table, sql in found:
        _refuse_stranger(path, kind, name, sql, known, ours=("table", table) in known)
    missing = sorted(name for _, name in known.keys() - {(kind, name) for kind, name, _, _ in found})
    if missing:
        raise NotALedger(f"{path} lacks {', '.join(missing)}: it is damaged or was changed by another program.")
    shared = "SELECT 1 FROM sqlite_schema WHERE rootpage > 0 GROUP BY rootpage HAVING count(*) > 1"
    if connection.execute(shared).fetchone():
        raise NotALedger(f"{path} is damaged: two of its tables stand in one place.")
    return version


def _refuse_stranger(
    path: Path, kind: str, name: str, sql: str, known: dict[tuple[str, str], str], *, ours: bool
) -> None:
    expected_sql = known.get((kind, name))
    if expected_sql is not None:
        if sql != expected_sql and not (_SHADOW.match(name) and is_plain(kind, sql, ours=ours)):
            raise NotALedger(f"{path}: the {kind} {name} is not as Sayso makes it; the file was changed.")
    elif kind in ("trigger", "view"):
        raise NotALedger(f"{path} holds a {kind} that is not Sayso's ({name}), which could do anything: not opened.")
    elif "VIRTUAL" in sql[:200].upper():
        raise NotALedger(f"{path} holds a virtual table that is not Sayso's ({name}): not opened.")
    elif not is_plain(kind, sql, ours=ours):
        raise NotALedger(
            f"{path} holds a {kind} that is not Sayso's and computes or decides something ({name}): not opened. Plain "
            f"tables and indexes may stand in a ledger; keep others in a file of their own."
        )


def _quick_check(connection: sqlite3.Connection, path: Path, times: int = 1) -> None:
    small = held_bytes(path) <= QUICK_CHECK_BYTES * times
    fault = connection.execute("PRAGMA quick_check(1)").fetchone()[0] if small else "ok"
    if fault != "ok":
        raise NotALedger(f"{path} is damaged: {_one_line(fault)}.")
    _refuse_odd_pages(connection, path, all_pages=small)


def _refuse_odd_pages(connection: sqlite3.Connection, path: Path, *, all_pages: bool) -> None:
    index = odd_pages(connection, all_pages=all_pages)
    if index is not None:
        raise NotALedger(f"{path} is damaged: a page of its search index {index} is not what it says.")


def _one_line(fault: object) -> str:
    """The last line of what SQLite says: a heading may stand before it."""
    return str(fault).splitlines()[-1][:500] if fault else ""


def _bytes(connection: sqlite3.Connection) -> int:
    return _number(connection, "page_count") * _number(connection, "page_size")


def _deep_check(connection: sqlite3.Connection, path: Path) -> None:
    """Tell a mix from a whole: a ledger that was copied while it was written may hold pages of two moments."""
    if _bytes(connection) > DEEP_CHECK_BYTES:
        return
    _refuse_odd_pages(connection, path, all_pages=True)
    fault = _one_line(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if fault == "ok" and (lost := connection.execute("PRAGMA foreign_key_check").fetchone()):
        fault = f"a row of {lost[0]} refers to one of {lost[2]} that is not there"
    if fault != "ok":
        raise NotALedger(
            f"{path} is damaged: {fault}. If it is a copy, it was taken while the ledger was being written: copy it "
            f"again when nobody writes."
        )


# --- what a process left that did not come to its end ---


def _left(path: Path) -> bool:
    """Whether somebody is writing or did not come to the end: what lies beside the ledger tells it, or its mode."""
    refuse_company(path)
    if any(path.with_name(path.name + end).exists() for end in _BESIDE):
        return True
    with suppress(sqlite3.Error), closing(connect(path, "ro")) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0]) == "wal"
    return False


def _refuse_super_journal(path: Path) -> None:
    journal = path.with_name(path.name + "-journal")
    with suppress(FileNotFoundError), journal.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - len(_SUPER_JOURNAL)))
        if file.read(len(_SUPER_JOURNAL)) == _SUPER_JOURNAL:
            raise NotALedger(f"{journal} was not left by Sayso (it names another file): move it away. Not opened.")


def _finish(path: Path, steps: tuple[Migration, ...]) -> None:
    """Take back or fold in what a dead process left, and prove the file whole. The caller holds the writer's lock.

    Where somebody still has the file open it is alive and let be. Raises NotALedger and LedgerTooNew; what the disk or
    the rights do not allow is left for the opening itself to say.
    """
    _refuse_super_journal(path)
    try:
        with closing(connect(path, "rw", alone=True)) as connection:
            if not _is_blank(connection):
                inspect(connection, path, steps)
                _deep_check(connection, path)
            if leave_one_file(connection):  # alone, it made no use of the index that others left
                path.with_name(path.name + "-shm").unlink(missing_ok=True)
    except sqlite3.Error as error:
        if _primary(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise broken(path, error) from error
    except OSError:
        return


def _settle(path: Path, steps: tuple[Migration, ...]) -> None:
    """:func:`_finish` for one who does not write; nothing happens where somebody does, or where nobody may."""
    _refuse_super_journal(path)
    lock = WriterLock(path, wait=0.0)
    try:
        lock.acquire()
    except LedgerError:
        return
    try:
        _finish(path, steps)
    finally:
        lock.release()


# --- opening ---


def _copy_first(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the ledger beside itself before it is migrated; the copy's path.

    An earlier copy is never written over. A copy has its name only when it is whole; one that a migration left that
    was cut off serves again.
    """
    part = path.with_name(f"{path.name}.version-{version}.part")
    for end in ("", *_BESIDE):
        part.with_name(part.name + end).unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()
    for number in range(1, 1000):
        target = path.with_name(f"{path.name}.version-{version}" + (f"-{number}" if number > 1 else ""))
        if not target.exists():
            part.rename(target)
            return target
        if target.is_file() and cmp(part, target, shallow=False):
            part.unlink()
            return target
    raise LedgerError(f"Too many copies of {path} lie beside it: move some away.")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, steps: tuple[Migration, ...]) -> None:
    """Begin the log, then make the schema in a blank file, or migrate an older one after copying it."""
    if _is_blank(connection):
        version = 0
    else:
        version = inspect(connection, path, steps)
        _quick_check(connection, path, times=4)  # .3 s for the largest: to write on a tree in a circle loses pages
        if version < steps[-1].version:
            _copy_first(connection, path, version)
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}").fetchone()
    if version < steps[-1].version:
        apply(connection, *(step for step in steps if step.version > version))


def open_to_write(path: Path, steps: tuple[Migration, ...] | None = None) -> sqlite3.Connection:
    """A writing connection; the caller holds the lock. A missing file is made, readable by its owner only.

    Raises NotALedger, LedgerTooNew, LedgerBusy (a reader in the middle of a query, where the file is in its resting
    state), LedgerError.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        raise LedgerError(
            f"No ledger can be made at {path} ({error.strerror}): name another place, or make this one writable."
        ) from error
    steps = steps or migrations()
    if _left(path):
        _finish(path, steps)
    connection = _guarded(path, "rw")
    try:
        _bring_up_to_date(connection, path, steps)
    except sqlite3.Error as error:
        connection.close()
        raise broken(path, error) from error
    except OSError as error:
        connection.close()
        raise LedgerError(
            f"{path} must be copied beside itself before it is brought up to date, and cannot be ({error.strerror}): "
            f"make room for the copy, or make its folder writable."
        ) from error
    except BaseException:
        connection.close()
        raise
    return connection


def open_to_read(path: Path, steps: tuple[Migration, ...] | None = None) -> sqlite3.Connection:
    """A reading connection. Raises NotALedger, LedgerTooNew, LedgerError.

    What a dead process left is finished first, where nobody writes and the rights allow it.
    """
    if not path.exists():
        raise NotALedger(f"There is no ledger at {path}.")
    steps = steps or migrations()
    if _left(path):
        _settle(path, steps)
    connection = _guarded(path, "ro")
    try:
        connection.execute("BEGIN")  # so that version and schema are of one moment, whatever a writer makes of them
        if _is_blank(connection):
            raise NotALedger(f"{path} is empty: nothing was ever read into it. Begin with: sayso read -l {path} ...")
        version = inspect(connection, path, steps)
        if version < steps[-1].version:
            raise LedgerError(
                f"{path} is of an earlier version ({version}): open it once for writing to bring it up to date "
                f"(sayso check --repair -l {path})."
            )
        _quick_check(connection, path)
        connection.execute("COMMIT")
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


def _primary(error: sqlite3.Error) -> int:
    """SQLite's own number of what went wrong, without the finer shades; 0 where the error is not SQLite's."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


_SAID = {
    sqlite3.SQLITE_BUSY: "{path} is in use by another program ({said}): let it come to its end, or close it, and try "
    "again.",
    sqlite3.SQLITE_LOCKED: "{path} is in use by another program ({said}): close it and try again.",
    sqlite3.SQLITE_NOTADB: "{path} is not a ledger: it is no SQLite file.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged ({said}).",
    sqlite3.SQLITE_INTERRUPT: "{path} is damaged: a question to it took far more work than so small a file can need.",
    sqlite3.SQLITE_FULL: "The disk that {path} lies on is full. What was kept before is whole: make room, then do the "
    "same again.",
    sqlite3.SQLITE_IOERR: "The disk that {path} lies on does not take or give what it should ({said}). What was kept "
    "before is whole: see to the disk, then do the same again.",
    sqlite3.SQLITE_READONLY: "{path} cannot be written to ({said}): make the file and its folder writable, or copy all "
    "that begins with its name to a folder of yours and open it there.",
    sqlite3.SQLITE_CANTOPEN: "{path} or what lies beside it cannot be opened ({said}): make the file and its folder "
    "readable and writable and see that the disk has room, or copy all that begins with its name to a folder of yours "
    "and open it there.",
}
"""What is said of SQLite's primary result codes."""


def broken(path: Path, error: sqlite3.Error) -> LedgerError:
    """What went wrong inside SQLite as an error of ours."""
    code = _primary(error)
    sentence = _SAID.get(code, "{path}: {said}.").format(path=path, said=error)
    if code in _BUSY:
        return LedgerBusy(sentence)
    return NotALedger(sentence) if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) else LedgerError(sentence)


def leave_one_file(connection: sqlite3.Connection) -> bool:
    """Fold the write-ahead log into the file and drop it; false where others still read (then the last one does it)."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return str(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]) == "delete"
    return False


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
