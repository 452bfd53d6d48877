"""Pages that are one text: the groups, and what one page shares with others, passage by passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.pile.copies.answers import Group, GroupFilter, PageRow, PairRow, groups
from sayso.web.asked import Asked
from sayso.web.desk import Desk
from sayso.web.kept import Choice
from sayso.web.pages.page import Facts, facts_of, pairs_of, reading_at
from sayso.web.standing import Entry, Standing, part_of


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One page of a group as a line of a table: the group's number, whose text it is, and the page."""

    group: int
    origin: str
    origin_by: str
    page: PageRow


@dataclass(frozen=True, slots=True)
class CopiesPage:
    """Groups of pages that are one text, the largest first, and the same as lines."""

    found: int
    groups: tuple[Group, ...]
    lines: tuple[CopyLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class SharedPage:
    """What one page shares with others. ``words`` are those of its text."""

    facts: Facts
    words: int
    pairs: tuple[PairRow, ...]


def _lines(found: tuple[Group, ...]) -> Iterator[CopyLine]:
    for number, group in enumerate(found, 1):
        for row in (*group.pages, *group.pieces):
            yield CopyLine(number, group.origin, group.origin_by, row)


def _entries(desk: Desk) -> Iterator[Entry]:
    for group in groups(desk.pile, GroupFilter()):
        yield Entry(group, words="\n".join(dict.fromkeys(row.outlet.casefold() for row in group.pages)))


COPIES = Standing("copies", Group, _entries, "copies")


def copies(desk: Desk, asked: Asked) -> CopiesPage:
    """Groups; ``?outlet=`` for those with a page of it."""
    answer, choice = desk.answer(COPIES), Choice(part=asked.word("outlet").casefold())
    found, cursor = part_of(answer, choice, asked)
    return CopiesPage(answer.count(choice), found, tuple(_lines(found)), cursor)


def shared(desk: Desk, asked: Asked) -> SharedPage:
    """What one page shares with others."""
    reading = reading_at(desk, asked.parts["id"])
    return SharedPage(facts_of(desk, reading), len(reading.document.text.split()), pairs_of(desk, reading.id))
