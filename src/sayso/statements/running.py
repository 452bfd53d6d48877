"""Quotations that run on: opened again at each paragraph because the one before was not closed, and closed at the last.

By this convention of print the paragraphs are one speaker's words, whatever stands after them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sayso.layout import Paragraph
from sayso.quotes import Quotation
from sayso.records import Span
from sayso.statements.drafts import overlapping

HEAD = 2  # characters from the head of a paragraph within which a quotation opens it
_SINGLE = "'‘"
_OPENER = re.compile(r"(?<!\S)['‘](?=[A-Z\[])")
_CLOSER = re.compile(r"(?<=[,.!?…;—–-])['’](?![^\W_])")


def _family(mark: str) -> str:
    """What marks count as the same when a quotation is opened again: single ones, or double ones."""
    return "single" if mark in "'‘’`‚‹›" else "double"


def read_paragraphs(paragraphs: Sequence[Paragraph]) -> list[Span]:
    """Spans of the paragraphs that a quotation may run over: captions are passed."""
    return [p.span for p in paragraphs if p.kind != "caption"]


def with_single(text: str, paragraphs: Sequence[Span], marks: Sequence[Quotation]) -> list[Quotation]:
    """The quotations with those in single marks that run on past their paragraph.

    A single mark without a closing one is mostly an apostrophe, and so no quotation. But where the next paragraph is opened
    with the same mark, and this one has an opening mark with none behind it that could close it, it is one.
    """
    found: list[Quotation] = []
    for (start, end), (below, stop) in pairwise(paragraphs):
        again = text[below : min(below + 1, stop)]
        if not again or again not in _SINGLE or not _OPENER.match(text, below, stop):
            continue
        opened = [m.start() for m in _OPENER.finditer(text, start, end) if m.group() == again]
        if opened and not _CLOSER.search(text, opened[-1] + 1, end) and not _held(marks, opened[-1]):
            found.append(Quotation(opened[-1], end, again, False))
    starts = [q.start for q in found]
    kept = (q for q in marks if not _inside(q, found, starts))
    return sorted([*kept, *found], key=lambda q: q.start)


def _held(marks: Sequence[Quotation], at: int) -> bool:
    """Whether a mark stands inside a quotation, in other marks than its own."""
    return any(q.start < at and _family(q.mark) == "double" for q in overlapping(marks, at, at + 1))


def _inside(q: Quotation, others: Sequence[Quotation], starts: Sequence[int]) -> bool:
    n = bisect_left(starts, q.start + 1) - 1
    return n >= 0 and q.end <= others[n].end


def runs(paragraphs: Iterable[Span], marks: Sequence[Quotation]) -> list[list[Quotation]]:
    """The quotations that run on, each as its parts in order, one for each paragraph. Linear in paragraphs and marks."""
    out: list[list[Quotation]] = []
    open_one: Quotation | None = None
    for start, end in paragraphs:
        here = [q for q in overlapping(marks, start, end) if q.end <= end]
        first = here[0] if here and here[0].start - start <= HEAD else None
        if open_one is not None and first is not None and _family(first.mark) == _family(open_one.mark):
            if out and out[-1][-1] is open_one:
                out[-1].append(first)
            else:
                out.append([open_one, first])
        open_one = here[-1] if here and not here[-1].closed else None
    return out
