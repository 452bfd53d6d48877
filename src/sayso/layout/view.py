"""The running text of a page with a map back: joined lines, mended hyphens, single blanks."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.records import Span, Spans
from sayso.tables import load

#: Between two paragraphs of a view.
BREAK = "\n\n"
#: Characters that show nothing: soft hyphen, zero-width space, word joiner, byte order mark, direction marks.
HIDDEN = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
HYPHENS = "\u2010-"
_SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
#: What is stripped from both ends of a line.
BLANK = _SPACES + HIDDEN
_ODD = re.compile(rf"[^\S ]|  |[{HIDDEN}]")
_BLANKS = re.compile(rf"[\s{HIDDEN}]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST = re.compile(r"[\w'’\u2010-]{1,40}$")
_FIRST = re.compile(r"[\w'’]{1,40}")


@dataclass(frozen=True, slots=True)
class View:
    """The readable text of a page. ``offsets[i]`` is the code point offset in ``document.text`` of view character i.

    A character equals the document's character at its offset, except a blank, which stands for a run of whitespace.
    Offsets grow strictly inside a paragraph; both characters of a break between paragraphs carry the place where the
    paragraph before it ends, so over the whole view offsets never fall.
    """

    text: str
    offsets: array[int]

    def back(self, start: int, end: int) -> Span:
        """Give the document span of view[start:end]; breaks at its ends are left out, nothing gives nothing."""
        start, end = self._trim(start, end)
        if start >= end:
            place = self.offsets[start] if start < len(self.offsets) else self._last()
            return place, place
        return self.offsets[start], self.offsets[end - 1] + 1

    def pieces(self, start: int, end: int, text: str) -> Spans:
        """Like ``back``, but cut where more than whitespace and mended hyphens of ``text`` was passed over.

        That happens where a paragraph runs around furniture (a page number) or a span runs over several paragraphs.
        """
        start, end = self._trim(start, end)
        spans: list[Span] = []
        begin = start
        for i in range(start + 1, end + 1):
            if i < end and self.text[i] != "\n" and self._close(i, text):
                continue
            first, last = self._trim(begin, i, "\n ")
            if first < last:
                spans.append((self.offsets[first], self.offsets[last - 1] + 1))
            begin = i
        return tuple(spans)

    def _close(self, i: int, text: str) -> bool:
        before, here = self.offsets[i - 1], self.offsets[i]
        if here <= before + 1:
            return True
        return not text[before + 1 : min(here, before + 400)].strip(BLANK + HYPHENS)

    def _trim(self, start: int, end: int, blank: str = "\n") -> Span:
        start, end = max(0, start), min(end, len(self.text))
        while end > start and self.text[end - 1] in blank:
            end -= 1
        while start < end and self.text[start] in blank:
            start += 1
        return start, end

    def _last(self) -> int:
        return self.offsets[-1] + 1 if self.offsets else 0


@dataclass(frozen=True, slots=True)
class Flow:
    """One paragraph as running text, with the document offset of each character (strictly growing)."""

    text: str
    offsets: array[int]

    def cut(self, start: int, end: int) -> Flow:
        """Return the part [start, end) without blanks at its ends."""
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return Flow(self.text[start:end], self.offsets[start:end])

    def find(self, offset: int) -> int:
        """Find the first place whose document offset is ``offset`` or later."""
        return bisect_left(self.offsets, offset)


class Mender:
    """Says whether a hyphen at a line end belongs to its word. Reads the document's words once, when first asked."""

    __slots__ = ("_text", "_words")

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] | None = None

    def keeps(self, left: str, right: str) -> bool:
        """Whether the word broken as ``left`` (with its hyphen) and ``right`` is written with the hyphen."""
        head, tail = left.rstrip(HYPHENS), right
        if not head or not tail or not head[-1].isalpha() or not tail[0].isalpha():
            return True  # digits, or a dash that stands alone: nothing to mend
        if self._words is None:
            self._words = frozenset(_WORD.findall(self._text.casefold().replace("\u2010", "-")))
        before, after = head.casefold().replace("\u2010", "-"), tail.casefold()
        if f"{before}-{after}" in self._words:
            return True
        if before + after in self._words:
            return False
        if tail[0].isupper() and not head.isupper():
            return True
        table = load("layout-words")
        return "-" in before or before in table["hyphen_before"] or after in table["hyphen_after"]


def flow_of(text: str, lines: Sequence[Span], mender: Mender) -> Flow:
    """Read the lines (stripped spans of ``text``, in order) as one running paragraph."""
    parts: list[str] = []
    offsets: array[int] = array("q")
    for i, (start, end) in enumerate(lines):
        if i:
            _join(text, lines[i - 1][1], start, end, mender, parts, offsets)
        raw = text[start:end]
        if _ODD.search(raw) is None:
            parts.append(raw)
            offsets.extend(range(start, end))
        else:
            _copy(raw, start, parts, offsets)
    return Flow("".join(parts), offsets)


def _copy(raw: str, start: int, parts: list[str], offsets: array[int]) -> None:
    """Append ``raw`` with hidden characters dropped and each run of whitespace as one blank."""
    done = 0
    for run in _BLANKS.finditer(raw):
        if run.group() == " ":
            continue
        parts.append(raw[done : run.start()])
        offsets.extend(range(start + done, start + run.start()))
        blank = next((i for i, c in enumerate(run.group()) if c not in HIDDEN), None)
        if blank is not None:
            parts.append(" ")
            offsets.append(start + run.start() + blank)
        done = run.end()
    parts.append(raw[done:])
    offsets.extend(range(start + done, start + len(raw)))


def _join(text: str, end: int, start: int, stop: int, mender: Mender, parts: list[str], offsets: array[int]) -> None:
    """Bridge the line end at ``end`` to the next line: one blank, or nothing where a word was broken."""
    if not parts:
        return
    if text[end : end + 1] == "\u00ad" and text[end - 1].isalpha():
        return  # a soft hyphen at the line end only marks the break
    if text[end - 1] in HYPHENS:
        left, right = _LAST.search(text[max(0, end - 40) : end]), _FIRST.match(text[start : min(start + 40, stop)])
        if left is not None and right is not None and len(left.group()) > 1 and left.group()[-2] not in HYPHENS:
            if not mender.keeps(left.group(), right.group()):
                parts[-1] = parts[-1][:-1]
                offsets.pop()
            return
    gap = text[end:start]
    at = next((i for i, c in enumerate(gap) if c in "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"), None)
    if at is None:
        at = next((i for i, c in enumerate(gap) if c not in HIDDEN), None)
    if at is not None:
        parts.append(" ")
        offsets.append(end + at)


def stitch(flows: Iterable[Flow]) -> tuple[View, list[Span]]:
    """One view of all paragraphs, and the span of each in it."""
    parts: list[str] = []
    offsets: array[int] = array("q")
    spans: list[Span] = []
    length = 0
    for flow in flows:
        if not flow.text:
            spans.append((length, length))
            continue
        if length:
            place = offsets[-1] + 1
            parts.append(BREAK)
            offsets.extend((place, place))
            length += len(BREAK)
        parts.append(flow.text)
        offsets.extend(flow.offsets)
        spans.append((length, length + len(flow.text)))
        length += len(flow.text)
    return View("".join(parts), offsets), spans
