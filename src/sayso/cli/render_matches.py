"""Matches on the screen: both statements under each other, with what differs marked in the second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from sayso.cli.render import Screen, one_line, screen
from sayso.cli.render_rows import OPEN
from sayso.cli.render_table import Column, Noun, Told, put_rows, tabbed_lines
from sayso.cli.render_text import FAINT, STRONG, line, short, wrapped

if TYPE_CHECKING:
    from sayso.pile.matches.rows import Difference, MatchRow, Side

KEPT = 12
"""Words of a stretch that both have which are shown at its ends, where it is longer than twice as many."""
MATCH = Noun("match", "matches")


def who(side: Side) -> str:
    """Who speaks on a side."""
    return " + ".join((side.speaker, *side.joint)) if side.speaker else OPEN


def marked(differences: Sequence[Difference], *, cut: bool = False) -> str:
    """The second wording with what differs from the first: ``[-dropped-]``, ``{+added+}``, both where words changed.

    With ``cut`` long stretches that both have lose their middle.
    """
    parts = []
    for each in differences:
        if each.change == "kept":
            words = each.b.split()
            shown = cut and len(words) > 2 * KEPT
            parts.append(" ".join([*words[:KEPT], "…", *words[-KEPT:]]) if shown else " ".join(words))
        else:
            parts.append(f"[-{' '.join(each.a.split())}-]" if each.a else "")
            parts.append(f"{{+{' '.join(each.b.split())}+}}" if each.b else "")
    return " ".join(part for part in parts if part)


def _said(row: MatchRow) -> str:
    """The second wording: marked where it is near the first, else as it is."""
    kept = sum(len(each.b) for each in row.differences if each.change == "kept")
    whole = sum(len(each.b) + len(each.a) * (each.change != "kept") for each in row.differences)
    return marked(row.differences, cut=True) if 2 * kept >= whole else row.b.content


COLUMNS = (
    Column("match", lambda row: row.kind),
    Column("because", lambda row: row.because),
    Column("speakers", lambda row: " / ".join(dict.fromkeys((who(row.a), who(row.b))))),
    Column("first", lambda row: f"{_place(row.a)}: {row.a.content}"),
    Column("second", lambda row: f"{_place(row.b)}: {_said(row)}"),
)


def _place(side: Side) -> str:
    return " · ".join(one_line(part) for part in (side.outlet, side.published[:10], side.document) if part)


def match_lines(rows: Iterable[MatchRow], shown: Screen, told: Told) -> Iterator[Text]:
    """Matches: a statement where it stood first, and under it where else it stands, why, and what differs there."""
    if shown.width is None:
        yield from tabbed_lines(COLUMNS, rows, told)
        return
    before = ""
    for row in rows:
        if row.a.id != before:
            yield from [line()] if told.rows else []
            yield from wrapped(_head(row.a, row.a.speaker or OPEN), shown, indent=2, first=0)
            yield from wrapped(line(one_line(row.a.content)), shown, indent=2)
        before = row.a.id
        told.rows += 1
        kind = line(row.kind, "  ", _head(row.b, "" if who(row.a) == who(row.b) else who(row.b)))
        yield from wrapped(kind, shown, indent=6, first=4)
        if row.why != "whole":
            yield from wrapped(line(one_line(_said(row))), shown, indent=6)
        yield from wrapped(line((row.because, FAINT)), shown, indent=6)


def _head(side: Side, name: str) -> Text:
    return line((one_line(name), STRONG), "  " if name else "", (f"{_place(side)} {short(side.id)}", FAINT))


def put_matches(rows: Iterable[MatchRow], limit: int | None) -> None:
    """Matches to standard output."""
    put_rows(match_lines, rows, screen(), MATCH, limit)
