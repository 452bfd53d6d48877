"""Tables over the whole pile: figures, findings, decisions, matches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from sayso.ledger import (
    DecisionFilter,
    DecisionRow,
    FigureFilter,
    FigureRow,
    FindingFilter,
    FindingRow,
)
from sayso.pile.matches.rows import KINDS, WHOSE, MatchFilter, MatchRow, match_rows
from sayso.web.asked import SIZE, Asked, numbered, packed, sliced
from sayso.web.desk import Desk

EVENTS = ("killed", "injured", "missing", "displaced", "detained", "casualties")
UNITS = ("count", "percent", "money", "duration", "other")
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
class DecisionsPage:
    """What people decided, the latest first."""

    state: str
    decisions: tuple[DecisionRow, ...]
    next: str


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
    event, unit = asked.choice("event", EVENTS), asked.choice("unit", UNITS)
    start = numbered(asked)
    where = FigureFilter(words=asked.word("q"), event=event, unit=unit, own=asked.flag("own"), limit=start + SIZE + 1)
    found = tuple(islice(desk.ledger.figures(where), start, None))
    cursor = packed((start + SIZE,)) if len(found) > SIZE else ""
    return FiguresPage(asked.word("q"), event, unit, where.own, found[:SIZE], cursor)


def findings(desk: Desk, asked: Asked) -> FindingsPage:
    """Findings; ``?code=`` for one kind."""
    every = desk.once("findings", lambda: tuple(desk.ledger.findings(FindingFilter())))
    counts = Counter(row.code for row in every)
    code = asked.choice("code", sorted(counts))
    ordered = sorted((row for row in every if code in ("", row.code)), key=lambda row: row.code)
    found, cursor = sliced(ordered, asked)
    kinds = tuple(
        FindingKind(name, count) for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )
    return FindingsPage(kinds, code, found, cursor)


def decisions(desk: Desk, asked: Asked) -> DecisionsPage:
    """Decisions; ``?state=`` stands, lost or undone."""
    state = asked.choice("state", STATES)
    every = list(desk.ledger.decisions(DecisionFilter(state=state)))
    found, cursor = sliced(every[::-1], asked)
    return DecisionsPage(state, found, cursor)


def matches(desk: Desk, asked: Asked) -> MatchesPage:
    """Matches; ``?kind=`` and ``?whose=``."""
    kind, whose = asked.choice("kind", KINDS), asked.choice("whose", WHOSE)
    counts = desk.once("match-kinds", lambda: Counter(pair.kind for pair in desk.pile.relations("matches")))
    every = desk.once(
        f"matches {kind} {whose}", lambda: tuple(match_rows(desk.pile, MatchFilter(kind=kind, whose=whose)))
    )
    found, cursor = sliced(every, asked)
    kinds = tuple(MatchKind(each, counts[each]) for each in KINDS if counts[each])
    return MatchesPage(kinds, kind, whose, found, cursor)
