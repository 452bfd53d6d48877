"""People's decisions about speakers of different pages, and how they outrank the machine. Pure.

A decision says that two speakers are one, or that the second is somebody else. Decisions come in the order in which they were
taken, those that were undone left out; where two cannot both stand, the later one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.pile.question import Name

Saying = Literal["same-person", "other-person"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision: what it says of two speakers, each the id of a page and its own. ``decision`` is its id."""

    says: Saying
    a: Name
    b: Name
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Rulings:
    """The decisions that hold: pairs that are one, pairs that are not (the second was parted from the first).

    ``outranked`` are the ids of decisions that a later one contradicts.
    """

    same: tuple[tuple[Name, Name], ...] = ()
    other: tuple[tuple[Name, Name], ...] = ()
    outranked: tuple[str, ...] = ()
    parted: frozenset[Name] = frozenset()
    named: frozenset[Name] = frozenset()
    sets: tuple[frozenset[Name], ...] = ()

    def one(self, a: Name, b: Name) -> bool:
        """Whether the decisions make two speakers one."""
        return any(a in together and b in together for together in self.sets)


NOTHING = Rulings()


def rulings(decisions: Sequence[Ruling]) -> Rulings:
    """What several decisions, in order, come to: from the last one back, each that no later one contradicts."""
    same: list[tuple[Name, Name]] = []
    other: list[tuple[Name, Name]] = []
    outranked: list[str] = []
    for ruling in reversed(decisions):
        pair = (ruling.a, ruling.b)
        if not _fits(ruling, same, other):
            outranked.append(ruling.decision)
        elif ruling.says == "same-person":
            same.append(pair)
        else:
            other.append(pair)
    parted = frozenset(b for _, b in other)
    return Rulings(
        tuple(same), tuple(other), tuple(outranked), parted, frozenset(n for pair in (*same, *other) for n in pair),
        tuple(_sets(same)),
    )  # fmt: skip


def _sets(pairs: Iterable[tuple[Name, Name]]) -> list[frozenset[Name]]:
    """What hangs together by pairs."""
    found: list[frozenset[Name]] = []
    for a, b in pairs:
        joined = frozenset({a, b}).union(*(each for each in found if a in each or b in each))
        found = [each for each in found if a not in each and b not in each] + [joined]
    return found


def _fits(ruling: Ruling, same: Sequence[tuple[Name, Name]], other: Sequence[tuple[Name, Name]]) -> bool:
    """Whether a decision can stand beside later ones."""
    if ruling.a == ruling.b:
        return False
    sets = _sets((*same, (ruling.a, ruling.b)) if ruling.says == "same-person" else same)
    apart = (*other, (ruling.a, ruling.b)) if ruling.says == "other-person" else other
    return not any(a in each and b in each for each in sets for a, b in apart)
