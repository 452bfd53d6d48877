"""Whether two statements have the same words: all of them, or one cut out of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.pile.matches.align import common, runs
from sayso.pile.matches.features import PLAIN
from sayso.pile.matches.saying import Saying
from sayso.pile.matches.words import Word

ENOUGH = 8.0
"""Bits above :data:`PLAIN` that a wording must tell: three words that are not on every page."""
QUOTED = 4.0
"""The same where five quoted words and more of no other speaker stand in the other quotation without a gap: "what have
you been ..." with one telling word was the least of the 21 quotations that recur in 46 real pages."""
INDIRECT, ANYBODY = 12.0, 20.0
"""The same for what is not quoted on both sides, or by two speakers; and for what is neither quoted nor of one speaker:
plans, bans and bills are called by the same few words by everybody (all of 5 such pairs in a sample of 12)."""
FEW = 3
"""Words from which the same speaker's whole direct statement counts as the same however little it tells."""
CUT = 4
"""Words from which a part in quotation marks counts as cut out of the other statement."""
OVERLAP = 5
"""Words of a run, in quotation marks on both sides, from which two quotations run into each other."""
COVERED = 0.9
"""Share of the shorter wording, by what it tells and by words, that must stand in the other in order."""
PIECE = 4
"""Words on average of the pieces that a wording may be cut into: more pieces is another wording."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How the shorter of two wordings stands in the longer.

    ``whole`` where both are the same from end to end, ``part`` where only what one side has in quotation marks is found,
    ``words`` how many the shorter has and ``tells`` how much they tell.
    """

    whole: bool
    part: bool
    words: int
    tells: float


def told(words: Sequence[Word]) -> float:
    """How much a wording tells beyond what stands on every page."""
    return sum(max(0.0, word.bits - PLAIN) for word in words)


def same_words(a: Saying, b: Saying) -> Wording | None:
    """How one statement is worded as the other or cut out of it, or None."""
    if len(a.words) == len(b.words) and all(one.text == two.text for one, two in zip(a.words, b.words, strict=True)):
        return Wording(True, False, len(a.words), told(a.words)) if a.words else None
    for one, two in ((a.words, b.words), (b.words, a.words)):
        if _stands_in(one, two):
            return Wording(False, False, len(one), told(one))
    for short, long in ((a, b), (b, a)):
        part = [word for word, quoted in zip(short.words, short.quoted, strict=True) if quoted]
        if CUT <= len(part) < len(short.words) and any(long.quoted) and _stands_in(part, long.words):
            return Wording(False, True, len(part), told(part))
    return None


def overlap(a: Saying, b: Saying) -> float:
    """How much the run of words tells that both quote, each with other words besides; 0 where there is none of some length.

    Two cuts of one utterance run into each other so.
    """
    most = 0.0
    there = {word.text for word, quoted in zip(b.words, b.quoted, strict=True) if quoted}
    if sum(quoted and word.text in there for word, quoted in zip(a.words, a.quoted, strict=True)) < OVERLAP:
        return most  # as with most; the order need not be looked at
    for x, y, length in runs(common(a.words, b.words)):
        run = [a.words[x + k] for k in range(length) if a.quoted[x + k] and b.quoted[y + k]]
        if len(run) >= OVERLAP:
            most = max(most, told(run))
    return most


def _stands_in(short: Sequence[Word], long: Sequence[Word]) -> bool:
    if not short or len(short) > len(long) / COVERED:
        return False
    there = {word.text for word in long}
    if sum(word.text in there for word in short) < COVERED * len(
        short
    ):  # as with most; the order need not be looked at
        return False
    pairs = common(short, long)
    if len(pairs) < COVERED * len(short) or told([short[i] for i, _ in pairs]) < COVERED * told(short):
        return False
    found = runs(pairs)
    return len(found) <= 1 + len(short) / PIECE and all(not short[at].number for at in _missing(short, pairs))


def _missing(words: Sequence[Word], pairs: Sequence[tuple[int, int]]) -> set[int]:
    return set(range(len(words))) - {i for i, _ in pairs}
