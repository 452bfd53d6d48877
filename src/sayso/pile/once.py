"""What is worked out of a reading once, and kept for the readings that were asked for last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar

from sayso.records import Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """A reading that is equal to itself only: comparing two field by field would cost more than what is kept of them."""

    reading: Reading

    def __hash__(self) -> int:
        return id(self.reading)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.reading is self.reading


def once(most: int) -> Callable[[Callable[[Reading], T]], Callable[[Reading], T]]:
    """Keep what a function makes of a reading, for so many readings. The function must be pure."""

    def keeping(work: Callable[[Reading], T]) -> Callable[[Reading], T]:
        @lru_cache(maxsize=most)
        def kept(held: _Held) -> T:
            return work(held.reading)

        @wraps(work)
        def asked(reading: Reading) -> T:
            return kept(_Held(reading))

        return asked

    return keeping
