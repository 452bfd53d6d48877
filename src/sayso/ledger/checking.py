"""Proving that a ledger says what its texts say: every hash, span, reference and search index, recomputed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sayso import identity
from sayso.errors import LedgerError
from sayso.ledger import decided, door
from sayso.ledger.checking_decided import check_decisions, check_derived, check_forgotten, check_originals
from sayso.ledger.guards import DAMAGE
from sayso.ledger.keys import reading_id
from sayso.ledger.loader import load_reading, reading_rows
from sayso.ledger.lock import WriterLock
from sayso.ledger.pages import odd_pages
from sayso.ledger.reviewed import check_sheets
from sayso.ledger.rows import Checked
from sayso.ledger.soundness import faults as unsound
from sayso.ledger.tables import ReadingRows, escaped
from sayso.records import Reading, Spans

MAX_FAULTS = 200
"""So many faults are listed; the rest is only counted."""


def check(connection: sqlite3.Connection, path: Path, *, writing: bool) -> Checked:
    """Everything, document by document: memory stays flat. Damage inside the file is a fault, not an error."""
    work = _Check(connection, path, writing)
    for step in (work.file, work.documents, work.decided, work.search):
        try:
            step()
        except (sqlite3.Error, LedgerError, *DAMAGE) as error:
            work.fault(f"The check could not go on: {str(error)[:500].rstrip('.')}.")
    return work.result()


def _of(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


class _Check:
    """One run of :func:`check`: what is counted, proved and found."""

    def __init__(self, connection: sqlite3.Connection, path: Path, writing: bool) -> None:
        self.connection, self.path, self.writing = connection, path, writing
        self.proved: list[str] = []
        self.faults: list[str] = []
        self.more = 0
        self.numbers = dict.fromkeys(
            ("documents", "readings", "spans", "statements", "speakers", "unnamed", "figures"), 0
        )

    def fault(self, sentence: str) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(sentence)
        else:
            self.more += 1

    def result(self) -> Checked:
        more = (f"{_of(self.more, 'more fault')} not listed.",) if self.more else ()
        return Checked(tuple(self.proved), (*self.faults, *more))

    def _ask(self, sql: str) -> int:
        return int(self.connection.execute(sql).fetchone()[0])

    def _total(self) -> int:
        return len(self.faults) + self.more

    def file(self) -> None:
        """SQLite's own checks."""
        before = self._total()
        for (said,) in self.connection.execute("PRAGMA integrity_check"):
            for line in str(said).splitlines() if said != "ok" else ():
                self.fault(f"SQLite: {line}.")
        if self._total() == before:
            self.proved.append("The file is whole: SQLite's integrity check finds no fault.")
        before = self._total()
        for table, row, parent, _ in self.connection.execute("PRAGMA foreign_key_check"):
            self.fault(f"A row of {table} ({row}) refers to one of {parent} that is not there.")
        if self._total() == before:
            self.proved.append("Every reference between tables leads to a row.")

    def documents(self) -> None:
        """Every document with its readings, each put together again and compared with its rows."""
        before = self._total()
        for key, name, identity_ in self.connection.execute("SELECT key, name, id FROM documents ORDER BY name, id"):
            self.numbers["documents"] += 1
            name = str(name)[:200]
            rows = self.connection.execute(
                "SELECT key, id, current, base, place FROM readings WHERE document = ? ORDER BY base, place", (key,)
            ).fetchall()
            current, places = sum(row[2] for row in rows), [row[4] for row in rows if row[3] is None]
            if current != 1:
                self.fault(f"{name} ({identity_}) has {current} current readings instead of one.")
            if places != list(range(1, len(places) + 1)):
                self.fault(f"{name} ({identity_}): its readings are not counted from 1.")
            for stored, stored_id, _, base, _ in rows:
                self.numbers["readings"] += 1
                self._reading(name, stored, stored_id, derived=base is not None)
        if self._total() > before:
            return
        n = self.numbers
        self.proved += [
            f"{_of(n['documents'], 'document')}: every text has the hash it is kept under, every id is its document's.",
            f"{_of(n['readings'], 'reading')}: each is whole, and each document has exactly one current.",
            f"{_of(n['spans'], 'span')}: all lie within their texts, and the words kept beside them are those there.",
            f"{_of(n['statements'], 'statement')}, {_of(n['speakers'], 'speaker')}, {_of(n['figures'], 'figure')}: "
            f"every id follows from its characters"
            + (f" (but for {_of(n['unnamed'], 'speaker')} without a mention)." if n["unnamed"] else "."),
        ]

    def _reading(self, name: str, base: int, stored_id: str, *, derived: bool) -> None:
        try:
            reading = load_reading(self.connection, base)
        except DAMAGE as error:
            self.fault(f"{name}: a reading cannot be put together ({type(error).__name__}: {error!s:.200}).")
            return
        if not derived and reading_id(reading.id, reading.made_by) != stored_id:
            self.fault(f"{name}: reading {stored_id} is not kept under its id.")
        found = list(unsound(reading))
        for sentence in found:
            self.fault(f"{name}: {sentence}.")
        if not found:
            self._rows(name, reading, base)
        self._identities(name, reading)

    def _rows(self, name: str, reading: Reading, base: int) -> None:
        """The rows there against the rows that the reading makes, so that words are compared with the text."""
        for table, made in ReadingRows(reading, base).fill().items():
            there = [escaped(row) for row in reading_rows(self.connection, base, table)]
            self.numbers["spans"] += (
                len(there) if table not in ("speakers", "statements", "joint_speakers", "findings") else 0
            )
            strangers = set(there) ^ set(made)
            if strangers:
                self.fault(f"{name}: in {table}, {_of(len(strangers), 'row')} not as the text has it.")

    def _identities(self, name: str, reading: Reading) -> None:
        n, head = self.numbers, reading.headline
        for part, statements, figures in (
            ("", reading.statements, reading.figures),
            ("headline", head.statements if head else (), head.figures if head else ()),
        ):
            n["statements"] += len(statements)
            n["figures"] += len(figures)
            for s in statements:
                if s.id != identity.statement_id(reading.id, s.content, s.source, part):
                    self.fault(f"{name}: statement {s.id} is not the hash of its characters.")
            for f in figures:
                if f.id != identity.figure_id(reading.id, f.span, part):
                    self.fault(f"{name}: figure {f.id} is not the hash of its characters.")
        for speaker in reading.speakers:
            n["speakers"] += 1
            if not speaker.mentions:
                n["unnamed"] += 1
            elif speaker.id not in _speaker_ids(reading, speaker.mentions):
                self.fault(f"{name}: speaker {speaker.id} is not the hash of its first mention.")

    def decided(self) -> None:
        """Decisions, what follows from them, coding sheets, originals and tombstones."""
        for part in (check_decisions, check_derived, check_sheets, check_originals, check_forgotten):
            before = self._total()
            sentence = part(self.connection, self.fault)
            if self._total() == before:
                self.proved.append(sentence)

    def search(self) -> None:
        """The search indexes: the same rows, and the same words in them."""
        before = self._total()
        documents = self._index("document_words", "SELECT key FROM documents")
        statements = self._index(
            "statement_words", "SELECT s.key FROM statements s JOIN readings r ON r.key = s.reading WHERE r.current = 1"
        )
        inside = self._inside()
        if self._total() == before:
            scope = "row by row and word by word" if inside else "row by row (the words inside only a writer can check)"
            covered = f"{_of(documents, 'document')} and {_of(statements, 'statement')}"
            self.proved.append(f"Full-text search covers {covered}, {scope}.")

    def _index(self, table: str, rows: str) -> int:
        for sql, what in (
            (f"SELECT count(*) FROM ({rows} EXCEPT SELECT id FROM {table}_docsize)", "missing from"),
            (f"SELECT count(*) FROM (SELECT id FROM {table}_docsize EXCEPT {rows})", "too many in"),
        ):
            number = self._ask(sql)
            if number:
                self.fault(f"{_of(number, 'row')} {what} the search index {table}.")
        return self._ask(f"SELECT count(key) FROM ({rows})")

    def _inside(self) -> bool:
        """FTS5's own check, which SQLite takes for writing; false where somebody else writes or nobody may."""
        if self.writing:
            self._integrity(self.connection)
            return True
        lock = WriterLock(self.path, wait=0.0)
        try:
            lock.acquire()
            try:
                with closing(door.connect(self.path, "rw")) as connection:
                    connection.execute("BEGIN")
                    self._integrity(connection)
                    connection.execute("ROLLBACK")
            finally:
                lock.release()
        except (LedgerError, sqlite3.OperationalError):
            return False
        return True

    def _integrity(self, connection: sqlite3.Connection) -> None:
        odd = odd_pages(connection, all_pages=True)
        if odd is not None:  # SQLite itself would read beyond them
            self.fault(f"The search index {odd} has a page that is not what it says.")
            return
        for table in ("document_words", "statement_words"):
            try:
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self.fault(f"The search index {table} does not hold the words that its rows have.")


def _speaker_ids(reading: Reading, mentions: Spans) -> set[str]:
    return {identity.speaker_id(reading.id, mentions[0], part) for part in ("", "headline")}


def repair(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Make search indexes and all that follows from decisions anew, inside the caller's transaction."""
    pages = decided.refresh_all(connection)
    for table in ("document_words", "statement_words"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    return (
        f"Made anew what follows from decisions, on {_of(pages, 'page')}.",
        "Made the search indexes over documents and statements anew.",
    )
