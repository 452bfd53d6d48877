"""Pages that print what an earlier page had: their numbers count with the day of the page that they came from."""

from __future__ import annotations

from dataclasses import replace

from sayso.pile.copies.held import held_of
from sayso.pile.series.page import published_of
from sayso.pile.series.reading import told_of
from sayso.pile.series.told import Originating, Told
from sayso.pile.stamped import redated
from sayso.pile.store import Pile
from sayso.records import Reading

KINDS = ("copy", "cut")
"""Relations of pages that are one text printed twice. Versions of one page are told as of their own days."""


def reprints(pile: Pile) -> dict[str, str]:
    """For each page that prints the text of another the earliest that it has it from, by id; none where it was not asked."""
    if "copies" not in pile.questions:
        return {}
    found: dict[str, tuple[tuple[int, int], str]] = {}
    for pair in pile.relations("copies"):
        if pair.kind not in KINDS:
            continue
        held = held_of(pair, pair.a[0])
        late, early = (pair.b[0], pair.a[0]) if held.first == "this" else (pair.a[0], pair.b[0])
        day = published_of(pile.reading(early).document) if held.first in ("this", "other") else None
        if day is not None and (late not in found or (day, early) < found[late]):
            found[late] = (day, early)
    return {late: early for late, (_, early) in found.items()}


def as_printed_first(
    told: tuple[Told, ...], reading: Reading, source: Reading, origin: Originating
) -> tuple[Told, ...]:
    """The figures of a reprint as of the day of its source; those that the source does not have stay as they are. Pure."""
    had = {_said(each) for each in told_of(source, origin)}
    again = {each.figure: each for each in told_of(redated(reading, source.document.published), origin)}
    return tuple(
        replace(again[each.figure], printed=each.published) if _said(each) in had and each.figure in again else each
        for each in told
    )


def _said(told: Told) -> tuple[object, ...]:
    """What the same figure in the same words has in common."""
    return told.low, told.high, told.words, told.counted, told.thing.unit, told.thing.event
