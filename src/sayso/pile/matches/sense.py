"""Whether two statements turn the same sense or the opposite one: negations over the words that they share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from sayso.pile.matches.align import common
from sayso.pile.matches.saying import Saying
from sayso.pile.matches.words import Word

REACH = 4
"""Words behind a negation among which the word that it turns is looked for."""
TOLD = 1.5
"""Bits from which a word may be what is turned: not an auxiliary, not an article."""


def opposed(a: Saying, b: Saying, *, cut: bool = False) -> bool:
    """Whether exactly one of the two is turned where both have the same word, denials by the cue counted in.

    Negations that stand in both at the same place of the common wording turn nothing; with ``cut``, where one wording is
    cut out of the other, neither does one outside of it. Where more than one is left on a side the sense is not told.
    "X" and "not X" oppose each other, "not X" and "not X" do not.
    """
    if (a.gainsaid and b.wished) or (b.gainsaid and a.wished):
        return False
    pairs = common(a.words, b.words, stems=True)
    found = []
    for side, (one, two) in enumerate(((a, b), (b, a))):
        kept = {pair[side] for pair in pairs}
        alone = [at for at in one.negations if at not in kept]
        if cut:
            alone = [at for at in alone if min(kept) <= at <= max(kept)]
        if len(alone) > 1:
            return False
        stems = {word.stem for word in two.words}
        turned = any(one.words[_governed(one.words, at)].stem in stems for at in alone)
        found.append(turned != one.gainsaid)
    return found[0] != found[1]


def _governed(words: Sequence[Word], at: int) -> int:
    """The place of the word that a negation turns: the first that tells something behind it, else before it, else itself."""
    behind = range(at + 1, min(len(words), at + 1 + REACH))
    before = range(at - 1, max(-1, at - 1 - REACH), -1)
    return next((place for place in chain(behind, before) if words[place].bits >= TOLD), at)
