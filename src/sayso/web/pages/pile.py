"""The pile: its pages by date, with facets, and what a search finds in texts and statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from sayso.ledger import Counts, DocumentFilter, DocumentRow, StatementRow
from sayso.pile.find import FoundRow, find, is_sentence
from sayso.records import Unreadable
from sayso.web.asked import Asked, paged
from sayso.web.desk import Desk

FOUND = 12
"""Statements and wordings that a search shows beside the pages: one screen."""
SEARCHED = 200
"""Statements of any act that a search looks through for those that were said."""
ORDERS = ("newest", "oldest", "name", "statements", "findings")


@dataclass(frozen=True, slots=True)
class Facet:
    """One value that pages can be chosen by, and how many have it."""

    value: str
    pages: int


@dataclass(frozen=True, slots=True)
class PilePage:
    """The pages that were asked for. ``statements`` and ``wordings`` are what a search found; ``next`` is a cursor."""

    counts: Counts
    outlets: tuple[Facet, ...]
    months: tuple[Facet, ...]
    query: str
    found: int
    documents: tuple[DocumentRow, ...]
    statements: tuple[StatementRow, ...]
    wordings: tuple[FoundRow, ...]
    unreadable: tuple[Unreadable, ...]
    next: str


def every_document(desk: Desk) -> tuple[DocumentRow, ...]:
    """All pages of the ledger by name, kept until it changes."""
    return desk.once("documents", lambda: tuple(desk.ledger.documents()))


def month_of(row: DocumentRow) -> str:
    """The month of a page, ``2025-03``; empty where it is not known."""
    return row.published[:7] if row.published[:1].isdigit() and len(row.published) >= 7 else ""


def _facets(values: Iterable[str]) -> tuple[Facet, ...]:
    counts = Counter(value for value in values if value)
    return tuple(Facet(value, pages) for value, pages in counts.items())


def _outlets(rows: Sequence[DocumentRow]) -> tuple[Facet, ...]:
    return tuple(sorted(_facets(row.outlet for row in rows), key=lambda f: (-f.pages, f.value)))


def _months(rows: Sequence[DocumentRow]) -> tuple[Facet, ...]:
    return tuple(sorted(_facets(map(month_of, rows)), key=lambda f: f.value, reverse=True))


def _chosen(desk: Desk, asked: Asked, query: str) -> list[DocumentRow]:
    outlet, month = asked.word("outlet"), asked.word("month")
    ids = {row.id for row in desk.ledger.documents(DocumentFilter(words=query))} if query else None
    return [
        row
        for row in every_document(desk)
        if (not outlet or row.outlet == outlet) and (not month or month_of(row) == month) and (ids is None or row.id in ids)
    ]  # fmt: skip


def _when(row: DocumentRow) -> tuple[str, str, str]:
    return (row.published if row.published[:1].isdigit() else "", row.name, row.id)


def _page(rows: list[DocumentRow], order: str, asked: Asked) -> tuple[tuple[DocumentRow, ...], str]:
    if order in ("newest", "oldest", ""):
        back = order != "oldest"
        rows.sort(key=_when, reverse=back)
        return paged(rows, _when, asked, back=back)
    if order == "name":
        rows.sort(key=lambda row: (row.name, row.id))
        return paged(rows, lambda row: (row.name, row.id), asked)

    def most(row: DocumentRow) -> tuple[int, str, str]:
        return (-int(getattr(row, order)), row.name, row.id)

    rows.sort(key=most)
    return paged(rows, most, asked)


def pile(desk: Desk, asked: Asked) -> PilePage:
    """The pages of a pile; of an outlet or a month, or those that hold the words of a search."""
    query = asked.word("q")
    rows = _chosen(desk, asked, query)
    documents, cursor = _page(rows, asked.choice("order", ORDERS), asked)
    first = query and not asked.word("after")
    said = (row for row in desk.ledger.search(query, SEARCHED) if row.act == "say") if first else iter(())
    wordings = find(desk.pile, query, limit=FOUND) if first and is_sentence(query) else []
    every = every_document(desk)
    return PilePage(
        desk.once("counts", desk.ledger.counts),
        desk.once("outlets", lambda: _outlets(every)), desk.once("months", lambda: _months(every)),
        query, len(rows), documents, tuple(islice(said, FOUND)), tuple(wordings),
        () if query or asked.word("after") else tuple(islice(desk.ledger.unreadable(), FOUND)), cursor,
    )  # fmt: skip
