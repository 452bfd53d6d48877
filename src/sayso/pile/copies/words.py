"""The words of a page that are compared: each with its place, and whether it is the page's own.

Titles, bylines, datelines, captions and furniture are left out: agencies lend one caption to many pages, and outlets put one
line under all of theirs. Words in quotation marks and in direct statements are kept, but they are not the page's own: two
pages may quote the same speech.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.pile.hashing import key63
from sayso.pile.once import once
from sayso.quotes import all_quotations
from sayso.records import BlockKind, Reading, Span
from sayso.sentences import sentences
from sayso.tables import load

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LEFT_OUT: frozenset[BlockKind] = frozenset({"title", "byline", "dateline", "caption", "furniture"})
MOST = 20_000
"""Words of a page that are compared, from its beginning: the longest of 1,152 news pages had 6,731."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one page in order.

    ``codes`` are hashes of the words in lower case, ``spans`` their places in the text, ``own`` is 1 where a word is the
    page's own and 0 where it is quoted, ``blocks`` and ``sentences`` number the block and the sentence that each word
    stands in, ``light`` is 1 for function words.
    """

    codes: tuple[int, ...]
    spans: tuple[Span, ...]
    own: bytes
    blocks: tuple[int, ...]
    sentences: tuple[int, ...]
    light: bytes


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    table = load("layout-words")
    return frozenset((*table["english"], *table["english_too"]))


@lru_cache(maxsize=1 << 16)
def _known(word: str) -> tuple[int, bool]:
    """The hash of a word as it is compared, in lower case and with one kind of apostrophe; whether it is a function word."""
    folded = word.casefold().replace("’", "'")
    return key63(folded), folded in _light()


def counted(reading: Reading) -> list[tuple[Span, bool]]:
    """The blocks that are compared, each with whether it is a quotation as a whole; the whole text where none is known."""
    blocks = reading.document.blocks
    if not blocks:
        return [((0, len(reading.document.text)), False)]
    return [(block.span, block.kind == "quote") for block in blocks if block.kind not in LEFT_OUT]


def _quoted(reading: Reading, parts: Iterable[tuple[Span, bool]]) -> list[Span]:
    """What is quoted on a page, in order: by marks, by direct statements, by its block."""
    parts = list(parts)
    spans = [(each.start, each.end) for each in all_quotations(reading.document.text, (span for span, _ in parts))]
    spans += [span for each in reading.statements if each.kind == "direct" for span in each.content]
    spans += [span for span, whole in parts if whole]
    return sorted(spans)


def words_of(reading: Reading) -> Words:
    """The words of a page. Pure; linear in the length of its text."""
    text, parts = reading.document.text, sorted(counted(reading))
    found: list[tuple[str, Span, int, int]] = []
    sentence = 0
    for block, (whole, _) in enumerate(parts):
        for part in sentences(text, [whole]):
            sentence += 1
            found += [(each.group(), each.span(), block, sentence) for each in _WORD.finditer(text, *part)]
        if len(found) >= MOST:
            break
    del found[MOST:]
    if not found:
        return Words((), (), b"", (), (), b"")
    words, spans, blocks, numbers = zip(*found, strict=True)
    codes, light = zip(*map(_known, words), strict=True)
    return Words(codes, spans, _owned(spans, _quoted(reading, parts)), blocks, numbers, bytes(light))


def _owned(spans: Sequence[Span], quoted: Sequence[Span]) -> bytes:
    """1 for each word that stands in no quotation; both in order."""
    own = bytearray(b"\1" * len(spans))
    starts = [start for start, _ in spans]
    for start, end in quoted:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        own[first:last] = bytes(max(0, last - first))
    return bytes(own)


@once(256)
def kept_words(reading: Reading) -> Words:
    """As ``words_of``, kept for the pages asked for last: a page is compared with many others in a row."""
    return words_of(reading)
