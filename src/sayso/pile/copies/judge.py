"""Whether two pages are one text: how much of each the other has, what kind of copy that is, and where it stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.pile.copies.align import Passage, passages
from sayso.pile.copies.credit import direction, name_key
from sayso.pile.copies.sketch import address_of
from sayso.pile.copies.words import Words, kept_words
from sayso.pile.question import Relation
from sayso.records import Reading, Span

LEAST_WORDS = 40
"""Own words that two pages share, at least. The longest notes that one outlet puts under all its stories had 43."""
PIECE = 0.3
"""The share of the smaller page from which shared text is republication: of 1,187 news pages read pair by pair, those
under it shared background paragraphs and notes, those above it were copies, updates and rewrites of one story."""
ONE_BLOCK, NOTE = 0.65, 100
"""The share where fewer words than a note may have are all that is shared, in one paragraph or at the foot of both pages:
background comes as one paragraph, notes and lists of links stand at the foot. The longest of them had 61 words."""
VERSION = 0.15
"""The share of the smaller page at one address: half of ``PIECE``, since the address says already that they belong together."""
WHOLE = 0.6
"""The share from which a page is held by the other: "cut" where the other's share is under ``HALF``. Changed words and an own
lead leave 300 cuts of generated pages .60 at least in all but one of a hundred."""
HALF = 0.5
"""The share from which most of a page is the other's. Where neither page has so much they share a piece."""
QUOTATION_ONLY, SAME = 40, 0.9
"""A page with fewer own words is almost one quotation. It is a copy only where both pages are the same to this share and half
of their few own words are as well: one speech behind the sentences of two reporters has .93 and is no copy."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One passage that two pages share: where it stands in each text, matching words, and how many are own on both."""

    a: Span
    b: Span
    words: int
    own: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two pages share. ``share_a`` is the part of the own words of ``a`` that stand in ``b``, and the other way round."""

    kind: str
    share_a: float
    share_b: float
    own: int
    passages: tuple[Shared, ...]


def _own(found: Passage, a: Words, b: Words) -> int:
    return sum(sum(a.own[i + k] & b.own[j + k] for k in range(length)) for i, j, length in found.runs)


def _shared(found: Passage, own: int, a: Words, b: Words) -> Shared:
    in_a = (a.spans[found.a[0]][0], a.spans[found.a[1] - 1][1])
    in_b = (b.spans[found.b[0]][0], b.spans[found.b[1] - 1][1])
    return Shared(in_a, in_b, found.matched, own)


def _note(found: Sequence[Passage], a: Words, b: Words) -> bool:
    """Whether all that is shared is one paragraph of each page, or one stretch at the foot of both."""
    in_a = {number for each in found for number in a.blocks[each.a[0] : each.a[1]]}
    in_b = {number for each in found for number in b.blocks[each.b[0] : each.b[1]]}
    foot = len(found) == 1 and found[0].a[1] == len(a.codes) and found[0].b[1] == len(b.codes)
    return foot or len(in_a) == len(in_b) == 1


def _kind(share_a: float, share_b: float, version: bool) -> str:
    if version:
        return "version"
    large, small = max(share_a, share_b), min(share_a, share_b)
    if small >= HALF:
        return "copy"
    if large >= WHOLE:
        return "cut"
    return "copy" if large >= HALF else "piece"


def _one_address(a: Reading, b: Reading) -> bool:
    """Whether two pages stand at one address, and no two outlets have them there."""
    outlets = {name_key(each.document.outlet) for each in (a, b) if each.document.outlet.strip()}
    return len(outlets) < 2 and bool(address_of(a)) and address_of(a) == address_of(b)


def verdict(a: Reading, b: Reading) -> Verdict | None:
    """What two pages share, or None where that is no republication. Pure."""
    words_a, words_b = kept_words(a), kept_words(b)
    found = passages(words_a.codes, words_b.codes)
    owned = [_own(each, words_a, words_b) for each in found]
    own_a, own_b, own = sum(words_a.own), sum(words_b.own), sum(owned)
    share_a, share_b = own / max(1, own_a), own / max(1, own_b)
    version = _one_address(a, b)
    if min(own_a, own_b) < QUOTATION_ONLY:
        matched = sum(each.matched for each in found)
        share_a, share_b = matched / max(1, len(words_a.codes)), matched / max(1, len(words_b.codes))
        enough = matched >= LEAST_WORDS and min(share_a, share_b) >= SAME and own >= HALF * max(own_a, own_b)
    else:
        counted = [each for each, words in zip(found, owned, strict=True) if words]
        note = own < NOTE and _note(counted, words_a, words_b)
        least = VERSION if version else ONE_BLOCK if note else PIECE
        enough = own >= LEAST_WORDS and max(share_a, share_b) >= least
    if not enough:
        return None
    shared = tuple(_shared(each, words, words_a, words_b) for each, words in zip(found, owned, strict=True))
    return Verdict(_kind(share_a, share_b, version), round(share_a, 4), round(share_b, 4), own, shared)


def relation(a: Reading, b: Reading) -> Relation | None:
    """How two pages stand to each other, as it is stored; the score is the share of the page that is held more."""
    found = verdict(a, b)
    if found is None:
        return None
    way = direction(a, b)
    detail = {
        "by": way.by,
        "credits": way.credits,
        "first": way.first,
        "origin": way.origin,
        "own": found.own,
        "passages": [[*each.a, *each.b, each.words, each.own] for each in found.passages],
        "share": [found.share_a, found.share_b],
    }
    score = round(max(found.share_a, found.share_b), 4)
    return Relation(found.kind, score, json.dumps(detail, separators=(",", ":"), sort_keys=True))
