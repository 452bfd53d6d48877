"""The pile: what was derived across pages, brought up to date with the ledger, and asked by commands and questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import TypeVar

from sayso.errors import UsageError
from sayso.ledger import Ledger, door
from sayso.pile import rows
from sayso.pile.blocks import Width
from sayso.pile.components import components
from sayso.pile.dump import digest
from sayso.pile.question import Item, Name, Pair, Question
from sayso.pile.roll import roll
from sayso.pile.rows import Rows
from sayso.pile.shelf import Shelf
from sayso.pile.sidecar import Sidecar
from sayso.pile.updating import Progress, Updating, look, todo
from sayso.records import Reading

WIDTH = Width(cap=64, heads=4)
"""How much of a bucket is compared: see ``blocks``. Measured on 1,300 generated pages with one text printed 120 times twice:
of 358 pages that copy others, 64 loses one from its group, 32 six, 16 eleven, while 128 loses none for the same time.
Where one text was printed 470 times, 13 pages stand alone without heads, which 4 bring back (1 in 8 more time). On real
pages nothing is lost down to 16: of 327 the fullest bucket has 77 members."""
WAIT_SECONDS = 5.0
"""How long a second process waits for the one that is writing."""
T = TypeVar("T")


class Pile:
    """What the questions found across the pages of an open ledger, kept in ``LEDGER.pile`` beside it.

    Only the questions given are looked at and brought up to date; others in the file stay as they are. ``width`` is
    for tests. Not for use from several threads at once.
    """

    def __init__(
        self, ledger: Ledger, questions: Sequence[Question] = (), *, width: Width = WIDTH, wait: float = WAIT_SECONDS
    ) -> None:
        self.ledger = ledger
        self.questions = {each.name: each for each in questions}
        self.width = width
        self._shelf = Shelf(ledger)
        self._file = Sidecar(ledger.path, wait)
        self._pages: dict[bool, list[str]] = {}

    # --- opening and closing ---

    def open(self) -> Pile:
        """Open the file where there is one that can be used. Nothing is made before :meth:`update`."""
        self._file.read()
        return self

    def close(self) -> None:
        """Leave one file that can be copied. Closing twice is fine."""
        self._file.close()
        self._shelf.clear()

    def __enter__(self) -> Pile:
        """Open the file."""
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    # --- bringing up to date ---

    def update(self, progress: Progress | None = None) -> int:
        """Bring what is stored up to date with the ledger; how many pages came, went or changed.

        Every batch of pages is lasting, and an update that was broken off goes on where it was. Raises LedgerBusy, which
        names who is writing, and LedgerError where the disk or the ledger fails.
        """
        self._shelf.clear()
        self._pages = {}
        try:
            return self._update(progress)
        except sqlite3.Error as error:
            if not self._file.is_damaged(error):
                raise door.broken(self._file.path, error) from error
        return self.rebuild(progress)

    def _update(self, progress: Progress | None) -> int:
        connection, questions, looked = self._file.read(), list(self.questions.values()), look(self.ledger)
        if connection is not None and not todo(connection, questions, self.width, looked.pages):
            return 0
        if connection is None or not self._file.private:
            connection = self._file.write()
        try:
            return Updating(self.ledger, connection, questions, self.width).run(progress, looked)
        finally:
            self._file.rest()

    def rebuild(self, progress: Progress | None = None) -> int:
        """Build all of it again in a new file; how many pages that were. Raises as :meth:`update`."""
        try:
            connection = self._file.write(anew=True)
            try:
                return Updating(self.ledger, connection, list(self.questions.values()), self.width).run(progress)
            finally:
                self._file.rest()
        except sqlite3.Error as error:
            raise door.broken(self._file.path, error) from error

    # --- asking ---

    def _ask(self, question: str, work: Callable[[Rows], T]) -> T:
        """An answer out of the rows of a question. A file that turns out to be damaged is built again, once."""
        try:
            return work(self._rows(question))
        except sqlite3.Error as error:
            if not self._file.is_damaged(error):
                raise door.broken(self._file.path, error) from error
        self.rebuild()
        try:
            return work(self._rows(question))
        except sqlite3.Error as error:
            raise door.broken(self._file.path, error) from error

    def _rows(self, question: str) -> Rows:
        if question not in self.questions:
            raise UsageError(
                f"this pile was not asked about {question!r}, only about: {', '.join(self.questions) or '-'}"
            )
        connection, asked = self._file.read(), self.questions[question]
        if connection is None:
            raise UsageError(f"the pile of {self.ledger.path} was never built: call update() first")
        return Rows(connection, rows.number_of(connection, asked.name, asked.version, self.width))

    def reading(self, document: str) -> Reading:
        """The current reading of the document with this id; the last ones are kept at hand. Raises UnknownDocument."""
        return self._shelf.reading(document)

    def documents(self, *, old_versions: bool = False) -> list[str]:
        """The ids of the pages of the ledger, in order; with ``old_versions`` also those that have a newer version."""
        if old_versions not in self._pages:
            self._pages[old_versions] = sorted(roll(self.ledger).wanted(old_versions=old_versions).values())
        return list(self._pages[old_versions])

    def items(self, question: str, document: str = "") -> Iterator[Item]:
        """The things that a question compares, of all pages or of one, by (document id, id)."""

        def pages(held: Rows) -> list[tuple[str, int]]:
            if not document:
                return sorted((held.document(key), key) for key in held.pages().values())
            key = held.key_of(document)
            return [] if key is None else [(document, key)]

        for _, key in self._ask(question, pages):
            yield from self._ask(question, lambda held, key=key: [item for _, item in held.items(key)])  # type: ignore[misc]

    def relations(self, question: str, document: str = "", item: str = "") -> list[Pair]:
        """What was found, by the names of the two; only of one page, or of one thing on it (``item`` is its id there)."""

        def found(held: Rows) -> list[Pair]:
            if not document:
                return list(held.pairs())
            key = held.key_of(document)
            if item and key is not None:
                one = held.find((document, item))
                return [] if one is None else list(held.pairs(one, one))
            return [] if key is None else list(held.pairs(*held.within(key)))

        return sorted(self._ask(question, found), key=lambda pair: (pair.a, pair.b))

    def components(self, question: str) -> list[tuple[Name, ...]]:
        """Groups of two or more things that hang together by relations, in order.

        Where the question has a ``part`` (see ``question.Parting``) it parts each of them further.
        """

        def item(held: Rows, name: Name) -> Item:
            key = held.find(name)
            if key is None:
                raise rows.odd("a reference to an item")
            return held.item(key)

        return self._ask(
            question,
            lambda held: components(
                self.questions[question],
                sorted(held.pairs(), key=lambda pair: (pair.a, pair.b)),
                lambda name: item(held, name),
            ),
        )

    def bucket(self, question: str, key: int) -> list[Item]:
        """All things that have this key; those that are compared with each other come first."""
        return self._ask(question, lambda held: [held.item(each) for each in held.bucket(key)])

    def digest(self) -> str:
        """One hash over all that is stored of these questions: equal for equal pages, however they came together."""
        parts = [self._ask(name, lambda held, name=name: digest(name, held)) for name in sorted(self.questions)]  # type: ignore[misc]
        return "\n".join(parts)
