"""Answers that are a few facts and no table: ``check`` and ``about``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.text import Text

from sayso.cli.render import Screen, one_line, screen
from sayso.cli.render_table import Column, Noun, put_rows, table
from sayso.cli.render_text import FAINT, STRONG, line, put, wrapped
from sayso.ledger.rows import Checked
from sayso.review.codebook import Entry

LABEL = 12


def checked_lines(path: str, checked: Checked, repaired: Sequence[str], shown: Screen) -> Iterator[Text]:
    """What was made anew, what was proved, and the faults or that there are none."""
    for sentence in (*repaired, *checked.proved):
        yield from wrapped(line(one_line(sentence)), shown, indent=2, first=0)
    for fault in checked.faults:
        yield from wrapped(line(("fault  ", STRONG), one_line(fault)), shown, indent=7, first=0)
    count = len(checked.faults)
    verdict = "whole" if not count else f"not whole: {count:,} fault{'s' if count > 1 else ''}"
    yield line((f"{one_line(path)} is {verdict}", STRONG))


def put_checked(path: str, checked: Checked, repaired: Sequence[str] = ()) -> None:
    """The result of a check to standard output."""
    shown = screen()
    put(checked_lines(path, checked, repaired, shown), shown)


def _facts(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "sayso", f"{facts['sayso']} (contract {facts['contract']})"
    yield "model", f"sha256 {facts['model']}" if facts["model"] else "missing"
    yield "code", facts["code"]
    yield "runtime", f"{facts['runtime']}, python {facts['python']}, sqlite {facts['sqlite']}"
    yield "extractor", facts["extractor"]
    if facts["ledger"]:
        yield "ledger", facts["ledger"]["path"]
        yield "content", f"sha256 {facts['ledger']['digest']}"


def _counts(held: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for key in ("documents", "outlets", "statements", "thoughts", "speakers", "figures", "findings", "unreadable"):
        yield key, held[key]
    for code, count in held["dropped"].items():
        yield f"left out: {code}", count
    yield "decisions", held["decisions"]


def about_lines(facts: dict[str, Any], shown: Screen) -> Iterator[Text]:
    """Versions, model and, where asked for, the counts of a ledger."""
    for label, text in _facts(facts):
        yield from wrapped(line((f"{label:<{LABEL}}", FAINT), one_line(text)), shown, indent=LABEL, first=0)
    for what, count in _counts(facts["ledger"]) if facts["ledger"] else ():
        yield line(" " * LABEL, f"{count:>9,} ", one_line(what))
    yield line()
    yield from wrapped(line(one_line(facts["methods"])), shown, indent=0)


def put_about(facts: dict[str, Any]) -> None:
    """The facts to standard output."""
    shown = screen()
    put(about_lines(facts, shown), shown)


CODEBOOK = (
    Column("field", lambda row: row.field, 16, 30, style=STRONG),
    Column("code", lambda row: row.code, 10, 22),
    Column("meaning", lambda row: row.meaning, 30, 400),
)


def put_codebook(entries: Iterable[Entry]) -> None:
    """The codebook to standard output; meanings are wrapped, never cut."""
    shown = screen()
    if shown.width is None:
        put_rows(table(CODEBOOK), entries, shown, Noun("entry", "entries"))
        return
    lines: list[Text] = []
    for entry in entries:
        head = line((entry.field, STRONG)) if not entry.code else line("  ", (entry.code, STRONG))
        lines += wrapped(line(head, "  ", one_line(entry.meaning)), shown, indent=4, first=0)
    put(lines, shown)
