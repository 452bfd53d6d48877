"""One run of ``read`` into a folder of Parquet, on this machine or under Spark, and what is said of it."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.cli.door import STOPPED
from sayso.cli.pile import Pile
from sayso.errors import UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from sayso.engine.handover import Told
    from sayso.ingest import Item

SHOWN = 20
"""So many documents that could not be read are named; the table of readings holds all of them."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a pile is handed over: the folder, documents in a part (0: as usual), the engine, its master."""

    folder: str
    part: int = 0
    engine: str = "local"
    master: str = ""


def refuse(way: Way | None, idle: dict[str, bool], engine: str, part: int, master: str) -> None:
    """Raise UsageError where options contradict each other. ``idle`` are those of a ledger, with whether they are given."""
    if way is None:
        if engine != "local" or part or master:
            raise UsageError("--engine, --master and --part are for reading into a folder: say which, with --to FOLDER")
        return
    given = [option for option, wanted in idle.items() if wanted]
    if given:
        raise UsageError(f"--to writes into a folder and touches no ledger: leave out {' and '.join(given)}")
    if master and engine == "local":
        raise UsageError("--master names the master of a Spark: give --engine spark too")


def into_folder(pile: Pile, way: Way, again: bool) -> int:
    """Read the pile into the folder; the exit code. Raises UsageError where pyarrow is missing, or the folder is no place."""
    from sayso.cli.render import complain
    from sayso.export.extras import needed

    needed("pyarrow", "parquet", "pyarrow.parquet")
    from sayso.engine.handover import Told

    told, began = Told(), time.monotonic()
    items = Chosen(pile, way.folder)
    try:
        with _Progress(told) as progress:
            _read(items, way, again, told, progress)
    except KeyboardInterrupt:
        whole = f"{told.parts:,} part{' is' if told.parts == 1 else 's are'}"
        complain(f"stopped; {whole} finished in {way.folder}; run the same command again to carry on")
        return STOPPED
    if told.others:
        has = "part that another version" if told.others == 1 else "parts that other versions"
        complain(
            f"{way.folder} also holds {told.others:,} {has} of model or code made; gather refuses both together: move those away"
        )
    for path in items.nowhere:
        complain(f"there is no file or folder {path}; check the path")
    if told.documents:
        _put(told, way.folder, time.monotonic() - began)
    elif not items.nowhere:
        complain(f"nothing to read was found in {', '.join(pile.paths)}")
    return 1 if told.lost or items.nowhere else 0


def _read(items: Chosen, way: Way, again: bool, told: Told, progress: _Progress) -> None:
    from sayso.engine.handover import PART, read_to

    pile, folder, part = items.pile, Path(way.folder), way.part or PART
    if way.engine == "spark":
        from sayso.engine import spark

        spark.read_to(
            items, folder, meta=pile.table, years=pile.years, master=way.master, part=part, again=again, told=told,
            counted=progress.counted, step=progress.step,
        )  # fmt: skip
        return
    read_to(
        items, folder, meta=pile.table, processes=pile.processes, years=pile.years, part=part, again=again, told=told,
        counted=progress.counted, step=progress.step,
    )  # fmt: skip


class _Progress:
    """Two bars, one after the other: the pile is looked at, then it is read."""

    def __init__(self, told: Told) -> None:
        from sayso.cli.render_progress import ProgressBar

        self._looking = ProgressBar(lambda _: None, "looking at")
        self._reading = ProgressBar(lambda _: told.documents, "reading")
        self._begun = False

    def __enter__(self) -> _Progress:
        """Begin; nothing is shown yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take away what is shown."""
        (self._reading if self._begun else self._looking).__exit__()

    def counted(self) -> None:
        """One more document was looked at."""
        self._looking.step()

    def step(self) -> None:
        """One more document is read."""
        if not self._begun:
            self._looking.__exit__()
            self._begun = True
        self._reading.step()


class Chosen:
    """What a pile holds, without what is in the folder itself. Paths of the command line that lead nowhere are no documents."""

    def __init__(self, pile: Pile, folder: str) -> None:
        self.pile, self.folder = pile, os.path.realpath(folder)
        self.nowhere: list[str] = []

    def __iter__(self) -> Iterator[Item]:
        """The items, in order."""
        for item in self.pile.items():
            if item.problem is not None and item.path in self.pile.paths and not os.path.lexists(item.path):
                self.nowhere.append(item.path)
            elif not self._own(item.path):
                if self.pile.table is not None:
                    self.pile.names.add(item.name)
                yield item

    def _own(self, path: str) -> bool:
        """Whether a path leads into the folder, or to the lock that stands beside it while it is written."""
        found = os.path.realpath(path)
        return found.startswith(self.folder + os.sep) or found == f"{self.folder}.lock"


def _put(told: Told, folder: str, seconds: float) -> None:
    """What was done, to standard output."""
    from sayso.cli import render, render_text

    screen = render.screen()
    rate = f"; {told.read / seconds:,.1f} a second" if seconds > 1 and told.read > 1 else ""
    kept = f", {told.kept:,} there already" if told.kept else ""
    lost = f", {told.lost:,} could not be read" if told.lost else ""
    facts = {
        "documents": f"{told.documents:,}: {told.read:,} read{kept}{lost}{rate}",
        "statements": f"{told.statements:,} on the pages read now" if told.read else "",
        "parts": f"{told.parts:,} in {render.one_line(folder)}, one file of each in the folder of every table",
    }
    lines = [render_text.line((f"{label:<14}", render_text.FAINT), text) for label, text in facts.items() if text]
    lines += _named(told, folder)
    lines.append(
        render_text.line(("next: ", render_text.FAINT), f"sayso gather {render.one_line(shlex.quote(folder))}")
    )
    render_text.put(lines, screen)


def _named(told: Told, folder: str) -> Iterator[Text]:
    """The documents that could not be read, the first of them."""
    from sayso.cli import render, render_text

    if told.unreadable:
        yield render_text.line(("could not be read", render_text.STRONG))
    for each in told.unreadable[:SHOWN]:
        why = (render.one_line(render.why(each)), render_text.FAINT)
        yield render_text.line("  ", render.one_line(each.name), "  ", why)
    if told.lost > SHOWN:
        more = f"  and {told.lost - SHOWN:,} more: the rows of {render.one_line(folder)}/readings with an error"
        yield render_text.line((more, render_text.FAINT))
