"""The voices of words across a pile: which pages hold them, and what is counted there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sayso.ledger.labelling import Bearing
from sayso.pile.voices.carried import Carried, credit_of
from sayso.pile.voices.counting import Counting, Person, Row, SpeakerUses, cell_of
from sayso.pile.voices.forms import Term, finder, term_of
from sayso.pile.voices.sizes import outlet_keys, sizes_of
from sayso.pile.voices.uses import Use, page_voices, uses
from sayso.records import Reading

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PageName:
    """One page that takes part: what it is called and where it is from."""

    id: str
    name: str
    outlet: str
    published: str


class Shelf(Protocol):
    """Where pages come from: a ledger with its pile, or readings at hand."""

    def pages(self) -> Iterable[PageName]:
        """The pages that take part."""

    def outlets(self) -> Collection[str]:
        """The outlets of the whole pile."""

    def holding(self, term: Term) -> Collection[str]:
        """The ids of pages that may hold a term; others may be among them, none may be missing."""

    def reading(self, document: str) -> Reading:
        """The current reading of a page."""

    def words(self, *, apart: bool) -> Iterable[tuple[str, dict[str, int]]]:
        """The words of every page that takes part, by cell; carried ones with the own, or ``apart`` from them."""

    def carried(self, document: str) -> Sequence[Carried]:
        """What the page shares with other pages that had it first."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked: the words, and which uses of them.

    ``exact`` counts words as given, without their inflections. ``carried_as_own`` counts text that an outlet took from
    elsewhere as its own. ``speaker`` takes only uses in statements of speakers with this in their name; ``cell`` only
    those that are counted under it (see ``counting.CELLS``); ``bearing`` those in statements or outlets with a label.
    """

    words: tuple[str, ...]
    exact: bool = False
    carried_as_own: bool = False
    speaker: str = ""
    cell: str = ""
    bearing: Bearing | None = None


@dataclass(frozen=True, slots=True)
class Voices:
    """The answer: a row for each word and outlet that has it, and the words by speaker. ``unused``: words nobody uses."""

    rows: tuple[Row, ...]
    speakers: tuple[SpeakerUses, ...]
    unused: tuple[str, ...]


def voices(
    shelf: Shelf, wish: Wish, progress: Progress | None = None, person: Person | None = None
) -> Voices:
    """Count the words of a wish. Raises ``UsageError`` where one of them holds no word.

    ``person`` gives the key of a speaker (id of the page, id of the speaker) who is known across pages, else nothing.
    """
    terms = _terms(wish)
    counting = Counting((term.name for term in terms), person)
    words = dict(shelf.words(apart=not wish.carried_as_own))
    for page in shelf.pages():
        counting.page(page.outlet, words.get(page.id, {}))
    for page, found in _found(shelf, wish, terms, progress):
        counting.uses(page.outlet, words.get(page.id, {}), found)
    rows = tuple(counting.rows())
    used = {row.word for row in rows}
    return Voices(rows, tuple(counting.speakers()), tuple(t.name for t in terms if t.name not in used))


def places(shelf: Shelf, wish: Wish, progress: Progress | None = None) -> Iterator[Use]:
    """Every use that a wish is for: by outlet, date, name of the page, then in the order of its text."""
    for _, found in _found(shelf, wish, _terms(wish), progress):
        yield from found


def _terms(wish: Wish) -> tuple[Term, ...]:
    named = dict.fromkeys(" ".join(word.split()) for word in wish.words)
    return tuple(term_of(name, exact=wish.exact) for name in named)


def _found(
    shelf: Shelf, wish: Wish, terms: Sequence[Term], progress: Progress | None
) -> Iterator[tuple[PageName, list[Use]]]:
    holding = {i for term in terms for i in shelf.holding(term)}
    pages = [page for page in shelf.pages() if page.id in holding]
    outlets, seeking = frozenset(shelf.outlets()), finder(terms)
    for done, page in enumerate(sorted(pages, key=lambda p: (p.outlet, p.published, p.name, p.id)), 1):
        reading = shelf.reading(page.id)
        taken = () if wish.carried_as_own else carriage(reading, shelf.carried(page.id), outlets)
        found = [use for use in uses(page_voices(reading, taken), seeking) if _wanted(use, wish)]
        if found:
            yield page, found
        if progress is not None:
            progress(done, len(pages))


def _wanted(use: Use, wish: Wish) -> bool:
    if wish.speaker:
        part = wish.speaker.casefold()
        if not any(part in name.casefold() for name in (use.speaker, *use.joint) if name):
            return False
    if wish.bearing is not None and not wish.bearing.takes(use.document_id, use.outlet, use.statement):
        return False
    return wish.cell in ("", cell_of(use))


def carriage(reading: Reading, copied: Sequence[Carried], outlets: Collection[str]) -> tuple[Carried, ...]:
    """All that a page carries: the whole of it where it credits an agency, and what it shares with earlier pages."""
    agency = credit_of(reading, outlets)
    whole = (Carried((0, len(reading.document.text)), agency, "", "credit"),) if agency else ()
    return (*whole, *copied)


@dataclass(frozen=True, slots=True)
class ReadingShelf:
    """Readings at hand as a shelf; ``copied`` by document id, ``chosen`` the ids that take part (None: all)."""

    readings: Mapping[str, Reading]
    copied: Mapping[str, Sequence[Carried]]
    chosen: frozenset[str] | None = None

    def pages(self) -> Iterator[PageName]:
        """The pages that take part."""
        for i, reading in self.readings.items():
            if self.chosen is None or i in self.chosen:
                document = reading.document
                when = document.published.date if document.published else ""
                yield PageName(i, document.name, document.outlet, when)

    def outlets(self) -> frozenset[str]:
        """The outlets of all readings."""
        return frozenset(reading.document.outlet for reading in self.readings.values())

    def holding(self, term: Term) -> Collection[str]:
        """All of them."""
        return self.readings.keys()

    def reading(self, document: str) -> Reading:
        """One of them."""
        return self.readings[document]

    def words(self, *, apart: bool) -> Iterator[tuple[str, dict[str, int]]]:
        """Their words by cell."""
        keys = outlet_keys(self.outlets())
        for page in self.pages():
            found = sizes_of(self.readings[page.id]).words(self.carried(page.id), keys)
            yield page.id, found if apart else together(found)

    def carried(self, document: str) -> Sequence[Carried]:
        """What the page shares with earlier ones."""
        return self.copied.get(document, ())


def together(words: dict[str, int]) -> dict[str, int]:
    """Words by cell, carried ones with the outlet's own."""
    return {**words, "own": words["own"] + words["carried"], "carried": 0}


def shelf_of(readings: Iterable[Reading], copied: Mapping[str, Sequence[Carried]] | None = None) -> ReadingShelf:
    """Readings as a shelf."""
    return ReadingShelf({reading.id: reading for reading in readings}, copied or {})
