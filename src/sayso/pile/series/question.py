"""Figure series as a question of the pile: its items are figures, its keys what each is looked up by. No pair is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.pile.question import Item, Place, Relation
from sayso.pile.series.originators import origin_of
from sayso.pile.series.reading import told_of
from sayso.pile.series.subjects import keys_of
from sayso.records import Reading


@dataclass(frozen=True, slots=True)
class _Question:
    """Figures by the names and words that they could be of one series with. Groups are worked out when they are asked for."""

    name: str = "series"
    version: int = 2
    old_versions: bool = False
    compares: bool = False

    def items(self, reading: Reading) -> Iterator[Item]:
        """The figures of a page that may belong to a series."""
        for told in told_of(reading, origin_of):
            yield Item(told.document, told.figure, keys_of(told))

    def near(self, a: Item, b: Item) -> bool:
        """Never: what belongs together is a matter of groups, not of pairs."""
        return False

    def compare(self, a: Place, b: Place) -> Relation | None:
        """Nothing is stored of two figures."""
        return None


QUESTION = _Question()
