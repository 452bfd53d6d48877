"""One statement: its words in their place, how it came about, and where else in the pile it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.errors import UsageError
from sayso.ledger import DecisionFilter
from sayso.pile.independence import Independence, Known, known_of
from sayso.pile.matches.rows import MatchFilter, MatchRow, match_rows
from sayso.records import Block, Reading
from sayso.web.answers import NoSuchError
from sayso.web.asked import Asked
from sayso.web.cast import cast_of
from sayso.web.citing import cited
from sayso.web.desk import Desk
from sayso.web.explaining import Why, explained
from sayso.web.pages.article import Piece, Wanted, blocks_of, painter
from sayso.web.pages.done import Done, done_of
from sayso.web.pages.page import Facts, Voice, facts_of, voices_of

ALIKE = ("same-words", "same-utterance", "same-claim")
"""Matches that say the same: what stands behind a statement is counted over them."""


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands behind a statement and its twins: pages, texts, outlets, who said it first; ``words`` says it."""

    words: str
    pages: int
    texts: int
    outlets: int
    originators: tuple[str, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Around:
    """A block that a statement stands in: where it begins in its text, and its pieces."""

    start: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A statement with its evidence. ``place`` is the colour of its speaker; ``before`` and ``after`` are its neighbours.

    ``around`` holds the blocks that it stands in, ``people`` the speakers of the page, ``stands`` is None
    where no other page says the same, and in a large pile, ``citation`` is a line for a footnote.
    """

    facts: Facts
    why: Why
    place: int
    around: tuple[Around, ...]
    people: tuple[Voice, ...]
    names: tuple[str, ...]
    twins: tuple[MatchRow, ...]
    stands: Stands | None
    before: str
    after: str
    citation: str
    done: Done | None


def known(desk: Desk) -> Known:
    """Who said things first in the pile, worked out once."""
    return desk.once("known", lambda: known_of(desk.pile), live=True)


def _stands(found: Independence) -> Stands:
    return Stands(
        str(found), found.pages, found.texts, found.outlets, tuple(s.originator.name for s in found.originators), found.unknown
    )  # fmt: skip


def _independence(desk: Desk, reading: Reading, identity: str, twins: tuple[MatchRow, ...]) -> Stands | None:
    places = [(reading, identity)]
    sides = (side for row in twins if row.kind in ALIKE for side in (row.a, row.b))
    places += [(desk.pile.reading(side.document_id), side.id) for side in sides if side.id != identity]
    return _stands(known(desk).of(places)) if len(places) > 1 and not desk.large else None


def _around(reading: Reading, identity: str) -> tuple[Around, ...]:
    """The blocks that a statement stands in, with it alone marked."""
    cast = cast_of(reading, all_acts=True)
    lines = tuple(line for line in cast.lines if line.statement.id == identity)
    alone = replace(cast, lines=lines)
    if lines[0].text is not reading.document.text and reading.headline:
        head = painter(reading, alone, "headline", (), (), Wanted())
        return (Around(0, tuple(head.pieces((0, len(head.text))))),)
    paint = painter(reading, alone, "text", (), (), Wanted())
    spans = (*lines[0].statement.content, *lines[0].statement.source, *lines[0].statement.cue)

    def touched(block: Block) -> bool:
        return any(block.span[0] < end and start < block.span[1] for start, end in spans)

    return tuple(
        Around(block.span[0], tuple(paint.pieces(block.span))) for block in blocks_of(reading) if touched(block)
    )


def located(desk: Desk, wanted: str) -> tuple[str, Reading]:
    """The statement that is shown under an id or the first digits of one. Raises NoSuchError, which says what became of it."""
    try:
        return desk.ledger.holding(wanted)
    except UsageError as error:
        raise NoSuchError(str(error)) from error


def statement(desk: Desk, asked: Asked) -> StatementPage:
    """One statement, by its permanent address."""
    identity, reading = located(desk, asked.parts["id"])
    why = explained(reading, identity, desk.ledger.decisions(DecisionFilter(document=reading.id)))
    cast = cast_of(reading, all_acts=True)
    order = [line.statement.id for line in cast.lines]
    at, here = order.index(identity), next(line for line in cast.lines if line.statement.id == identity)
    twins = _twins(desk, reading, identity)
    facts = facts_of(desk, reading)
    who = cast.who(here.statement)
    return StatementPage(
        facts, why, cast.numbers[who[0].id] - 1 if who else -1, _around(reading, identity), voices_of(cast),
        tuple(dict.fromkeys(speaker.name for speaker in reading.speakers)), twins,
        _independence(desk, reading, identity, twins),
        order[at - 1] if at else "", order[at + 1] if at + 1 < len(order) else "",
        cited(reading.document, here.words("content"), (why.speaker, *why.joint), identity),
        done_of(desk, asked),
    )  # fmt: skip


def _twins(desk: Desk, reading: Reading, identity: str) -> tuple[MatchRow, ...]:
    """The statements of other pages that match, those that say the same first."""
    if not desk.piled or not desk.pile.relations("matches", reading.id, identity):
        return ()
    where = MatchFilter(document=reading.id, statement=identity, act="", every=True)
    return tuple(sorted(match_rows(desk.pile, where), key=lambda row: row.kind == "contradicts"))
