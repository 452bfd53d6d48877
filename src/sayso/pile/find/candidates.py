"""Which pages may have a sentence: what full-text search is asked for, in every form that the words may be written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from sayso.ledger import Ledger
from sayso.ledger.rows import DocumentFilter, StatementFilter
from sayso.pile.find.passages import Sought, worth
from sayso.pile.matches.words import Word
from sayso.tables import load

PHRASE = 3
"""Words of the phrases that pages with a near wording are looked for by."""
PHRASES = 10
"""Phrases at most, those that tell most."""
FEW = 6
"""Words up to which pages are looked for by all words but one, too: such a sentence may have no phrase left whole."""
TELLS = 3.0
"""Bits that one of the others must tell then: it stands on less than one page in eight."""
PAGES, CANDIDATES = 40, 200
"""Pages of one phrase, and pages in all, that are looked at for a near wording: those that share most come first."""
EVERY = 2_000
"""The same, both, where a wording is checked."""


def pages(ledger: Ledger, wanted: Sought, *, thorough: bool = False) -> list[str]:
    """The ids of pages that may have the sentence: all that have its parts as they are, and those that share phrases.

    ``thorough``: of those that share phrases up to ``EVERY``.
    """
    exact: list[str] = []
    for whole in _all_parts(wanted):
        exact += [row.id for row in ledger.documents(DocumentFilter(words=whole))]
        exact += [row.document_id for row in ledger.statements(StatementFilter(words=whole, act=""))]
    votes: Counter[str] = Counter()
    for query in (*_phrases(wanted), *_but_one(wanted)):
        limit = EVERY if thorough else PAGES
        votes.update(row.id for row in ledger.documents(DocumentFilter(words=query, limit=limit)))
    ranked = sorted(votes, key=lambda document: (-votes[document], document))[: EVERY if thorough else CANDIDATES]
    return list(dict.fromkeys([*exact, *ranked]))


def _all_parts(wanted: Sought) -> Iterator[str]:
    """Queries for all parts of a sentence, each in a row; in every way of writing it."""
    ways = [_ways(wanted.text, part) for part in wanted.parts]
    for at in range(max(map(len, ways), default=0)):
        yield " ".join(f'"{way[min(at, len(way) - 1)]}"' for way in ways)


def _ways(text: str, row: Sequence[Word]) -> list[str]:
    """How a row of words may be written: as it is, without its hyphens, in full forms, in short forms; each once."""
    worded = text[row[0].span[0] : row[-1].span[1]].replace('"', " ")
    full = [word.text for word in row]
    short = _shortened(full)
    ways = (
        worded,
        worded.replace("-", ""),
        " ".join(full),
        " ".join(short),
        " ".join(short).replace("can't", "cannot"),
    )
    return list(dict.fromkeys(ways))


def _shortened(words: Sequence[str]) -> list[str]:
    """Full forms written short: "do not" → "don't"."""
    before, out = load("matches")["before"], list[str]()
    for word in words:
        last = out[-1] if out else ""
        known = _short().get(f"{last} {word}")
        if known is not None:
            out[-1] = known
        elif word in _endings() and last in before.get(_endings()[word], ()):
            out[-1] = last + _endings()[word]
        else:
            out.append(word)
    return out


@cache
def _short() -> dict[str, str]:
    """Listed full forms with the short one; where two stand for one, the first."""
    found: dict[str, str] = {}
    for short, full in load("matches")["short"].items():
        found.setdefault(full, short)
    return found


@cache
def _endings() -> dict[str, str]:
    """Words with the ending that stands for them: "not" → "n't"."""
    return {full: ending for ending, full in load("matches")["endings"].items()}


def _phrases(wanted: Sought) -> Iterator[str]:
    """Short rows of words of the sentence that tell most, in every way of writing them, none inside another's place."""
    rows = []
    for part in wanted.parts:
        for at in range(max(1, len(part) - PHRASE + 1)):
            run = part[at : at + PHRASE]
            rows.append((worth(run), -run[0].span[0], tuple(_ways(wanted.text, run))))
    chosen = list(dict.fromkeys(ways for _, _, ways in sorted(rows, reverse=True)))[:PHRASES]
    yield from dict.fromkeys(f'"{way}"' for ways in chosen for way in ways)


def _but_one(wanted: Sought) -> Iterator[str]:
    """All words of a short sentence but one, in any order."""
    if not 2 < len(wanted.words) <= FEW:
        return
    for left_out in range(len(wanted.words)):
        others = [word for at, word in enumerate(wanted.words) if at != left_out]
        if max(word.bits for word in others) >= TELLS:
            yield " ".join(f'"{word.text}"' for word in others)
