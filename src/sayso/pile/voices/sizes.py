"""How many words of each voice a page has: what rates are taken over, kept as numbers so that no text is read for one."""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sayso.pile.copies.credit import name_key
from sayso.pile.hashing import key63
from sayso.pile.question import Item, Place, Relation
from sayso.pile.rows import odd
from sayso.pile.voices.carried import Carried, claims, outlet_names
from sayso.pile.voices.segments import Segment, headline_segments, segments, touching
from sayso.pile.voices.words import words
from sayso.records import Reading, Span

_HEAD = struct.Struct("<5I2BI")
_COUNTED = ("direct", "indirect", "quoted", "unsure", "headline")
CLAIMS = 4
"""Names that a page may credit which are kept: no page of the 46 news pages measured has more than two."""
WIDE = 255
"""A step between two words that takes two more bytes: this many characters or more."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Words of one page by voice. ``own``: where each word of the outlet's own voice begins and ends, in order.

    ``headline`` counts all words of titles, whatever their voice. ``credited``: a sure credit to an agency stands on the
    page; ``claims``: keys of the names that it may credit.
    """

    own: tuple[Span, ...] = ()
    direct: int = 0
    indirect: int = 0
    quoted: int = 0
    unsure: int = 0
    headline: int = 0
    credited: bool = False
    claims: tuple[int, ...] = ()

    def words(self, carried: Sequence[Carried] = (), outlets: Collection[int] = ()) -> dict[str, int]:
        """Words by voice, own ones parted into ``own`` and ``carried``. ``outlets``: see :func:`outlet_keys`."""
        whole = self.credited or not set(outlets).isdisjoint(self.claims)
        taken = len(self.own) if whole else _covered(self.own, [c.span for c in carried])
        return {
            "own": len(self.own) - taken, "carried": taken, "direct": self.direct, "indirect": self.indirect,
            "quoted": self.quoted, "unsure": self.unsure, "headline": self.headline,
        }  # fmt: skip


def _covered(own: Sequence[Span], carried: Iterable[Span]) -> int:
    """How many words stand wholly inside one of the stretches."""
    starts = [start for start, _ in own]
    taken: set[int] = set()
    for start, end in carried:
        first = bisect_left(starts, start)
        last = bisect_left(starts, end)
        taken.update(n for n in range(first, last) if own[n][1] <= end)
    return len(taken)


def sizes_of(reading: Reading) -> Sizes:
    """The sizes of one page."""
    parts, counts = segments(reading), {"direct": 0, "indirect": 0, "quoted": 0, "unsure": 0}
    own, titles = _sort(reading.document.text, parts, counts)
    headline = reading.headline
    titles += sum(1 for _ in words(headline.text)) if headline and headline_segments(reading) else 0
    found = claims(reading)
    keys = tuple(sorted({key63(name_key(claim.name)) for claim in found})[:CLAIMS])
    return Sizes(own=own, headline=titles, credited=any(claim.sure for claim in found), claims=keys, **counts)


def _sort(text: str, parts: Sequence[Segment], counts: dict[str, int]) -> tuple[tuple[Span, ...], int]:
    """Own words, and how many stand in titles; the others are added to ``counts`` by voice."""
    starts = [part.span[0] for part in parts]
    own: list[Span] = []
    titles = 0
    for span in words(text):
        segment = touching(parts, starts, span)
        if segment is None:
            continue
        if segment.title:
            titles += 1
        elif segment.voice == "own":
            own.append(span)
        else:
            counts[segment.voice] += 1
    return tuple(own), titles


def outlet_keys(outlets: Iterable[str]) -> frozenset[int]:
    """Keys of the names that a byline may give these outlets."""
    return frozenset(key63(name) for outlet in outlets if outlet for name in outlet_names(outlet))


def pack(sizes: Sizes) -> bytes:
    """Sizes as bytes: a head of counts, the keys of names, then a step and a length for each own word."""
    head = (sizes.direct, sizes.indirect, sizes.quoted, sizes.unsure, sizes.headline)
    keys = sizes.claims[:CLAIMS]
    out = bytearray(_HEAD.pack(*head, sizes.credited, len(keys), len(sizes.own)))
    out += struct.pack(f"<{len(keys)}Q", *keys)
    at = 0
    for start, end in sizes.own:
        for step in (start - at, end - start):
            out += bytes((step,)) if step < WIDE else bytes((WIDE,)) + struct.pack("<I", step)
        at = start
    return bytes(out)


def words_in(packed: bytes, carried: Sequence[Carried], outlets: Collection[int]) -> dict[str, int]:
    """What :meth:`Sizes.words` gives for packed sizes; where each own word stands is not looked at where nothing is carried.

    Raises sqlite3.DatabaseError where they are none.
    """
    try:
        *_, keys, many = _HEAD.unpack_from(packed)
        if len(packed) < _HEAD.size + 8 * keys + 2 * many:
            raise odd("the words of a page")
        return _words_in(packed, carried, outlets)
    except (struct.error, ValueError, IndexError) as error:
        raise odd("the words of a page") from error


def _words_in(packed: bytes, carried: Sequence[Carried], outlets: Collection[int]) -> dict[str, int]:
    if carried:
        return unpack(packed).words(carried, outlets)
    *head, credited, keys, many = _HEAD.unpack_from(packed)
    names = struct.unpack_from(f"<{keys}Q", packed, _HEAD.size)
    taken = many if credited or not set(outlets).isdisjoint(names) else 0
    return dict(zip(("own", "carried", *_COUNTED), (many - taken, taken, *head), strict=True))


def unpack(packed: bytes) -> Sizes:
    """The sizes that :func:`pack` made bytes of."""
    *head, credited, keys, many = _HEAD.unpack_from(packed)
    at = _HEAD.size
    names = struct.unpack_from(f"<{keys}Q", packed, at)
    at += 8 * keys
    if len(packed) - at == 2 * many:  # no wide step: all of it at once
        starts = list(accumulate(packed[at::2]))
        own = tuple((start, start + length) for start, length in zip(starts, packed[at + 1 :: 2], strict=True))
    else:
        own = _wide(packed, at, many)
    direct, indirect, quoted, unsure, headline = head
    return Sizes(own, direct, indirect, quoted, unsure, headline, bool(credited), names)


def _wide(packed: bytes, at: int, many: int) -> tuple[Span, ...]:
    own: list[Span] = []
    start = 0
    for _ in range(many):
        steps = []
        for _ in range(2):
            step, at = packed[at], at + 1
            if step == WIDE:
                (step,), at = struct.unpack_from("<I", packed, at), at + 4
            steps.append(step)
        start += steps[0]
        own.append((start, start + steps[1]))
    return tuple(own)


@dataclass(frozen=True, slots=True)
class SizesQuestion:
    """Keeps the sizes of each page beside the pile as a sketch of numbers. It compares nothing: its items have no keys."""

    name: str = "voices"
    version: int = 2
    old_versions: bool = True
    compares: bool = False

    def items(self, reading: Reading) -> Iterable[Item]:
        """One item for the page, with its sizes for a sketch."""
        yield Item(reading.id, "", (), pack(sizes_of(reading)))

    def near(self, a: Item, b: Item) -> bool:
        """Never: nothing is compared."""
        return False

    def compare(self, a: Place, b: Place) -> Relation | None:
        """Nothing."""
        return None
