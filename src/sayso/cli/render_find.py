"""What ``sayso find`` found of a sentence, on the screen: where it stands, whose it is there, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from sayso.cli.render import Screen, complain, one_line, screen
from sayso.cli.render_matches import marked
from sayso.cli.render_rows import OPEN
from sayso.cli.render_table import Column, Noun, Told, tabbed_lines
from sayso.cli.render_text import FAINT, STRONG, line, put, short, wrapped

if TYPE_CHECKING:
    from sayso.pile.find import FoundRow

PLACE = Noun("place", "places")
HEADINGS = {
    "exact": ("with these words exactly", "exactly so"),
    "near": ("with these words nearly", "with differences"),
    "claim": ("where somebody says the same", "the same claim"),
    "contradicts": ("where somebody says the opposite", "the opposite"),
}
NOWHERE = "(in no statement)"
DENIED = ("deny", "doubt")


def whose(row: FoundRow) -> str:
    """Whose words they are on the page."""
    if not row.statement:
        return NOWHERE
    return " + ".join((row.speaker, *row.joint)) if row.speaker else OPEN


def _cue(row: FoundRow) -> str:
    return f"{row.cue} (gainsaid)" if row.stance in DENIED else row.cue


def _words(row: FoundRow) -> str:
    """The words of the page, what differs marked; those of a claim as they are, and no words where nothing differs."""
    if row.how == "exact":
        return ""
    return marked(row.differences, cut=True) if row.how == "near" else row.words


COLUMNS = (
    Column("how", lambda row: row.how),
    Column("whose", whose),
    Column("cue", _cue),
    Column("outlet", lambda row: row.outlet),
    Column("date", lambda row: row.published[:10]),
    Column("document", lambda row: row.document),
    Column("words", lambda row: _words(row) or row.words),
    Column("statement", lambda row: row.statement),
)


def passage_lines(rows: Sequence[FoundRow], shown: Screen, told: Told) -> Iterator[Text]:
    """Places by how they have the sentence, the oldest first; two lines each, one where the words are the same."""
    if shown.width is None:
        yield from tabbed_lines(COLUMNS, rows, told)
        return
    for how, group in groupby(rows, key=lambda row: row.how):
        held = list(group)
        yield from [line()] if told.rows else []
        yield line((f"{PLACE(len(held))} {HEADINGS[how][0]}", STRONG))
        for row in held:
            told.rows += 1
            yield from _lines(row, shown)


def _lines(row: FoundRow, shown: Screen) -> Iterator[Text]:
    place = " · ".join(one_line(part) for part in (row.outlet, row.published[:10], row.document) if part)
    known = (one_line(whose(row)), STRONG if row.statement else FAINT)
    cue = one_line(_cue(row))
    head = line(known, "  ", cue, "  " if cue else "", (f"{place} {short(row.statement)}".rstrip(), FAINT))
    yield from wrapped(head, shown, indent=4, first=2)
    if words := _words(row):
        yield from wrapped(line(one_line(words)), shown, indent=4)


def put_passages(text: str, rows: Sequence[FoundRow], *, quote: bool) -> None:
    """The places of a sentence to standard output; with ``quote`` a last line that sums up."""
    shown, told = screen(), Told()
    put(passage_lines(rows, shown, told), shown)
    if not rows:
        complain(f"no page has “{text}”, or nearly")
    elif quote and shown.width is not None:
        put([line(), line((_sum(rows), FAINT))], shown)


def _sum(rows: Sequence[FoundRow]) -> str:
    parts = []
    for how in ("exact", "near"):
        pages = {row.document_id: row.outlet for row in rows if row.how == how}
        if pages:
            outlets = len({outlet for outlet in pages.values() if outlet})
            named = f" of {Noun('outlet', 'outlets')(outlets)}" if outlets else ""
            parts.append(f"{HEADINGS[how][1]} on {Noun('page', 'pages')(len(pages))}{named}")
    return "; ".join(parts)
