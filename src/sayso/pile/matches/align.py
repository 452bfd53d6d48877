"""Two statements laid side by side, word by word: the best common sequence, and what differs around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.pile.matches.words import Word
from sayso.records import Span

Change = Literal["kept", "dropped", "added", "changed"]
PLAIN = 0.25
"""What keeping a word counts beside its bits, so that words that tell nothing still find their counterpart."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of two wordings.

    ``a`` and ``b`` are ranges of words; one of them is empty where words were dropped or added.
    """

    change: Change
    a: Span
    b: Span


def common(a: Sequence[Word], b: Sequence[Word], *, stems: bool = False) -> list[tuple[int, int]]:
    """The pairs of places of the common sequence of words that tells most; with ``stems`` of words with one stem.

    Time and memory grow with the product of how many words both have that stand on the other side: callers bound them.
    """
    one = [word.stem if stems else word.text for word in a]
    two = [word.stem if stems else word.text for word in b]
    if one == two:
        return [(at, at) for at in range(len(one))]
    both = set(one) & set(two)
    places = [[at for at, text in enumerate(side) if text in both] for side in (one, two)]
    one, two = ([side[at] for at in held] for side, held in zip((one, two), places, strict=True))
    found = _whole(one, two) or _sequence(one, two, [a[at].bits + PLAIN for at in places[0]])
    return [(places[0][i], places[1][j]) for i, j in found]


def _whole(one: list[str], two: list[str]) -> list[tuple[int, int]] | None:
    """What :func:`_sequence` gives where all of one side stands on the other in order, as in cuts; None where that is not so.

    It is the first such place then: of the second side for sure, of the first where no word stands there twice, so that
    one of them cannot be worth more than another.
    """
    if len(one) <= len(two):
        found = _places(one, two)
        return None if found is None else list(enumerate(found))
    if len(set(one)) < len(one):
        return None
    found = _places(two, one)
    return None if found is None else [(i, j) for j, i in enumerate(found)]


def _places(short: list[str], long: list[str]) -> list[int] | None:
    """The first places of some words in a longer sequence, in order; None where it has not all of them."""
    found, at = [], 0
    for text in short:
        try:
            at = long.index(text, at) + 1
        except ValueError:
            return None
        found.append(at - 1)
    return found


def _sequence(one: list[str], two: list[str], worth: list[float]) -> list[tuple[int, int]]:
    """The common sequence that is worth most; ``worth`` is that of each of the first."""
    rows: list[list[float]] = [[0.0] * (len(two) + 1)]
    for text, each in zip(one, worth, strict=True):
        last, left = rows[-1], 0.0
        row = [0.0]
        for at, other in enumerate(two):
            above = last[at + 1]
            left = above if above > left else left
            if text == other and last[at] + each > left:
                left = last[at] + each
            row.append(left)
        rows.append(row)
    return _walk_back(rows, one, two)


def _walk_back(rows: list[list[float]], one: list[str], two: list[str]) -> list[tuple[int, int]]:
    i, j = len(one), len(two)
    pairs = []
    while i and j:
        if rows[i][j] == rows[i - 1][j]:
            i -= 1
        elif rows[i][j] == rows[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def runs(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Stretches of pairs that stand side by side in both: (place in the first, place in the second, length)."""
    out: list[tuple[int, int, int]] = []
    for i, j in pairs:
        if out and out[-1][0] + out[-1][2] == i and out[-1][1] + out[-1][2] == j:
            out[-1] = (*out[-1][:2], out[-1][2] + 1)
        else:
            out.append((i, j, 1))
    return out


def steps(a: Sequence[Word], b: Sequence[Word]) -> tuple[Step, ...]:
    """How one wording becomes the other: what is kept, dropped, added and changed, in order and without a gap."""
    out: list[Step] = []
    i = j = 0
    for x, y, length in [*runs(common(a, b)), (len(a), len(b), 0)]:
        if x > i or y > j:
            change: Change = "changed" if x > i and y > j else "dropped" if x > i else "added"
            out.append(Step(change, (i, x), (j, y)))
        if length:
            out.append(Step("kept", (x, x + length), (y, y + length)))
        i, j = x + length, y + length
    return tuple(out)
