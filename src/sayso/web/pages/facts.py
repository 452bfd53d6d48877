"""Tables over the whole pile: figures, findings, decisions, matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sayso.ledger import (
    DecisionFilter,
    DecisionRow,
    FigureRow,
    FindingRow,
)
from sayso.ledger.lots import is_lot_time
from sayso.pile.matches.rows import KINDS, WHOSE, MatchFilter, MatchRow, match_rows
from sayso.web import lists
from sayso.web.asked import SIZE, Asked, numbered, packed, sliced
from sayso.web.desk import Desk
from sayso.web.kept import Choice
from sayso.web.pages.done import Done, done_of
from sayso.web.standing import Entry, Standing, part_of

EVENTS = ("killed", "injured", "missing", "displaced", "detained", "casualties")
UNITS = ("count", "percent", "money", "duration", "other")
MOST_MATCHES = 20_000
"""Matches of a large pile that are kept to be looked through: 400 screens, 40 MB."""
STATES = ("stands", "lost", "undone")


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Figures by what is counted, then by their time."""

    query: str
    event: str
    unit: str
    own: bool
    figures: tuple[FigureRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding and how many there are."""

    code: str
    findings: int


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """What does not add up, by kind."""

    kinds: tuple[FindingKind, ...]
    code: str
    findings: tuple[FindingRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision; ``lot`` counts those that were taken at once with it, itself among them."""

    row: DecisionRow
    lot: int


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """What people decided, the latest first. ``lost`` counts those whose words are not found any more, of all that are asked for.

    ``about`` is the name of the page that was asked for.
    """

    state: str
    document: str
    about: str
    lost: int
    decisions: tuple[DecisionLine, ...]
    next: str
    done: Done | None


@dataclass(frozen=True, slots=True)
class MatchKind:
    """One kind of match and how many there are."""

    kind: str
    matches: int


@dataclass(frozen=True, slots=True)
class MatchesPage:
    """Statements of different pages that match."""

    kinds: tuple[MatchKind, ...]
    kind: str
    whose: str
    matches: tuple[MatchRow, ...]
    next: str


def figures(desk: Desk, asked: Asked) -> FiguresPage:
    """Figures; ``?q=`` in what is counted, ``?event=``, ``?unit=``, ``?own=1`` for the outlets' own."""
    event, unit, own = asked.choice("event", EVENTS), asked.choice("unit", UNITS), asked.flag("own")
    with desk.ledger._asked() as connection:
        every = desk.once("figures", lambda: lists.figures(connection))
    start = numbered(asked)
    places = every.of(asked.word("q").casefold(), event, unit, own=own)
    found = tuple(islice(places, start, start + SIZE + 1))
    rows = tuple(desk.ledger.figure(every.keys[at]) for at in found[:SIZE])
    cursor = packed((start + SIZE,)) if len(found) > SIZE else ""
    return FiguresPage(asked.word("q"), event, unit, own, rows, cursor)


def findings(desk: Desk, asked: Asked) -> FindingsPage:
    """Findings; ``?code=`` for one kind."""
    with desk.ledger._asked() as connection:
        every = desk.once("findings", lambda: lists.findings(connection))
        code = asked.choice("code", sorted(every.kinds))
        keys, cursor = sliced(every.of(code), asked)
        rows = tuple(lists.finding(connection, key) for key in keys)
    kinds = (FindingKind(name, end - start) for name, (start, end) in every.kinds.items())
    return FindingsPage(tuple(sorted(kinds, key=lambda each: (-each.findings, each.code))), code, rows, cursor)


def decisions(desk: Desk, asked: Asked) -> DecisionsPage:
    """Decisions; ``?state=`` stands, lost or undone, ``?document=`` about one page."""
    state, document = asked.choice("state", STATES), asked.word("document")
    every = list(desk.ledger.decisions(DecisionFilter(document=document)))
    lots = Counter((row.at, row.reviewer) for row in {row.id: row for row in every}.values() if is_lot_time(row.at))
    lines = [DecisionLine(row, lots[row.at, row.reviewer] or 1) for row in reversed(every) if state in ("", row.state)]
    found, cursor = sliced(lines, asked)
    about = next((row.document for row in every if row.document), "") if document else ""
    lost = sum(row.state == "lost" for row in every)
    return DecisionsPage(state, document, about, lost, found, cursor, done_of(desk, asked))


def _entries(desk: Desk) -> Iterator[Entry]:
    for row in islice(match_rows(desk.pile, MatchFilter()), MOST_MATCHES):
        yield Entry(row, facet=row.kind, other=row.whose)


MATCHES = Standing("matches", MatchRow, _entries, "matches")


def _matches_of_many(desk: Desk, asked: Asked, kind: str, whose: str) -> MatchesPage:
    """The matches of a large pile, as they were worked out last: the first of them."""
    answer = desk.answer(MATCHES)
    found, cursor = part_of(answer, Choice(kind, whose), asked)
    kinds = tuple(MatchKind(each, count) for each in KINDS if (count := answer.count(Choice(each))))
    return MatchesPage(kinds, kind, whose, found, cursor)


def matches(desk: Desk, asked: Asked) -> MatchesPage:
    """Matches; ``?kind=`` and ``?whose=``."""
    kind, whose = asked.choice("kind", KINDS), asked.choice("whose", WHOSE)
    if desk.large:
        return _matches_of_many(desk, asked, kind, whose)
    counts = desk.once("match-kinds", lambda: Counter(pair.kind for pair in desk.pile.relations("matches")))
    every = desk.once(
        f"matches {kind} {whose}", lambda: tuple(match_rows(desk.pile, MatchFilter(kind=kind, whose=whose)))
    )
    found, cursor = sliced(every, asked)
    kinds = tuple(MatchKind(each, counts[each]) for each in KINDS if counts[each])
    return MatchesPage(kinds, kind, whose, found, cursor)
