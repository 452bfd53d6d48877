"""What to look at first: statements that nobody decided about, those that the machine is least sure of first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.ledger import DecisionRow, StatementFilter, StatementRow
from sayso.records import Reading
from sayso.web.asked import Asked, packed, unpacked
from sayso.web.desk import Desk
from sayso.web.pages.page import done_of

AROUND = 200
"""Characters to either side of a statement in the queue: a sentence, as most are shorter."""
SIZE = 20
"""Statements of one sitting: each is looked at."""
_QUEUE = """SELECT s.confidence, s.id FROM statements s JOIN readings r ON r.key = s.reading AND r.current = 1
    WHERE s.act = 'say' AND s.decided = '' AND (s.confidence, s.id) > (?, ?) ORDER BY s.confidence, s.id LIMIT ?"""
_LEFT = """SELECT count(s.key) FROM statements s JOIN readings r ON r.key = s.reading AND r.current = 1
    WHERE s.act = 'say' AND s.decided = ''"""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A statement with the words from its first to its last, and what stands before and behind them."""

    row: StatementRow
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Statements by confidence, the lowest first; ``left`` counts all that nobody decided about."""

    left: int
    statements: tuple[QueueLine, ...]
    next: str
    done: DecisionRow | None


def _rows(desk: Desk, ids: list[str]) -> Iterator[QueueLine]:
    for identity in ids:
        for row in desk.ledger.statements(StatementFilter(id=identity, act="say")):
            yield _line(desk.pile.reading(row.document_id), row)


def _line(reading: Reading, row: StatementRow) -> QueueLine:
    headline = reading.headline.text if row.part == "headline" and reading.headline else ""
    text = headline or reading.document.text
    before, after = text[max(0, row.start - AROUND) : row.start], text[row.end : row.end + AROUND]
    cut = "…" if row.start > AROUND else ""
    return QueueLine(
        row, cut + before.rpartition("\n\n")[2], text[row.start : row.end],
        after.partition("\n\n")[0] + ("…" if row.end + AROUND < len(text) and "\n\n" not in after else ""),
    )  # fmt: skip


def queue(desk: Desk, asked: Asked) -> QueuePage:
    """The queue behind a cursor."""
    after = unpacked(asked.word("after")) if asked.word("after") else (-1.0, "")
    if [type(part) for part in after] != [float, str]:
        raise UsageError("this cursor is of another table: begin again without “after”")
    with desk.ledger._asked() as connection:
        found = connection.execute(_QUEUE, (*after, SIZE + 1)).fetchall()
        left = desk.once("queue", lambda: int(connection.execute(_LEFT).fetchone()[0]))
    cursor = packed(found[SIZE - 1]) if len(found) > SIZE else ""
    rows = tuple(_rows(desk, [identity for _, identity in found[:SIZE]]))
    return QueuePage(left, rows, cursor, done_of(desk, asked))
