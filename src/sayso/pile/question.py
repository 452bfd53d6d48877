"""What a question of the pile is: which things it compares, when two are worth comparing, and what it finds.

A stored result is a pure function of the set of readings, never of the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from sayso.records import Reading

Name = tuple[str, str]
"""A thing of the pile: the id of its document, and its own id there (empty for the page itself)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is compared: a page, a statement, a speaker or a figure.

    ``id`` is the thing's own id inside its document, empty for the page itself. Two items of one question that share one
    of their ``keys`` (whole numbers below 2**63) may be compared. ``sketch`` holds numbers only, never words.
    """

    document: str
    id: str
    keys: tuple[int, ...]
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class Place:
    """A thing where it stands: the reading of its page, and its id there (empty for the page itself)."""

    reading: Reading
    id: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What two items have to do with each other. ``detail`` is canonical JSON of numbers, ids, offsets and codes."""

    kind: str
    score: float
    detail: str = "{}"


@dataclass(frozen=True, slots=True)
class Pair:
    """A relation that was found, with the two things that it holds between; ``a`` comes before ``b``."""

    a: Name
    b: Name
    kind: str
    score: float
    detail: str = "{}"


class Question(Protocol):
    """One question put to the pile. Every method is pure; ``near`` and ``compare`` do not depend on the order of the two."""

    @property
    def name(self) -> str:
        """Its name, that of its command."""

    @property
    def version(self) -> int:
        """Counts up whenever its answers change: what was stored is then worked out anew."""

    @property
    def old_versions(self) -> bool:
        """Whether earlier versions of a page take part."""

    @property
    def compares(self) -> bool:
        """Whether pairs are compared and stored. Where not, items are kept under their keys, which costs far less."""

    def items(self, reading: Reading) -> Iterable[Item]:
        """What of one page is compared."""

    def near(self, a: Item, b: Item) -> bool:
        """Whether two items that share a key are worth loading, from their sketches alone."""

    def compare(self, a: Place, b: Place) -> Relation | None:
        """How they stand to each other, or None. ``a`` comes before ``b`` by (document id, id)."""


@runtime_checkable
class Parting(Protocol):
    """A question that parts what hangs together by its relations, where it does not belong together."""

    def part(self, items: Sequence[Item], pairs: Sequence[Pair]) -> Iterable[Iterable[Name]]:
        """The groups of one component, by name. ``items`` come by name, ``pairs`` by the two names; pure.

        Two things without a pair may simply never have been compared: in a bucket of very many not all are.
        """
