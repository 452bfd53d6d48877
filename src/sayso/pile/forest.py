"""Groups that grow by joining (union-find; Galler and Fischer 1964)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Generic, TypeVar

T = TypeVar("T", bound=Any)


class Forest(Generic[T]):
    """Groups of things that have an order; whatever was never joined stands alone. The first of a group stands for it."""

    def __init__(self) -> None:
        self._above: dict[T, T] = {}

    def find(self, one: T) -> T:
        """The thing that stands for the group of this one."""
        above = self._above
        while (over := above.get(one, one)) != one:
            above[one] = above.get(over, over)
            one = above[one]
        return one

    def join(self, one: T, other: T) -> None:
        """Make one group of the groups of two things."""
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._above[second] = first

    def groups(self, members: Iterable[T]) -> list[list[T]]:
        """The groups of these things, each in the order in which they come."""
        out: dict[T, list[T]] = defaultdict(list)
        for one in members:
            out[self.find(one)].append(one)
        return list(out.values())
