"""Intervals for rates and shares of counts, with words and statements taken as they come: several on one page.

Method: Wilson's score interval (Wilson 1927) at 95 per cent. Words of one page are not independent, so the number of words
is divided by the design effect, the variance of the ratio between pages over that of a simple sample (Kish 1965), never
below 1, as for shares in samples of clusters (Dean and Pagano 2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""


@dataclass(slots=True)
class Clusters:
    """Counts by page added up: pages with any words, words, hits, and their squares. Integers, so order does not matter."""

    pages: int = 0
    size: int = 0
    hits: int = 0
    size_size: int = 0
    hits_hits: int = 0
    hits_size: int = 0

    def add(self, hits: int, size: int) -> None:
        """One page: ``hits`` of ``size`` words."""
        if size > 0:
            self.pages += 1
            self.size += size
            self.size_size += size * size
        self.hit(hits, size)

    def hit(self, hits: int, size: int) -> None:
        """The hits alone of a page whose words stand elsewhere (see ``counting``)."""
        self.hits += hits
        self.hits_hits += hits * hits
        self.hits_size += hits * size

    def effect(self) -> float:
        """The design effect: 1 where pages are as even as chance makes them, or there is only one."""
        if self.pages < 2 or not 0 < self.hits < self.size:
            return 1.0
        ratio = self.hits / self.size
        squares = self.hits_hits - 2 * ratio * self.hits_size + ratio * ratio * self.size_size
        between = self.pages / (self.pages - 1) * max(0.0, squares) / self.size**2
        return max(1.0, between / (ratio * (1 - ratio) / self.size))

    def interval(self) -> tuple[float, float] | None:
        """Between which shares the true one lies, by the method above; None where there are no words."""
        if self.size <= 0:
            return None
        return wilson(min(self.hits, self.size), self.size, self.effect())


def wilson(hits: int, size: int, effect: float = 1.0) -> tuple[float, float]:
    """Wilson's interval for ``hits`` of ``size`` (at least 1), with a design effect."""
    n, share = size / effect, hits / size
    middle = share + Z * Z / (2 * n)
    spread = Z * sqrt(max(0.0, share * (1 - share) / n + Z * Z / (4 * n * n)))
    low, high = (middle - spread) / (1 + Z * Z / n), (middle + spread) / (1 + Z * Z / n)
    return (0.0 if hits == 0 else max(0.0, low), 1.0 if hits == size else min(1.0, high))
