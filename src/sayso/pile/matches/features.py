"""What two statements share, in numbers: the measures that the judgement rests on. Every measure is symmetric."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.pile.matches.words import NUMBER, Word

PLAIN = 1.0
"""Bits that a word must tell before it counts: what stands on every second page says nothing of a claim."""
NAMES = 0.5
"""What a name counts beside another word: pages of one topic share its names whatever they claim."""
NUMBERS, SMALL = 3.0, 1.0
"""What a number counts, and one up to ten: figures agree or oppose besides (see ``amounts``)."""
ALIKE = 0.85
"""What two words of one group count when they stand for each other."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What two statements have in common.

    ``told`` and ``least`` are the bits of what is shared and of the side that tells less, ``plain`` is ``told`` without
    names; ``cosine`` and ``cover`` are what is shared against the mean of both sides and against the lesser side.
    """

    told: float
    plain: float
    least: float
    cosine: float
    cover: float


def worth(word: Word) -> float:
    """What a word counts for what a statement claims."""
    if word.number:
        return SMALL if word.bits < NUMBER else NUMBERS
    if word.name:
        return word.bits * NAMES
    return max(0.0, word.bits - PLAIN)


def _bag(words: Sequence[Word]) -> dict[str, tuple[float, int]]:
    """Each notion with what it counts and how often it stands there."""
    counts = Counter(word.notion for word in words)
    return {word.notion: (worth(word), counts[word.notion]) for word in words}


def shared(a: Sequence[Word], b: Sequence[Word], *, numbers: bool = True) -> Shared:
    """What the words of two statements have in common; without ``numbers`` what they say about whatever number."""
    if not numbers:
        a, b = ([word for word in side if not word.number] for side in (a, b))
    one, two = _bag(a), _bag(b)
    least, most = sorted(sum(each * count for each, count in bag.values()) for bag in (one, two))
    stems = {word.stem for word in a} & {word.stem for word in b}
    alike = {word.notion for word in (*a, *b) if word.stem in stems}
    told = plain = 0.0
    for notion in sorted(one.keys() & two.keys()):
        each = min(one[notion][0], two[notion][0]) * min(one[notion][1], two[notion][1])
        each *= 1.0 if notion in alike else ALIKE
        told += each
        plain += 0.0 if notion.startswith("^") else each
    if not least:
        return Shared(told, plain, least, 0.0, 0.0)
    return Shared(told, plain, least, told / (least * most) ** 0.5, told / least)
