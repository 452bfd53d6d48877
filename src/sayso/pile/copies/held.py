"""A stored relation between two pages, seen from one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from sayso.pile.copies.credit import By
from sayso.pile.copies.judge import Shared
from sayso.pile.question import Pair
from sayso.pile.rows import odd
from sayso.records import Span
from sayso.tables import load

INSIDE = 0.3
"""The part of a piece that may lie inside what the page has of another text: the ends of passages run into each other."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one page shares with another. ``first``, ``credits`` and ``origin`` are "this", "other", "both" or empty."""

    other: str
    kind: str
    own: int
    share: float
    other_share: float
    first: str
    credits: str
    origin: str
    by: str
    passages: tuple[Shared, ...]

    @property
    def spans(self) -> list[Span]:
        """Where the shared text that is own stands on this page."""
        return [each.a for each in self.passages if each.own]


def held_of(pair: Pair, document: str) -> Held:
    """A relation seen from the page with this id. Raises sqlite3.DatabaseError where it is none that ``copies`` finds."""
    try:
        found = _held(pair, document)
    except (KeyError, TypeError, ValueError) as error:
        raise odd("what two pages share") from error
    numbers = (found.own, *(edge for each in found.passages for edge in (*each.a, *each.b, each.words, each.own)))
    shares = (found.share, found.other_share)
    if (
        found.kind not in load("copies")["kind"]
        or found.by not in get_args(By)
        or not all(type(number) is int and number >= 0 for number in numbers)
        or not all(isinstance(share, int | float) and 0 <= share <= 1 for share in shares)
    ):
        raise odd("what two pages share")
    return found


def _held(pair: Pair, document: str) -> Held:
    detail, turned = json.loads(pair.detail), document != pair.a[0]
    side = {"a": "other" if turned else "this", "b": "this" if turned else "other", "both": "both", "": ""}
    share, other_share = reversed(detail["share"]) if turned else detail["share"]
    return Held(
        other=pair.a[0] if turned else pair.b[0],
        kind=pair.kind,
        own=detail["own"],
        share=share,
        other_share=other_share,
        first=side[detail["first"]],
        credits=side[detail["credits"]],
        origin=side[detail["origin"]],
        by=detail["by"],
        passages=tuple(sorted(_shared(detail["passages"], turned), key=lambda each: each.a)),
    )


def _shared(passages: Iterable[Sequence[int]], turned: bool) -> Iterable[Shared]:
    for low, high, other_low, other_high, words, own in passages:
        here, there = (low, high), (other_low, other_high)
        yield Shared(there, here, words, own) if turned else Shared(here, there, words, own)


def overlap(spans: Iterable[Span], taken: Iterable[Span]) -> bool:
    """Whether more than ``INSIDE`` of some spans lies in others."""
    taken = list(taken)
    whole = inside = 0
    for start, end in spans:
        whole += end - start
        inside += sum(max(0, min(end, high) - max(start, low)) for low, high in taken)
    return inside > INSIDE * whole
