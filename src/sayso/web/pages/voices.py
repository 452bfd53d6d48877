"""Words and whose they are: by outlet and voice, every place with its sentence; and who gets to speak."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import cast, get_args

from sayso.errors import UsageError
from sayso.pile.namesakes import namesakes
from sayso.pile.voices import CELLS, Row, SpeakerUses, Use, Wish, places, shelf_of, voices
from sayso.pile.voices.contested import Contested, contested
from sayso.pile.voices.forms import term_of
from sayso.pile.voices.piled import PileShelf, shelf_in
from sayso.pile.who_speaks import Asked as Counted
from sayso.pile.who_speaks import By, Share, who_speaks
from sayso.web.asked import OTHER_TABLE, SIZE, Asked, numbered, packed, sliced, unpacked
from sayso.web.bars import Bars, bars_of
from sayso.web.desk import Desk
from sayso.web.kept import Choice
from sayso.web.lists import Order, Pages, Wanted, outlets
from sayso.web.standing import Entry, Standing, part_of

BY = ("speaker", "role", "kind", "organisation", "pronoun")
MOST = 20
"""Words that are looked up at once, and contested words that are shown."""
HOLDING = 20
"""Pages of a large pile that are looked through for one screen: 50 ms."""


@dataclass(frozen=True, slots=True)
class VoicesPage:
    """Words by whose voice they stand in. Without words: those that outlets use most unevenly (``contested``).

    ``chart`` is None where nobody uses them in own voice or quoted. ``told`` is what is to be said where not all are counted.
    """

    query: str
    exact: bool
    voice: str
    outlet: str
    rows: tuple[Row, ...]
    speakers: tuple[SpeakerUses, ...]
    unused: tuple[str, ...]
    places: tuple[Use, ...]
    contested: tuple[Contested, ...]
    chart: Bars | None
    next: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class SharesPage:
    """Who speaks, and how much."""

    by: str
    outlet: str
    each_outlet: bool
    outlets: tuple[str, ...]
    found: int
    shares: tuple[Share, ...]
    next: str


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query: several in quotation marks are one. Raises UsageError for too many."""
    lexer = shlex.shlex(query.translate({0x201C: '"', 0x201D: '"', 0x201E: '"'}), posix=True)
    lexer.whitespace_split, lexer.commenters, lexer.quotes, lexer.escape = True, "", '"', ""
    try:
        found = tuple(lexer)
    except ValueError as error:
        raise UsageError("a quotation mark is opened and not closed: write several words as “killer cuts”") from error
    if len(found) > MOST:
        raise UsageError(f"{len(found)} words at once are too many: ask for {MOST} at most")
    return tuple(word for word in found if any(c.isalnum() for c in word))


def _shelf(desk: Desk, outlet: str = "") -> PileShelf:
    return desk.once(f"shelf {outlet}", lambda: shelf_in(desk.pile, outlet=outlet), live=True)


def _newest(desk: Desk, asked: Asked, outlet: str, words: tuple[str, ...], *, exact: bool) -> tuple[list[str], int, str]:
    """The next pages of a large pile that hold one of the words, the newest first; how many there are, and the next cursor."""
    forms = (max(term_of(word, exact=exact).words, key=lambda each: max(map(len, each))) for word in words)
    match = " OR ".join(f'"{form}"' for each in forms for form in sorted(each))
    last = unpacked(asked.word("after")) if asked.word("after") else ()
    if [type(part) for part in last] not in ([], [str] * 3):
        raise UsageError(OTHER_TABLE)
    with desk.ledger._asked() as connection:
        pages = Pages(connection, Wanted(outlet), match)
        found, many = pages.part(Order(True, True), last, HOLDING + 1), pages.count()
    cursor = packed(found[HOLDING - 1][1:]) if len(found) > HOLDING else ""
    return [identity for *_, identity in found[:HOLDING]], many, cursor


