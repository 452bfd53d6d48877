"""Groups that grow by joining (union-find)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Forest:
    """Groups of whole numbers from 0; the smallest of a group stands for it."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, i: int) -> int:
        """The number that stands for the group of ``i``."""
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Make one group of the groups of ``i`` and ``j``."""
        one, other = sorted((self.find(i), self.find(j)))
        self.parent[other] = one

    def groups(self, members: Iterable[int]) -> list[list[int]]:
        """The groups of these members, each in order."""
        out: dict[int, list[int]] = defaultdict(list)
        for i in members:
            out[self.find(i)].append(i)
        return list(out.values())
