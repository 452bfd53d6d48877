"""Whether the figures of two statements agree or oppose each other."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Literal

from sayso.pile.matches.words import words_of
from sayso.records import Figure

Stand = Literal["agree", "oppose", ""]
"""Two statements count the same thing alike or differently; empty where they count nothing that can be compared."""
HARM = frozenset(("killed", "injured", "missing", "displaced", "detained", "casualties"))


def stand(a: tuple[Figure, ...], b: tuple[Figure, ...]) -> Stand:
    """How the figures of two statements stand to each other: one that agrees outweighs those that oppose."""
    found = {_pair(one, two) for one, two in _comparable(a, b)}
    return "agree" if "agree" in found else "oppose" if "oppose" in found else ""


def same_day(a: tuple[Figure, ...], b: tuple[Figure, ...]) -> bool:
    """Whether figures of two statements that oppose each other are said to be as of one day: none can have grown since."""
    return any(_pair(x, y) == "oppose" and x.as_of and x.as_of == y.as_of for x, y in _comparable(a, b))


def apart(a: tuple[Figure, ...], b: tuple[Figure, ...]) -> bool:
    """Whether both sides count what happened to people, and never the same: one the killed, the other the injured."""
    one, two = ({figure.event for figure in side if figure.event in HARM} for side in (a, b))
    return bool(one and two and not one & two)


def _comparable(a: tuple[Figure, ...], b: tuple[Figure, ...]) -> Iterator[tuple[Figure, Figure]]:
    for one in a:
        for two in b:
            if (one.unit, one.currency) == (two.unit, two.currency) and _counts_the_same(one, two):
                yield one, two


def _counts_the_same(a: Figure, b: Figure) -> bool:
    if a.event or b.event:
        return a.event == b.event
    if a.unit == "count" or (a.counted and b.counted):
        one, two = (
            {word.notion for word in words_of(f.counted, ((0, len(f.counted)),)) if word.bits > 1} for f in (a, b)
        )
        return bool(one & two)
    return a.unit in ("percent", "money")


def _pair(a: Figure, b: Figure) -> Stand:
    if (a.low is None and a.high is None) or (b.low is None and b.high is None):
        return ""
    if a.as_of and b.as_of and not (a.as_of.startswith(b.as_of) or b.as_of.startswith(a.as_of)):
        return ""
    low_a, low_b = (-inf if figure.low is None else figure.low for figure in (a, b))
    high_a, high_b = (inf if figure.high is None else figure.high for figure in (a, b))
    if low_a <= high_b and low_b <= high_a:
        return "agree"
    return "" if {a.qualifier, b.qualifier} & ROUGH and _close(a, b) else "oppose"


ROUGH = frozenset(("about", "around", "some", "nearly", "almost", "roughly", "approximately"))
CLOSE = 0.1
"""How far apart two figures may be of which one is rough: what writers round is within a tenth."""


def _close(a: Figure, b: Figure) -> bool:
    one, two = (figure.low if figure.low is not None else figure.high or 0.0 for figure in (a, b))
    return abs(one - two) <= CLOSE * max(abs(one), abs(two))