def _uses_of_many(desk: Desk, asked: Asked, words: tuple[str, ...], wish: Wish, outlet: str) -> VoicesPage:
    """The places of words in a large pile, screen by screen: all of them are not counted while somebody waits."""
    ids, many, cursor = _newest(desk, asked, outlet, words, exact=wish.exact)
    shown = tuple(places(shelf_of(map(desk.pile.reading, ids)), wish))
    told = (
        f"{many:,} pages hold this; here are the places on {len(ids)} of them, the newest first. A command counts all: "
        f"sayso voices {shlex.join(words)} -l {desk.path.name}"
    )
    return VoicesPage(asked.word("q"), wish.exact, wish.cell, outlet, (), (), (), shown, (), None, cursor, told)


def _shares_of_many(desk: Desk, asked: Asked, by: By, outlet: str, *, each: bool) -> SharesPage:
    """The shares of a large pile, as they were worked out last; of one outlet by its whole name."""
    answer, choice = desk.answer(SHARED[by, each or bool(outlet)]), Choice(facet=outlet)
    found, cursor = part_of(answer, choice, asked)
    with desk.ledger._asked() as connection:
        names = desk.once("outlet-names", lambda: tuple(sorted(name for name, _ in outlets(connection))))
    return SharesPage(by, outlet, each, names, answer.count(choice), found, cursor)


def uses(desk: Desk, asked: Asked) -> VoicesPage:
    """Words by outlet and voice; ``?q=`` the words, ``?voice=`` and ``?outlet=`` choose among places."""
    words, exact = words_of(asked.word("q")), asked.flag("exact")
    voice, outlet = asked.choice("voice", CELLS), asked.word("outlet")
    if desk.large and words:
        return _uses_of_many(desk, asked, words, Wish(words, exact, cell=voice), outlet)
    if not words:
        desk.refuse_large("voices")
        found = desk.once("contested", lambda: contested(_shelf(desk), MOST))
        return VoicesPage("", exact, voice, outlet, (), (), (), (), found, None, "")
    counted = voices(_shelf(desk), Wish(words, exact))
    start = numbered(asked)
    wish = Wish(words, exact, cell=voice)
    here = (use for use in places(_shelf(desk), wish) if outlet in ("", use.outlet))
    shown = tuple(islice(here, start, start + SIZE + 1))
    return VoicesPage(
        asked.word("q"), exact, voice, outlet, counted.rows, counted.speakers, counted.unused, shown[:SIZE], (),
        bars_of(counted.rows), packed((start + SIZE,)) if len(shown) > SIZE else "",
    )  # fmt: skip


def _sharing(by: By, *, each: bool) -> Standing:
    def entries(desk: Desk) -> Iterator[Entry]:
        known = desk.once("namesakes", lambda: namesakes(desk.pile), live=True)
        for share in who_speaks(_shelf(desk), Counted(by, each_outlet=each), known=known):
            yield Entry(share, facet=share.outlet)

    return Standing(f"who speaks by {by}{', each outlet' if each else ''}", Share, entries, f"who-speaks --by {by}")


SHARED = {(by, each): _sharing(by, each=each) for by in get_args(By) for each in (False, True)}


def shares(desk: Desk, asked: Asked) -> SharesPage:
    """Shares of what is said; ``?by=`` speaker, role, kind, organisation or pronoun; ``?outlet=``, ``?each_outlet=1``."""
    by, outlet = cast(By, asked.choice("by", BY) or "speaker"), asked.word("outlet")
    each = asked.flag("each_outlet")
    if desk.large:
        return _shares_of_many(desk, asked, by, outlet, each=each)
    known = desk.once("namesakes", lambda: namesakes(desk.pile), live=True)
    every = desk.once(
        f"shares {by} {outlet} {each}",
        lambda: who_speaks(_shelf(desk, outlet), Counted(by, each_outlet=each), known=known),
    )
    found, cursor = sliced(every, asked)
    names = tuple(sorted(name for name in _shelf(desk).outlets() if name))
    return SharesPage(by, outlet, each, names, len(every), found, cursor)
