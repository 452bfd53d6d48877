"""How a figure stands to an earlier one that counts the same: one rule each, by its code (``series-rules.toml``)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sayso.pile.series.told import Told

ROUND = {
    "about",
    "around",
    "approximately",
    "roughly",
    "some",
    "nearly",
    "almost",
    "close to",
    "an estimated",
    "estimated",
}
"""Qualifiers of a round number."""

GROWING = frozenset({"killed", "injured", "casualties"})
"""Events that are counted from nothing on: a lower number is an old one or a correction. The missing are found, prices fall."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation with the code of the rule that decided."""

    kind: str
    rule: str


def judged(a: Told, b: Told) -> Verdict:
    """How ``b`` stands to ``a``, which is not later, where both count the same thing in the same scope."""
    if not (a.numbered and b.numbered):
        return Verdict("no-number", "no-number")
    if a.origin.key == b.origin.key:
        return _same_origin(a, b)
    if a.origin.may_be_one(b.origin):
        return _perhaps_one(a, b)
    fits = _fits(a, b)
    if fits:
        return Verdict("agrees", fits)
    if a.as_of.stretch is None or b.as_of.stretch is None:
        return Verdict("disagrees", "undated")
    return Verdict("disagrees", "other-originator" if is_later(a, b) else "same-time")


def _perhaps_one(a: Told, b: Told) -> Verdict:
    """Where the two may have one originator or two: nothing is said to replace, and nobody to confirm another."""
    if (a.low, a.high) == (b.low, b.high):
        return Verdict("repeated", "may-be-one")
    return Verdict("agrees", "may-be-one") if _fits(a, b) else Verdict("disagrees", "may-be-another")


def _same_origin(a: Told, b: Told) -> Verdict:
    later = is_later(a, b)
    if (a.low, a.high) == (b.low, b.high):
        if a.document == b.document:
            return Verdict("repeated", "same-page")
        stated = b.as_of.basis == "stated" or b.scope.stretch is None
        return Verdict("repeated", "unchanged" if later and stated and b.as_of.basis == "stated" else "other-page")
    if later and _holds(b, a):
        return Verdict("agrees", "within-bounds")
    if later:
        return Verdict("supersedes", _later_rule(a, b)) if _order_known(a, b) else Verdict("disagrees", "order-unknown")
    fits = _fits(a, b)
    if fits:
        return Verdict("agrees", "within-bounds" if fits == "same-value" else fits)
    if a.as_of.stretch is None or b.as_of.stretch is None:
        return Verdict("disagrees", "order-unknown")
    return Verdict("disagrees", "one-originator-two-values")


def _holds(b: Told, a: Told) -> bool:
    """Whether the bounds of ``b`` hold all of those of ``a``: "over 1,000" is nothing new after 1,640."""
    outer, inner = _bounds(b), _bounds(a)
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _later_rule(a: Told, b: Told) -> str:
    if b.scope.stretch is not None:
        return "revised"
    if b.as_of.basis == "stated":
        return "later-as-of"
    return "corrected" if _is_lower(a, b) and b.corrected else "later-page"


def _order_known(a: Told, b: Told) -> bool:
    """Whether the later page tells the later count.

    One that says no time may repeat an old number, where it is lower than one that does, or where what is counted only grows;
    not where it says that the number was corrected.
    """
    if b.as_of.basis == "stated" or b.scope.stretch is not None or b.corrected or not _is_lower(a, b):
        return True
    return a.as_of.basis != "stated" and a.thing.event not in GROWING


def _is_lower(a: Told, b: Told) -> bool:
    return _least(b) < _least(a)


def _least(told: Told) -> float:
    return told.low if told.low is not None else told.high if told.high is not None else 0.0


def is_later(a: Told, b: Told) -> bool:
    """Whether the as-of of ``b`` is later than that of ``a``: no day in common, or the clock of two pages tells."""
    one, other = a.as_of.stretch, b.as_of.stretch
    if one is None or other is None:
        return False
    if other[0] > one[1]:
        return True
    clocks = "T" in a.minute and "T" in b.minute and a.as_of.basis == b.as_of.basis == "published"
    return (
        clocks
        and one == other
        and a.document != b.document
        and b.minute[:16] > a.minute[:16]
        and a.minute[16:] == b.minute[16:]
    )


def _fits(a: Told, b: Told) -> str:
    """The code of how two numbers fit, empty where they do not."""
    if (a.low, a.high) == (b.low, b.high):
        return "same-value"
    if _meet(_bounds(a), _bounds(b)):
        return "within-bounds"
    return "about" if _meet(_rounded(a), _rounded(b)) else ""


def _bounds(told: Told) -> tuple[float, float]:
    return (
        -math.inf if told.low is None else told.low,
        math.inf if told.high is None else told.high,
    )


def _rounded(told: Told) -> tuple[float, float]:
    """Half of the last digit that is not nought to either side, where the number is told as a round one."""
    low, high = _bounds(told)
    if not told.qualifier or (told.qualifier.split()[-1] not in ROUND and told.qualifier not in ROUND):
        return low, high
    if math.isinf(low) or math.isinf(high):
        return low, high
    return low - step(low) / 2, high + step(high) / 2


def step(value: float) -> float:
    """The worth of the last digit that is not nought: 1,700 has 100, 35 has 1."""
    if value <= 0 or value != int(value):
        return 0.0
    size = 1
    while int(value) % (size * 10) == 0:
        size *= 10
    return float(size)


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
