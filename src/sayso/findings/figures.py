"""Figures of one page that count the same thing and cannot both be right. Few and sure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import combinations

from sayso.records import Document, Figure, Finding, Span, Statement

ALIKE = 0.75
"""Share of the words counted that two figures must have in common, of those that either has, to count the same thing.
As it is, 327 pages of news give no finding of this kind; with .6 and figures of one paragraph among them all that there
were were wrong."""
LEAST = 3
"""Words that both must count: "people from Tarn" alone is not one thing."""
MOST = 400
"""Figures of a page that are compared with each other."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_STOP = re.compile(r"[.!?][”\"’']?\s")
_UNITS = ("count", "money")
_EMPTY = frozenset(
    ["the", "of", "in", "on", "at", "for", "and", "to", "by", "with", "from", "was", "were", "have", "has", "had", "been", "be",
     "are", "is", "an", "as", "that", "this", "it", "its", "their", "his", "her", "people", "number", "total"]
)  # fmt: skip


def disagreeing(document: Document, figures: Sequence[Figure], statements: Sequence[Statement]) -> Iterator[Finding]:
    """Pairs of exact figures for one thing in one voice, or in a headline and the lead, that differ."""
    exact = [f for f in figures[:MOST] if f.low is not None and f.low == f.high and not f.qualifier and f.unit in _UNITS]
    text, voices = document.text, {s.id: s.speaker or s.id for s in statements}
    title, lead = _top(document)
    starts = [b.span[0] for b in document.blocks]
    kinds: dict[tuple[str, ...], list[Figure]] = {}
    for f in exact:
        kinds.setdefault((f.unit, f.currency, f.event, f.period, f.since, f.share_of or ""), []).append(f)
    for a, b in (pair for alike in kinds.values() for pair in combinations(alike, 2)):
        if a.low == b.low or not _same_place(a, b):
            continue
        if _inside(a, title) and _inside(b, lead):
            if a.as_of in ("", b.as_of) and _headline_same(text, a, b, lead):
                yield _finding(text, a, b, "the headline and the text give two figures for one thing")
        elif a.as_of != b.as_of or bisect_right(starts, a.span[0]) == bisect_right(starts, b.span[0]):
            continue  # in one paragraph the text compares them
        elif (
            voices.get(a.statement or "") == voices.get(b.statement or "")
            and _same_thing(a, b)
        ):
            yield _finding(text, a, b, "one voice gives two figures for one thing")
        elif _turned(text, a, b):
            yield _finding(text, a, b, "two figures for one thing have the same digits in another order")


def _same_place(a: Figure, b: Figure) -> bool:
    return not (a.place and b.place) or a.place.casefold() == b.place.casefold()


def _inside(figure: Figure, span: Span) -> bool:
    return span[0] <= figure.span[0] < span[1]


def _words(figure: Figure) -> set[str]:
    return _found(figure.counted)


def _same_thing(a: Figure, b: Figure) -> bool:
    one, other = _words(a), _words(b)
    if a.event and a.event == b.event and a.unit == "count" and a.place and a.place == b.place:
        return a.who.casefold() == b.who.casefold()
    return min(len(one), len(other)) >= LEAST and len(one & other) >= ALIKE * len(one | other)


def _headline_same(text: str, a: Figure, b: Figure, lead: Span) -> bool:
    """Whether a headline's figure and one of the lead count one thing: one event, or one noun in like sentences."""
    if a.event and a.event == b.event:
        return not (a.who and b.who) or bool(_words(a) & _words(b))
    one, other = (_found(text[slice(*f.span)]) for f in (a, b))
    headline = _found(text[: a.span[0]].rpartition("\n")[2] + " " + text[a.span[1] :].partition("\n")[0])
    shared = headline & _found(text[slice(*lead)])
    return bool(one) and one == other and len(shared) >= max(2, ALIKE * len(headline))


def _found(text: str) -> set[str]:
    return {w for w in _WORD.findall(text.casefold()) if w not in _EMPTY}


def _turned(text: str, a: Figure, b: Figure) -> bool:
    """Whether two figures of one noun have the same digits in another order: 312 tickets and 321 tickets."""
    one, other = (sorted(c for c in text[slice(*f.span)] if c.isdigit()) for f in (a, b))
    nouns = [_found(text[slice(*f.span)]) for f in (a, b)]
    same = bool(nouns[0]) and nouns[0] == nouns[1]
    return one == other and len(one) >= 3 - (not same) and (same or len(_words(a) & _words(b)) >= 2)


def _top(document: Document) -> tuple[Span, Span]:
    """Where the headline stands, and the first sentence, which it sums up; empty stretches where there are none."""
    blocks = document.blocks
    titles = [b.span for b in blocks if b.kind == "title"]
    paragraphs = [b.span for b in blocks if b.kind == "paragraph"]
    if not titles or not paragraphs:
        return (0, 0), (0, 0)
    stop = _STOP.search(document.text, *paragraphs[0])
    return titles[0], (paragraphs[0][0], stop.start() if stop else paragraphs[0][1])


def _finding(text: str, a: Figure, b: Figure, why: str) -> Finding:
    one, other = (" ".join(text[slice(*f.span)].split()) for f in (a, b))
    return Finding("figures-disagree", f"{why}: {one} and {other}", (a.span, b.span))
