"""Where the records of a WARC begin and end, in a stream that may be damaged, cut off, or made to exhaust.

A record is a head of lines, a blank line, as many bytes as the head says, and two line ends. What does not fit is told as a
:class:`Cut`, and the search goes on for the next head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.errors import InputCode
from sayso.ingest.bounds import Bounds
from sayso.ingest.inflate import Damaged, Inflated, Readable

OPENING = b"WARC/"
_PART = 1 << 18  # bytes read at a time
_HEAD = re.compile(rb"\r?\n\r?\n")
_FIRST_LINE = re.compile(rb"WARC/[01]\.\d{1,2}[ \t]*\r?\n")
_LENGTH = re.compile(rb"(?im)^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$")
_FILLED = re.compile(rb"[^\r\n]")
_NEXT = re.compile(rb"\nWARC/[01]\.\d{1,2}\r?\n[A-Za-z-]{1,40}:")
_NEXT_BYTES = 64  # the longest that this can be
_CLOSINGS = (b"\r\n\r\n", b"\n\n")
_ENDS = 4  # bytes of the two line ends behind a record
_WAY_OUT = "The others are read; capture the page again."


@dataclass(frozen=True, slots=True)
class Framed:
    """One whole record: its number in the file, its head with the blank line, its block."""

    number: int
    head: bytes
    block: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A record that cannot be had, and why, in a sentence."""

    number: int
    code: InputCode
    reason: str


class _Window:
    """A part of a stream by offsets in the whole; ``starts`` where gzip members begin, ``breaks`` behind which bytes were lost.

    ``spoilt`` are those breaks before which a member had given something: its bytes were never checked.
    """

    def __init__(self, stream: Readable) -> None:
        self.stream = stream
        self.base = 0
        self.held = bytearray()
        self.starts: list[int] = []
        self.breaks: list[int] = []
        self.spoilt: set[int] = set()
        self.ended = False

    @property
    def end(self) -> int:
        """The offset behind the last byte that is held."""
        return self.base + len(self.held)

    def reach(self, end: int) -> bool:
        """Hold the stream up to this offset; whether it goes so far."""
        while self.end < end and not self.ended:
            try:
                part = self.stream.read(_PART)
            except Damaged as damage:
                self.breaks.append(self.end)
                self.spoilt |= {self.end} if damage.inside else set()
                self.ended = not (isinstance(self.stream, Inflated) and self.stream.resume(OPENING))
                continue
            if isinstance(self.stream, Inflated) and self.stream.fresh:
                self.starts.append(self.end)
            self.held += part
            self.ended = not part
        return self.end >= end

    def at(self, start: int, end: int) -> bytes:
        """Bytes that are held."""
        return bytes(self.held[start - self.base : end - self.base])

    def find(self, pattern: re.Pattern[bytes], start: int) -> tuple[int, int] | None:
        """Where the pattern stands first in what is held from an offset on."""
        match = pattern.search(self.held, max(0, start - self.base))
        return None if match is None else (self.base + match.start(), self.base + match.end())

    def drop(self, end: int) -> None:
        """Let go of what stands before an offset, a good part at a time."""
        if end - self.base >= _PART:
            del self.held[: end - self.base]
            self.base = end
        self.starts = [offset for offset in self.starts if offset >= end]

    def stop(self, start: int, end: int) -> int | None:
        """The first offset past ``start`` where bytes were lost, or a record surely begins, before ``end``."""
        begun = (s for s in self.starts if start < s < end and self.at(s, s + len(OPENING)) == OPENING)
        lost = (
            offset
            for offset in self.breaks
            if start < offset < end or (offset in self.spoilt and start < offset <= end)
        )
        return min((*begun, *lost), default=None)

    def is_sound(self, start: int, end: int) -> bool:
        """Whether a record is whole: nothing else begins in it, no bytes are lost, and what was unpacked was checked."""
        lost = (offset for offset in self.spoilt if start < offset <= end + _ENDS)
        return self.end >= end and self.stop(start, end) is None and not any(lost)


