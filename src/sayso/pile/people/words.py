"""The word table of this package, as sets and groups."""

from __future__ import annotations

from functools import cache

from sayso.speakers.names import fold
from sayso.tables import load


@cache
def listed(part: str, key: str) -> frozenset[str]:
    """A list of the table ``people`` as a set of folded words."""
    return frozenset(map(fold, load("people")[part][key]))


@cache
def grouped(part: str, key: str) -> dict[str, frozenset[int]]:
    """A list of the table ``people`` whose lines are groups: each folded word to the numbers of its groups."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(load("people")[part][key]):
        for word in line.split():
            found.setdefault(fold(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def together(part: str, key: str, a: str, b: str) -> bool:
    """Whether two folded words stand in one line of such a list."""
    groups = grouped(part, key)
    return bool(groups.get(a, frozenset()) & groups.get(b, frozenset()))
