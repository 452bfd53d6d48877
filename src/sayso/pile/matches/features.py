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


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """Words without their order: of each notion what it counts, how often it stands there, and by which stems.

    ``total`` is what all words count together, ``stems`` are those of all words, ``once`` are the names that stand exactly once.
    """

    notions: dict[str, tuple[float, int, frozenset[str]]]
    total: float
    stems: frozenset[str]
    once: frozenset[str]


def bag_of(words: Sequence[Word]) -> Bag:
    """The bag of some words."""
    counts = Counter(word.notion for word in words)
    stems: dict[str, set[str]] = {}
    for word in words:
        stems.setdefault(word.notion, set()).add(word.stem)
    notions = {word.notion: (worth(word), counts[word.notion], frozenset(stems[word.notion])) for word in words}
    total = sum(each * count for each, count, _ in notions.values())
    once = frozenset(word.notion for word in words if word.name and counts[word.notion] == 1)
    return Bag(notions, total, frozenset(word.stem for word in words), once)


def without_numbers(words: Sequence[Word]) -> Bag:
    """The bag of some words, numbers left out: what is said of whatever number."""
    return bag_of([word for word in words if not word.number])


def shared(a: Bag, b: Bag) -> Shared:
    """What the words of two statements have in common."""
    one, two = a.notions, b.notions
    least, most = (a.total, b.total) if a.total <= b.total else (b.total, a.total)
    told = plain = 0.0
    for notion in sorted(one.keys() & two.keys()):
        (worth_a, count_a, stems_a), (worth_b, count_b, stems_b) = one[notion], two[notion]
        each = min(worth_a, worth_b) * min(count_a, count_b)
        if stems_a != stems_b and stems_a.isdisjoint(b.stems) and stems_b.isdisjoint(a.stems):
            each *= ALIKE
        told += each
        plain += 0.0 if notion.startswith("^") else each
    if not least:
        return Shared(told, plain, least, 0.0, 0.0)
    return Shared(told, plain, least, told / (least * most) ** 0.5, told / least)
