"""A text cut wherever something begins or ends, so that each piece is drawn in one way."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

from sayso.records import Span

Layer = TypeVar("Layer", bound=Hashable)


def cut(start: int, end: int, layers: Iterable[tuple[Layer, Span]]) -> Iterator[tuple[Span, tuple[Layer, ...]]]:
    """The pieces of a stretch in order and without gaps, each with the layers that cover it, in the order given."""
    kept = [(layer, (max(a, start), min(b, end))) for layer, (a, b) in layers]
    kept = [(layer, span) for layer, span in kept if span[0] < span[1]]
    places = sorted({start, end, *(at for _, span in kept for at in span)})
    begins: dict[int, list[int]] = {}
    for number, (_, span) in enumerate(kept):
        begins.setdefault(span[0], []).append(number)
    live: list[int] = []
    for a, b in pairwise(places):
        live = sorted([number for number in live if kept[number][1][1] > a] + begins.get(a, []))
        yield (a, b), tuple(kept[number][0] for number in live)
