"""Labels on the screen: what bears them, and how much of it there is."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.cli.render import screen
from sayso.cli.render_table import Column, Noun, put_rows, table
from sayso.cli.render_text import SHORT, STRONG, short
from sayso.ledger.labelling import LabelCount, LabelRow

LABELLED = (
    Column("label", lambda row: row.label, 8, 24, style=STRONG),
    Column("on", lambda row: row.target, 7, 9),
    Column("words", lambda row: row.words, 20, 200),
    Column("document", lambda row: row.document, 10, 24),
    Column("by", lambda row: row.reviewer, 3, 14, wide=100),
    Column("note", lambda row: row.note, 4, 40, wide=100),
    Column("id", lambda row: short(row.id) if row.target in ("statement", "speaker") else "", SHORT, SHORT),
)
COUNTS = (
    Column("label", lambda row: row.label, 8, 40, style=STRONG),
    Column("statements", lambda row: f"{row.statements:,}", 10, 10, right=True),
    Column("speakers", lambda row: f"{row.speakers:,}", 8, 9, right=True),
    Column("outlets", lambda row: f"{row.outlets:,}", 7, 9, right=True),
    Column("covered", lambda row: f"{row.covered:,}", 7, 9, right=True),
    Column("pages", lambda row: f"{row.documents:,}", 5, 9, right=True),
    Column("by", lambda row: row.reviewers, 3, 30, wide=90),
)


def put_labelled(rows: Iterable[LabelRow]) -> None:
    """What bears labels to standard output."""
    put_rows(table(LABELLED), rows, screen(), Noun("thing with a label", "things with a label"))


def put_counts(rows: Iterable[LabelCount]) -> None:
    """Labels with their counts to standard output."""
    put_rows(table(COUNTS), rows, screen(), Noun("label", "labels"))
