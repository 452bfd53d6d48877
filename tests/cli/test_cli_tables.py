"""Tables: widths, cutting, and the rows of every command as two widths of terminal and no terminal show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_sample import SCAN
from cli_screens import plain
from rich.cells import cell_len

from sayso.cli import render_figures, render_rows
from sayso.cli.render import Screen
from sayso.cli.render_table import WHOLE, Column, Noun, Told, table, tail, widths
from sayso.cli.render_text import cut, line, wrapped
from sayso.ledger import Ledger

TABLES: dict[str, tuple[Any, Callable[[Ledger], Iterator[Any]]]] = {
    "statements": (render_rows.statement_lines, lambda ledger: ledger.statements()),
    "documents": (table(render_rows.DOCUMENTS), lambda ledger: ledger.documents()),
    "speakers": (table(render_rows.SPEAKERS), lambda ledger: ledger.speakers()),
    "figures": (render_figures.figure_lines, lambda ledger: ledger.figures()),
    "findings": (render_rows.explained_lines(render_rows.FINDINGS), lambda ledger: ledger.findings()),
    "unreadable": (render_rows.explained_lines(render_rows.UNREADABLE), lambda ledger: ledger.unreadable()),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("width", [80, 120, None])
def test_golden(name: str, width: int | None, ledger: Path, golden: Callable[[str, str], None]):
    renderer, ask = TABLES[name]
    with Ledger(ledger) as opened:
        text = plain(renderer(ask(opened), Screen(width), Told()))
    golden(f"{name}-{width or 'pipe'}.txt", text)
    if width:
        assert max(cell_len(each) for each in text.splitlines()) <= width


@pytest.mark.parametrize("name", TABLES)
def test_a_pipe_gets_whole_rows(name: str, ledger: Path):
    """One line a row and a heading, whatever the length."""
    renderer, ask = TABLES[name]
    with Ledger(ledger) as opened:
        rows, told = list(ask(opened)), Told()
        lines = plain(renderer(rows, Screen(), told)).splitlines()
    assert len(lines) == len(rows) + 1
    assert not told.cut
    assert "…" not in lines[0]


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("two words", 5, "two…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("", 0, ""),
    ],
)
def test_cut(text: str, width: int, shown: str):
    assert cut(text, width) == shown
    assert cell_len(shown) <= width


def columns(*least: int) -> list[Column]:
    return [Column("h", str, each, 50) for each in least]


@pytest.mark.parametrize(
    ("least", "content", "width", "expected", "why"),
    [
        ([4, 4], [3, 5], 80, [3, 5], "what fits is left alone"),
        ([4, 4], [3, 60], 80, [3, 50], "no column is broader than its most"),
        ([4, 4], [10, 40], 32, [10, 20], "the widest gives way first"),
        ([4, 4], [30, 30], 32, [15, 15], "equals give way in turn"),
        ([14, 4], [30, 30], 22, [14, 6], "none below its least"),
        ([14, 14], [30, 30], 10, [14, 14], "where nothing helps, the terminal wraps"),
    ],
)
def test_widths(least: list[int], content: list[int], width: int, expected: list[int], why: str):
    assert widths(columns(*least), [["x" * size for size in content]], width) == expected, why


def test_what_is_cut_is_said():
    told = Told()
    plain(table([Column("h", str, 4, 4)])(["abcdef"], Screen(80), told))
    noun = Noun("thing", "things")
    assert told.cut
    assert tail(told, noun, None) == f"1 thing; {WHOLE}"
    assert tail(Told(3), noun, 3) == "the first 3 things"
    assert tail(Told(1204), noun, 2000) == "1,204 things"


def test_a_column_left_out_is_said():
    told = Told()
    text = plain(table([Column("a", str), Column("b", str, wide=90)])(["x"], Screen(80), told))
    assert text == "a\nx\n"
    assert told.cut


def test_rows_stream():
    """A table of any length begins at once: only a sample is looked at for the widths."""

    def endless() -> Iterator[str]:
        while True:
            yield "row"

    lines = table([Column("h", str)])(endless(), Screen(80), Told())
    assert [next(lines).plain for _ in range(3)] == ["h", "row", "row"]


def test_wrapping_hangs():
    text = line("one two three four five six seven")
    assert [each.plain for each in wrapped(text, Screen(24), indent=4, first=0)] == [
        "one two three four", "    five six seven",
    ]  # fmt: skip
    assert [each.plain for each in wrapped(text, Screen(), indent=4)] == ["    one two three four five six seven"]


def test_unreadable_rows_have_what_the_table_shows():
    assert [column.show(SCAN) for column in render_rows.UNREADABLE] == [SCAN.name, SCAN.code, SCAN.message]
