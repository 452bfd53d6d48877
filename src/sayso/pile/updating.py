"""Bringing the rows of some questions up to date with a ledger, a batch of pages at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sayso.errors import LedgerBusy
from sayso.ledger import Ledger
from sayso.pile import rows
from sayso.pile.blocks import Width
from sayso.pile.exchange import Coming, Exchange, items_of
from sayso.pile.question import Question
from sayso.pile.roll import Roll, in_time, roll
from sayso.pile.rows import Rows, transaction
from sayso.pile.shelf import MovedError, Shelf

STRIDE = 128
"""Pages that are taken in and compared at once: what is at hand is still warm then."""
BATCH = 2048
"""Pages between two commits, so many at most are done again after an update was broken off. Their keys are all over the file,
and a commit writes every leaf that they touch: with 1.5 million keys, as of 12,700 generated pages, it costs .35 ms a page after
every 128 pages and .02 ms after every 2,048."""
AGAIN = 20
"""So often an update begins again where the ledger changed meanwhile."""
Progress = Callable[[int, int], None]
"""Called with how many pages are done and how many there are to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what of it is to be done: pages to take out (id to key) and to take in (id to stamp)."""

    question: Question
    out: dict[str, int]
    come: dict[str, int]


def todo(connection: sqlite3.Connection, questions: Sequence[Question], width: Width, pages: Roll) -> list[Asked]:
    """What is to be done for each question that is not up to date."""
    found = []
    every = {old: pages.wanted(old_versions=old) for old in {question.old_versions for question in questions}}
    for question in questions:
        held = Rows(connection, rows.number_of(connection, question.name, question.version, width))
        seen, wanted = held.pages(), every[question.old_versions]
        out = {held.document(seen[stamp]): seen[stamp] for stamp in seen.keys() - wanted.keys()}
        come = {wanted[stamp]: stamp for stamp in wanted.keys() - seen.keys()}
        if out or come:
            found.append(Asked(question, out, come))
    return found


@dataclass(frozen=True, slots=True)
class Looked:
    """The pages of a ledger, and a number of SQLite's that is another one when somebody has written since."""

    pages: Roll
    state: int


def look(ledger: Ledger) -> Looked:
    """The pages of a ledger as they are now."""
    state = _state(ledger)
    return Looked(roll(ledger), state)


def _state(ledger: Ledger) -> int:
    with ledger._asked() as connection:
        return int(connection.execute("PRAGMA data_version").fetchone()[0])


class Updating:
    """One update through a connection that writes. ``run`` gives how many pages came, went or changed."""

    def __init__(
        self, ledger: Ledger, connection: sqlite3.Connection, questions: Sequence[Question], width: Width
    ) -> None:
        self.ledger, self.connection, self.questions, self.width = ledger, connection, questions, width
        self.shelf = Shelf(ledger)
        self.rows: dict[str, Rows] = {}
        self._done: set[str] = set()

    def run(self, progress: Progress | None, looked: Looked | None = None) -> int:
        """Do all that is to be done. Raises LedgerBusy where the ledger does not come to rest.

        ``looked``: what the ledger held just before; it is not looked through again where nobody has written since.
        """
        for _ in range(AGAIN):
            fresh = looked is not None and looked.state == _state(self.ledger)
            pages = looked.pages if looked is not None and fresh else roll(self.ledger)
            self.shelf = Shelf(self.ledger, pages.stamps)
            asked = todo(self.connection, self.questions, self.width, pages)
            try:
                self._unsettle(asked)
                self._batches(asked, progress)
            except MovedError:
                looked = None
                continue
            return len(self._done)
        raise LedgerBusy(f"{self.ledger.path} is being changed faster than its pages can be compared; try again later.")

    def _unsettle(self, asked: Sequence[Asked]) -> None:
        """Mark the pages that are to go: until they are gone nothing is compared with them, and no reading fits them."""
        with transaction(self.connection):
            for each in asked:
                number = rows.add_question(self.connection, each.question.name, each.question.version, self.width)
                held = self.rows[each.question.name] = Rows(self.connection, number)
                held.unsettle(each.out.values())

    def _batches(self, asked: Sequence[Asked], progress: Progress | None) -> None:
        """All pages, those that are to go first, and in time: so most that they are compared with are at hand."""
        going = in_time(self.ledger, {page for each in asked for page in each.out})
        others = in_time(self.ledger, {page for each in asked for page in each.come}.difference(going))
        pages, done, total = iter((*going, *others)), 0, len(going) + len(others)
        while batch := list(islice(pages, BATCH)):
            with transaction(self.connection):
                for at in range(0, len(batch), STRIDE):
                    for taken in self._stride(asked, batch[at : at + STRIDE]):
                        done += taken
                        if progress is not None and taken:
                            progress(done, total)
            self._done.update(batch)

    def _stride(self, asked: Sequence[Asked], batch: Sequence[str]) -> Iterator[int]:
        """Take pages in and out for all questions; 1 after each page that was looked at."""
        coming: dict[str, list[Coming]] = {each.question.name: [] for each in asked}
        for page in batch:
            for each in asked:
                if page in each.come:
                    items = items_of(each.question, self.shelf.reading(page))
                    key = rows.add_document(self.connection, page)
                    coming[each.question.name].append((key, each.come[page], items))
            yield 1
        here = set(batch)
        for each in asked:
            out = [key for page, key in each.out.items() if page in here]
            for page in here & each.out.keys():
                del each.out[page]
            held = self.rows[each.question.name]
            Exchange(each.question, held, self.shelf, self.width, set(each.out.values())).run(
                out, coming[each.question.name]
            )
            rows.drop_lonely(self.connection, out)
            yield 0
