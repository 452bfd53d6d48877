"""One run of ``read`` into a ledger, which is made when the first page comes, and not for nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from sayso.cli.pile import Pile
from sayso.cli.tally import Tally
from sayso.engine import local
from sayso.engine.local import Outcome, Skipped
from sayso.errors import InputError, UnsoundReading
from sayso.ingest import Item, data_of
from sayso.ingest.feed import EXTRACTOR as FEED
from sayso.ingest.html import EXTRACTOR as HTML
from sayso.ingest.pdf import EXTRACTOR as PDF
from sayso.ledger import DecisionFilter, Ledger
from sayso.reading import Reader
from sayso.records import Document, Reading, Unreadable

NAMED = 1000
"""Names of pages that are kept in mind without a table of metadata, to tell whether one came in twice."""


class Filling:
    """One run: pages out of a pile into a ledger, counted in ``tally``. To be used in a ``with``.

    ``again`` reads what the ledger has from another version of model or code; ``keep`` keeps the originals.
    """

    def __init__(self, pile: Pile, tally: Tally, *, again: bool, keep: bool) -> None:
        self.pile, self.tally, self.again, self.keep = pile, tally, again, keep
        self._ledger: Ledger | None = None
        self._waiting: list[Unreadable] = []
        self._forgotten: frozenset[str] = frozenset()

    def __enter__(self) -> Filling:
        """Open the ledger where there is one. Where there is none, only what would hinder making one is said now."""
        path = Path(self.pile.ledger)
        if path.exists() or not path.absolute().parent.is_dir():
            self._opened()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep what is whole and leave the ledger."""
        if self._ledger is not None:
            self._ledger.close()

    def _opened(self) -> Ledger:
        """The ledger; made now where there was none, with what could not be read before."""
        if self._ledger is None:
            self._ledger = Ledger(self.pile.ledger, write=True).open()
            self._ledger.one_moment()
            self._forgotten = frozenset(each.id for each in self._ledger.forgotten())
            for unreadable in self._waiting:
                self._ledger.add(unreadable)
        return self._ledger

    def run(self, step: Callable[[], None]) -> None:
        """Read the pile; ``step`` is called after each document."""
        lost = self._lost_decisions()
        known = self._known() | self._forgotten  # the method of a set can go to other processes
        for item, outcome in local.read_all(
            self.pile.items(), meta=self.pile.table, processes=self.pile.processes, skip=known.__contains__,
            years=self.pile.years,
        ):  # fmt: skip
            if self.pile.table is not None or len(self.pile.names) < NAMED:
                self.pile.names.add(item.name)
            self._take(item, outcome)
            step()
        self.tally.lost = max(0, self._lost_decisions() - lost)

    def _lost_decisions(self) -> int:
        """How many decisions have no place on a page that they are about."""
        return 0 if self._ledger is None else sum(1 for _ in self._ledger.decisions(DecisionFilter(state="lost")))

    def _known(self) -> frozenset[str]:
        """The ids of the pages that need not be read: all that are there, or those of this model, this code, these years."""
        if self._ledger is None:
            return frozenset()
        if not self.again:
            return frozenset(self._ledger.document_ids())
        made = Reader(years=self.pile.years).made_by(Document("", ""))
        # each kind of file has its own extractor
        read = [self._ledger.document_ids(replace(made, extractor=extractor)) for extractor in ("", HTML, PDF, FEED)]
        return frozenset().union(*read)

    def _take(self, item: Item, outcome: Outcome) -> None:
        """One outcome into the ledger; a reading that the ledger refuses is a page that could not be read."""
        if isinstance(outcome, Skipped):
            self.tally.take(None, "forgotten" if outcome.id in self._forgotten else "same")
        elif isinstance(outcome, Unreadable):
            self._lost(outcome, remember=not self._mistyped(outcome.path))
        else:
            self._read(outcome)
        if self.keep and self._ledger is not None and not isinstance(outcome, Unreadable):
            self._keep(item, self._ledger)

    def _read(self, reading: Reading) -> None:
        ledger = self._opened()
        try:
            how = ledger.add(reading)
        except UnsoundReading as error:
            self._lost(Unreadable(reading.document.name, "extractor-failed", f"{error} Please report this page."))
            return
        self.tally.take(reading, how)
        if how == "reread":
            self.tally.changes.update(row.change for row in ledger.diff(reading.id))

    def _lost(self, unreadable: Unreadable, *, remember: bool = True) -> None:
        self.tally.take(unreadable, "unreadable")
        if not remember:
            return
        if self._ledger is None:
            self._waiting.append(unreadable)
        else:
            self._ledger.add(unreadable)

    def _mistyped(self, path: str) -> bool:
        """Whether nothing is there: a path of the command line that leads nowhere is no document."""
        return path in self.pile.paths and not os.path.lexists(path)

    def _keep(self, item: Item, ledger: Ledger) -> None:
        """Keep the bytes that a page of the ledger came from: those with the hash that it was read under, and no others."""
        try:
            data = data_of(item)
        except InputError:  # it has gone since it was read
            return
        if ledger.wants_original(hashlib.sha256(data).hexdigest()):
            self.tally.kept += ledger.keep(data)
