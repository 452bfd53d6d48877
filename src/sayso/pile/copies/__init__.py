"""Republished pages: which are copies, cuts, versions or mergers of one text, what they share, and where it came from.

Candidates share a key of a sentence (``sketch``), are told apart by their sketches, and are then aligned word by word
(``align``). A quotation that two pages share, a caption or a note at the foot, is no republication: what counts are words
that are own on both pages (``words``, ``judge``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.pile.copies.judge import relation
from sayso.pile.copies.part import part
from sayso.pile.copies.sketch import alike, keys_and_sketch
from sayso.pile.copies.words import kept_words
from sayso.pile.question import Item, Name, Pair, Place, Relation
from sayso.records import Reading


@dataclass(frozen=True, slots=True)
class Copies:
    """The question which pages are republished text of others. Items are pages."""

    name: str = "copies"
    version: int = 2
    old_versions: bool = True
    compares: bool = True

    def items(self, reading: Reading) -> Iterable[Item]:
        """The page, where it has words to compare."""
        words = kept_words(reading)
        if words.codes:
            yield Item(reading.id, "", *keys_and_sketch(reading, words))

    def near(self, a: Item, b: Item) -> bool:
        """Whether the sketches share enough, or the pages stand at one address."""
        return alike(a.sketch, b.sketch)

    def compare(self, a: Place, b: Place) -> Relation | None:
        """How two pages stand to each other; the sides of the answer are in the order of their ids."""
        if b.reading.id < a.reading.id:
            a, b = b, a
        return relation(a.reading, b.reading)

    def part(self, items: Sequence[Item], pairs: Sequence[Pair]) -> list[tuple[Name, ...]]:
        """The groups of pages that are one text, without chaining unlike pages."""
        return part(items, pairs)


QUESTION = Copies()
