"""``sayso read``: documents into a ledger, or with ``--json`` one reading a line on standard output.

``--json`` prints for each document, in the order given, its reading as the contract has it, or
``{"document": {"name": …}, "error": {"code": …, "message": …}}`` where it cannot be read; no ledger is touched. Schema:
``schemas/reading.schema.json``.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from sayso.cli import options
from sayso.cli.door import STOPPED, Explained

if TYPE_CHECKING:
    from sayso.cli.tally import Tally
    from sayso.ingest import Item, Metadata
    from sayso.ledger import Ledger
    from sayso.records import Reading, Unreadable

LEDGER_FILES = ("", "-wal", "-shm", "-journal", ".lock")
"""Ends of the names of a ledger and what stands beside it while it is written."""
EXAMPLES = (
    "sayso read news/",
    "sayso read -l spring.db --meta pages.csv --processes 2 news/ report.pdf",
    "sayso read --json bridge.txt > readings.jsonl",
    "cat bridge.txt | sayso read -",
)


@click.command("read", cls=Explained, examples=EXAMPLES, short_help="Read files and folders into the ledger.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-l", "--ledger", "ledger", default="sayso.db", show_default=True, metavar="FILE",
              help="The ledger to write; it is made where it is not there.")  # fmt: skip
@click.option("--meta", metavar="FILE.csv", help="A table with name, outlet, url, date, title or byline of the pages.")
@click.option("--processes", type=options.Count(), default=1, show_default=True,
              help="Read in N processes.")  # fmt: skip
@click.option("--again", is_flag=True, help="Also read what the ledger has already, as after an update of sayso.")
@click.option("--json", "as_json", is_flag=True, help="Print one reading a line; no ledger is touched.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    ledger: str,
    meta: str | None,
    processes: int,
    again: bool,
    as_json: bool,
) -> int:
    """Read files, folders or standard input (-) into the ledger: text, HTML, PDF, JSON or JSON Lines."""
    from sayso.cli.render import complain
    from sayso.ingest import Metadata

    pile = Pile(paths, ledger, meta, Metadata.from_csv(meta) if meta else None, processes)
    if not as_json:
        return _into_ledger(pile, again)
    if ctx.get_parameter_source("ledger") is ParameterSource.COMMANDLINE:
        complain("with --json no ledger is touched; -l has no effect")
    return _as_json(pile)


@dataclass(frozen=True, slots=True)
class Pile:
    """What is to be read: the paths given, and what lies among them and is no document (ledger and table)."""

    paths: tuple[str, ...]
    ledger: str
    meta: str | None
    table: Metadata | None
    processes: int

    def items(self) -> Iterator[Item]:
        """Every document to be, without the ledger's own files and the table of metadata."""
        from sayso.ingest import items

        own = {os.path.realpath(self.ledger) + end for end in LEDGER_FILES}
        own |= {os.path.realpath(self.meta)} if self.meta else set()
        names = {os.path.basename(path) for path in own}
        for item in items(self.paths, stdin=sys.stdin.buffer):
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


def _as_json(pile: Pile) -> int:
    from sayso.cli.render import complain, why, write_json
    from sayso.contract import reading_json, unreadable_json
    from sayso.engine.local import read_all
    from sayso.records import Reading, Unreadable

    lost = 0
    for _, outcome in read_all(pile.items(), meta=pile.table, processes=pile.processes):
        if isinstance(outcome, Unreadable):
            lost += 1
            complain(f"{outcome.name}: {why(outcome)}")
            write_json([unreadable_json(outcome)])
        elif isinstance(outcome, Reading):
            write_json([reading_json(outcome)])
    return 1 if lost else 0


def _into_ledger(pile: Pile, again: bool) -> int:
    from sayso.cli import render, render_summary
    from sayso.cli.tally import Tally
    from sayso.ledger import Ledger

    tally, began = Tally(), time.monotonic()
    try:
        with Ledger(pile.ledger, write=True) as opened:
            _fill(opened, tally, pile, again)
    except KeyboardInterrupt:  # the ledger has kept every whole document by now
        safe = f"{tally.safe:,} document{' is' if tally.safe == 1 else 's are'}"
        render.complain(f"stopped; {safe} safe in {pile.ledger}; run the same command again to carry on")
        return STOPPED
    render_summary.put_summary(tally, pile.ledger, time.monotonic() - began, render.screen())
    return 1 if tally.unreadable else 0


def _fill(ledger: Ledger, tally: Tally, pile: Pile, again: bool) -> None:
    from sayso.cli.render_progress import ProgressBar
    from sayso.engine.local import read_all
    from sayso.records import Reading, Unreadable

    known = frozenset() if again else frozenset(ledger.document_ids())  # its method can go to other processes
    skip = known.__contains__
    with ProgressBar(pile.count) as bar:
        for _, outcome in read_all(pile.items(), meta=pile.table, processes=pile.processes, skip=skip):
            if isinstance(outcome, Reading | Unreadable):
                _take(ledger, tally, outcome)
            else:
                tally.take(None, "same")
            bar.step()


def _take(ledger: Ledger, tally: Tally, outcome: Reading | Unreadable) -> None:
    """One outcome into the ledger; a reading that the ledger refuses is a page that could not be read."""
    from sayso.errors import UnsoundReading
    from sayso.records import Unreadable

    try:
        tally.take(outcome, ledger.add(outcome))
    except UnsoundReading as error:
        name = outcome.name if isinstance(outcome, Unreadable) else outcome.document.name
        refused = Unreadable(name, "extractor-failed", f"{error} Please report this page.")
        tally.take(refused, ledger.add(refused))
