"""Figures of one page that count the same thing and cannot both be right. Few and sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from sayso.records import Document, Figure, Finding, Statement

ALIKE = 0.75
"""Share of the words counted that two figures must have in common, of those that either has, to count the same thing.
With .6 and figures of one paragraph among them, 76 findings on 350 pages were all wrong; as it is, none is made there."""
LEAST = 3
"""Words that both must count: "people from Tarn" alone is not one thing."""
LEADS = 3
"""Paragraphs from the top that a headline sums up."""
MOST = 400
"""Figures of a page that are compared with each other."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY = frozenset(
    ["the", "of", "in", "on", "at", "for", "and", "to", "by", "with", "from", "was", "were", "have", "has", "had", "been", "be",
     "are", "is", "an", "as", "that", "this", "it", "its", "their", "his", "her", "people", "number", "total"]
)  # fmt: skip


def disagreeing(document: Document, figures: Sequence[Figure], statements: Sequence[Statement]) -> Iterator[Finding]:
    """Pairs of exact figures for one thing in one voice, or in a headline and the lead, that differ."""
    exact = [f for f in figures[:MOST] if f.low is not None and f.low == f.high and not f.qualifier and f.unit in ("count", "money")]
    text, voices = document.text, {s.id: s.speaker or s.id for s in statements}
    top = _top(document)
    for a, b in combinations(exact, 2):
        if a.low == b.low or not _comparable(a, b):
            continue
        headline = top[0][0] <= a.span[0] < top[0][1] and top[1][0] <= b.span[0] < top[1][1]
        if headline and not a.as_of and _headline_same(text, a, b):
            yield _finding(text, a, b, "the headline and the text give two figures for one thing")
        elif _apart(document, a, b) and voices.get(a.statement or "") == voices.get(b.statement or "") and _same_thing(a, b):
            yield _finding(text, a, b, "one voice gives two figures for one thing")


def _comparable(a: Figure, b: Figure) -> bool:
    """Whether nothing says that the two are of different things: unit, event, time, place, scope."""
    same = (a.unit, a.currency, a.event, a.period) == (b.unit, b.currency, b.event, b.period)
    times = a.as_of == b.as_of and a.since == b.since
    places = not (a.place and b.place) or a.place.casefold() == b.place.casefold()
    return same and times and places and a.share_of == b.share_of


def _apart(document: Document, a: Figure, b: Figure) -> bool:
    """Whether two figures stand in different paragraphs: in one, the text itself compares them."""
    return not any(x.span[0] <= a.span[0] and b.span[1] <= x.span[1] for x in document.blocks)


def _words(figure: Figure) -> set[str]:
    return {w for w in _WORD.findall(figure.counted.casefold()) if w not in _EMPTY}


def _same_thing(a: Figure, b: Figure) -> bool:
    one, other = _words(a), _words(b)
    if a.event and a.event == b.event and a.unit == "count" and a.place and a.place == b.place:
        return a.who.casefold() == b.who.casefold()
    return min(len(one), len(other)) >= LEAST and len(one & other) >= ALIKE * len(one | other)


def _headline_same(text: str, a: Figure, b: Figure) -> bool:
    """Whether a headline's figure and one of the lead count one event; who was killed may be left out there."""
    if a.event and a.event == b.event:
        return not (a.who and b.who) or bool(_words(a) & _words(b))
    return _same_thing(a, b)


def _top(document: Document) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the headline stands, and where the paragraphs do that it sums up; empty stretches where there are none."""
    blocks = document.blocks
    titles = [b.span for b in blocks if b.kind == "title"]
    paragraphs = [b.span for b in blocks if b.kind == "paragraph"]
    if not titles or not paragraphs:
        return (0, 0), (0, 0)
    return titles[0], (paragraphs[0][0], paragraphs[: LEADS][-1][1])


def _finding(text: str, a: Figure, b: Figure, why: str) -> Finding:
    one, other = (" ".join(text[slice(*f.span)].split()) for f in (a, b))
    return Finding("figures-disagree", f"{why}: {one} and {other}", (a.span, b.span))
