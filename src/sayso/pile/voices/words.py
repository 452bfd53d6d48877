"""Words of a text as the voices count them: where each stands, and its form without case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sayso.records import Span

PIECE = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
"""A run of letters and digits with their combining marks: what full-text search takes for a word, too."""
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f]|['’‑-](?=[^\W_]))*")
"""A word as people count them: pieces joined by an apostrophe or a hyphen are one."""
JOINT = re.compile(r"[\s\u00ad\u200b‐‑-]{1,4}")
"""What may stand between two words of one phrase: blanks, a line's end, a hyphen."""


def fold(piece: str) -> str:
    """A piece in lower case, without accents: "Régime" → "regime".

    Compatibility forms stay as they are, as full-text search takes them: "ﬁre" with a ligature is no "fire".
    """
    if piece.isascii():
        return piece.lower()
    simple = (c.casefold() if len(c.casefold()) == 1 else c.lower() for c in piece)
    parts = unicodedata.normalize("NFD", "".join(simple))
    return "".join(c for c in parts if not unicodedata.combining(c))


def pieces(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, Span]]:
    """Every piece of a stretch of the text, folded, with its span."""
    for match in PIECE.finditer(text, start, len(text) if end is None else end):
        yield fold(match[0]), match.span()


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The span of every word of a stretch of the text."""
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield match.span()
