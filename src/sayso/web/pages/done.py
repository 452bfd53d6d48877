"""What was decided just now: the decision, those taken with it, and how many other statements it could be taken for again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from sayso.decisions import Decision
from sayso.errors import UnknownDocument, UsageError
from sayso.ledger import DecisionFilter, DecisionRow, StatementFilter, StatementRow
from sayso.ledger.escapes import kept
from sayso.ledger.lots import lot_of
from sayso.speakers.names import words as table
from sayso.web.answers import NoSuchError
from sayso.web.asked import Asked
from sayso.web.desk import Desk
from sayso.web.many import AGAIN, decision_at

MOST = 200
"""Statements that are offered at once: a list that can be looked through."""
LOOKED = 2000
"""Statements with the same words in a row that are looked at."""
LONGEST = 64
"""Words of a statement that are searched for in a row; more tell no more."""
PRONOUNS = ("singular_he", "singular_she", "plural", "neuter", "first", "second", "relative")
_WORD = re.compile(r"\w+")
_FOUND = """SELECT s.id, w.content, w.source, w.speaker, s.decided FROM statement_words w JOIN statements s ON s.key = w.rowid
    JOIN readings r ON r.key = s.reading AND r.current = 1 WHERE w.statement_words MATCH ? ORDER BY w.rowid LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Done:
    """A decision that was taken just now. ``lot`` counts those taken at once with it, ``alike`` others it fits again."""

    row: DecisionRow
    lot: int
    standing: int
    alike: int
    by: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Statements that a decision fits again: those with the same ``words``, or with the same ``source`` taken for the same.

    ``decided`` counts those that were left out, as people decided about them already.
    """

    by: str
    words: str
    ids: tuple[str, ...]
    decided: int


@dataclass(frozen=True, slots=True)
class AlikePage:
    """Other statements that a decision could be taken about, to be confirmed; ``ways`` are how they may be alike."""

    decision: DecisionRow
    by: str
    ways: tuple[tuple[str, int], ...]
    words: str
    found: int
    decided: int
    statements: tuple[StatementRow, ...]
    back: str


def squeezed(words: str) -> str:
    """Words as they are compared: letters and digits alone, in any case."""
    return " ".join(_WORD.findall(words.casefold()))


def _is_pronoun(words: str) -> bool:
    return any(words in table(each) for each in PRONOUNS)


def _search(desk: Desk, column: str, words: str) -> Iterator[tuple[str, str, str, str, str]]:
    phrase = " ".join(words.split()[:LONGEST])
    with desk.ledger._asked() as connection:
        yield from connection.execute(_FOUND, (kept(f'{{{column}}} : "{phrase}"'), LOOKED)).fetchall()


def _like(desk: Desk, decision: Decision, by: str) -> Alike:
    """The statements that are alike in one way; those about which was decided are only counted."""
    was = decision.statements[0]
    quoted = was.content if by == "words" else was.source
    words = " … ".join(each.exact for each in quoted)
    wanted, ids, decided = squeezed(words), [], 0
    own = {
        was.id,
        *(
            row.statement
            for row in desk.ledger.decisions(DecisionFilter(document=decision.document))
            if row.id == decision.id
        ),
    }
    speaker = " … ".join(who.name for who in (was.speaker, *was.joint) if who)
    if not wanted or (by == "source" and _is_pronoun(wanted)):
        return Alike(by, words, (), 0)
    for identity, content, source, spoken, already in _search(desk, "content" if by == "words" else "source", wanted):
        same = squeezed(content if by == "words" else source) == wanted and (by == "words" or spoken == speaker)
        if same and identity not in own:
            decided += bool(already)
            ids += [] if already else [identity]
    return Alike(by, words, tuple(ids[:MOST]), decided)


def alikes(desk: Desk, decision: Decision) -> tuple[Alike, ...]:
    """The ways in which other statements are alike to that of a decision, none where it cannot be taken again."""
    if decision.action not in AGAIN or len(decision.statements) != 1:
        return ()
    ways = ("words", "source") if decision.action == "speaker" else ("words",)
    return tuple(each for each in (_like(desk, decision, by) for by in ways) if each.ids)


def _row(desk: Desk, decision: Decision) -> DecisionRow | None:
    """The decision as it is shown; None where its page was forgotten."""
    with suppress(UnknownDocument):
        rows = desk.ledger.decisions(DecisionFilter(document=decision.document))
        return next((row for row in rows if row.id == decision.id), None)
    return None


def done_of(desk: Desk, asked: Asked) -> Done | None:
    """What was decided just now, by the id in the address; None where there is no such decision."""
    with suppress(UsageError):
        decision = decision_at(desk.ledger, asked.word("done"))
        row = _row(desk, decision)
        return None if row is None else _done(desk, decision, row)
    return None


def _done(desk: Desk, decision: Decision, row: DecisionRow) -> Done:
    lot = lot_of(desk.ledger, decision)
    standing = sum(state != "undone" for state in lot.values())
    found = alikes(desk, decision) if len(lot) == 1 and row.state == "stands" else ()
    return Done(row, len(lot), standing, sum(len(each.ids) for each in found[:1]), found[0].by if found else "")


def alike(desk: Desk, asked: Asked) -> AlikePage:
    """The statements that are alike to that of a decision; ``?by=`` words or source."""
    wanted = asked.parts["id"]
    try:
        decision = decision_at(desk.ledger, wanted)
    except UsageError as error:
        raise NoSuchError(str(error)) from error
    row = _row(desk, decision)
    if row is None:
        raise NoSuchError(f"the page of decision {wanted:.60} was forgotten")
    every = alikes(desk, decision) if row.state != "undone" else ()
    by = asked.choice("by", ("words", "source")) or (every[0].by if every else "words")
    found = next((each for each in every if each.by == by), Alike(by, "", (), 0))
    rows = tuple(r for identity in found.ids for r in desk.ledger.statements(StatementFilter(id=identity, act="")))
    ways = tuple((each.by, len(each.ids)) for each in every)
    return AlikePage(row, by, ways, found.words, len(rows), found.decided, rows, asked.word("back"))
