"""Hashes of the pile: the same on every machine and in every run."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

_ODD = 0x9E3779B97F4A7C15
"""2**64 divided by the golden ratio, made odd: multiplying by it spreads every bit over those above it (Knuth)."""
_MASK = (1 << 64) - 1
RANK_BITS = 31
_SHIFT = 64 - RANK_BITS
"""Bits of a rank. Two of 2**31 ranks are equal in one of 50 buckets of 10,000; the keys of the items decide then."""


def key63(text: str) -> int:
    """A whole number below 2**63 from a text: the first eight bytes of its BLAKE2b hash without the last bit."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


def item_hash(document: str, item: str) -> int:
    """What of an item enters its ranks, from the two ids that name it."""
    return key63(f"{document}\0{item}")


def rank(key: int, item: int) -> int:
    """The place of an item (its :func:`item_hash`) in the bucket of a key: a number of 31 bits, another in each bucket."""
    return (((key ^ item) * _ODD) & _MASK) >> _SHIFT


def ranks(keys: Iterable[int], item: int) -> list[int]:
    """The :func:`rank` of an item in the bucket of each key: there are over a hundred of a page."""
    return [(((key ^ item) * _ODD) & _MASK) >> _SHIFT for key in keys]
