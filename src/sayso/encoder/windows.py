"""Windows: a long text cut into overlapping stretches that fit the encoder.

Every word belongs to exactly one window, the one in which it stands furthest from a cut edge, so that what is read of it
rests on as much context as there is; all later stages see one row per word and never meet a window's edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SIZE = 254  # wordpieces without the two at the ends; 128-256 is the fastest length a token on a CPU
OVERLAP = 64  # wordpieces shared by neighbours; in training windows are cut anew each time, at 190 to 254 pieces


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``first`` to ``last`` go through the encoder together; ``own_first`` to ``own_last`` are taken from it."""

    first: int
    last: int
    own_first: int
    own_last: int


def _fill(counts: Sequence[int], first: int, size: int) -> int:
    last, used = first, 0
    while last < len(counts) and used + counts[last] <= size:
        used += counts[last]
        last += 1
    return max(last, first + 1)


def _back(counts: Sequence[int], last: int, first: int, overlap: int, paragraphs: frozenset[int]) -> int:
    """Where the next window starts: ``overlap`` pieces before ``last``, at a paragraph if one starts near."""
    at, used = last, 0
    while at > first + 1 and used + counts[at - 1] <= overlap:
        at -= 1
        used += counts[at]
    for near in range(at, min(at + overlap // 4, last)):
        if near in paragraphs:
            return near
    return at


def windows(
    counts: Sequence[int], paragraphs: Sequence[int] = (), size: int = SIZE, overlap: int = OVERLAP
) -> list[Window]:
    """Cut a text of words with ``counts`` pieces each; ``paragraphs`` are the words that start one.

    Returns windows in order whose own ranges are disjoint and cover all words.
    """
    starts = frozenset(paragraphs)
    cuts: list[tuple[int, int]] = []
    first = 0
    while first < len(counts):
        last = _fill(counts, first, size)
        cuts.append((first, last))
        if last >= len(counts):
            break
        first = _back(counts, last, first, overlap, starts)
    out: list[Window] = []
    own = 0
    for n, (first, last) in enumerate(cuts):
        stop = len(counts) if n + 1 == len(cuts) else (cuts[n + 1][0] + last + 1) // 2
        stop = max(stop, own)
        out.append(Window(first, last, own, stop))
        own = stop
    return out
