"""What people decided as SQL and rows, and what an id may mean."""

from __future__ import annotations

import sqlite3
from typing import Any

from sayso.decisions import Decision, decision_of
from sayso.decisions.records import in_words
from sayso.ledger.decided import FORGOTTEN
from sayso.ledger.queries import HEX, Sql, Where
from sayso.ledger.rows import DecisionFilter, DecisionRow, fitting


def places_of_statement(connection: sqlite3.Connection, statement: str) -> list[tuple[str, int, int]]:
    """Statements that an id, or 6 or more first digits of one, may mean: (id, document key, 1 where it is shown)."""
    begins = statement.casefold()
    if len(begins) < 6 or not HEX.fullmatch(begins):
        return []
    return connection.execute(
        """SELECT s.id, r.document, max(r.current) FROM statements s JOIN readings r ON r.key = s.reading
        WHERE s.id >= ? AND s.id < ? GROUP BY s.id, r.document ORDER BY s.id""",
        (begins, begins + "g"),
    ).fetchall()


def speaker_places(connection: sqlite3.Connection, speaker: str) -> list[tuple[str, int]]:
    """Speakers shown that an id, or 6 or more first digits of one, may mean: (id, document key)."""
    begins = speaker.casefold()
    if len(begins) < 6 or not HEX.fullmatch(begins):
        return []
    return connection.execute(
        """SELECT DISTINCT s.id, r.document FROM speakers s JOIN readings r ON r.key = s.reading AND r.current = 1
        WHERE s.id >= ? AND s.id < ? ORDER BY s.id""",
        (begins, begins + "g"),
    ).fetchall()


_WIDE = "x.document = '' AND x.action <> 'undo'"
"""Decisions without a page: labels on names and outlets. What became of them stands in no outcome."""
_WIDE_STATE = "CASE WHEN EXISTS (SELECT 1 FROM labels WHERE decision = x.number) THEN 'stands' ELSE 'undone' END"
_WIDE_REASON = """coalesce((SELECT 'undone by ' || u.id FROM decisions u WHERE u.undoes = x.id
    AND NOT EXISTS (SELECT 1 FROM labels WHERE decision = x.number) ORDER BY u.number DESC LIMIT 1), '')"""


def decisions(where: DecisionFilter, document: int | None) -> Sql:
    """Decisions in order, each with what became of it on each page it concerns; ``document`` is a key."""
    w = Where()
    if document is not None:
        w.add("d.key = ?", document)
    erased = "o.state IS NULL AND x.what = '' AND x.action <> 'undo'"
    state = f"CASE WHEN {erased} THEN 'lost' WHEN {_WIDE} THEN {_WIDE_STATE} ELSE coalesce(o.state, '') END"
    reason = f"CASE WHEN {erased} THEN '{FORGOTTEN}' WHEN {_WIDE} THEN {_WIDE_REASON} ELSE coalesce(o.reason, '') END"
    for column, value in (("x.action", where.action), (state, where.state)):
        if value:
            w.add(f"{column} = ?", value)
    if where.reviewer:
        w.add("instr(fold(x.reviewer), ?)", where.reviewer.casefold())
    end, parameters = w.sql("x.number, d.name, d.id", where.limit)
    return (
        f"""SELECT x.id, x.action, {state},
        {reason}, x.what, x.reviewer, x.decided, x.note,
        coalesce(d.name, ''), coalesce(d.id, x.document), coalesce(o.statement, ''), coalesce(x.undoes, '')
        FROM decisions x LEFT JOIN outcomes o ON o.decision = x.number LEFT JOIN documents d
        ON d.key = coalesce(o.document, (SELECT key FROM documents WHERE id = x.document)){end}""",
        parameters,
    )


def decision_row(row: tuple[Any, ...]) -> DecisionRow:
    """A row of :func:`decisions`. ValueError, TypeError, KeyError where what was decided cannot be read."""
    identity, action, state, reason, what, reviewer, at, note, name, document, statement, undoes = row
    blank = Decision(action, document, reviewer, at, note, undoes=undoes, id=identity)
    words, said = in_words(decision_of(what, blank))
    values = (identity, action, state, reason, words, said, reviewer, at, note, name, document, statement, undoes)
    return fitting(DecisionRow, values)
