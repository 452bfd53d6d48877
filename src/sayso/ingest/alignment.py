"""The extractor's text laid beside the page's own segments, to tell which of them it kept.

The text is taken as one string of letters and digits, and each segment is looked up in it, so that white space, marks and
the extractor's own way of parting blocks make no difference.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from sayso.ingest.regions import is_in, region_of
from sayso.ingest.segments import Segment, is_sentence, key_of
from sayso.records import BlockKind

_SURE = 40  # letters of a segment that are unlikely to stand twice in one article by chance: six to eight words
_ENDS = 24  # letters at either end by which a segment is known that the extractor has changed inside
_BLOCKS: dict[str, BlockKind] = {
    "p": "paragraph",
    "head": "heading",
    "item": "list",
    "quote": "quote",
    "code": "paragraph",
    "row": "table",
}
_ENDING = frozenset({*_BLOCKS, "body", "list", "table"})

_Numbered = list[tuple[int, Segment]]


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the extractor's own text. ``key`` is its letters and digits, as of a segment."""

    kind: BlockKind
    text: str
    key: str


@dataclass(slots=True)
class Alignment:
    """The extractor's text as letters and digits, where its lines end, what has been found on the page, and by whom."""

    text: str
    edges: frozenset[int]
    taken: bytearray
    kept: dict[int, int] = field(default_factory=dict)
    """Number of a segment → where it stands in ``text``."""

    def take(self, number: int, start: int, end: int) -> None:
        """Note that a segment shows a part of the text."""
        self.taken[start:end] = b"\1" * (end - start)
        self.kept[number] = start

    def find(self, key: str, start: int = 0) -> int:
        """Where ``key`` stands at or after ``start``, not taken yet; else anywhere; -1 where nowhere."""
        for begin in (start, 0) if start else (0,):
            at = self.text.find(key, begin)
            while at >= 0:
                if not any(self.taken[at : at + len(key)]):
                    return at
                at = self.text.find(key, at + 1)
        return -1

    def fits(self, start: int, end: int) -> bool:
        """Whether a stretch is a whole line or more of the extractor's, and not taken yet."""
        return start in self.edges and end in self.edges and not any(self.taken[start:end])


def pieces_of(body: Any) -> list[Piece]:
    """Blocks of the extractor's body (an lxml element in its own vocabulary), in order."""
    pieces: list[Piece] = []
    kinds: list[BlockKind] = ["paragraph"]
    words: list[str] = []

    def end() -> None:
        text = "\n".join(" ".join(line.split()) for line in "".join(words).split("\n")).strip()
        if text:
            pieces.append(Piece(kinds[-1], text, key_of(text)))
        words.clear()

    for event, element in etree.iterwalk(body, events=("start", "end")):
        block = element.tag in _ENDING
        if event == "start":
            if block:
                end()
                kinds.append(_BLOCKS.get(element.tag, kinds[-1]))
            words.append("\n" if element.tag == "lb" else "\t" if element.tag == "cell" else "")
            words.append(element.text or "")
        else:
            if block:
                end()
                kinds.pop()
            words.append(element.tail or "" if element is not body else "")
    return pieces


def align(segments: list[Segment], pieces: list[Piece]) -> Alignment:
    """Match the pieces with the segments: the sure ones first, then the others in their region, then outside it."""
    found = _alignment(pieces)
    shown = [(number, s) for number, s in enumerate(segments) if s.key and not s.hidden]
    times = Counter(s.key for _, s in shown)
    _take_sure(found, [(n, s) for n, s in shown if times[s.key] == 1])
    region = region_of(segments[n] for n in found.kept)
    inside = [(n, s) for n, s in shown if n not in found.kept and (region is None or is_in(s.element, region))]
    _take_sure(found, inside)
    _take_ends(found, [(n, s) for n, s in inside if n not in found.kept])
    _take_short(found, [(n, s) for n, s in inside if n not in found.kept])
    outside = [(n, s) for n, s in shown if n not in found.kept and not s.foreign]
    _take_sure(found, outside)
    _take_short(found, [(n, s) for n, s in outside if n not in found.kept and is_sentence(s.text)])
    return found


def strays_of(found: Alignment, pieces: list[Piece], segments: list[Segment]) -> tuple[tuple[int, Piece], ...]:
    """Pieces that no segment shows, each with the number of the segment that was found before it (-1 for none).

    A piece that stands on the page after all, alone or inside something else, was passed over for a reason.
    """
    keys = {s.key for s in segments if len(s.key) >= _ENDS // 2 and not s.hidden}
    by_place = sorted((place, number) for number, place in found.kept.items())
    strays: list[tuple[int, Piece]] = []
    after, at, done = -1, 0, 0
    for piece in pieces:
        start, at = at, at + len(piece.key)
        while done < len(by_place) and by_place[done][0] < start:
            after, done = by_place[done][1], done + 1
        untaken = len(piece.key) >= _ENDS and sum(found.taken[start:at]) * 2 < len(piece.key)
        if untaken and not _is_shown(piece.key, keys):
            strays.append((after, piece))
    return tuple(strays)


def _is_shown(key: str, keys: set[str]) -> bool:
    """Whether a piece stands inside a segment, or is put together mostly of whole ones."""
    if any(key in shown for shown in keys):
        return True
    return 2 * sum(len(shown) for shown in keys if shown in key) > len(key)


def _alignment(pieces: list[Piece]) -> Alignment:
    edges, at = {0}, 0
    for piece in pieces:
        edges.update(at + len(key_of(piece.text[:end])) for end, c in enumerate(piece.text) if c == "\n")
        at += len(piece.key)
        edges.add(at)
    text = "".join(piece.key for piece in pieces)
    return Alignment(text, frozenset(edges), bytearray(len(text)))


def _take_sure(found: Alignment, segments: _Numbered) -> None:
    """Long segments: wherever they stand."""
    cursor = 0
    for number, segment in segments:
        at = found.find(segment.key, cursor) if len(segment.key) >= _SURE else -1
        if at >= 0:
            cursor = at + len(segment.key)
            found.take(number, at, cursor)


def _take_ends(found: Alignment, segments: _Numbered) -> None:
    """Segments out of which the extractor has cut something: known by how they begin and end."""
    for number, segment in segments:
        if len(segment.key) < 2 * _ENDS:
            continue
        head = found.find(segment.key[:_ENDS])
        tail = found.find(segment.key[-_ENDS:], max(head, 0))
        if 0 <= head <= tail <= head + len(segment.key):
            found.take(number, head, tail + _ENDS)
        elif head in found.edges:
            found.take(number, head, head + _common(found.text, head, segment.key))


def _common(text: str, at: int, key: str) -> int:
    """How many characters of ``key`` stand at ``at``."""
    size = 0
    while size < len(key) and text[at + size : at + size + 1] == key[size]:
        size += 1
    return size


def _take_short(found: Alignment, segments: _Numbered) -> None:
    """Short segments: only as whole lines of the extractor's, in between the same neighbours."""
    numbers = sorted(found.kept)
    for number, segment in segments:
        place = bisect(numbers, number)
        before = found.kept[numbers[place - 1]] if place else 0
        after = found.kept[numbers[place]] if place < len(numbers) else len(found.text)
        end = after if after > before else len(found.text)
        at = found.text.find(segment.key, before, end)
        while at >= 0 and not found.fits(at, at + len(segment.key)):
            at = found.text.find(segment.key, at + 1, end)
        if at >= 0:
            found.take(number, at, at + len(segment.key))
            numbers.insert(place, number)
