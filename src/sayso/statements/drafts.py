"""A statement before its speaker is known, and the small questions that are asked of its words.

All spans are characters of the view (the running text); ``reading`` maps them back to the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from sayso.quotes import Quotation
from sayso.records import Act, Span, Spans, StatementKind
from sayso.tables import load

Origin = Literal["encoder", "continued", "turn", "headline", "poll"]
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its speaker is known; spans are characters of the view."""

    source: Spans
    cue: Spans
    content: Spans
    kind: StatementKind
    act: Act
    origin: Origin
    strength: tuple[float, float, float, float]  # content, cue link, source link, cue: probabilities, 1.0 where absent
    inside: int | None = None  # number of the draft it is told within
    by: Span | None = None  # where a poll's maker is named, for a statement without a source of its own


@dataclass(frozen=True, slots=True)
class Left:
    """Something that looked like a statement and was not read as one."""

    code: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """All drafts of one text in order, and what was left out."""

    drafts: tuple[Draft, ...]
    left: tuple[Left, ...]


def act_of(cue: str, content: str = "") -> Act:
    """say, think or want, by the last word of the cue that the table knows, and by "to" at the head of the content."""
    table = load("cues")
    for word in reversed(WORD.findall(cue.lower())):
        if word in table["think"]:
            return "think"
        if word in table["want"] or (word in table["agreeing"] and content[:3].lower() == "to "):
            return "want"
    return "say"


def overlap(a: Span, b: Span) -> int:
    """Characters that two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


class Stretches:
    """Spans that may overlap, for asking quickly which of them a span touches."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans)
        self.tops = list(accumulate((end for _, end in self.spans), max))

    def touching(self, span: Span) -> list[Span]:
        """Those that share a character with ``span``, last first."""
        found = []
        n = bisect_left(self.spans, (span[1], -1)) - 1
        while n >= 0 and self.tops[n] > span[0]:
            if self.spans[n][1] > span[0]:
                found.append(self.spans[n])
            n -= 1
        return found


def joined(spans: Iterable[Span], text: str) -> Spans:
    """Spans in order, those with nothing but blanks between them made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip()):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif end > start:
            out.append((start, end))
    return tuple(out)


def overlapping(marks: Sequence[Quotation], start: int, end: int) -> Sequence[Quotation]:
    """The quotations, which are in order and disjoint, that share a character with a span."""
    first = max(0, bisect_right(marks, start, key=lambda q: q.start) - 1)
    last = bisect_left(marks, end, key=lambda q: q.start)
    return marks[first + 1 : last] if first < len(marks) and marks[first].end <= start else marks[first:last]


def kind_of(text: str, content: Spans, marks: Sequence[Quotation]) -> StatementKind:
    """direct: all words of the content stand in quotation marks; mixed: some; indirect: none."""
    inside = total = 0
    for start, end in content:
        near = overlapping(marks, start, end)
        for m in WORD.finditer(text, start, end):
            total += 1
            inside += any(q.start < m.start() and m.end() <= q.end for q in near)
    if total and inside == total:
        return "direct"
    return "mixed" if inside else "indirect"


def in_order(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Drafts in the order of the text, an outer one before those within it."""
    depths: dict[int, int] = {}

    def depth(n: int) -> int:
        if n not in depths:
            outer = drafts[n].inside
            depths[n] = 0 if outer is None else 1 + depth(outer)
        return depths[n]

    order = sorted(range(len(drafts)), key=lambda n: (drafts[n].content[0][0], -drafts[n].content[-1][1], depth(n), n))
    place = {n: k for k, n in enumerate(order)}
    return tuple(
        replace(drafts[n], inside=None if (outer := drafts[n].inside) is None else place[outer]) for n in order
    )  # fmt: skip
