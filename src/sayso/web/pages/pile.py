"""The pile: its pages by date, with facets, and what a search finds in texts and statements."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from sqlite3 import Connection
from typing import cast

from sayso.errors import UsageError
from sayso.ledger import Counts, DocumentRow, StatementRow
from sayso.ledger.queries import DOCUMENT, STATEMENT, document_row, statement_row
from sayso.pile.find import FoundRow, find, is_sentence
from sayso.records import Unreadable
from sayso.web.asked import OTHER_TABLE, SIZE, Asked, packed, unpacked
from sayso.web.desk import Desk
from sayso.web.lists import Order, Pages, Wanted, by_most, months, outlets, said_in

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


def _facets(counted: Iterable[tuple[str, int]]) -> tuple[Facet, ...]:
    return tuple(Facet(value, pages) for value, pages in counted)


def _row(desk: Desk, key: int) -> DocumentRow:
    with desk.ledger._asked() as connection:
        return document_row(connection.execute(f"{DOCUMENT} WHERE key = ?", (key,)).fetchone())


def _page(desk: Desk, pages: Pages, order: str, asked: Asked) -> tuple[tuple[int, ...], str]:
    """The keys of the pages behind the cursor, and the next cursor."""
    last = unpacked(asked.word("after")) if asked.word("after") else ()
    if order in ("statements", "findings"):
        return _most(desk, pages, order, last)
    by_time = order != "name"
    if last and [type(part) for part in last] != [str] * (2 + by_time):
        raise UsageError(OTHER_TABLE)
    found = pages.part(Order(by_time, order in ("newest", "")), last, SIZE + 1)
    cursor = packed(found[SIZE - 1][1 if by_time else 2 :]) if len(found) > SIZE else ""
    return tuple(key for key, *_ in found[:SIZE]), cursor


def _most(desk: Desk, pages: Pages, order: str, last: tuple[object, ...]) -> tuple[tuple[int, ...], str]:
    """As ``_page``, by how many statements or findings a page has: its cursor is that number and the key."""
    counts, keys = desk.once(f"by {order}", lambda: by_most(pages.connection, order))
    at = 0
    if last:
        if [type(part) for part in last] != [int, int]:
            raise UsageError(OTHER_TABLE)
        at = bisect_left(counts, -cast(int, last[0]), key=lambda count: -count)
        at = next(
            (n + 1 for n in range(at, len(keys)) if keys[n] == last[1] or counts[n] < cast(int, last[0])), len(keys)
        )
    wanted = pages.keys()
    chosen = list(islice((n for n in range(at, len(keys)) if wanted is None or keys[n] in wanted), SIZE + 1))
    cursor = packed((counts[chosen[SIZE - 1]], keys[chosen[SIZE - 1]])) if len(chosen) > SIZE else ""
    return tuple(keys[n] for n in chosen[:SIZE]), cursor


def _said(desk: Desk, connection: Connection, query: str, newest: Iterable[int]) -> tuple[StatementRow, ...]:
    """What a search finds among what was said."""
    rows: list[StatementRow] = []
    for key in said_in(connection, query, newest, SEARCHED):
        found = statement_row(connection.execute(f"{STATEMENT} WHERE key = ?", (key,)).fetchone())
        rows += [found] if found.act == "say" else []
        if len(rows) >= FOUND:
            break
    return tuple(rows)


def pile(desk: Desk, asked: Asked) -> PilePage:
    """The pages of a pile; of an outlet or a month, or those that hold the words of a search."""
    query, order = asked.word("q"), asked.choice("order", ORDERS)
    with desk.ledger._asked() as connection:
        pages = Pages(connection, Wanted(asked.word("outlet"), asked.word("month"), query))
        keys, cursor = _page(desk, pages, order, asked)
        first = bool(query) and not asked.word("after")
        said = _said(desk, connection, query, keys) if first else ()
        found = pages.count()
        outlet_facets = desk.once("outlets", lambda: _facets(outlets(connection)))
        month_facets = desk.once("months", lambda: _facets(months(connection)))
    wordings = find(desk.pile, query, limit=FOUND) if first and is_sentence(query) and not desk.large else []
    return PilePage(
        desk.once("counts", desk.ledger.counts), outlet_facets, month_facets, query, found,
        tuple(_row(desk, key) for key in keys), said, tuple(wordings),
        () if query or asked.word("after") else tuple(islice(desk.ledger.unreadable(), FOUND)), cursor,
    )  # fmt: skip
