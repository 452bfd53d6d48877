"""Phrases of a table, found forwards and backwards from a token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sayso.figures.line import Line
from sayso.tables import load

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


def by_first(phrases: Iterable[str]) -> Phrases:
    """Phrases by their first word, the longest first."""
    return _by(phrases, 0)


def by_last(phrases: Iterable[str]) -> Phrases:
    """Phrases by their last word, the longest first."""
    return _by(phrases, -1)


def _by(phrases: Iterable[str], place: int) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[place], []).append(words)
    return {key: tuple(sorted(rows, key=lambda row: (-len(row), row))) for key, rows in found.items()}


def starts_at(line: Line, i: int, phrases: Phrases) -> int:
    """Number of tokens of the longest phrase that starts at token ``i``, 0 where none does."""
    for words in phrases.get(line.at[i], ()):
        if line.words[i : i + len(words)] == words:
            return len(words)
    return 0


def ends_at(line: Line, end: int, phrases: Phrases) -> tuple[str, ...]:
    """The longest phrase whose last token is ``end - 1``, empty where there is none."""
    for words in phrases.get(line.at[end - 1], ()):
        if end >= len(words) and line.words[end - len(words) : end] == words:
            return words
    return ()


@cache
def words(table: str, *keys: str) -> frozenset[str]:
    """The list of words under ``keys`` of a table."""
    found: Any = load(table)
    for key in keys:
        found = found[key]
    return frozenset(found)