def records_of(stream: Readable, bounds: Bounds) -> Iterator[Framed | Cut]:
    """Every record in order, numbered from 1; what is damaged counts. Raises InputError where the stream does."""
    window, at, number, faults = _Window(stream), 0, 0, 0
    while True:
        at = _past_line_ends(window, at)
        window.drop(at)
        if not window.reach(at + 1) and at not in window.breaks:
            return
        number += 1
        found = _record(window, at, number, bounds)
        if isinstance(found, Framed):
            at += len(found.head) + len(found.block)
        else:
            faults += 1
            at = _next(window, at)
        yield found
        if faults > bounds.archive_faults:
            reason = f"More than {bounds.archive_faults:,} records are damaged. What follows is not read; get the file again."
            yield Cut(number + 1, "extractor-failed", reason)
            return


def _record(window: _Window, at: int, number: int, bounds: Bounds) -> Framed | Cut:
    """The record at an offset, or what is wrong with it."""
    if at in window.breaks:
        return _damaged(number, "it cannot be unpacked")
    head_end = _head_end(window, at, bounds)
    head = window.at(at, head_end)
    if not head and window.at(at, at + len(OPENING)) == OPENING:
        return _damaged(number, "its head is cut off, or has no end")
    if not _FIRST_LINE.match(head):
        return _damaged(number, "it does not begin as a record of WARC does")
    length = _LENGTH.search(head)
    if length is None:
        return _damaged(number, "it does not say how long it is")
    size = int(length[1])
    if size > bounds.record_bytes:
        reason = f"The record has {size:,} bytes; the limit is {bounds.record_bytes:,}. {_WAY_OUT}"
        return Cut(number, "too-large", reason)
    end = head_end + size
    window.reach(end + _ENDS + len(OPENING))
    if not window.is_sound(at, end):
        return _damaged(number, "it ends before it should, or cannot be unpacked")
    behind = window.at(end, end + _ENDS + len(OPENING))
    if not (behind.startswith(_CLOSINGS) or OPENING.startswith(behind.lstrip(b"\r\n")[: len(OPENING)])):
        return _damaged(number, "it goes on behind its end")
    return Framed(number, head, window.at(head_end, end))


def _head_end(window: _Window, at: int, bounds: Bounds) -> int:
    """The offset behind the blank line after a head; that of its start where there is none within the bound."""
    for size in (1 << 12, bounds.record_head_bytes):
        window.reach(at + size)
        found = window.find(_HEAD, at)
        if found is not None and found[1] <= at + size:
            return at if window.stop(at, found[1]) is not None else found[1]
    return at


def _next(window: _Window, at: int) -> int:
    """Where to go on behind a damaged record that begins at an offset: the next head that can be found, else the end."""
    if at in window.breaks:
        window.breaks.remove(at)
        return at
    start = at
    while True:
        stop = window.stop(at, window.end + 1)
        found = window.find(_NEXT, start)
        if found is not None and (stop is None or found[0] + 1 < stop):
            return found[0] + 1
        if stop is not None:
            if stop in window.breaks:
                window.breaks.remove(stop)
            return stop
        start = max(start, window.end - _NEXT_BYTES)
        window.drop(min(start, window.end - _NEXT_BYTES))
        if not window.reach(window.end + 1) and not any(offset > at for offset in window.breaks):
            return window.end


def _past_line_ends(window: _Window, at: int) -> int:
    """The offset of the first byte that ends no line, or where bytes were lost before one."""
    while window.reach(at + 1) and at not in window.breaks:
        found = window.find(_FILLED, at)
        past = window.end if found is None else found[0]
        at = min((past, *(offset for offset in window.breaks if at < offset < past)))
        if found is not None:
            break
        window.drop(at)
    return at


def _damaged(number: int, reason: str) -> Cut:
    return Cut(number, "extractor-failed", f"The record is damaged: {reason}. {_WAY_OUT}")
