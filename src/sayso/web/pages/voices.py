"""Words and whose they are: by outlet and voice, every place with its sentence; and who gets to speak."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from itertools import islice
from typing import cast

from sayso.errors import UsageError
from sayso.pile.namesakes import namesakes
from sayso.pile.voices import CELLS, Row, SpeakerUses, Use, Wish, places, voices
from sayso.pile.voices.contested import Contested, contested
from sayso.pile.voices.piled import PileShelf, shelf_in
from sayso.pile.who_speaks import Asked as Counted
from sayso.pile.who_speaks import By, Share, who_speaks
from sayso.web.asked import SIZE, Asked, numbered, packed, sliced
from sayso.web.desk import Desk

BY = ("speaker", "role", "kind", "organisation", "pronoun")
MOST = 20
"""Words that are looked up at once, and contested words that are shown."""


@dataclass(frozen=True, slots=True)
class VoicesPage:
    """Words by whose voice they stand in. Without words: those that outlets use most unevenly (``contested``)."""

    query: str
    exact: bool
    voice: str
    outlet: str
    rows: tuple[Row, ...]
    speakers: tuple[SpeakerUses, ...]
    unused: tuple[str, ...]
    places: tuple[Use, ...]
    contested: tuple[Contested, ...]
    next: str


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


def uses(desk: Desk, asked: Asked) -> VoicesPage:
    """Words by outlet and voice; ``?q=`` the words, ``?voice=`` and ``?outlet=`` choose among places."""
    words, exact = words_of(asked.word("q")), asked.flag("exact")
    voice, outlet = asked.choice("voice", CELLS), asked.word("outlet")
    if not words:
        found = desk.once("contested", lambda: contested(_shelf(desk), MOST))
        return VoicesPage("", exact, voice, outlet, (), (), (), (), found, "")
    counted = voices(_shelf(desk), Wish(words, exact))
    start = numbered(asked)
    wish = Wish(words, exact, cell=voice)
    here = (use for use in places(_shelf(desk), wish) if outlet in ("", use.outlet))
    shown = tuple(islice(here, start, start + SIZE + 1))
    return VoicesPage(
        asked.word("q"), exact, voice, outlet, counted.rows, counted.speakers, counted.unused, shown[:SIZE], (),
        packed((start + SIZE,)) if len(shown) > SIZE else "",
    )  # fmt: skip


def shares(desk: Desk, asked: Asked) -> SharesPage:
    """Shares of what is said; ``?by=`` speaker, role, kind, organisation or pronoun; ``?outlet=``, ``?each_outlet=1``."""
    by, outlet = cast(By, asked.choice("by", BY) or "speaker"), asked.word("outlet")
    each = asked.flag("each_outlet")
    known = desk.once("namesakes", lambda: namesakes(desk.pile), live=True)
    every = desk.once(
        f"shares {by} {outlet} {each}",
        lambda: who_speaks(_shelf(desk, outlet), Counted(by, each_outlet=each), known=known),
    )
    found, cursor = sliced(every, asked)
    outlets = tuple(sorted(name for name in _shelf(desk).outlets() if name))
    return SharesPage(by, outlet, each, outlets, len(every), found, cursor)
