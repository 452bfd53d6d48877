"""Ranges over independent originators: the smallest and largest number told of one thing, scope and time. Nothing is summed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.pile.series.told import Stretch, Told, many


@dataclass(frozen=True, slots=True)
class Range:
    """What the originators tell of one scope at one time.

    ``low`` or ``high`` is None where somebody leaves that end open ("at least 40"); ``least`` and ``most`` are the smallest
    and largest number that was told all the same. Every figure of the range lies within low and high.
    """

    strand: int
    as_of: Stretch | None
    low: float | None
    high: float | None
    least: float
    most: float
    originators: int
    figures: int

    def holds(self, told: Told) -> bool:
        """Whether the bounds of a figure lie within."""
        low = self.low is None or (told.low is not None and self.low <= told.low)
        return low and (self.high is None or (told.high is not None and told.high <= self.high))


def ranges_of(told: Sequence[Told], strands: Sequence[int]) -> tuple[Range, ...]:
    """A range for each scope and time that a number is told of, in the order of the figures."""
    cells: dict[tuple[int, Stretch | None], list[Told]] = defaultdict(list)
    for each, strand in zip(told, strands, strict=True):
        if each.numbered:
            cells[strand, each.as_of.stretch].append(each)
    return tuple(range_of(cell, strand, as_of) for (strand, as_of), cell in cells.items())


def range_of(told: Sequence[Told], strand: int = 0, as_of: Stretch | None = None) -> Range:
    """The range of figures, each of which has a number."""
    values = [v for t in told for v in (t.low, t.high) if v is not None]
    lows, highs = [t.low for t in told], [t.high for t in told]
    return Range(
        strand, as_of,
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
        min(values), max(values), many(t.origin for t in told), len(told),
    )  # fmt: skip
