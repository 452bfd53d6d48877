"""Whether a word is denied where it stands: "no famine", "not a riot", "isn't a strike"."""

from __future__ import annotations

from functools import cache

from sayso.pile.voices.words import pieces
from sayso.records import Span
from sayso.tables import load

BETWEEN = 3
"""Words that may stand between a denying word and the one it denies ("not committing any famine"). In the table of cases every
denial is found with three; with four "never did the town see such famine" would be one."""
REACH = 60
"""Characters before the word that are looked at: five long words."""
_STOPS = frozenset('.,;:!?–—()[]“”"…')


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(load("voices-words")[name])


def denied(text: str, span: Span) -> bool:
    """Whether a denying word governs the words at ``span``: in the same clause, with at most ``BETWEEN`` words between.

    "Not only", "no doubt" and their like deny nothing, and neither does "so-called".
    """
    start = span[0]
    head = max(0, start - REACH)
    before = [piece for piece in pieces(text, head, start) if piece[1][0] > head or head == 0]
    edge = start
    for back, (word, (begin, end)) in enumerate(reversed(before)):
        if back > BETWEEN + 1 or any(c in _STOPS for c in text[end:edge]):
            return False
        following = before[len(before) - back][0] if back else ""
        contracted = word == "t" and back + 1 < len(before) and before[-back - 2][0] in _set("auxiliaries")
        if word in _set("denying") or contracted:
            return back <= BETWEEN and following not in _set("emphatic")
        if word in _set("breaking") or (word == "of" and not _bears(before, back)):
            return False
        edge = begin
    return False


def _bears(before: list[tuple[str, Span]], back: int) -> bool:
    """Whether the "of" is that of "act of", "evidence of": what is denied then is what follows it."""
    return back + 1 < len(before) and before[-back - 2][0] in _set("bearing")
