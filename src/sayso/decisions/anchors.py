"""Quotations with their context: how a decision finds its words again in a text that may have changed.

After the selectors of the Web Annotation Data Model (W3C Recommendation, 23 February 2017: TextQuoteSelector and
TextPositionSelector): the words, what stands before and behind them, and where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.records import Span, Spans

CONTEXT = 32
"""Characters kept before and behind a quotation, as is usual for text quote selectors; five words on either side."""
ALONE = 24
"""Words at least so long are known again whatever stands around them, if they stand in one place only. Four words:
shorter ones ("he said", "on Friday") come again on most pages."""
NEAR = 400
"""How far a short quotation may lie from where the longer ones of its statement put it: two long sentences."""
MOST = 200
"""Places of one quotation that are looked at; a page that holds it more often gives no clear one."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text: where they stood, and up to ``CONTEXT`` characters on either side."""

    span: Span
    exact: str
    prefix: str
    suffix: str


def quote(text: str, span: Span) -> Quote:
    """The quotation at a span of a text."""
    start, end = span
    return Quote(span, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def quotes(text: str, spans: Spans) -> tuple[Quote, ...]:
    """The quotations at spans of a text."""
    return tuple(quote(text, span) for span in spans)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _alike(a: str, b: str) -> int:
    """How many characters two strings share from their beginning, white space not counted."""
    a, b = "".join(a.split()), "".join(b.split())
    for n, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return n
    return min(len(a), len(b))


def _context(quoted: Quote, text: str, span: Span) -> int:
    """How much of the context stands around a span: characters next to it that are the same."""
    before, behind = text[max(0, span[0] - 2 * CONTEXT) : span[0]], text[span[1] : span[1] + 2 * CONTEXT]
    return _alike(quoted.prefix[::-1], before[::-1]) + _alike(quoted.suffix, behind)


def _places(exact: str, text: str) -> list[Span]:
    """Where words stand, white space of any kind for any other; the first ``MOST`` and one more."""
    parts = exact.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    found: list[Span] = []
    at = 0
    while len(found) <= MOST and (match := pattern.search(text, at)):
        found.append(match.span())
        at = match.start() + 1
    return found


def place(quoted: Quote, text: str, shift: int | None = None) -> Span | None:
    """Where a quotation stands in a text; None where it does not, or where two places are as good.

    ``shift`` says by how much the words around it have moved; with it, only places near there count.
    """
    start, end = quoted.span
    if shift in (None, 0) and text[start:end] == quoted.exact and quoted == quote(text, quoted.span):
        return quoted.span
    found = _places(quoted.exact, text)
    if shift is not None:
        found = [span for span in found if abs(span[0] - start - shift) <= NEAR]
    if not found or len(found) > MOST:
        return None
    about = start + (shift or 0)
    ranked = sorted(found, key=lambda span: (-_context(quoted, text, span), abs(span[0] - about)))
    best = ranked[0]
    score = _context(quoted, text, best)
    if len(found) > 1 and shift is None and _context(quoted, text, ranked[1]) == score:
        return None
    known = len(_plain(quoted.exact)) >= ALONE or shift is not None
    enough = score * 2 >= len("".join((quoted.prefix + quoted.suffix).split()))
    return best if known or enough else None


def place_all(wanted: Sequence[Quote], text: str, shift: int | None = None) -> Spans | None:
    """Where all of several quotations stand, in their order; None where one does not.

    The longest is placed first, the others where it says that the words have moved to.
    """
    if not wanted:
        return ()
    order = sorted(range(len(wanted)), key=lambda n: -len(wanted[n].exact))
    found: dict[int, Span] = {}
    for n in order:
        span = place(wanted[n], text, shift)
        if span is None:
            return None
        found[n] = span
        if shift is None:
            shift = span[0] - wanted[n].span[0]
    spans = tuple(found[n] for n in range(len(wanted)))
    return spans if all(a[1] <= b[0] for a, b in pairwise(spans)) else None


def still_there(wanted: Iterable[Quote], text: str) -> bool:
    """Whether every quotation stands in the text exactly where it stood."""
    return all(text[q.span[0] : q.span[1]] == q.exact for q in wanted)
