"""The pile's own contested words: those that some outlets use themselves and others only quote.

Method: for each word and outlet, the log-odds of own use against use in others' words on its pages, less the same on the
pages of the other outlets, with an informative prior (Monroe, Colaresi and Quinn 2008), over its standard deviation. Pages
are counted, not words: a word that one page repeats is that page's topic. What an outlet writes about does not matter, as
both sides of the odds are of the same word. What chance would give is taken from the pile itself: its pages are dealt out
anew among its outlets, and only words are named that stand out more than those of dealt piles do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sayso.pile.hashing import key63
from sayso.pile.voices.asking import Shelf, carriage
from sayso.pile.voices.forms import base_of
from sayso.pile.voices.segments import touching
from sayso.pile.voices.uses import page_voices
from sayso.pile.voices.words import pieces
from sayso.records import Reading
from sayso.tables import load

SAMPLE = 5000
"""Pages that are looked at, at most, those with the smallest hashes: read and counted in about a minute on one core."""
LEAST = 2
"""Pages on which an outlet uses the word itself, and on which others only quote it, at least: one page is no habit."""
MOSTLY = 10
"""An outlet only quotes a word that stands in others' words on so many pages for each on which it uses it itself."""
PRIOR = 2.0
"""Pages that the prior is worth: as many as the least that counts on either side."""
DEALS = 100
"""How often the pages are dealt out anew."""
NOISE = 0.05
"""Of the words named at most this share may be chance, by the dealt piles; one word alone must beat 95 of 100 deals."""
SHORT = 3
"""Letters of the shortest word that is looked at."""

Array = Any
Posting = tuple[Array, Array]


@dataclass(frozen=True, slots=True)
class Contested:
    """A word that outlets use unevenly. ``score``: standard deviations between the outlet that uses it most itself and the others.

    ``own``: outlets that write it themselves, with pages; ``quoted``: outlets that (almost) only give it as others' words.
    """

    word: str
    score: float
    own: tuple[tuple[str, int], ...]
    quoted: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """One page's words by base: those that the outlet writes itself, and those that it only quotes."""

    id: str
    outlet: str
    own: frozenset[str]
    quoted: frozenset[str]


@cache
def _grammar() -> frozenset[str]:
    return frozenset(load("voices-words")["grammar"])


def contested(
    shelf: Shelf, most: int = 20, progress: Callable[[int, int], None] | None = None
) -> tuple[Contested, ...]:
    """The contested words of a pile, the most uneven first; none where nothing stands out from chance."""
    named = sorted((page for page in shelf.pages() if page.outlet), key=lambda page: (key63(page.id), page.id))[:SAMPLE]
    outlets = frozenset(shelf.outlets())
    pages = []
    for done, page in enumerate(named, 1):
        reading = shelf.reading(page.id)
        taken = carriage(reading, shelf.carried(page.id), outlets)
        pages.append(_page(reading, page_voices(reading, taken)))
        if progress is not None:
            progress(done, len(named))
    return _named(pages, most)


def _page(reading: Reading, voiced: Any) -> _Page:
    own: set[str] = set()
    quoted: set[str] = set()
    for word, span in pieces(reading.document.text):
        if len(word) < SHORT or not word.isalpha() or word in _grammar():
            continue
        segment = touching(voiced.parts, voiced.starts, span)
        if segment is None:
            continue
        if segment.voice == "own" and voiced.source(span) is None:
            own.add(base_of(word))
        elif segment.voice in ("direct", "indirect", "quoted"):
            quoted.add(base_of(word))
    return _Page(reading.id, reading.document.outlet, frozenset(own), frozenset(quoted - own))


def _postings(pages: Sequence[_Page]) -> dict[str, Posting]:
    """For each word that may count the numbers of the pages that use it themselves and that only quote it."""
    own: dict[str, list[int]] = defaultdict(list)
    quoted: dict[str, list[int]] = defaultdict(list)
    for n, page in enumerate(pages):
        for word in page.own:
            own[word].append(n)
        for word in page.quoted:
            quoted[word].append(n)
    enough = sorted(w for w in own if len(own[w]) >= LEAST and len(quoted.get(w, ())) >= LEAST)
    return {word: (np.array(own[word]), np.array(quoted[word])) for word in enough}


