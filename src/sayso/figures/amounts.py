"""Every amount of a sentence, in order."""

from __future__ import annotations

from functools import cache

from sayso.figures.amount import Amount
from sayso.figures.line import Line
from sayso.figures.numbers import number_at
from sayso.figures.ranges import numeric_at
from sayso.figures.shares import ratio_at, share_at
from sayso.figures.vague import vague_at
from sayso.tables import load

_SMALL = frozenset({"a", "an", "not", "no", "none"})


@cache
def _starts() -> tuple[frozenset[str], frozenset[str]]:
    """Words that an amount can start with, and those that make one with a small word before them."""
    table = load("figures-numbers")
    vague, units, nought = table["vague"], load("figures-units"), load("figures-qualifiers")["none"]
    words = {*table["small"], *table["tens"], *table["scales"], *table["times"], *vague["plural"], *vague["only_of"]}
    words |= {*vague["few"], *vague["multiple"], *_SMALL, "half", "quarter", "½", "¼", "¾"}
    after = {*table["scales"], *table["parts"], *vague["counted"], *units["time"]["singular"], *nought["nouns"]}
    return frozenset(words), frozenset({*after, "few", "one", "a", "even", "of"})


def starts(line: Line) -> list[int]:
    """Tokens at which an amount may start, in order: what is quickly told."""
    words, after_small = _starts()
    found = [i for i, word in enumerate(line.words) if word in words or word[0].isdecimal()]
    return [i for i in found if line.words[i] not in _SMALL or line.at[i + 1] in after_small]


def amount_at(line: Line, i: int, dotted: bool) -> Amount | None:
    """The amount that starts at token ``i`` (a currency sign before it belongs to it), or None."""
    spelled = not line.words[i][0].isdecimal()
    if spelled or line.at[i + 1] == "s":
        found = vague_at(line, i)
        if found is not None:
            return found
    number = number_at(line, i, dotted)
    if spelled and (share := share_at(line, i, number)) is not None:
        return share
    if number is None:
        return None
    return ratio_at(line, i, number, dotted) or numeric_at(line, i, number, dotted)
