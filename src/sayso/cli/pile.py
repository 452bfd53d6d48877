"""What ``read`` is to read: the paths given, without what lies among them and is no document."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.ingest import Item, Metadata

LEDGER_FILES = tuple(pile + end for pile in ("", ".pile") for end in ("", "-wal", "-shm", "-journal", ".lock"))
"""Ends of the names of a ledger, of the pile beside it, and of what stands beside both while they are written."""
NAMED = 5
"""So many rows of a table of metadata that fit nothing are named."""


@dataclass(frozen=True, slots=True)
class Pile:
    """What is to be read: the paths given, and what lies among them and is no document (ledger and table).

    ``passed`` gathers what containers hold that is no page. ``years`` are those that the pages are from, where they are known.
    ``names`` gathers those of the documents that were seen: all where a table may name them, else the first thousand.
    """

    paths: tuple[str, ...]
    ledger: str
    meta: str | None
    table: Metadata | None
    processes: int
    years: range | None = None
    names: set[str] = field(default_factory=set)
    passed: dict[str, None] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        """Every document to be, without the ledger's own files and the table of metadata."""
        from sayso.ingest import items

        own = {os.path.realpath(self.ledger) + end for end in LEDGER_FILES}
        own |= {os.path.realpath(self.meta)} if self.meta else set()
        names = {os.path.basename(path) for path in own}
        for item in items(self.paths, stdin=sys.stdin.buffer, note=self.passed.setdefault):
            if os.path.basename(item.path) not in names or os.path.realpath(item.path) not in own:
                yield item

    def count(self, seconds: float) -> int | None:
        """How many there are, None where that is not known within the time (or comes from standard input)."""
        if "-" in self.paths:
            return None
        end, count = time.monotonic() + seconds, 0
        for _ in self.items():
            count += 1
            if time.monotonic() > end:
                return None
        return count

    def warnings(self) -> Iterator[str]:
        """What is odd about the pile once all of it was seen: what was passed over, rows of the table that fit no document."""
        yield from self.passed
        if self.table is None:
            return
        unused = self.table.unused(self.names)
        if unused:
            some = ", ".join([*unused[:NAMED], "…"] if len(unused) > NAMED else unused)
            one = len(unused) == 1
            yield f"{self.meta}: {len(unused):,} row{' fits' if one else 's fit'} no document that was read: {some}"
