"""Fragments mended at quotation marks and stops: the encoder is often off by a mark, print is not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.quotes import Quotation
from sayso.records import Span
from sayso.statements.drafts import WORD, overlap, overlapping

SNAP = (
    0.6  # share of a quotation that must be marked before the rest of it is taken too; .5-.7 score alike on polnear-dev
)
LONG = 4  # words; shorter stretches in quotation marks are names and scare quotes more often than speech


class Mender:
    """Mends fragments of one text at its quotation marks and stops."""

    def __init__(self, text: str, marks: Sequence[Quotation]) -> None:
        self.text, self.marks = text, marks

    def near(self, span: Span) -> Sequence[Quotation]:
        """Quotations that overlap a span."""
        return overlapping(self.marks, *span)

    def fragment(self, span: Span) -> Span:
        """One content fragment, mended."""
        start, end = span
        for q in self.near(span):
            whole = q.end - q.start
            begins = abs(q.start - start) <= 2
            if overlap(span, (q.start, q.end)) >= SNAP * whole or (begins and self.words((q.start, q.end)) > LONG):
                start, end = min(start, q.start), max(end, q.end)
        return self.trim((start, end))

    def words(self, span: Span) -> int:
        """Number of words in a span."""
        return sum(1 for _ in WORD.finditer(self.text, *span))

    def quoted(self, at: int) -> bool:
        """Whether a character stands inside quotation marks, the marks included."""
        return any(q.start <= at < q.end for q in self.near((at, at + 1)))

    def trim(self, span: Span) -> Span:
        """Without blanks and commas at the ends, and without a final stop that stands outside the quotation marks."""
        start, end = span
        while start < end and (self.text[start].isspace() or self.text[start] in ",;:"):
            start += 1
        while end > start and not self.quoted(end - 1):
            last = self.text[end - 1]
            if last.isspace() or last in ",;:" or (last == "." and self._stop(end - 1)):
                end -= 1
            else:
                break
        return start, end

    def _stop(self, at: int) -> bool:
        """Whether a full stop ends the sentence and is no part of an abbreviation or an ellipsis."""
        before = self.text[max(0, at - 3) : at]
        return not (before.endswith(".") or re.search(r"(^|[\s.])[A-Za-z]$", before))
