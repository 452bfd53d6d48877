"""The queue: statements that nobody decided about, those the machine is least sure of first; and all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.ledger import StatementFilter, StatementRow
from sayso.records import Reading
from sayso.web.asked import Asked, packed, unpacked
from sayso.web.choosing import LOT, NAMES, Choice, choice_of, chosen, counted, seal
from sayso.web.citing import cited
from sayso.web.desk import Desk
from sayso.web.pages.done import Done, done_of

AROUND = 220
"""Characters before and behind a statement: two sentences on either side."""
SIZE = 20
"""Statements of one sitting: each is looked at."""
SHOWN = 50
"""Statements that are shown of those that are decided about at once."""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A statement with the words from its first to its last, and what stands before and behind them.

    ``speaker_id`` is empty where it is open who speaks; ``citation`` is a line for a footnote.
    """

    row: StatementRow
    before: str
    words: str
    after: str
    speaker_id: str
    citation: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Statements by confidence, the lowest first; ``left`` counts all that are chosen and nobody decided about."""

    left: int
    choice: Choice
    outlets: tuple[str, ...]
    statements: tuple[QueueLine, ...]
    next: str
    done: Done | None


@dataclass(frozen=True, slots=True)
class AllPage:
    """Statements to be accepted or rejected at once: ``count`` of them, of ``left`` that are chosen; the first are shown.

    ``seal`` tells this very list.
    """

    left: int
    count: int
    choice: Choice
    statements: tuple[StatementRow, ...]
    seal: str


def _rows(desk: Desk, ids: Sequence[str]) -> Iterator[QueueLine]:
    for identity in ids:
        for row in desk.ledger.statements(StatementFilter(id=identity, act="say")):
            yield _line(desk.pile.reading(row.document_id), row)


def _line(reading: Reading, row: StatementRow) -> QueueLine:
    headline = reading.headline.text if row.part == "headline" and reading.headline else ""
    text = headline or reading.document.text
    before, after = text[max(0, row.start - AROUND) : row.start], text[row.end : row.end + AROUND]
    cut = "…" if row.start > AROUND else ""
    every = (*reading.statements, *(reading.headline.statements if reading.headline else ()))
    speaker = next((s.speaker or "" for s in every if s.id == row.id), "")
    return QueueLine(
        row, cut + before.rpartition("\n\n")[2], text[row.start : row.end],
        after.partition("\n\n")[0] + ("…" if row.end + AROUND < len(text) and "\n\n" not in after else ""), speaker,
        cited(reading.document, row.content, (row.speaker, *row.joint), row.id),
    )  # fmt: skip


def outlets_of(desk: Desk) -> tuple[str, ...]:
    """The names of the outlets, in order."""
    sql = "SELECT DISTINCT outlet FROM documents WHERE outlet <> '' ORDER BY outlet"
    with desk.ledger._asked() as connection:
        return tuple(str(name) for (name,) in connection.execute(sql))


def queue(desk: Desk, asked: Asked) -> QueuePage:
    """The queue behind a cursor; ``?document=``, ``outlet``, ``speaker``, ``told``, ``least`` and ``most`` choose."""
    after = unpacked(asked.word("after")) if asked.word("after") else (-1.0, "")
    if [type(part) for part in after] != [float, str]:
        raise UsageError("this cursor is of another table: begin again without “after”")
    choice = choice_of({name: asked.word(name) for name in NAMES})
    with desk.ledger._asked() as connection:
        found = chosen(connection, choice, SIZE + 1, (after[0], after[1]))
        left = desk.once(f"queue {choice}", lambda: counted(connection, choice))
    cursor = packed(found[SIZE - 1]) if len(found) > SIZE else ""
    rows = tuple(_rows(desk, [identity for _, identity in found[:SIZE]]))
    return QueuePage(
        left, choice, desk.once("queue-outlets", lambda: outlets_of(desk)), rows, cursor, done_of(desk, asked)
    )


def every(desk: Desk, asked: Asked) -> AllPage:
    """All statements that are chosen as in the queue, to be decided about at once."""
    choice = choice_of({name: asked.word(name) for name in NAMES})
    with desk.ledger._asked() as connection:
        ids = [identity for _, identity in chosen(connection, choice, LOT)]
        left = desk.once(f"queue {choice}", lambda: counted(connection, choice))
    rows = tuple(r for i in ids[:SHOWN] for r in desk.ledger.statements(StatementFilter(id=i, act="say")))
    return AllPage(left, len(ids), choice, rows, seal(ids))
