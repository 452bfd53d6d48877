"""Which members of a bucket are compared, and what changes when members come and go. Pure.

A bucket holds the items that share a key, in the order of their ranks, which are as good as drawn by lot. The first
``cap`` are *active* and compared with each other; the first ``heads`` of them are compared with all others too, so that
nobody in a bucket is left alone however large it is. So what is compared follows from the set of items alone. One item
more costs at most ``cap`` comparisons in each of its buckets, but for the ``heads`` in n times that it becomes a head of a
bucket of n: on average another ``heads``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

Member = tuple[int, int]
"""Rank and key of an item in a bucket."""


@dataclass(frozen=True, slots=True)
class Width:
    """How many of a bucket are compared with each other, and how many with all."""

    cap: int = 64
    heads: int = 4


@dataclass(frozen=True, slots=True)
class Shift:
    """What became of a bucket, as keys of items.

    ``active`` are so now, the ``heads`` first; ``fresh`` are those of them that were not; ``displaced`` were and are not, and
    ``stayed`` were and are still in the pile (empty where nobody is displaced). ``new_heads`` are heads now and were not,
    ``past_heads`` the other way round, all of these still in the pile. ``beyond`` came in and are not active.
    """

    active: tuple[int, ...]
    heads: tuple[int, ...]
    fresh: frozenset[int]
    displaced: frozenset[int]
    stayed: frozenset[int]
    new_heads: frozenset[int]
    past_heads: frozenset[int]
    beyond: tuple[int, ...]

    def beside(self, one: int) -> Iterator[int]:
        """The active ones that a fresh one is compared with; of two fresh ones the lower has the other beside it."""
        return (other for other in self.active if other > one or (other != one and other not in self.fresh))

    def lost(self) -> Iterator[tuple[int, int]]:
        """The pairs of items still in the pile that were active together and are not now, the displaced one first."""
        for one in sorted(self.displaced):
            for other in sorted(self.stayed):
                if other > one or (other != one and other not in self.displaced):
                    yield one, other

    def is_still(self) -> bool:
        """Whether nobody is to be compared, or parted, for what happened here; a new head may have a crowd to be told of."""
        moved = self.displaced or self.beyond or self.past_heads
        return not moved and not ((self.fresh or self.new_heads) and len(self.active) > 1)


_NOBODY: frozenset[int] = frozenset()


def shift(head: Sequence[Member], gone: Collection[int], came: Collection[Member], width: Width) -> Shift:
    """What becomes of a bucket where the items ``gone`` leave and ``came`` arrive (one that changed is in both).

    ``head`` has its members in order: all of them, or at least ``width.cap`` and as many more as leave.
    """
    old = [member for member in head if member[1] not in gone] if gone else head
    members = sorted((*old, *came))
    active = tuple([item for _, item in members[: width.cap]])
    heads = active[: width.heads]
    were_heads = {item for _, item in head[: width.heads] if item not in gone}
    if not gone and len(members) <= width.cap:  # as it is most often
        fresh = frozenset([item for _, item in came])
        return Shift(
            active,
            heads,
            fresh,
            _NOBODY,
            _NOBODY,
            fresh.intersection(heads),
            frozenset(were_heads.difference(heads)),
            (),
        )
    stayed = frozenset([item for _, item in head[: width.cap] if item not in gone])
    now = frozenset(active)
    return Shift(
        active, heads, now - stayed, stayed - now, stayed,
        frozenset(heads) - were_heads, frozenset(were_heads.difference(heads)),
        tuple([item for _, item in came if item not in now]),
    )  # fmt: skip


def meet(active: Sequence[int], heads: int, one: int, other: int) -> bool:
    """Whether two members of a bucket are compared there."""
    first = active[:heads]
    return one in first or other in first or (one in active and other in active)
