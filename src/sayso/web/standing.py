"""Answers about the whole of a pile: worked out at once where it is small, by the keeper and kept in a file where it is large.

Both are asked in the same way: so many lines behind a place, of one facet, with some letters in a name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from sayso.web.asked import SIZE, Asked, numbered, packed
from sayso.web.decoded import decoded
from sayso.web.kept import Choice, Kept, NotYetError


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an answer, and what it is found by; see ``kept.Line``."""

    row: Any
    id: str = ""
    facet: str = ""
    other: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer: its name, what its rows are, what works it out at a desk, and the command that tells the same."""

    name: str
    row: type
    work: Callable[[Any], Iterable[Entry]]
    command: str


class Answer(Protocol):
    """What stands of an answer."""

    def lines(self, choice: Choice, behind: int, most: int) -> Sequence[tuple[int, Any]]:
        """So many rows behind a place, each with its own."""

    def count(self, choice: Choice) -> int:
        """How many rows there are."""

    def one(self, identity: str) -> Any | None:
        """The row with an id."""


def fits(entry: Entry, choice: Choice) -> bool:
    """Whether a row is one of those that are chosen."""
    facets = choice.facet in ("", entry.facet) and choice.other in ("", entry.other)
    return facets and choice.part in entry.words


class Whole:
    """An answer that is held whole."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)

    @cached_property
    def _by_id(self) -> dict[str, Any]:
        return {entry.id: entry.row for entry in reversed(self.entries) if entry.id}

    def lines(self, choice: Choice, behind: int, most: int) -> Sequence[tuple[int, Any]]:
        """So many rows behind a place, each with its own, from 1."""
        found: list[tuple[int, Any]] = []
        for place, entry in enumerate(self.entries[behind:], behind + 1):
            if len(found) == most:
                break
            if fits(entry, choice):
                found.append((place, entry.row))
        return found

    def count(self, choice: Choice) -> int:
        """How many rows there are."""
        return sum(fits(entry, choice) for entry in self.entries)

    def one(self, identity: str) -> Any | None:
        """The row with an id."""
        return self._by_id.get(identity)


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer in the file, by its number there."""

    kept: Kept
    number: int
    row: type

    def _row(self, value: str) -> Any:
        try:
            return decoded(self.row, json.loads(value))
        except (ValueError, RecursionError) as error:
            raise NotYetError(f"{self.kept.path.name} was changed: delete it, and it is worked out again") from error

    def lines(self, choice: Choice, behind: int, most: int) -> Sequence[tuple[int, Any]]:
        """So many rows behind a place, each with its own. Raises NotYetError where the file holds no row of ours."""
        return [(place, self._row(value)) for place, value in self.kept.lines(self.number, choice, behind, most)]

    def count(self, choice: Choice) -> int:
        """How many rows there are."""
        return self.kept.count(self.number, choice)

    def one(self, identity: str) -> Any | None:
        """The row with an id. Raises NotYetError where the file holds no row of ours."""
        found = self.kept.one(self.number, identity)
        return None if found is None else self._row(found)


def part_of(answer: Answer, choice: Choice, asked: Asked, size: int = SIZE) -> tuple[tuple[Any, ...], str]:
    """The rows of one page of a table, and the cursor of the next."""
    found = answer.lines(choice, numbered(asked), size + 1)
    cursor = packed((found[size - 1][0],)) if len(found) > size else ""
    return tuple(row for _, row in found[:size]), cursor
