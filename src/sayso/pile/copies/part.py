"""Groups of pages that are one text: what hangs together, without chaining unlike pages.

A page made of pieces of two texts is tied to both; so is a story that changed a little every day, until nothing of the first
is left. So ties are followed strongest first, and two groups become one only where most of their pages, taken across, are
copies of each other (average linkage).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from sayso.pile.copies.held import held_of
from sayso.pile.copies.sketch import contained
from sayso.pile.question import Item, Name, Pair

PIECE_TIE = 0.4
"""What a pair that shares a piece only counts as; others count as 1. Alone it joins nothing."""
ACROSS = 0.5
"""The mean tie across two groups has to be above this: a page with the whole of two unlike ones joins one of them only."""
LOOKED_AT = 8
"""Pages of each group that are looked at, those with the smallest ids: ids are hashes, so they stand for all."""
LIKE = 0.5
"""Two pages of a very large group may never have been compared; sketches that share this much of the smaller then tie them."""

Ties = Mapping[tuple[Name, Name], float]


def shared_words(pair: Pair) -> int:
    """How many own words a pair shares. Raises sqlite3.DatabaseError where it is none that ``copies`` finds."""
    return held_of(pair, pair.a[0]).own


def _tie(a: Name, b: Name, ties: Ties, items: Mapping[Name, Item]) -> float:
    key = (a, b) if a < b else (b, a)
    if key in ties:
        return ties[key]
    return 1.0 if contained(items[a].sketch, items[b].sketch)[1] >= LIKE else 0.0


def _belong(one: Sequence[Name], other: Sequence[Name], ties: Ties, items: Mapping[Name, Item]) -> bool:
    across = [_tie(a, b, ties, items) for a in islice(one, LOOKED_AT) for b in islice(other, LOOKED_AT)]
    return sum(across) / len(across) > ACROSS


def _joined(order: Sequence[Pair], ties: Ties, items: Mapping[Name, Item]) -> Iterator[tuple[Name, ...]]:
    """Groups, each of names in order; pairs are gone through again until none joins anything."""
    group: dict[Name, tuple[Name, ...]] = {name: (name,) for name in items}
    grown = True
    while grown:
        grown = False
        for pair in order:
            one, other = group[pair.a], group[pair.b]
            if one is other or not _belong(one, other, ties, items):
                continue
            grown = True
            both = tuple(sorted((*one, *other)))
            group.update(dict.fromkeys(both, both))
    yield from sorted(set(group.values()))


def part(items: Sequence[Item], pairs: Sequence[Pair]) -> list[tuple[Name, ...]]:
    """The groups of pages that hang together, those of one page among them; by name. Pure, in any order of its input."""
    known = {(item.document, item.id): item for item in items}
    ties = {(pair.a, pair.b): PIECE_TIE if pair.kind == "piece" else 1.0 for pair in pairs}
    order = sorted(pairs, key=lambda pair: (-ties[pair.a, pair.b], -shared_words(pair), pair.a, pair.b))
    return list(_joined(order, ties, known))
