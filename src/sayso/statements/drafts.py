"""A statement before its speaker is known, and the small questions that are asked of its words.

All spans are characters of the view (the running text); ``reading`` maps them back to the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.quotes import Quotation
from sayso.records import Act, Span, Spans, StatementKind
from sayso.tables import load

Origin = Literal["encoder", "continued", "turn", "headline"]
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


def act_of(cue: str) -> Act:
    """say, think or want, by the last word of the cue that the table knows."""
    table = load("cues")
    for word in reversed(WORD.findall(cue.lower())):
        if word in table["think"]:
            return "think"
        if word in table["want"]:
            return "want"
    return "say"


def overlap(a: Span, b: Span) -> int:
    """Characters that two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def joined(spans: Iterable[Span], text: str) -> Spans:
    """Spans in order, those with nothing but blanks between them made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip()):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif end > start:
            out.append((start, end))
    return tuple(out)


def kind_of(text: str, content: Spans, marks: Sequence[Quotation]) -> StatementKind:
    """direct: all words of the content stand in quotation marks; mixed: some; indirect: none."""
    inside = total = 0
    for start, end in content:
        for m in WORD.finditer(text, start, end):
            total += 1
            inside += any(q.start < m.start() and m.end() <= q.end for q in marks if q.end > start and q.start < end)
    if total and inside == total:
        return "direct"
    return "mixed" if inside else "indirect"
