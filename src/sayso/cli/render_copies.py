"""Republished pages on the screen: groups as a table, and the passages that one page shares with others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from sayso.cli.render import Screen, one_line, screen
from sayso.cli.render_table import Column, Noun, Told, put_rows, table
from sayso.cli.render_text import FAINT, STRONG, cut, line, wrapped

if TYPE_CHECKING:
    from sayso.cli.copies import Line
    from sayso.pile.copies.answers import PairRow

PAGE, PAIR = Noun("page", "pages"), Noun("page with shared text", "pages with shared text")
LEAST_WORDS = 16
"""Cells that a passage gets at least: places and counts take some 30, and the layouts reckon with 40."""


def percent(share: float) -> str:
    """A share as people write it: 95 %."""
    return f"{round(100 * share)} %"


def _share(row: Line) -> str:
    return "" if row.page.kind == "first" else percent(row.page.share)


def _with(row: Line) -> str:
    return "" if row.page.kind == "first" else row.page.shared_with


GROUPS = (
    Column("text", lambda row: row.group if row.first else "", 4, 4, right=True),
    Column("document", lambda row: row.page.document, 20, 36, style=STRONG),
    Column("outlet", lambda row: row.page.outlet, 8, 22),
    Column("date", lambda row: row.page.published[:10], 10, 10),
    Column("is", lambda row: row.page.kind, 7, 7),
    Column("share", _share, 5, 5, right=True),
    Column("shared with", _with, 12, 30),
    Column("credits", lambda row: row.page.credit, 7, 18, wide=100),
    Column("why", lambda row: row.page.why, 20, 200, wide=150),
)


def put_groups(rows: Iterable[Line], limit: int | None) -> None:
    """Groups of pages to standard output, a line for each page, the first of each text first."""
    put_rows(table(GROUPS), rows, screen(), PAGE, limit)


def pair_lines(rows: Iterable[PairRow], shown: Screen, told: Told) -> Iterator[Text]:
    """What a page shares with others: the other page, how and why in words, then each passage with its place and words."""
    for row in rows:
        if told.rows:
            yield line("")
        told.rows += 1
        where = " · ".join(one_line(part) for part in (row.other_outlet, row.other_published[:10]) if part)
        yield line((one_line(row.other), STRONG), f"  {row.kind}", (f"  {where}" if where else "", FAINT))
        yield from wrapped(line((one_line(row.why), "")), shown, indent=2)
        for each in row.passages:
            place = f"{each.span[0]}-{each.span[1]}"
            other = f"{each.other_span[0]}-{each.other_span[1]}"
            quoted = "" if each.own * 2 > each.words else "  quoted"
            head = f"  {place} = {other}  {each.words} words{quoted}  "
            words = one_line(each.text)
            if shown.width is not None:
                short = cut(words, max(LEAST_WORDS, shown.width - len(head)))
                told.cut = told.cut or short != words
                words = short
            yield line((head, FAINT), words)


def put_pairs(rows: Iterable[PairRow], limit: int | None) -> None:
    """What a page shares with others to standard output."""
    put_rows(pair_lines, rows, screen(), PAIR, limit)
