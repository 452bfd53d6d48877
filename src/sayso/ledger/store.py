"""The ledger: one SQLite file, one writer at a time, any number of readers."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sayso.decisions import Across, Action, Change, Decision, across, make, undoing
from sayso.decisions.labelling import folded
from sayso.errors import LedgerBusy, LedgerError, NotALedger, UsageError
from sayso.ledger import bulk, checking, decided, door, forgetting, originals
from sayso.ledger.asking import Asking
from sayso.ledger.lock import WriterLock
from sayso.ledger.rejected import rejected_by_others
from sayso.ledger.rows import Checked, Forgotten
from sayso.ledger.writer import Outcome, add_reading, add_unreadable
from sayso.records import Reading, Unreadable

BATCH = 64
"""Readings between two commits."""
WAIT_SECONDS = 5.0
"""How long a second writer waits for the first."""
_RUN_COLUMNS = {"added": "added", "version": "versions", "reread": "reread", "unreadable": "unreadable"}


class Ledger(Asking):
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
        self._moment = ""

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
        self._connection.create_function("folded", 1, lambda name: folded(name or ""), deterministic=True)
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

    # --- writing ---

    def _begun(self) -> sqlite3.Connection:
        """The connection, in a transaction. Raises UsageError where the ledger was opened for reading."""
        if not self.write:
            raise UsageError(f"{self.path} was opened for reading: open it with write=True.")
        connection = self._opened()
        if not connection.in_transaction:
            connection.execute("BEGIN IMMEDIATE")
        return connection

    def add(self, outcome: Reading | Unreadable) -> Outcome:
        """Keep a reading, or that a document could not be read; committed every 64 calls and on close.

        Returns "added"; "same" where this page was already read by the same model and code, or by others to the same
        effect; "version" where the outlet's page at this address had another text before; "reread" where another model
        or code read it otherwise (its reading is current now, the earlier one is kept); "forgotten" where a page with
        this text or file was erased (see :meth:`forget`): it is not taken; "unreadable". Raises UsageError where the ledger was opened
        for reading, LedgerError where the reading is not sound (a span outside its text, a reference to nothing) or
        the file fails; the ledger is then as it was before the call.
        """
        with self._ours():
            connection = self._begun()
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
                said = add_reading(connection, outcome, self._moment or now())
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
            self._run = connection.execute("INSERT INTO runs (started) VALUES (?)", (now(),)).lastrowid
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
                connection.execute("UPDATE runs SET finished = ? WHERE number = ?", (now(), self._run))
        self.commit()

    def one_moment(self) -> None:
        """Let all that is added from here on have come in now, as one pile.

        Which version of a page is the newest then follows from the pages, and not from how fast they were added.
        """
        self._moment = now()

    @contextmanager
    def filling(self) -> Iterator[None]:
        """While a new ledger is filled: indexes and search are made when this is left, in one go.

        Left by an exception the file is of no use. Raises UsageError where documents are in it already.
        """
        with self._ours(), bulk.in_bulk(self._opened(), self.path):
            yield
            self.commit()

    # --- deciding ---

    def decide(
        self,
        action: Action,
        targets: Sequence[str] = (),
        change: Change = Change(),  # noqa: B008
        *,
        reviewer: str,
        note: str = "",
        document: str = "",
        at: str = "",
    ) -> Decision:
        """Take a decision about what a page says; it outranks the machine at once and through every reading to come.

        ``targets`` are ids, or the first digits of them (6 or more): of one statement (accept, reject, speaker, span,
        kind, note), of speakers of one page (merge; the first stays), of a speaker and its statements that are
        another's (split). To add a statement, give the ``document`` (a name or an id) in their place; with it, speakers
        may also be given by name. ``change`` says what is to be different, ``at`` when it was decided (now, in UTC). What others
        rejected can be accepted, rejected or given a speaker or a kind, though it is not shown.

        It is lasting when this returns. Raises UsageError where it cannot be, UnknownDocument, LedgerError.
        """
        with self._whole() as connection:
            hidden = rejected_by_others(connection, action, targets, reviewer)
            found, key = ((hidden[0],), hidden[1]) if hidden else self._targets(action, tuple(targets), document)
            base, _ = decided.newest(connection, key)
            wish = make(
                action, hidden[2] if hidden else self._current(key), found, change,
                reviewer=reviewer, note=note, at=at or now(), observed=self._load((base,)),
            )  # fmt: skip
            return decided.append(connection, wish)

    def decide_across(
        self,
        action: Across,
        one: tuple[str, str],
        other: tuple[str, str],
        *,
        reviewer: str,
        note: str = "",
        at: str = "",
    ) -> Decision:
        """Take a decision about who is who across pages: each a page (a name or an id) and a speaker (its name or id).

        ``same-person``: the two speakers are one. ``other-person``: the second is not the first; all others who were
        taken for the first stay with it. It outranks the machine; readings stay as they are. Raises UsageError where it
        cannot be, UnknownDocument, LedgerError.
        """
        with self._whole() as connection:
            first, second = ((self._current(self._resolve(page)), speaker) for page, speaker in (one, other))
            return decided.append(
                connection, across(action, first, second, reviewer=reviewer, note=note, at=at or now())
            )

    def undo(self, decision: str, *, reviewer: str, note: str = "", at: str = "") -> Decision:
        """Undo a decision, given by its id or the first digits of it (6 or more): a new one that takes it back.

        An undoing can be undone. Raises UsageError where there is no such decision or it is undone already.
        """
        with self._whole() as connection:
            wish = undoing(self._decision(decision), reviewer=reviewer, note=note, at=at or now())
            return decided.append(connection, wish)

    def forget(
        self, document: str, reason: str, *, reviewer: str, copies: bool = False, decisions: bool = False, at: str = ""
    ) -> tuple[Forgotten, ...]:
        """Erase the text of a page and all that was made from it; its hashes and the reason stay, for each page erased.

        The same text is not taken in again, nor the same file. ``copies`` erases every other page with the very same text
        or file too; without it such pages are a UsageError. Decisions taken on it lose their words: where some of them
        stand on another version of the page that is a UsageError too, but for ``decisions``. Afterwards the text is
        nowhere in the bytes of the file; where another program still reads the ledger, LedgerBusy says how to finish
        when that one is closed (see :meth:`erase`).
        """
        with self._whole() as connection:
            key = self._resolve(document)
            gone = forgetting.forget(connection, key, reason, reviewer, at or now(), copies=copies, decisions=decisions)
        self.erase()
        return gone

    def erase(self) -> None:
        """Take what was forgotten out of the bytes of the file. Raises LedgerBusy where another program reads it."""
        self.commit()
        with self._ours() as connection:
            if not forgetting.erase(connection):
                raise LedgerBusy(
                    f"What was forgotten is out of {self.path}, but another program reads the ledger and keeps its log "
                    f"({self.path}-wal) there: close that program, then run: sayso check -l {self.path} --repair"
                )

    def take_in_again(self, forgotten: str) -> None:
        """Lift a tombstone, given by id or text hash or first digits of them: the page may come in again."""
        with self._whole() as connection:
            every = [(f.text_id, (f.id, f.text_id)) for f in self.forgotten()]
            found = {text for text, ids in every if len(forgotten) >= 6 and any(i.startswith(forgotten) for i in ids)}
            if len(found) != 1:
                raise UsageError(f"{len(found)} forgotten pages have {forgotten!r} for an id; see: sayso forget --list")
            files = {f.sha256 for f in self.forgotten() if f.text_id in found and f.sha256}
            connection.execute("DELETE FROM forgotten WHERE text_id = ?", tuple(found))
            connection.executemany("DELETE FROM forgotten WHERE sha256 = ?", [(each,) for each in files])

    def keep(self, data: bytes) -> bool:
        """Keep the bytes of a file that a page came from; false where they are kept already. Committed with the pages."""
        with self._ours():
            kept_now = originals.keep(self._begun(), data)
            self._pending += 1
        if self._pending >= BATCH:
            self.commit()
        return kept_now

    def repair(self) -> tuple[str, ...]:
        """Make all that is derived anew, from what was observed and decided; what was done, in sentences."""
        with self._whole() as connection:
            said = checking.repair(connection)
        self.erase()
        return said

    @contextmanager
    def _whole(self) -> Iterator[sqlite3.Connection]:
        """One piece of work, lasting or not done at all."""
        self.commit()
        with self._ours():
            connection = self._begun()
            try:
                yield connection
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
        self.commit()

    def check(self) -> Checked:
        """Recompute every hash, span, reference and search index; faults are listed, not raised."""
        return checking.check(self._opened(), Path(os.path.realpath(self.path)), writing=self.write)


def _fold(text: str | None) -> str | None:
    return None if text is None else text.casefold()


def now() -> str:
    """The time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
