"""Who speaks on the screen: shares of statements and words, with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sayso.cli.render_cut import put_first
from sayso.cli.render_rows import OPEN
from sayso.cli.render_table import Column, Noun, table
from sayso.cli.render_text import STRONG

if TYPE_CHECKING:
    from sayso.pile.who_speaks import Share

NOUNS = {
    "speaker": Noun("speaker", "speakers"), "role": Noun("role", "roles"), "kind": Noun("kind", "kinds"),
    "organisation": Noun("organisation", "organisations"), "pronoun": Noun("pronoun", "pronouns"),
    "label": Noun("label", "labels"),
}  # fmt: skip
MOST = 40
"""Rows that a terminal is shown where no number is asked for: a screen, and the head of the list."""


def percent(share: float) -> str:
    """A share as people write it: 12 %, 0.4 %."""
    hundred = 100 * share
    return f"{hundred:.0f} %" if hundred >= 10 or hundred == 0 else f"{hundred:.1f} %"


def _between(share: Share) -> str:
    low, high = (f"{100 * edge:.0f}" for edge in (share.low, share.high))
    return f"{percent(share.share)} ({low}-{high})"


def columns(by: str, each_outlet: bool) -> Sequence[Column]:
    """The columns of a grouping."""
    kind = (Column("kind", lambda row: row.kind, 6, 12, wide=90),) if by == "speaker" else ()
    also = (Column("also spelled", lambda row: row.spellings, 8, 40, wide=110),) if by == "speaker" else ()
    where = Column("outlet", lambda row: row.outlet or "(no outlet)", 8, 26)
    across = Column("outlets", lambda row: len(row.outlets), 3, 7, right=True, wide=90)
    return (
        *((where,) if each_outlet else ()),
        Column(by, lambda row: row.name or OPEN, 12, 44, style=STRONG),
        *kind,
        Column("statements", lambda row: f"{row.statements:,}", 4, 10, right=True),
        Column("share (95 %)", _between, 10, 16, right=True),
        Column("words", lambda row: f"{row.words:,}", 4, 10, right=True, wide=70),
        Column("of words", lambda row: percent(row.words_share), 5, 8, right=True),
        Column("pages", lambda row: f"{row.pages:,}", 3, 8, right=True, wide=80),
        *(() if each_outlet else (across,)),
        *also,
    )


def put_shares(rows: Iterable[Share], by: str, each_outlet: bool, limit: int | None) -> None:
    """Shares to standard output."""
    noun = NOUNS[by]
    held = list(rows)
    shown = tuple(c for c in columns(by, each_outlet) if c.heading != "also spelled" or any(r.spellings for r in held))
    nothing = f"no {noun.many} found: nobody on the pages that fit says anything, or nobody with such a name"
    put_first(table(shown), held, noun, limit, MOST, nothing)
