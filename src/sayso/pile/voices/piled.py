"""A ledger with its pile as a shelf of pages whose voices are counted: no text is read but of pages that hold the word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.ledger.rows import DocumentFilter
from sayso.pile.rebuilt import rebuilt
from sayso.pile.store import Pile
from sayso.pile.voices.asking import PageName, together
from sayso.pile.voices.carried import Carried, copied
from sayso.pile.voices.forms import Term
from sayso.pile.voices.sizes import outlet_keys, words_in
from sayso.records import Reading


@dataclass(frozen=True, slots=True)
class PileShelf:
    """The pages of a ledger that take part, and what other pages had first. Made by :func:`shelf_in`."""

    pile: Pile
    named: tuple[PageName, ...]
    known: frozenset[str]
    copies: Mapping[str, Sequence[Carried]]

    def pages(self) -> tuple[PageName, ...]:
        """The pages that take part."""
        return self.named

    def outlets(self) -> frozenset[str]:
        """The outlets of the whole ledger."""
        return self.known

    def holding(self, term: Term) -> Collection[str]:
        """Pages that full-text search finds for any form of the longest word of the term; in text or title."""
        forms = max(term.words, key=lambda forms: max(map(len, forms)))
        found = (self.pile.ledger.documents(DocumentFilter(words=form)) for form in forms)
        return {row.id for rows in found for row in rows}

    def reading(self, document: str) -> Reading:
        """The current reading of a page."""
        return self.pile.reading(document)

    def words(self, *, apart: bool) -> Iterator[tuple[str, dict[str, int]]]:
        """The words of every page that takes part, by cell, out of the pile's file."""
        keys, wanted = outlet_keys(self.known), {page.id for page in self.named}
        for document, found in rebuilt(self.pile, lambda: self._words(keys, wanted)):
            yield document, found if apart else together(found)

    def _words(self, keys: Collection[int], wanted: Collection[str]) -> list[tuple[str, dict[str, int]]]:
        items = (item for item in self.pile.items("voices") if item.document in wanted)
        return [(item.document, words_in(item.sketch, self.carried(item.document), keys)) for item in items]

    def carried(self, document: str) -> Sequence[Carried]:
        """What the page shares with others that had it first."""
        return self.copies.get(document, ())


def shelf_in(
    pile: Pile, *, outlet: str = "", since: str = "", until: str = "", old_versions: bool = False
) -> PileShelf:
    """The pages of a pile that was asked about ``voices`` (see ``SizesQuestion``) and brought up to date.

    ``outlet`` is a part of the outlet's name; dates as in ``DocumentFilter``. Earlier versions of a page take part only
    with ``old_versions``. Where the pile was asked about ``copies`` too, text that pages share is carried.
    """
    chosen = set(pile.documents(old_versions=old_versions))
    every = [row for row in pile.ledger.documents() if row.id in chosen]
    outlets = {row.id: row.outlet for row in every}
    shared = rebuilt(pile, lambda: copied(pile.relations("copies"), outlets)) if "copies" in pile.questions else {}
    if outlet or since or until:
        fits = {row.id for row in pile.ledger.documents(DocumentFilter(outlet=outlet, since=since, until=until))}
        every = [row for row in every if row.id in fits]
    named = tuple(PageName(row.id, row.name, row.outlet, row.published) for row in every)
    return PileShelf(pile, named, frozenset(outlets.values()), shared)
