"""How two spans of a text stand to each other, as three small numbers that the link heads know.

Shared by training and reading, so that both see the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

WordSpan = tuple[int, int]
STEPS = (0, 1, 2, 4, 7, 12, 20, 35, 60)  # upper bounds of the distance classes, in words


def distance_class(asking: WordSpan, answering: WordSpan) -> int:
    """0 to 19: words between the two spans, classed by ``STEPS``; + 10 where the answer stands behind."""
    if answering[0] >= asking[1]:
        gap, side = answering[0] - asking[1], 10
    else:
        gap, side = max(0, asking[0] - answering[1]), 0
    return side + bisect_left(STEPS, gap)


def relation(
    asking: WordSpan, answering: WordSpan, rivals: Sequence[int], paragraphs: Sequence[int]
) -> tuple[int, int, int]:
    """Distance class, answers that stand between the two (0 to 3), paragraph starts between (0 to 3).

    ``rivals`` are the sorted first words of all answering spans, ``paragraphs`` those of all paragraphs.
    """
    low, high = sorted((asking[0], answering[0]))
    between = bisect_left(rivals, high) - bisect_left(rivals, low + 1)
    crossed = bisect_left(paragraphs, high + 1) - bisect_left(paragraphs, low + 1)
    return distance_class(asking, answering), min(between, 3), min(crossed, 3)
