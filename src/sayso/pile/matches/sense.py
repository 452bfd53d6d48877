"""Whether two statements turn the same sense or the opposite one: negations over the words that they share.

Also whether what is supposed is turned, and whether two names stand in each other's place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, combinations

from sayso.pile.matches.align import common, runs
from sayso.pile.matches.saying import Saying, denials
from sayso.pile.matches.words import Word

REACH = 4
"""Words behind a negation among which the word that it turns is looked for."""
TOLD = 1.5
"""Bits from which a word may be what is turned: not an auxiliary, not an article."""


def opposed(a: Saying, b: Saying, *, cut: bool = False) -> bool:
    """Whether exactly one of the two is turned where both have the same word, denials by the cue counted in.

    Negations that stand in both at the same place of the common wording turn nothing; with ``cut``, where one wording is
    cut out of the other, neither does one outside of it, but where it turns a word of it: "none of the 64 opened" is no cut
    of "all 64 opened". Where more than one is left on a side the sense is not told.
    "X" and "not X" oppose each other, "not X" and "not X" do not.
    """
    if (a.gainsaid and b.wished) or (b.gainsaid and a.wished):
        return False
    if not a.negations and not b.negations:
        return a.gainsaid != b.gainsaid
    pairs = _together(common(a.words, b.words, stems=True)) if cut else common(a.words, b.words, stems=True)
    found = []
    for side, (one, two) in enumerate(((a, b), (b, a))):
        alone = _alone(one, one.negations, {pair[side] for pair in pairs}, cut=cut)
        if len(alone) > 1:
            return False
        stems = {word.stem for word in two.words}
        turned = any(one.words[_governed(one.words, at)].stem in stems for at in alone)
        found.append(turned != one.gainsaid)
    return found[0] != found[1]


def _alone(one: Saying, places: Sequence[int], kept: Collection[int], *, cut: bool) -> list[int]:
    """Those of some negations that the other side does not have; see :func:`opposed`. ``kept``: places of common words."""
    alone = [at for at in places if at not in kept]
    if not cut or not kept:
        return alone
    first, last = min(kept), max(kept)
    return [at for at in alone if first <= at <= last or _governed(one.words, at) in kept]


def uneven(a: Saying, b: Saying) -> bool:
    """Whether one side negates more often than the other inside the common wording: then the words are not the same."""
    return _uneven(a, b, denials(a.words), denials(b.words))


def supposed_apart(a: Saying, b: Saying) -> bool:
    """Whether one side supposes something and the other that it is not so: neither the same nor the opposite is said."""
    return bool(a.supposed or b.supposed) and _uneven(a, b, a.supposed, b.supposed)


def _uneven(a: Saying, b: Saying, of_a: Sequence[int], of_b: Sequence[int]) -> bool:
    """Whether of some negations inside the common wording one side has more that the other has not."""
    if not of_a and not of_b:
        return False
    pairs = _together(common(a.words, b.words, stems=True))
    one, two = ({pair[side] for pair in pairs} for side in (0, 1))
    return len(_alone(a, of_a, one, cut=True)) != len(_alone(b, of_b, two, cut=True))


def _together(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Common words that stand in a row with others: a lone one may stand anywhere in the longer wording."""
    return [(i + k, j + k) for i, j, length in runs(pairs) if length > 1 for k in range(length)]


def mirrored(a: Saying, b: Saying) -> bool:
    """Whether two names stand in each other's place: "A broke the truce with B", "B broke the truce with A".

    Each name stands once on each side, and a word that tells something stands between them on both. The passive of the
    other side ("B was shelled by A") has the same sense, and so has what "and" joins.
    """
    names = sorted(a.bag.once & b.bag.once)
    if len(names) < 2:
        return False
    one, two = ({word.notion: at for at, word in enumerate(each.words)} for each in (a, b))
    for x, y in combinations(names, 2):
        first, second = (x, y) if one[x] < one[y] else (y, x)
        if two[second] < two[first]:
            here, there = (one[first], one[second]), (two[second], two[first])
            between = set(_telling(a.words, *here)) & set(_telling(b.words, *there))
            if between and _by(a.words, here[1]) == _by(b.words, there[1]):
                return True
    return False


def _telling(words: Sequence[Word], start: int, end: int) -> Iterator[str]:
    """The notions of the words between two places that tell something and are no names."""
    return (word.notion for word in words[start + 1 : end] if word.bits >= TOLD and not word.name)


def _by(words: Sequence[Word], at: int) -> bool:
    """Whether "by" stands right before a name, or an article or a word between them."""
    return any(word.text == "by" for word in words[max(0, at - 2) : at])


def _governed(words: Sequence[Word], at: int) -> int:
    """The place of the word that a negation turns: the first that tells something behind it, else before it, else itself."""
    behind = range(at + 1, min(len(words), at + 1 + REACH))
    before = range(at - 1, max(-1, at - 1 - REACH), -1)
    return next((place for place in chain(behind, before) if words[place].bits >= TOLD), at)
