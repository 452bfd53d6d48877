"""What may be drawn from a ledger: its statements, and stretches of its texts; each with the stratum that it is drawn under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from sayso.ledger import Ledger, versions
from sayso.ledger.reviewed import MADE
from sayso.records import Span
from sayso.sentences import sentences

By = Literal["outlet", "speaker", "kind", "none"]
BY: tuple[By, ...] = get_args(By)
LONGEST = 600
"""Characters of a stretch, about four sentences: so much is read at a glance and without scrolling in a spreadsheet's cell."""
READ = ("title", "paragraph", "heading", "caption", "list", "quote", "turn")
"""Blocks that are drawn from: the parts of a page in which a reader looks for statements."""
_STATEMENTS = f"""SELECT d.key, d.id, s.id, d.outlet, coalesce(sp.name, ''), s.kind, {MADE} FROM documents d
    JOIN readings r ON r.document = d.key AND r.current = 1 JOIN statements s ON s.reading = r.key
    LEFT JOIN speakers sp ON sp.key = s.speaker WHERE s.act = 'say' OR ? ORDER BY d.id, s.id"""
_TEXTS = f"""SELECT d.key, d.id, d.outlet, {MADE}, r.key, d.text FROM documents d
    JOIN readings r ON r.document = d.key AND r.current = 1 WHERE d.language IN ('en', '') ORDER BY d.id"""
_BLOCKS = "SELECT start, end, kind FROM blocks WHERE reading = ? ORDER BY position"


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that may be drawn. ``unit`` is the id of a statement, or where a stretch starts and ends (``120-480``)."""

    what: Literal["statement", "stretch"]
    document: str
    unit: str
    stratum: str
    made: str


def statements(ledger: Ledger, by: By, *, all_acts: bool = False) -> Iterator[Unit]:
    """Every statement that is shown of the newest version of each page; under its outlet, speaker or kind."""
    with ledger._asked() as connection:
        old = versions.old(connection)
        for key, document, identity, outlet, speaker, kind, made in connection.execute(_STATEMENTS, (all_acts,)):
            if key not in old:
                stratum = {"outlet": outlet, "speaker": speaker, "kind": kind, "none": ""}[by]
                yield Unit("statement", document, identity, stratum, made)


def stretches(ledger: Ledger, by: By) -> Iterator[Unit]:
    """Every stretch of the newest version of each English page; under its outlet, where that is asked for, else all together."""
    with ledger._asked() as connection:
        old = versions.old(connection)
        for key, document, outlet, made, reading, text in connection.execute(_TEXTS):
            if key not in old:
                blocks = [(start, end) for start, end, kind in connection.execute(_BLOCKS, (reading,)) if kind in READ]
                for start, end in cut(text, blocks or [(0, len(text))]):
                    yield Unit("stretch", document, f"{start}-{end}", outlet if by == "outlet" else "", made)


def cut(text: str, blocks: list[Span]) -> Iterator[Span]:
    """Blocks as stretches: a long one falls in several at the ends of sentences. Blanks alone make none.

    A sentence is never parted, so one that is longer than ``LONGEST`` is a stretch by itself.
    """
    for start, end in blocks:
        at = start
        for first, last in sentences(text, [(start, end)]):
            if last - at > LONGEST and first > at:
                yield from _held(text, at, first)
                at = first
        yield from _held(text, at, end)


def _held(text: str, start: int, end: int) -> Iterator[Span]:
    if any(character.isalnum() for character in text[start:end]):
        yield start, end
