"""What may be asked of an open ledger: every question is one method, every answer rows or records."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from sayso.decisions import Decision
from sayso.decisions.records import undone_by
from sayso.errors import LedgerError, NotALedger, UsageError
from sayso.ledger import (
    comparing,
    decided,
    door,
    forgetting,
    labelled,
    originals,
    queries,
    queries_decided,
    resolving,
    soundness,
    versions,
    writer,
)
from sayso.ledger.digests import content_digest
from sayso.ledger.escapes import kept
from sayso.ledger.guards import DAMAGE
from sayso.ledger.loader import load_reading
from sayso.ledger.provenance import Provenance, provenance, wanted
from sayso.ledger.rows import (
    Counts,
    DecisionFilter,
    DecisionRow,
    DiffRow,
    DocumentFilter,
    DocumentRow,
    DroppedFilter,
    DroppedRow,
    FigureFilter,
    FigureRow,
    FindingFilter,
    FindingRow,
    Forgotten,
    SpeakerFilter,
    SpeakerRow,
    StatementFilter,
    StatementRow,
    fitting,
)
from sayso.ledger.tables import MADE_COLUMNS, made_columns
from sayso.records import MadeBy, Reading, Unreadable

T = TypeVar("T")
Labelled = TypeVar("Labelled", StatementFilter, SpeakerFilter, FigureFilter)


class Asking:
    """The questions. The ledger itself (``store``) opens and closes the connection."""

    path: Path
    write: bool
    _connection: sqlite3.Connection | None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise LedgerError(f"{self.path} is not open: use it in a with block.")
        return self._connection

    @contextmanager
    def _asked(self) -> Iterator[sqlite3.Connection]:
        """As ``_ours``, for questions: an answer that cannot be put together is damage of the file too."""
        try:
            with self._ours() as connection:
                yield connection
        except DAMAGE as error:
            raise NotALedger(f"{self.path} is damaged: an answer cannot be put together ({error!r:.200}).") from error

    @contextmanager
    def _ours(self) -> Iterator[sqlite3.Connection]:
        """The connection; what SQLite raises inside becomes an error of ours."""
        try:
            yield self._opened()
        except sqlite3.Error as error:
            raise door.broken(self.path, error) from error

    def _made(self, made_by: MadeBy | None) -> tuple[str, tuple[Any, ...]]:
        """The readings that count: all, or those that this made or confirmed; with two sets of parameters."""
        if made_by is None:
            return "SELECT document FROM readings", ()
        condition = " AND ".join(f"x.{column} = ?" for column in MADE_COLUMNS)
        made = made_columns(made_by)
        sql = f"""SELECT document FROM readings x WHERE {condition} UNION
            SELECT r.document FROM confirmed x JOIN readings r ON r.key = x.reading WHERE {condition}"""
        return sql, (*made, *made)

    def has(self, document_id: str, made_by: MadeBy | None = None) -> bool:
        """Whether a document with this id was read, by anything or by ``made_by``."""
        readings, made = self._made(made_by)
        with self._asked() as connection:
            sql = f"SELECT 1 FROM documents WHERE id = ? AND key IN ({readings})"
            return connection.execute(sql, (kept(document_id), *made)).fetchone() is not None

    def doubles(self, names: Iterable[str]) -> list[str]:
        """Those of the names under which one text stands more than once: read with other metadata, most likely."""
        sql = "SELECT count(*) - count(DISTINCT text_id) FROM documents WHERE name = ?"
        with self._asked() as connection:
            return [name for name in names if connection.execute(sql, (kept(name),)).fetchone()[0]]

    def document_ids(self, made_by: MadeBy | None = None) -> set[str]:
        """The ids of all documents, or of those that were read by ``made_by``."""
        readings, made = self._made(made_by)
        with self._asked() as connection:
            sql = f"SELECT id FROM documents WHERE key IN ({readings})"
            return {identity for (identity,) in connection.execute(sql, made)}

    def _rows(self, sql: str, parameters: list[Any], make: Callable[[tuple[Any, ...]], T]) -> Iterator[T]:
        with self._asked() as connection:
            for row in connection.execute(sql, parameters):
                yield make(row)

    def _cut(self, sql: str, parameters: list[Any], make: Callable[..., T]) -> Iterator[T]:
        """Rows that begin with a document's key, each made with the text of that document."""
        with self._asked() as connection:
            for row, text in queries.with_texts(connection, connection.execute(sql, parameters)):
                yield make(connection, row, text)

    def _key(self, document: str) -> int | None:
        return self._resolve(document) if document else None

    def documents(self, where: DocumentFilter = DocumentFilter()) -> Iterator[DocumentRow]:  # noqa: B008
        """Documents by name."""
        return self._rows(*queries.documents(where), queries.document_row)

    def statements(self, where: StatementFilter = StatementFilter()) -> Iterator[StatementRow]:  # noqa: B008
        """Statements by document name, then in the order of their content. Raises UnknownDocument, UsageError (no such label)."""
        where, key = self._known_label(where), self._key(where.document)
        return self._rows(*queries.statements(where, key, self._old(where)), queries.statement_row)

    def _known_label(self, where: Labelled) -> Labelled:
        """The filter with its label as it is spelled in the ledger. Raises UsageError, which names those that there are."""
        with self._asked() as connection:
            return replace(where, label=labelled.known(connection, where.label)) if where.label else where

    def _old(self, where: StatementFilter | FigureFilter) -> frozenset[int]:
        """The pages to leave out where only the newest version of each is asked for."""
        with self._asked() as connection:
            return versions.old(connection) if where.newest and not where.document else frozenset()

    def search(self, text: str, limit: int = 20) -> Iterator[StatementRow]:
        """Statements whose content, source or speaker holds these words, best first. No text is a syntax error."""
        query = queries.search(text, limit)
        return iter(()) if query is None else self._rows(*query, queries.statement_row)

    def speakers(self, where: SpeakerFilter = SpeakerFilter()) -> Iterator[SpeakerRow]:  # noqa: B008
        """Speakers put together by exact name and kind, those with most statements first. Raises UnknownDocument."""
        connection, key, where = self._opened(), self._key(where.document), self._known_label(where)
        return self._rows(*queries.speakers(where, key), lambda row: queries.speaker_row(connection, row, key))

    def findings(self, where: FindingFilter = FindingFilter()) -> Iterator[FindingRow]:  # noqa: B008
        """Findings by document name. Raises UnknownDocument."""
        return self._cut(*queries.findings(where, self._key(where.document)), queries.finding_row)

    def dropped(self, where: DroppedFilter = DroppedFilter()) -> Iterator[DroppedRow]:  # noqa: B008
        """What was seen and not read, by document name. Raises UnknownDocument."""
        sql, parameters = queries.dropped(where, self._key(where.document))
        return self._cut(sql, parameters, lambda _, row, text: queries.dropped_row(row, text))

    def figures(self, where: FigureFilter = FigureFilter()) -> Iterator[FigureRow]:  # noqa: B008
        """Figures by what is counted, then by their time. Raises UnknownDocument, and NotALedger at one that is odd."""
        where, key = self._known_label(where), self._key(where.document)
        rows = self._rows(*queries.figures(where, key, self._old(where)), tuple)
        return (self._figure(row) for row in rows)

    def figure(self, key: int) -> FigureRow:
        """The figure with this key, of a reading that is shown. Raises NotALedger at one that is odd."""
        return next(self._figure(row) for row in self._rows(f"{queries.FIGURES} WHERE key = ?", [key], tuple))

    def _figure(self, row: tuple[Any, ...]) -> FigureRow:
        try:
            return queries.figure_row(row)
        except decided.ODD as error:
            raise NotALedger(f"{self.path} is damaged: a figure of {row[0]!r:.60} cannot be read ({error!r}).") from error

    def unreadable(self) -> Iterator[Unreadable]:
        """Documents that could not be read, by name."""
        sql = "SELECT name, code, message, path FROM unreadable ORDER BY name, path, code, message"
        return self._rows(sql, [], lambda row: fitting(Unreadable, row))

    def reading(self, document: str) -> Reading:
        """The current reading, people's decisions carried out, of a document given by id, name or place (or parts of them).

        Raises UnknownDocument, with near names, where none or more than one is meant.
        """
        sql = "SELECT key FROM readings WHERE document = ? AND current = 1"
        for reading in self._rows(sql, [self._resolve(document)], self._load):
            return reading
        raise NotALedger(f"{self.path} is damaged: {document!r} has no current reading.")

    def holding(self, statement: str) -> tuple[str, Reading]:
        """The id of the statement that is meant by its first digits, and the current reading that holds it.

        Raises UsageError where none or more than one is meant, or the one is not shown now.
        """
        identity, key = self._statement(statement)
        return identity, self._current(key)

    def readings(self, document: str) -> Iterator[Reading]:
        """All observed readings of a document, the newest first. Raises UnknownDocument."""
        sql = "SELECT key FROM readings WHERE document = ? AND base IS NULL ORDER BY place DESC"
        return self._rows(sql, [self._resolve(document)], self._load)

    def _load(self, row: tuple[Any, ...]) -> Reading:
        try:
            reading = load_reading(self._opened(), row[0])
            fault = next(soundness.misplaced(reading), None)
        except DAMAGE as error:
            raise NotALedger(f"{self.path} is damaged: a reading cannot be put together ({error!r:.200}).") from error
        if fault is not None:
            raise NotALedger(f"{self.path} is damaged: {reading.document.name!r:.100} cannot be shown, as {fault}.")
        return reading

    def _resolve(self, document: str) -> int:
        """The key of the one document that is meant."""
        with self._asked() as connection:
            return resolving.resolve(connection, self.path, document)

    def counts(self) -> Counts:
        """How much stands in the ledger."""
        with self._asked() as connection:
            return queries.counts(connection)

    def digest(self) -> str:
        """SHA-256 over the content of all observed tables: the same for the same pile in any order."""
        with self._asked() as connection:
            return content_digest(connection)

    # --- what people decided ---

    def _current(self, key: int) -> Reading:
        """The current reading of the document with this key."""
        row = self._opened().execute("SELECT key FROM readings WHERE document = ? AND current = 1", (key,)).fetchone()
        if row is None:
            raise NotALedger(f"{self.path} is damaged: a document has no current reading.")
        return self._load(row)

    def _targets(self, action: str, targets: tuple[str, ...], document: str) -> tuple[tuple[str, ...], int]:
        """Whole ids for their beginnings, and the key of the one document that all are on. Raises UsageError."""
        keys = {self._resolve(document)} if document else set()
        speakers = {"merge": len(targets), "split": 1}.get(action, 0)
        found = []
        for place, target in enumerate(targets):
            identity, key = self._speaker(target, keys) if place < speakers else self._statement(target)
            found.append(identity)
            keys.add(key)
        if len(keys) != 1:
            what = f"{len(keys)} pages are meant; decide about one" if keys else "say which page it is about"
            raise UsageError(f"{action}: {what}")
        return tuple(found), next(iter(keys))

    def _speaker(self, target: str, keys: set[int]) -> tuple[str, int]:
        """A speaker by id, or by name where the page is known."""
        found = queries_decided.speaker_places(self._opened(), target)
        here = [(identity, key) for identity, key in found if not keys or key in keys]
        if len(here) == 1:
            return here[0]
        if keys and not here:
            return target, next(iter(keys))  # a name; whether the page has it is seen there
        many = f"{len(here)} speakers have" if here else "no speaker has"
        raise UsageError(f"{many} the id {target!r}; give more of it, or the page and the name")

    def _statement(self, target: str) -> tuple[str, int]:
        """A statement that is shown, by id. Raises UsageError, which says what became of one that is not shown now."""
        found = queries_decided.places_of_statement(self._opened(), target)
        here = [(identity, key) for identity, key, shown in found if shown]
        if len(here) == 1:
            return here[0]
        if here:
            ids = ", ".join(identity[:12] for identity, _ in here[:5])
            raise UsageError(f"{len(here)} statements have the id {target!r} ({ids}): give more of it")
        if found:
            (name,) = self._opened().execute("SELECT name FROM documents WHERE key = ?", (found[0][1],)).fetchone()
            raise UsageError(
                f"statement {target} of {name} is not shown now: a decision or a later reading changed it "
                f"(sayso decisions --document {name}; sayso show --list {name})"
            )
        raise UsageError(f"no statement has the id {target!r}; sayso show --list DOC prints the ids")

    def _decision(self, identity: str) -> Decision:
        """The decision with this id or beginning of one, if it stands. Raises UsageError."""
        found = decided.beginning_with(self._opened(), identity.casefold()) if len(identity) >= 6 else []
        if len(found) != 1:
            many = f"{len(found)} decisions have" if found else "no decision has"
            raise UsageError(f"{many} the id {identity!r}; sayso decisions lists them")
        undone = undone_by(decided.undoings(self._opened())).get(found[0].id)
        if undone is not None:
            raise UsageError(f"decision {found[0].id[:12]} is undone already, by {undone.id[:12]} of {undone.reviewer}")
        return found[0]

    def decisions(self, where: DecisionFilter = DecisionFilter()) -> Iterator[DecisionRow]:  # noqa: B008
        """Decisions in the order in which they were taken, with what became of each.

        Raises UnknownDocument, and NotALedger at one that cannot be read.
        """
        rows = list(self._rows(*queries_decided.decisions(where, self._key(where.document)), tuple))
        with self._asked() as connection:  # which pages have versions is asked of all pages: 60 ms for 100,000
            told = versions.told(connection) if rows else {}
        return (self._decided(row, told) for row in rows)

    def _decided(self, row: tuple[Any, ...], told: dict[str, str]) -> DecisionRow:
        try:
            found = queries_decided.decision_row(row)
            return replace(found, version=told.get(found.document_id, ""))
        except decided.ODD as error:
            raise NotALedger(f"{self.path} is damaged: decision {row[0]:.12} cannot be read ({error!r}).") from error

    def decided_across(self) -> tuple[Decision, ...]:
        """The decisions about speakers of two pages that stand and still have their words, in order."""
        with self._asked() as connection:
            return decided.across(connection)

    def versions(self, document: str) -> tuple[str, ...]:
        """The ids of all versions of a page that are in the ledger, by the id of one of them; none where it is gone."""
        with self._asked() as connection:
            return decided.version_ids(connection, document)

    def forgotten(self) -> Iterator[Forgotten]:
        """What stays of the pages that were forgotten, oldest first."""
        sql = "SELECT id, text_id, coalesce(sha256, ''), reason, reviewer, at FROM forgotten ORDER BY at, id"
        return self._rows(sql, [], lambda row: fitting(Forgotten, row))

    def is_forgotten(self, text_id: str, sha256: str = "") -> bool:
        """Whether a page with this text, or out of a file with these bytes (where given), was forgotten."""
        with self._asked() as connection:
            return writer.is_forgotten(connection, text_id, sha256)

    def may_forget(self, document: str, *, copies: bool = False, decisions: bool = False) -> None:
        """Raises UsageError where ``forget`` would refuse: see there. Raises UnknownDocument."""
        key = self._resolve(document)
        with self._asked() as connection:
            forgetting.doomed(connection, key, copies=copies, decisions=decisions)

    def original(self, document: str) -> bytes:
        """The bytes of the file that a page came from. Raises UnknownDocument, and LedgerError where they were not kept."""
        key = self._resolve(document)
        with self._asked() as connection:
            (sha256,) = connection.execute("SELECT sha256 FROM documents WHERE key = ?", (key,)).fetchone()
            found = None if sha256 is None else originals.original(connection, sha256)
        if found is None:
            raise LedgerError(f"the original of {document} was not kept; read it again with --keep to have it kept")
        return found

    def wants_original(self, sha256: str) -> bool:
        """Whether a page came from a file with this hash whose bytes are not kept (see :meth:`keep`)."""
        with self._asked() as connection:
            return wanted(connection, sha256)

    def provenance(self, document: str) -> Provenance:
        """Where a page came from: file, readings with their times, other versions. Raises UnknownDocument."""
        key = self._resolve(document)
        with self._asked() as connection:
            return provenance(connection, key)

    def diff(self, document: str = "", other: str = "") -> Iterator[DiffRow]:
        """What the newest reading of each page has that the one before had not, and its newest version that the one before had not.

        With a ``document`` only of that one, which is compared with the version before it; with ``other`` too, what that page
        has that the first has not, by words. Raises UnknownDocument.
        """
        if other:
            before, after = (self._current(self._resolve(each)) for each in (document, other))
            return iter(comparing.compare(before, after))
        sql = "SELECT document FROM readings WHERE place > 1 AND base IS NULL"
        sql += " AND document = ?" if document else ""
        ordered = f"SELECT key FROM documents WHERE key IN ({sql}) ORDER BY name, id"
        wanted = self._resolve(document) if document else None
        keys = self._rows(ordered, [] if wanted is None else [wanted], lambda row: int(row[0]))
        again = (row for key in list(keys) for row in self._difference(key))
        with self._asked() as connection:
            pairs = versions.pairs(connection, wanted)
        changed = (row for before, after in pairs for row in comparing.compare(self._current(before), self._current(after)))
        return chain(again, changed)

    def _difference(self, key: int) -> Iterator[DiffRow]:
        sql = "SELECT key FROM readings WHERE document = ? AND base IS NULL ORDER BY place DESC LIMIT 2"
        pair = list(self._rows(sql, [key], self._load))
        if len(pair) != 2:
            raise NotALedger(f"{self.path} is damaged: the readings of a page are not counted as they should be.")
        after, before = pair
        yield from comparing.compare(before, after)
        with self._asked() as connection:
            standing = decided.standing(connection, key)
        yield from comparing.touched(before, after, standing)
