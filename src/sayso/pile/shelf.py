"""Readings at hand: the last ones that were asked for, up to a number of characters of text."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

from sayso.errors import UnknownDocument
from sayso.ledger import Ledger
from sayso.pile.roll import stamp_of
from sayso.records import Reading

CHARACTERS = 8_000_000
"""Characters of the texts on the shelf: 150 MB of readings (19 bytes a character were measured over 150 news pages)."""


class MovedError(Exception):
    """A page of the ledger is not what it was when the ledger was looked through."""


class Shelf:
    """The readings that were asked for last.

    With ``stamps`` (document id to stamp, see ``roll``) a reading that is not the one meant is a ``MovedError``.
    """

    def __init__(self, ledger: Ledger, stamps: Mapping[str, int] | None = None, characters: int | None = None) -> None:
        self.ledger, self.stamps = ledger, stamps
        self.most = CHARACTERS if characters is None else characters
        self._held: OrderedDict[str, Reading] = OrderedDict()
        self._characters = 0

    def reading(self, document: str) -> Reading:
        """The current reading of the document with this id; one at hand is not looked up again. Raises UnknownDocument."""
        found = self._held.get(document)
        if found is not None:
            self._held.move_to_end(document)
            return found
        found = self._held[document] = self._load(document)
        self._characters += len(found.document.text)
        while self._characters > self.most and len(self._held) > 2:  # two are compared at a time
            _, old = self._held.popitem(last=False)
            self._characters -= len(old.document.text)
        return found

    def _load(self, document: str) -> Reading:
        if self.stamps is None:
            return self.ledger.reading(document)
        try:
            found = self.ledger.reading(document)
        except UnknownDocument as error:
            raise MovedError from error
        if stamp_of(self.ledger, document) != self.stamps.get(document):
            raise MovedError
        return found

    def clear(self) -> None:
        """Put all back."""
        self._held.clear()
        self._characters = 0
