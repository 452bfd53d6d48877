"""Whether the figures of two statements agree or oppose each other."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Literal

from sayso.pile.matches.words import words_of
from sayso.records import Figure
from sayso.tables import load

Stand = Literal["agree", "oppose", ""]
"""Two statements count the same thing alike or differently; empty where they count nothing that can be compared."""
HARM = frozenset(("killed", "injured", "missing", "displaced", "detained", "casualties"))


def stand(a: tuple[Figure, ...], b: tuple[Figure, ...]) -> Stand:
    """How the figures of two statements stand to each other: one that agrees outweighs those that oppose."""
    found = {_pair(one, two) for one, two in _comparable(a, b)}
    return "agree" if "agree" in found else "oppose" if "oppose" in found else ""


def differ(a: tuple[Figure, ...], b: tuple[Figure, ...]) -> bool:
    """Whether two statements give one thing two numbers, whatever day each is of: no one act of speaking does.

    "At least seven" and "eleven" may both be true, but are two numbers; a round one and what it was rounded from are one.
    Of what befell people each kind counts for itself, of anything else a number that both have outweighs.
    """
    pairs = [(x, y) for x, y in _comparable(a, b) if _ends(x) and _ends(y)]
    alike = [(x, y) for x, y in pairs if _one_number(x, y)]
    left, right = {x.span for x, _ in alike}, {y.span for _, y in alike}
    return any(x.span not in left and y.span not in right and (not alike or x.event in HARM) for x, y in pairs)


def _ends(figure: Figure) -> set[float]:
    """The numbers that a figure names; none of a vague one."""
    return {end for end in (figure.low, figure.high) if end is not None}


def _one_number(a: Figure, b: Figure) -> bool:
    one, two = _ends(a), _ends(b)
    if min(one) <= max(two) and min(two) <= max(one):
        return True
    return (_is_rough(a) or _is_rough(b)) and _close(a, b)


def _is_rough(figure: Figure) -> bool:
    """Whether a number is told as a rough one, or as a bound that is round: "about 50", "more than 1,600"."""
    bound = figure.low is None or figure.high is None
    round_ = bound and all(end >= ROUND and end % 10 == 0 for end in _ends(figure))
    return round_ or figure.qualifier.casefold() in load("matches")["rough"]


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
    rough = any(qualifier in load("matches")["rough"] for qualifier in (a.qualifier, b.qualifier))
    return "" if rough and _close(a, b) else "oppose"


ROUND = 50
"""The least bound that counts as round where it ends in nought: "at least 30 dead" and 32 are two tolls."""
CLOSE = 0.1
"""How far apart two figures may be of which one is rough: what writers round is within a tenth."""


def _close(a: Figure, b: Figure) -> bool:
    one, two = (figure.low if figure.low is not None else figure.high or 0.0 for figure in (a, b))
    return abs(one - two) <= CLOSE * max(abs(one), abs(two))
