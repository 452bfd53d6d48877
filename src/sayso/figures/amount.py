"""An amount: a number, a range, a share or a vague quantity, before it is asked what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

HYPHENS = frozenset("-‐‑–—")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in tokens first..last (half-open). Values as asserted, both null where the words give no number.

    ``form``: number, range, share (half, a third), ratio (one in five), vague, none (nought), times (twice), article
    (a minute). ``own``: tokens of a vague amount's own words, which are its qualifier. ``compound``: joined by a hyphen
    to what it measures ("27-nation"). ``big``: written with a scale word or grouped digits. ``spelled``: in words.
    ``start``: the first token of the number itself.
    """

    first: int
    last: int
    low: Decimal | None
    high: Decimal | None
    unit: str = ""
    currency: str = ""
    form: str = "number"
    own: tuple[int, int] | None = None
    compound: bool = False
    big: bool = False
    spelled: bool = False
    start: int = -1


def spelled(form: str, first: int, last: int, value: Decimal | None, unit: str = "", currency: str = "") -> Amount:
    """An amount in words; those that are vague or nought are their own qualifier."""
    own = (first, last) if form in ("vague", "none") else None
    return Amount(first, last, value, value, unit, currency, form, own, spelled=True, start=first)
