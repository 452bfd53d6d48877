"""Tables on a terminal, one line a row, cut to its width; whole lines with tabs where it is no terminal.

Rows stream: the widths come from the heading and the first rows, so that a table of any length takes no memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from sayso.cli.render import Screen, complain, one_line
from sayso.cli.render_text import FAINT, cut, line, put

GAP = 2
WHOLE = "cut to fit, whole with --csv or --json"
SAMPLE = 500
"""Rows that the widths are taken from: all rows of most answers."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it shows of a row, and between how many cells it may be.

    It is left out where the terminal has fewer than ``wide`` cells, and with ``if_any`` where no row has anything there.
    """

    heading: str
    text: Callable[[Any], object]
    least: int = 4
    most: int = 40
    right: bool = False
    style: str = ""
    wide: int = 0
    if_any: bool = False

    def show(self, row: Any) -> str:
        """The cell of a row, safe and on one line."""
        value = self.text(row)
        if isinstance(value, tuple):
            value = ", ".join(str(part) for part in value)
        return one_line("" if value is None else str(value))


def widths(columns: Sequence[Column], cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """Cells for each column: what its content takes, the widest giving way until all of them fit ``width``."""
    chosen = [
        min(column.most, max([cell_len(column.heading), *(cell_len(row[at]) for row in cells)]))
        for at, column in enumerate(columns)
    ]
    room = width - GAP * (len(columns) - 1)
    while sum(chosen) > room:
        loose = [at for at, column in enumerate(columns) if chosen[at] > column.least]
        if not loose:
            break
        chosen[max(loose, key=lambda at: chosen[at])] -= 1
    return chosen


@dataclass(slots=True)
class Told:
    """What a renderer has told so far: how many rows, and whether something of them was cut."""

    rows: int = 0
    cut: bool = False

    def shorten(self, text: str, width: int) -> str:
        """``text`` cut to a width; that it was cut is remembered."""
        shown = cut(text, width)
        self.cut = self.cut or shown != text
        return shown


def _row(columns: Sequence[Column], cells: Sequence[str], sizes: Sequence[int], told: Told, style: str = "") -> Text:
    parts: list[str | tuple[str, str]] = []
    for at, (column, text, size) in enumerate(zip(columns, cells, sizes, strict=True)):
        shown = told.shorten(text, size)
        blank = " " * (size - cell_len(shown))
        parts.append((blank + shown if column.right else shown + blank, style or column.style))
        parts.append(" " * GAP if at < len(columns) - 1 else "")
    whole = line(*parts)
    whole.rstrip()
    return whole


def tabbed_lines(columns: Sequence[Column], rows: Iterable[Any], told: Told) -> Iterator[Text]:
    """Whole cells with tabs between them, the headings first; nothing at all where there are no rows."""
    for row in rows:
        if not told.rows:
            yield line("\t".join(column.heading for column in columns))
        told.rows += 1
        yield line("\t".join(column.show(row) for column in columns))


def table_lines(columns: Sequence[Column], rows: Iterable[Any], screen: Screen, told: Told) -> Iterator[Text]:
    """The lines of a table, the headings first; nothing at all where there are no rows."""
    if screen.width is None:
        yield from tabbed_lines(columns, rows, told)
        return
    told.cut = any(column.wide > screen.width for column in columns)
    columns = [column for column in columns if column.wide <= screen.width]
    cells = ([column.show(row) for column in columns] for row in rows)
    sample = list(islice(cells, SAMPLE))
    if not sample:
        return
    kept = [at for at, column in enumerate(columns) if not column.if_any or any(row[at] for row in sample)]
    columns, sample = [columns[at] for at in kept], [[row[at] for at in kept] for row in sample]
    cells = ([row[at] for at in kept] for row in cells)
    sizes = widths(columns, sample, screen.width)
    yield _row(columns, [column.heading for column in columns], sizes, told, FAINT)
    for row in chain(sample, cells):
        told.rows += 1
        yield _row(columns, row, sizes, told)


Renderer = Callable[[Iterable[Any], Screen, Told], Iterator[Text]]
"""Sets rows as lines for a screen and keeps count of them."""


def table(columns: Sequence[Column]) -> Renderer:
    """The renderer that sets rows in these columns."""
    return lambda rows, screen, told: table_lines(columns, rows, screen, told)


@dataclass(frozen=True, slots=True)
class Noun:
    """How the rows of a table are called."""

    one: str
    many: str

    def __call__(self, count: int) -> str:
        """With a number: "1 statement", "1,204 statements"."""
        return f"{count:,} {self.one if count == 1 else self.many}"


def put_rows(renderer: Renderer, rows: Iterable[Any], screen: Screen, noun: Noun, limit: int | None = None) -> None:
    """Rows to standard output; on a terminal a last line counts them and says how to get what was cut.

    Says on standard error that nothing was found where there are no rows.
    """
    told = Told()
    put(renderer(rows, screen, told), screen)
    if told.rows == 0:
        complain(f"no {noun.many} found")
    elif screen.width is not None:
        put([line((tail(told, noun, limit), FAINT))], screen)


def tail(told: Told, noun: Noun, limit: int | None) -> str:
    """The last line under a table on a terminal."""
    first = "the first " if limit is not None and told.rows >= limit else ""
    return f"{first}{noun(told.rows)}{f'; {WHOLE}' if told.cut else ''}"
