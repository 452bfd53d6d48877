"""What the lower-cased wordpieces hide: the shape of a word, whether it stands in quotation marks, paragraph starts.

Three small numbers a word, each with its own embedding in the model. The original encoder knows no capitals and no line
breaks; both tell names and quotations apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.quotes import Quotation
from sayso.records import Span

SHAPES = 6  # 0 mark, 1 lower, 2 Capital, 3 CAPITALS, 4 miXed, 5 with digits
QUOTED = 3  # 0 outside, 1 in double marks, 2 in single marks
BREAKS = 2  # 1 on the first word of a paragraph


def shape(word: str) -> int:
    """The shape of one word, 0 to 5."""
    if word.islower():
        return 5 if any(c.isdigit() for c in word) else 1
    if not word[0].isalnum():
        return 0
    if any(c.isdigit() for c in word):
        return 5
    if len(word) > 1 and word.isupper():
        return 3
    return 2 if word[:1].isupper() and (len(word) == 1 or word[1:].islower()) else 4


def quoted(words: Sequence[Span], marks: Iterable[Quotation]) -> list[int]:
    """0, 1 or 2 for each word: outside, inside double, inside single quotation marks (the marks count as inside)."""
    out = [0] * len(words)
    n = 0
    for q in marks:
        value = 2 if q.mark in "‘'‚" else 1
        while n < len(words) and words[n][0] < q.start:
            n += 1
        while n < len(words) and words[n][0] < q.end:
            out[n] = value
            n += 1
    return out


def breaks(words: Sequence[Span], paragraphs: Iterable[Span]) -> list[int]:
    """1 for the first word of each paragraph, otherwise 0."""
    out = [0] * len(words)
    n = 0
    for start, _ in paragraphs:
        while n < len(words) and words[n][0] < start:
            n += 1
        if n < len(words):
            out[n] = 1
    return out
