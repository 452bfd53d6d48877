"""The running text of a page cut into stretches of one voice each, with the statement whose words each is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

from sayso.quotes import all_quotations
from sayso.records import Reading, Span, Statement

Voice = Literal["own", "carried", "direct", "indirect", "quoted", "unsure", "aside"]
VOICES: tuple[Voice, ...] = ("own", "carried", "direct", "indirect", "quoted", "unsure", "aside")
"""Whose words: the outlet's; the outlet's that it took from elsewhere; a speaker's, word for word or told; merely in
quotation marks; nobody's for sure; and what stands outside of the article (menus, bylines, what was not read)."""
RANK: Mapping[Voice, int] = {
    "direct": 6, "indirect": 5, "quoted": 4, "unsure": 3, "carried": 2, "own": 1, "aside": 0,
}  # fmt: skip
"""Where words touch several stretches, the one that is least the outlet's own wins."""
MARKS = 2
"""Characters by which a quotation may stand out of the statement that it belongs to: its marks."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one voice. ``statement`` is the innermost statement with a known speaker there, if any."""

    span: Span
    voice: Voice
    statement: Statement | None = None
    title: bool = False


def segments(reading: Reading) -> tuple[Segment, ...]:
    """The stretches of the running text, in order: the reading's own voices, cut where another statement begins or ends.

    ``title``: the stretch stands in the page's title.
    """
    text = reading.document.text
    titles = [block.span for block in reading.document.blocks if block.kind == "title"]
    telling = _telling(text, reading.statements)
    out: list[Segment] = []
    for voice, tile in reading.voices:
        title = any(start <= tile[0] < end for start, end in titles)
        if voice == "statement":
            out += (Segment(span, how, held, title) for span, how, held in telling.cut(tile))
        else:
            out.append(Segment(tile, voice, None, title))
    return tuple(out)


def headline_segments(reading: Reading) -> tuple[Segment, ...]:
    """The stretches of a title that was read on its own. Outside of statements and marks its words are nobody's for sure."""
    headline = reading.headline
    if headline is None:
        return ()
    whole = (0, len(headline.text))
    marked = [(q.start, q.end) for q in all_quotations(headline.text, [whole])]
    telling = _telling(headline.text, headline.statements)
    edges = sorted({*whole, *(edge for span in marked for edge in span)})
    out: list[Segment] = []
    for start, end in pairwise(edges):
        quoted = any(a <= start and end <= b for a, b in marked)
        for span, how, held in telling.cut((start, end)):
            voice: Voice = how if held else ("quoted" if quoted else "unsure")
            out.append(Segment(span, voice, held, True))
    return tuple(out)


_Piece = tuple[int, int, int, int, Statement]
"""A fragment of a content: start, end, characters of the whole content, number of the statement, statement."""


@dataclass(frozen=True, slots=True)
class _Telling:
    """Which statement tells each character of a text, and whether in its speaker's own words.

    ``furthest``: for each piece how far any piece up to it reaches. ``marks``: quotations by statement, as they are found.
    """

    text: str
    pieces: Sequence[_Piece]
    furthest: Sequence[int]
    marks: dict[str, list[Span]]

    def cut(self, tile: Span) -> Iterator[tuple[Span, Voice, Statement | None]]:
        """The tile in pieces of one statement each."""
        over = list(self._over(tile))
        edges = {*tile, *(edge for piece in over for edge in piece[:2] if tile[0] < edge < tile[1])}
        for piece in over:
            if piece[4].kind == "mixed":
                edges |= {edge for mark in self._marks(piece[4]) for edge in mark if tile[0] < edge < tile[1]}
        ordered = sorted(edges)
        for start, end in pairwise(ordered):
            held = _innermost([piece for piece in over if piece[0] <= start and end <= piece[1]])
            yield (start, end), self._how(held, start, end), held

    def _over(self, tile: Span) -> Iterator[_Piece]:
        n = bisect_left(self.pieces, (tile[1],)) - 1
        while n >= 0 and self.furthest[n] > tile[0]:  # no piece before this one reaches so far
            if self.pieces[n][1] > tile[0]:
                yield self.pieces[n]
            n -= 1

    def _how(self, held: Statement | None, start: int, end: int) -> Voice:
        if held is None or held.kind == "indirect":
            return "indirect"
        if held.kind == "direct" or any(a <= start and end <= b for a, b in self._marks(held)):
            return "direct"
        return "indirect"

    def _marks(self, statement: Statement) -> list[Span]:
        """The quotations that belong to a statement: those inside its content."""
        if statement.id not in self.marks:
            wide = [(max(0, a - MARKS), min(len(self.text), b + MARKS)) for a, b in statement.content]
            found = all_quotations(self.text, wide)
            self.marks[statement.id] = [(q.start, q.end) for q in found]
        return self.marks[statement.id]


def _telling(text: str, statements: Sequence[Statement]) -> _Telling:
    fragments = ((a, b, sum(y - x for x, y in s.content), n, s) for n, s in enumerate(statements) for a, b in s.content)
    found = sorted(fragments, key=lambda piece: piece[:4])
    return _Telling(text, found, list(accumulate((piece[1] for piece in found), max)), {})


def _innermost(pieces: Sequence[_Piece]) -> Statement | None:
    """The statement of the smallest content among those whose speaker is known, else among all; None where there is none.

    Where something wanted or planned stands within something said, the words are those of who says it.
    """
    if not pieces:
        return None
    for fits in (lambda s: s.speaker and s.act != "want", lambda s: s.speaker, lambda s: True):
        found = [piece for piece in pieces if fits(piece[4])]
        if found:
            return min(found, key=lambda piece: (piece[2], -piece[0], piece[4].id))[4]
    return None


def touching(parts: Sequence[Segment], starts: Sequence[int], span: Span) -> Segment | None:
    """The segment whose words those at ``span`` are: of all that they touch, the one that is least the outlet's own.

    ``starts`` are the starts of ``parts``. None where they touch none.
    """
    at = max(0, bisect_right(starts, span[0]) - 1)
    found: Segment | None = None
    while at < len(parts) and parts[at].span[0] < span[1]:
        part = parts[at]
        if part.span[1] > span[0] and (found is None or RANK[part.voice] > RANK[found.voice]):
            found = part
        at += 1
    return found