def _named(pages: Sequence[_Page], most: int) -> tuple[Contested, ...]:
    outlets = sorted({page.outlet for page in pages})
    if len(outlets) < 2:
        return ()
    postings = _postings(pages)
    labels = np.array([outlets.index(page.outlet) for page in pages])
    odds = _usual(pages, postings)
    scores = _scores(postings, labels, len(outlets), odds)
    dealt: list[float] = []
    for deal in range(DEALS):
        order = sorted(range(len(pages)), key=lambda n: (key63(f"{deal} {pages[n].id}"), n))
        given = np.empty_like(labels)
        given[order] = np.sort(labels)
        dealt += _scores(postings, given, len(outlets), odds).values()
    least = _threshold(sorted(scores.values(), reverse=True), np.sort(np.array(dealt)))
    found = sorted((-score, word) for word, score in scores.items() if score >= least)[:most]
    return tuple(_contested(word, -score, postings[word], labels, outlets) for score, word in found)


def _usual(pages: Sequence[_Page], postings: Mapping[str, Posting]) -> Array:
    """For each page how many of the words that may count it uses itself, and how many it only quotes."""
    return np.array([[len(page.own & postings.keys()), len(page.quoted & postings.keys())] for page in pages], float)


def _scores(postings: Mapping[str, Posting], labels: Array, outlets: int, usual: Array) -> dict[str, float]:
    """The score of each word with the pages dealt to outlets as ``labels`` say."""
    whole = np.zeros((outlets, 2))
    np.add.at(whole, labels, usual)
    whole += 1.0  # an outlet without either still has odds
    others = whole.sum(axis=0) - whole
    here, there = (each / each.sum(axis=1, keepdims=True) for each in (whole, others))
    return {word: _score(posting, labels, outlets, here, there) for word, posting in postings.items()}


def _score(posting: Posting, labels: Array, outlets: int, here: Array, there: Array) -> float:
    """The most that any outlet stands out by using the word itself, in standard deviations; 0 where too few pages tell.

    ``here`` and ``there``: of all words, the shares that each outlet, and all others, use themselves and only quote. They
    are the prior, and what the odds of the word are held against: an outlet that quotes little uses every word itself.
    """
    own, quoted = (np.bincount(labels[numbers], minlength=outlets).astype(float) for numbers in posting)
    only = np.where(own * MOSTLY <= quoted, quoted, 0.0)
    fits = (own >= LEAST) & (only.sum() - only >= LEAST)
    if not fits.any():
        return 0.0
    a, b = own + PRIOR * here[:, 0], quoted + PRIOR * here[:, 1]
    c, d = own.sum() - own + PRIOR * there[:, 0], quoted.sum() - quoted + PRIOR * there[:, 1]
    apart = np.log(a / b) - np.log(here[:, 0] / here[:, 1]) - np.log(c / d) + np.log(there[:, 0] / there[:, 1])
    z = apart / np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return float(np.round(np.max(np.where(fits, z, 0.0)), 4))


def _threshold(real: Sequence[float], dealt: Array) -> float:
    """The least score from which on words of dealt piles are at most ``NOISE`` of those of the real one."""
    least = float("inf")
    for count, score in enumerate(real, 1):
        if score <= 0:
            break
        by_chance = (len(dealt) - int(np.searchsorted(dealt, score, "left"))) / DEALS
        if by_chance <= NOISE * count and (count == len(real) or real[count] < score):
            least = score
    return least


def _contested(word: str, score: float, posting: Posting, labels: Array, outlets: Sequence[str]) -> Contested:
    own, quoted = (Counter(outlets[labels[n]] for n in numbers) for numbers in posting)
    only = Counter({outlet: many for outlet, many in quoted.items() if own[outlet] * MOSTLY <= many})
    return Contested(
        word,
        score,
        _ordered(Counter({outlet: many for outlet, many in own.items() if outlet not in only})),
        _ordered(only),
    )


def _ordered(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    pairs: Iterable[tuple[str, int]] = counts.items()
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
