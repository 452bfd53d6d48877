"""Sketches of pages: keys that copies share, and enough numbers to tell how much of one page another holds.

The shingles of a page are runs of three words that are its own, function words passed over: a copy keeps many of them
through cuts, another order and small changes (true wire copies about 30 %, and fewer of anything longer), pages on one
topic few. Every sentence gives the smallest of its shingles under two fixed hashes (MinHash by sentence, two bands of
one row), so that a page may keep any few sentences of another and still share a key. The smallest shingles of the whole
page, under one hash, are its sketch (bottom-k; Cohen and Kaplan 2007).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sayso.pile.copies.words import Words
from sayso.pile.hashing import key63
from sayso.pile.rows import odd
from sayso.records import Reading
from sayso.tables import load

KEYS = 96
"""Keys of a page, at most: those with the smallest hashes, so that two long pages keep the same ones. 1,187 news pages of 669
words have 45 on average."""
BANDS = 2
"""Hashes a sentence is known by. Of pages that keep two paragraphs of twelve with 15 % of the words changed, one finds .79 and
two find .89; with one, 2,000 generated pages come out the same (F1 .99)."""
SKETCH = 128
"""Shingles of a sketch: a page that holds a tenth of another shows with 13 of them."""
SHARED, CONTAINED = 4, 0.2
"""Shingles that two sketches share, and the share of the smaller page that they are, at least. Of 735 generated pairs of copies
the lowest shared .30 and the lowest hundredth .35, of pairs on one topic that are none the highest hundredth .22; of 17 real
pairs of copies the lowest .28."""
FEW = 25
"""Shingles under which quoted words count as well: a page that is almost one quotation is known by it."""

_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_MASK = (1 << 63) - 1
_SCHEME = re.compile(r"[a-z]+://", re.IGNORECASE)


def _mixed(number: int, by: int) -> int:
    """A fixed hash of a whole number, below 2**63 (after the finaliser of SplitMix64)."""
    number = (number ^ (number >> 30)) * by & _MASK
    number = (number ^ (number >> 27)) * _MIX[1] & _MASK
    return number ^ (number >> 31)


def _shingles(words: Words, quoted: bool) -> Iterator[tuple[int, int]]:
    """Each shingle with the number of the sentence that it ends in."""
    kept = [at for at, light in enumerate(words.light) if not light and (quoted or words.own[at])]
    codes = words.codes
    for first, second, third in zip(kept, kept[1:], kept[2:], strict=False):
        mixed = _mixed((codes[first] * 3 + codes[second]) * 5 + codes[third] & _MASK, _MIX[0])
        yield mixed, words.sentences[third]


def _all_shingles(words: Words) -> list[tuple[int, int]]:
    found = list(_shingles(words, quoted=False))
    return found if len(found) >= FEW else list(_shingles(words, quoted=True))


def _label(host: str) -> str:
    """The label of a host that an outlet registered: "news.alpha.co.uk" → "alpha"."""
    labels = host.partition(":")[0].rpartition("@")[2].strip(".").casefold().split(".")
    table = load("copies")
    if len(labels) > 2 and ".".join(labels[-2:]) in table["shared"]:
        return labels[-3]
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in table["suffixes"]:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else labels[0]


def address_of(reading: Reading) -> str:
    """The address of a page as versions share it: outlet's name in the host, path and query; empty where there is none.

    The same story stands at outlet.com and outlet.co.uk, with and without www, as https and with marks of how the reader
    came. Two outlets at news.alpha.com and news.beta.org have nothing in common.
    """
    url = reading.document.url.strip()
    head = _SCHEME.match(url)
    whole, _, query = url[head.end() if head else 0 :].partition("#")[0].partition("?")
    host, _, path = whole.partition("/")
    passing = tuple(load("copies")["passing"])
    kept = sorted(part for part in query.split("&") if part and not part.casefold().startswith(passing))
    path = "?".join((path.strip("/"), *kept))
    return f"{_label(host)}/{path}" if path else ""


def keys_and_sketch(reading: Reading, words: Words) -> tuple[tuple[int, ...], bytes]:
    """What a page is looked up by, and what it is told apart by: both from its shingles and its address."""
    shingles, address = _all_shingles(words), address_of(reading)
    return _keys(shingles, address), _sketch(shingles, address)


def _keys(shingles: Sequence[tuple[int, int]], address: str) -> tuple[int, ...]:
    """The keys of a page: one that only versions of its address share, and those of its sentences."""
    smallest: dict[tuple[int, int], tuple[int, int]] = {}
    bands = tuple(enumerate(_MIX[1 : BANDS + 1]))
    for shingle, sentence in shingles:
        for band, by in bands:
            hashed = (_mixed(shingle, by), shingle)
            held = smallest.get((sentence, band))
            if held is None or hashed < held:
                smallest[sentence, band] = hashed
    chosen = sorted({shingle for _, shingle in smallest.values()})[:KEYS]
    return tuple(sorted({*chosen, *([key63(f"address {address}")] if address else [])}))


def _sketch(shingles: Sequence[tuple[int, int]], address: str) -> bytes:
    """The sketch of a page: its address as 32 bits (0: none), then its smallest shingles as 32 bits each, in order."""
    mark = key63(f"address {address}") & 0xFFFFFFFF or 1 if address else 0
    smallest = sorted({shingle >> 31 for shingle, _ in shingles})[:SKETCH]
    return struct.pack(f"<{len(smallest) + 1}I", mark, *smallest)


@lru_cache(maxsize=1024)
def _read(sketch: bytes) -> tuple[tuple[int, ...], frozenset[int]]:
    """The shingles of a sketch, in order and as a set; kept for the pages looked at last, since one is held to many."""
    if len(sketch) < 4 or len(sketch) % 4:
        raise odd("the sketch of a page")
    shingles = struct.unpack(f"<{len(sketch) // 4 - 1}I", sketch[4:])
    return shingles, frozenset(shingles)


def contained(a: bytes, b: bytes) -> tuple[int, float]:
    """How many shingles two sketches share, and about how much of the smaller page that is (0 to 1)."""
    (of_a, set_a), (of_b, set_b) = _read(a), _read(b)
    end = min((each[-1] for each in (of_a, of_b) if len(each) == SKETCH), default=0xFFFFFFFF)
    shared = sum(each <= end for each in set_a & set_b)
    return shared, shared / max(1, min(bisect_right(of_a, end), bisect_right(of_b, end)))


def same_address(a: bytes, b: bytes) -> bool:
    """Whether two pages stand at one address."""
    return a[:4] == b[:4] != b"\0\0\0\0"


def alike(a: bytes, b: bytes) -> bool:
    """Whether two pages may share enough to be worth aligning. Symmetric."""
    if same_address(a, b):
        return True
    shared, part = contained(a, b)
    return shared >= SHARED and part >= CONTAINED
