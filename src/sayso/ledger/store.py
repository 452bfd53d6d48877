"""The ledger: one SQLite file, one writer at a time, any number of readers."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from sayso.errors import LedgerError, NotALedger, UnknownDocument, UsageError
from sayso.ledger import checking, door, queries
from sayso.ledger.digests import content_digest
from sayso.ledger.escapes import kept
from sayso.ledger.loader import load_reading
from sayso.ledger.lock import WriterLock
from sayso.ledger.rows import (
    Checked,
    Counts,
    DocumentFilter,
    DocumentRow,
    DroppedFilter,
    DroppedRow,
    FindingFilter,
    FindingRow,
    SpeakerFilter,
    SpeakerRow,
    StatementFilter,
    StatementRow,
)
from sayso.ledger.writer import Outcome, add_reading, add_unreadable
from sayso.records import MadeBy, Reading, Unreadable

BATCH = 64
"""Readings between two commits."""
WAIT_SECONDS = 5.0
"""How long a second writer waits for the first."""
_RUN_COLUMNS = {"added": "added", "version": "versions", "reread": "reread", "unreadable": "unreadable"}
_MADE_BY = "contract = ? AND sayso = ? AND model = ? AND runtime = ? AND extractor = ?"

T = TypeVar("T")


class Ledger:
    """One ledger file. Nothing is opened before :meth:`open` or the ``with`` block.

    With ``write=True`` a missing file is made (readable by its owner only), and this process is the only writer until
    :meth:`close`. Whole documents are kept whatever happens: a ``with`` block that is left by an exception or Ctrl-C
    commits the documents added so far, and half of one never.

    Not for use from several threads at once: open one for each.
    """

    def __init__(self, path: str | Path, *, write: bool = False, wait: float = WAIT_SECONDS) -> None:
        self.path = Path(path)
        self.write = write
        self.wait = wait
        self._lock: WriterLock | None = None
        self._connection: sqlite3.Connection | None = None
        self._pending = 0
        self._half = False
        self._run: int | None = None
        self._run_counts: dict[str, int] = {}
        self._unreadable_now: set[tuple[str, str]] = set()

    # --- opening and closing ---

    def open(self) -> Ledger:
        """Open the file. Raises NotALedger, LedgerTooNew, LedgerBusy (names who is writing), LedgerError."""
        if self._connection is not None:
            return self
        self._pending, self._half, self._run, self._run_counts, self._unreadable_now = 0, False, None, {}, set()
        path = Path(os.path.realpath(self.path))
        if path.is_dir():
            raise NotALedger(f"{self.path} is a folder, not a ledger.")
        if not self.write:
            self._connection = door.open_to_read(path)
        else:
            lock = WriterLock(path, self.wait)
            lock.acquire()
            try:
                self._connection = door.open_to_write(path)
                self._lock = lock
            finally:
                if self._lock is None:
                    lock.release()
        self._connection.create_function("fold", 1, _fold, deterministic=True)
        return self

    def close(self) -> None:
        """Commit, leave one file that can be copied, and let the next writer in. Closing twice is fine."""
        connection, lock = self._connection, self._lock
        if connection is None:
            return
        try:
            if self.write:
                self._finish()
        finally:
            self._connection = self._lock = None
            if lock is not None:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                door.leave_one_file(connection)
            connection.close()
            if lock is None:
                door.tidy(Path(os.path.realpath(self.path)))
            else:
                lock.release()

    def __enter__(self) -> Ledger:
        """Open the file."""
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit what is whole and close."""
        self.close()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise LedgerError(f"{self.path} is not open: use it in a with block.")
        return self._connection

    @contextmanager
    def _ours(self) -> Iterator[sqlite3.Connection]:
        """The connection; what SQLite raises inside becomes an error of ours."""
        try:
            yield self._opened()
        except sqlite3.Error as error:
            raise door.broken(self.path, error) from error

    # --- writing ---

    def add(self, outcome: Reading | Unreadable) -> Outcome:
        """Keep a reading, or that a document could not be read; committed every 64 calls and on close.

        Returns "added"; "same" where this page was already read by the same model and code; "version" where the
        outlet's page at this address had another text before; "reread" where another model or code read this page (its
        reading is current now, the earlier one is kept); "unreadable". Raises UsageError where the ledger was opened
        for reading, LedgerError where the reading is not sound (a span outside its text, a reference to nothing) or
        the file fails; the ledger is then as it was before the call.
        """
        if not self.write:
            raise UsageError(f"{self.path} was opened for reading: open it with write=True.")
        with self._ours() as connection:
            if not connection.in_transaction:
                connection.execute("BEGIN IMMEDIATE")
            before = connection.total_changes
            said = self._add_whole(connection, outcome)
            if connection.total_changes != before:
                self._count(connection, said)
            self._pending += 1
        if self._pending >= BATCH:
            self.commit()
        return said

    def _add_whole(self, connection: sqlite3.Connection, outcome: Reading | Unreadable) -> Outcome:
        """One document, wholly or not at all."""
        self._half = True
        try:
            connection.execute("SAVEPOINT document")
            said: Outcome
            if isinstance(outcome, Unreadable):
                place = (outcome.name, outcome.path)
                add_unreadable(connection, outcome, replace=place not in self._unreadable_now)
                self._unreadable_now.add(place)
                said = "unreadable"
            else:
                said = add_reading(connection, outcome)
            connection.execute("RELEASE document")
        except OverflowError as error:
            self._undo_half(connection)
            raise LedgerError(f"A number beyond 64 bits cannot be kept: {outcome!r:.80}…") from error
        except BaseException:
            self._undo_half(connection)
            raise
        self._half = False
        return said

    def _undo_half(self, connection: sqlite3.Connection) -> None:
        """Take back a document that is not whole; nothing where it was."""
        if self._half and connection.in_transaction:
            with suppress(sqlite3.OperationalError):  # no such savepoint: it was whole already, or not yet begun
                connection.execute("ROLLBACK TO document")
                connection.execute("RELEASE document")
        self._half = False

    def _count(self, connection: sqlite3.Connection, said: Outcome) -> None:
        if self._run is None:
            self._run = connection.execute("INSERT INTO runs (started) VALUES (?)", (_now(),)).lastrowid
        self._run_counts[said] = self._run_counts.get(said, 0) + 1

    def commit(self) -> None:
        """Make everything added so far lasting."""
        with self._ours() as connection:
            self._undo_half(connection)
            if not connection.in_transaction:
                return
            for said, column in _RUN_COLUMNS.items():
                if self._run is not None and self._run_counts.get(said):
                    connection.execute(
                        f"UPDATE runs SET {column} = ? WHERE number = ?", (self._run_counts[said], self._run)
                    )
            connection.execute("COMMIT")
            self._pending = 0

    def _finish(self) -> None:
        """The last commit, with the end of the run."""
        with self._ours() as connection:
            self._undo_half(connection)
            if self._run is not None:
                if not connection.in_transaction:
                    connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE runs SET finished = ? WHERE number = ?", (_now(), self._run))
        self.commit()

    # --- asking ---

    def _made(self, made_by: MadeBy | None) -> tuple[str, tuple[Any, ...]]:
        if made_by is None:
            return "1", ()
        made = (
            made_by.contract,
            kept(made_by.sayso),
            kept(made_by.model),
            kept(made_by.runtime),
            kept(made_by.extractor),
        )
        return _MADE_BY, made

    def has(self, document_id: str, made_by: MadeBy | None = None) -> bool:
        """Whether a document with this id was read, by anything or by ``made_by``."""
        condition, made = self._made(made_by)
        with self._ours() as connection:
            sql = f"SELECT 1 FROM readings WHERE {condition} AND document = (SELECT key FROM documents WHERE id = ?)"
            return connection.execute(sql, (*made, kept(document_id))).fetchone() is not None

    def document_ids(self, made_by: MadeBy | None = None) -> set[str]:
        """The ids of all documents, or of those that were read by ``made_by``."""
        condition, made = self._made(made_by)
        with self._ours() as connection:
            sql = f"SELECT id FROM documents WHERE key IN (SELECT document FROM readings WHERE {condition})"
            return {identity for (identity,) in connection.execute(sql, made)}

    def _rows(self, sql: str, parameters: list[Any], make: Callable[[tuple[Any, ...]], T]) -> Iterator[T]:
        with self._ours() as connection:
            for row in connection.execute(sql, parameters):
                yield make(row)

    def _key(self, document: str) -> int | None:
        return self._resolve(document) if document else None

    def documents(self, where: DocumentFilter = DocumentFilter()) -> Iterator[DocumentRow]:  # noqa: B008
        """Documents by name."""
        return self._rows(*queries.documents(where), queries.document_row)

    def statements(self, where: StatementFilter = StatementFilter()) -> Iterator[StatementRow]:  # noqa: B008
        """Statements by document name, then in the order of their content. Raises UnknownDocument."""
        return self._rows(*queries.statements(where, self._key(where.document)), queries.statement_row)

    def search(self, text: str, limit: int = 20) -> Iterator[StatementRow]:
        """Statements whose content, source or speaker holds these words, best first. No text is a syntax error."""
        query = queries.search(text, limit)
        return iter(()) if query is None else self._rows(*query, queries.statement_row)

    def speakers(self, where: SpeakerFilter = SpeakerFilter()) -> Iterator[SpeakerRow]:  # noqa: B008
        """Speakers put together by exact name and kind, those with most statements first. Raises UnknownDocument."""
        connection, key = self._opened(), self._key(where.document)
        return self._rows(*queries.speakers(where, key), lambda row: queries.speaker_row(connection, row, key))

    def findings(self, where: FindingFilter = FindingFilter()) -> Iterator[FindingRow]:  # noqa: B008
        """Findings by document name. Raises UnknownDocument."""
        rows = self._rows(*queries.findings(where, self._key(where.document)), tuple)
        with self._ours() as connection:
            pairs = queries.with_texts(connection, rows)
        return (queries.finding_row(connection, row, text) for row, text in pairs)

    def dropped(self, where: DroppedFilter = DroppedFilter()) -> Iterator[DroppedRow]:  # noqa: B008
        """What was seen and not read, by document name. Raises UnknownDocument."""
        rows = self._rows(*queries.dropped(where, self._key(where.document)), tuple)
        with self._ours() as connection:
            pairs = queries.with_texts(connection, rows)
        return (queries.dropped_row(row, text) for row, text in pairs)

    def unreadable(self) -> Iterator[Unreadable]:
        """Documents that could not be read, by name."""
        sql = "SELECT name, code, message, path FROM unreadable ORDER BY name, path, code, message"
        return self._rows(sql, [], lambda row: Unreadable(*row))

    def reading(self, document: str) -> Reading:
        """The current reading of a document given by id, by the first digits of it (6 or more) or by name.

        Raises UnknownDocument, with near names, where none or more than one is meant.
        """
        sql = "SELECT key FROM readings WHERE document = ? AND current = 1"
        for reading in self._rows(sql, [self._resolve(document)], self._load):
            return reading
        raise NotALedger(f"{self.path} is damaged: {document!r} has no current reading.")

    def readings(self, document: str) -> Iterator[Reading]:
        """All readings of a document, the current one first. Raises UnknownDocument."""
        sql = "SELECT key FROM readings WHERE document = ? ORDER BY current DESC, id"
        return self._rows(sql, [self._resolve(document)], self._load)

    def _load(self, row: tuple[Any, ...]) -> Reading:
        try:
            return load_reading(self._opened(), row[0])
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise NotALedger(f"{self.path} is damaged: a reading cannot be put together ({error!r}).") from error

    def _resolve(self, document: str) -> int:
        """The key of the one document that is meant."""
        with self._ours() as connection:
            found = queries.candidates(connection, document)
            if len(found) == 1:
                return found[0][0]
            if found:
                ids = ", ".join(identity[:12] for _, identity, _ in found[:5]) + (", …" if len(found) > 5 else "")
                raise UnknownDocument(f"{len(found)} documents are called {document!r}: say which by its id ({ids}).")
            names = [name for (name,) in connection.execute("SELECT DISTINCT name FROM documents")]
        from rapidfuzz import process  # takes a tenth of a second, and only here

        near = [repr(name) for name, _, _ in process.extract(document, names, limit=3, score_cutoff=60)]
        hint = f" Near: {', '.join(near)}." if near else ""
        raise UnknownDocument(f"No document of {self.path} is called {document!r}.{hint}")

    def counts(self) -> Counts:
        """How much stands in the ledger."""
        with self._ours() as connection:
            return queries.counts(connection)

    def check(self) -> Checked:
        """Recompute every hash, span, reference and search index; faults are listed, not raised."""
        return checking.check(self._opened(), Path(os.path.realpath(self.path)), writing=self.write)

    def digest(self) -> str:
        """SHA-256 over the content of all observed tables: the same for the same pile in any order."""
        with self._ours() as connection:
            return content_digest(connection)


def _fold(text: str | None) -> str | None:
    return None if text is None else text.casefold()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
