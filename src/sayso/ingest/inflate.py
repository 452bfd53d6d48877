"""gzip → the bytes in it, as a stream with bounds.

The members of a file follow each other as one stream (RFC 1952, 2.2). A damaged one ends in :class:`Damaged`, after which
:meth:`Inflated.resume` goes on at the next member: WARC files have one for each record, so that no more than that is lost.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Protocol

from sayso.errors import InputError
from sayso.ingest.bounds import Bounds

MAGIC = b"\x1f\x8b\x08"
_START = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")  # the higher bits of the flags are none
_GZIP = 16 + zlib.MAX_WBITS
_PACKED = 1 << 16  # bytes read from the file at a time
_PART = 1 << 20  # bytes given at a time at most
_TRIES = 20_000  # places that look like a member and are none: 8 µs each (measured), and by chance 1 in 134 MB
_TRIED = 64  # bytes of a member that are unpacked to see whether it is one


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes; none at the end."""
        ...


@dataclass(slots=True)
class Budget:
    """What may come out of one file as it lies on the disk: ``taken`` bytes of it were read, ``given`` came out.

    Archives in archives draw from one budget, so that none of them brings an allowance of its own.
    """

    bounds: Bounds
    taken: int = 0
    given: int = 0

    @property
    def is_spent(self) -> bool:
        """Whether more came out than may."""
        return self.given > self.bounds.unpacked_free_bytes + self.bounds.unpacked_ratio * self.taken

    def give(self, size: int) -> None:
        """So many bytes came out. Raises InputError ``too-large`` where that is too much."""
        self.given += size
        if self.is_spent:
            raise bomb(self.bounds)


class Damaged(Exception):
    """The stream cannot be unpacked from here on. ``inside``: a member that has given something already breaks off."""

    def __init__(self, reason: str, *, inside: bool = False) -> None:
        super().__init__(reason)
        self.inside = inside


class Inflated:
    """The unpacked bytes of a gzip stream. ``fresh`` says whether the part that was read last began a member.

    ``outermost``: the packed bytes are those of the file itself, and add to the budget.
    """

    def __init__(self, packed: Readable, budget: Budget, *, outermost: bool = True) -> None:
        self.packed, self.budget, self.outermost = packed, budget, outermost
        self.fresh = False
        self._left = b""
        self._tries = 0
        self._starts = False
        self._member: zlib._Decompress | None = None

    def read(self, size: int = -1, /) -> bytes:
        """Up to ``size`` bytes, never more than 1 MiB and never of two members; none at the end.

        Raises Damaged, or InputError ``too-large`` where so much comes out of so little that it is a bomb.
        """
        limit = min(size, _PART) if size > 0 else _PART
        while True:
            if self._member is None:
                if not self._begin():
                    return b""
                self._starts = True
            part = self._unpacked(self._member, limit) if self._member is not None else b""
            if part:
                self.fresh, self._starts = self._starts, False
                return part

    def resume(self, beginning: bytes) -> bool:
        """Go to the next member behind a damaged place that unpacks to something with this beginning; whether there is one."""
        self._member = None
        self._left = self._left[1:]
        while self._tries < _TRIES:
            match = _START.search(self._left)
            self._left = self._left[match.start() if match else -3 :]
            if match is None:
                if not self._more():
                    return False
                continue
            while len(self._left) < _PACKED and self._more():
                pass
            if _begins(self._left, beginning):
                return True
            self._left = self._left[1:]
            self._tries += 1
        return False

    def _begin(self) -> bool:
        """Start the next member; False at the end. Zeros behind the last one pad a tape and are no damage."""
        while True:
            while len(self._left) < len(MAGIC) and self._more():
                pass
            if self._left.strip(b"\0"):
                break
            self._left = b""
            if not self._more():
                return False
        if not self._left.startswith(MAGIC):
            raise Damaged("what follows is no gzip")
        self._member = zlib.decompressobj(_GZIP)
        return True

    def _unpacked(self, member: zlib._Decompress, limit: int) -> bytes:
        ended = not self._left and not self._more()
        try:
            part = member.decompress(self._left, limit)
        except zlib.error as error:
            reason = str(error).partition(": ")[2] or str(error)
            raise Damaged(reason, inside=not self._starts) from None
        if ended and not part and not member.eof:
            raise Damaged("it is cut off", inside=not self._starts)
        self._left = member.unused_data if member.eof else member.unconsumed_tail
        if member.eof:
            self._member = None
        self.budget.give(len(part))
        return part

    def _more(self) -> bool:
        part = self.packed.read(_PACKED)
        self._left += part
        if self.outermost:
            self.budget.taken += len(part)
        return bool(part)


def bomb(bounds: Bounds) -> InputError:
    """The error for a file out of which more comes than can be honest."""
    return InputError(
        "too-large",
        f"More than {bounds.unpacked_ratio} times its size comes out of it, which is how files are made that are to fill a disk. "
        "Unpack it yourself and give what is in it.",
    )


def _begins(packed: bytes, beginning: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(packed, _TRIED).startswith(beginning)
    except zlib.error:
        return False


def peeked(head: bytes) -> bytes:
    """The first bytes out of a gzip stream that begins with ``head``; none where it is damaged there."""
    try:
        return zlib.decompressobj(_GZIP).decompress(head, 4096)
    except zlib.error:
        return b""
