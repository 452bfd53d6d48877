"""Sentences: where one ends and the next begins, by stops before a capital letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.records import Span

_STOP = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])")
_SHORT = re.compile(
    r"(?:^|[\s.(])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Prof|Rev|Hon|Jr|Sr|No|vs|Inc|Corp|Ltd|Co)\.$"
)


def sentences(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """Sentences of each paragraph, with the blanks behind them; abbreviations do not end one."""
    out: list[Span] = []
    for start, end in paragraphs:
        at = start
        for m in _STOP.finditer(text, start, end):
            head = text[max(at, m.start() - 8) : m.start() + 1]
            if text[m.start()] == "." and _SHORT.search(head):
                continue
            out.append((at, m.end()))
            at = m.end()
        if at < end:
            out.append((at, end))
    return out
