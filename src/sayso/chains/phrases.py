"""Sentences as words, and the noun phrases in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sayso.records import Span
from sayso.tables import load

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-’'´.&/][^\W_]+)*|\S")
OWNER = re.compile(r"[’'´]s?$")
LONGEST = 8  # words of a carrier's phrase; the longest of the gold has seven


@cache
def words(group: str, key: str) -> frozenset[str]:
    """One list of the table of chains as a set."""
    return frozenset(load("chains")[group][key])


class Token(NamedTuple):
    """One word or mark of a sentence, with its lower-case form. A tuple: there is one for every word that is looked at."""

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it is written like a name: a capital first, or a small letter before one (“eNews”)."""
        return self.text != self.low and (self.text[0].isupper() or self.text[0].isalpha())

    @property
    def word(self) -> bool:
        """Whether it is a word or number and not a mark."""
        return self.text[0].isalnum()


def tokens(text: str, span: Span) -> list[Token]:
    """Words and marks of one stretch of text."""
    return [Token(m.start(), m.end(), word := m.group(), word.lower()) for m in _TOKEN.finditer(text, *span)]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens ``first`` to ``last`` without article; ``again``: it points back ("the same", "that")."""

    first: int
    last: int
    again: bool


def phrase_at(found: Sequence[Token], i: int) -> Phrase | None:
    """The noun phrase that begins at token ``i``, its article, possessor and words of novelty left off."""
    first, again = _opened(found, i)
    j = first
    while j < len(found) and j - first < LONGEST and not _stops(found, j, first):
        owner = OWNER.search(found[j].text) is not None
        j += 1
        if owner and j < len(found) and found[j].word and not found[j].capital and not _stops(found, j, j):
            while j < len(found) and found[j].low in words("words", "novelty"):
                j += 1
            first = j  # "the mayor’s recent speech": the speech
    return Phrase(first, j, again) if j > first else None


def _opened(found: Sequence[Token], i: int) -> tuple[int, bool]:
    """The first word of a phrase that tells something, and whether those before it point back."""
    at = i + (i + 1 < len(found) and found[i].low in words("words", "articles") and _amount(found, i + 1))
    if _amount(found, at) and found[at + 1].low == "of":
        i = at + 2  # "the dozens of comments"
    first, again = i, False
    while first < len(found) and _opens(found, first, first == i):
        again = again or found[first].low in words("words", "again") or (first == i and found[first].low == "the")
        first += 1
    return first, again


def _amount(found: Sequence[Token], i: int) -> bool:
    """Whether a word like "dozens" stands at token ``i``, with more after it."""
    return i + 1 < len(found) and found[i].low in words("words", "amounts")


def _opens(found: Sequence[Token], i: int, begins: bool) -> bool:
    """Whether token ``i`` is an article, a number or a word of novelty, and no part of a name ("the New Page")."""
    if found[i].low in words("words", "articles") or found[i].text.isdigit():
        return True
    if found[i].low not in words("words", "novelty"):
        return False
    return begins or not (found[i].capital and i + 1 < len(found) and found[i + 1].capital)


def _is_noun(low: str) -> bool:
    """Whether a word is a document or an occasion."""
    return low in words("documents", "nouns") or low in words("occasions", "nouns")


def _stops(found: Sequence[Token], j: int, first: int) -> bool:
    """Whether a phrase that began at token ``first`` ends before token ``j``."""
    token = found[j]
    if not token.word:
        return not (token.text == "&" and j > first)
    if j == first and token.low in words("documents", "nouns"):
        return False  # "in her will"
    if j == first and j + 1 < len(found) and _is_noun(found[j + 1].low):
        return False  # "in a signed affidavit"
    if token.capital and j > first and not found[j - 1].capital and _is_noun(found[j - 1].low):
        return True  # "in the same interview Ada said"
    following = j + 1 < len(found) and found[j + 1].capital
    if token.low in words("words", "days"):
        return not (token.capital and following and j == first) and not (j > first and found[j - 1].text == "On")
    if token.low not in words("words", "stops") and token.low not in words("words", "months"):
        return False
    named = token.capital or (token.low == "of" and found[j - 1].capital)
    return not (named and following and j > first)
