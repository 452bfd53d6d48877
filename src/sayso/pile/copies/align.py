"""Alignment of two runs of words: what stands in both, in whatever order the pieces come.

Seed and extend: runs of three words that both sides have are made as long as they go; runs that follow each other
closely on both sides are chained into passages, the best chain first. A passage bears single words changed, put in or
left out; paragraphs in another order are passages of their own. Linear in the words, but for the chains, which look
back over a bounded number of runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

SEED = 3
"""Words of a seed. With one word in five changed half of all threes are whole, two in five of all fours. With four the generated
pages came out the same in four fifths of the time, but rewritten wire copy lost a seventh of what it shares."""
REPEATS = 4
"""Three words that stand more often on one side are no seed: formulas, and text made to be slow."""
GAP = 12
"""Words between two runs of one passage, at most: a clause put in or left out."""
BEHIND = 24
"""Runs that a run looks back over for the one that it goes on from."""
COST = 0.25
"""What a word of a gap takes from a chain, in matched words: a run of three pays for a gap of six on both sides."""
LEAST = 10.0
"""The score of a passage, at least. Formulas of the trade ("said on condition of anonymity because they were not") are shorter;
with 8, generated pages on one topic gave a third more false pairs."""

Run = tuple[int, int, int]
"""Where an exact run begins on both sides, and how many words it has."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of words of each side, half-open, with the exact runs inside that match, in order."""

    a: tuple[int, int]
    b: tuple[int, int]
    runs: tuple[Run, ...]

    @property
    def matched(self) -> int:
        """How many words match."""
        return sum(run[2] for run in self.runs)


Seed = tuple[int, ...]


def _places(words: Sequence[int], shared: Set[Seed]) -> dict[Seed, list[int]]:
    """Where each shared seed stands; those that stand too often are left out."""
    places: defaultdict[Seed, list[int]] = defaultdict(list)
    for at, seed in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if seed in shared:
            places[seed].append(at)
    return {seed: held for seed, held in places.items() if len(held) <= REPEATS}


def runs_of(a: Sequence[int], b: Sequence[int]) -> list[Run]:
    """The longest exact runs around every seed, by where they begin."""
    shared = set(zip(a, a[1:], a[2:], strict=False)).intersection(zip(b, b[1:], b[2:], strict=False))
    of_a, of_b = _places(a, shared), _places(b, shared)
    seeds = sorted((i, j) for seed in of_a if seed in of_b for i in of_a[seed] for j in of_b[seed])
    reached: dict[int, int] = {}
    runs: list[Run] = []
    for i, j in seeds:
        if reached.get(i - j, -1) > i:
            continue
        start = 0
        while i > start and j > start and a[i - start - 1] == b[j - start - 1]:
            start += 1
        end = SEED
        while i + end < len(a) and j + end < len(b) and a[i + end] == b[j + end]:
            end += 1
        reached[i - j] = i + end
        runs.append((i - start, j - start, start + end))
    return sorted(runs)


def _step(before: Run, run: Run) -> tuple[int, float] | None:
    """What a run adds behind another: words that it still has, and what the gap costs; None where it does not follow."""
    gap_a, gap_b = run[0] - before[0] - before[2], run[1] - before[1] - before[2]
    over = max(0, -gap_a, -gap_b)
    if over and (over >= run[2] - 1 or run[0] <= before[0] or run[1] <= before[1]):
        return None
    gap_a, gap_b = gap_a + over, gap_b + over
    if gap_a > GAP or gap_b > GAP:
        return None
    return run[2] - over, COST * (gap_a + gap_b)


def _chains(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Chains of runs, the best first; each run is in one chain only, trimmed where it overlaps the one before it."""
    score = [float(run[2]) for run in runs]
    back = [-1] * len(runs)
    for at, run in enumerate(runs):
        for before in range(at - 1, max(-1, at - 1 - BEHIND), -1):
            if run[0] - runs[before][0] - runs[before][2] > GAP:
                continue
            step = _step(runs[before], run)
            if step is not None and score[before] - step[1] + step[0] > score[at]:
                score[at], back[at] = score[before] - step[1] + step[0], before
    used = bytearray(len(runs))
    for last in sorted(range(len(runs)), key=lambda at: (-score[at], runs[at])):
        chain: list[Run] = []
        at = last
        while at >= 0 and not used[at]:
            used[at] = 1
            chain.append(runs[at])
            at = back[at]
        if chain:
            yield chain[::-1]


def _free(run: Run, taken_a: bytearray, taken_b: bytearray) -> Iterator[Run]:
    """The parts of a run whose words no better passage has on either side."""
    i, j, length = run
    at = 0
    while at < length:
        start = at
        while at < length and not taken_a[i + at] and not taken_b[j + at]:
            at += 1
        if at - start >= 2:
            yield i + start, j + start, at - start
        at += 1


def _untangled(chain: Sequence[Run], taken_a: bytearray, taken_b: bytearray) -> list[list[Run]]:
    """A chain without what better passages have, cut where that leaves too wide a gap."""
    pieces: list[list[Run]] = []
    for whole in chain:
        for run in _free(whole, taken_a, taken_b):
            before = pieces[-1][-1] if pieces else None
            step = _step(before, run) if before else None
            if before is None or step is None or _crosses(before, run, taken_a, taken_b):
                pieces.append([run])
                continue
            over = run[2] - step[0]
            pieces[-1].append((run[0] + over, run[1] + over, run[2] - over))
    return pieces


def _crosses(before: Run, run: Run, taken_a: bytearray, taken_b: bytearray) -> bool:
    """Whether a better passage lies between two runs."""
    return any(taken_a[before[0] + before[2] : run[0]]) or any(taken_b[before[1] + before[2] : run[1]])


def _score(runs: Sequence[Run]) -> float:
    gaps = sum(
        max(0, after[0] - before[0] - before[2]) + max(0, after[1] - before[1] - before[2])
        for before, after in pairwise(runs)
    )
    return sum(run[2] for run in runs) - COST * gaps


def _filled(runs: Sequence[Run], a: Sequence[int], b: Sequence[int]) -> Iterator[Run]:
    """The runs, and single words that match between two of them where as many words lie between on both sides."""
    for at, run in enumerate(runs):
        if at:
            i, j, length = runs[at - 1]
            gap = run[0] - i - length
            if gap == run[1] - j - length:
                i, j = i + length, j + length
                yield from ((i + k, j + k, 1) for k in range(gap) if a[i + k] == b[j + k])
        yield run


def passages(a: Sequence[int], b: Sequence[int]) -> list[Passage]:
    """What two runs of words share, by where it begins in ``a``. No word is in two passages. Words are whole numbers."""
    taken_a, taken_b = bytearray(len(a)), bytearray(len(b))
    found: list[Passage] = []
    for chain in _chains(runs_of(a, b)):
        for runs in _untangled(chain, taken_a, taken_b):
            if _score(runs) < LEAST:
                continue
            first, last = runs[0], runs[-1]
            in_a, in_b = (first[0], last[0] + last[2]), (first[1], last[1] + last[2])
            if any(taken_a[slice(*in_a)]) or any(taken_b[slice(*in_b)]):
                continue
            taken_a[slice(*in_a)] = b"\1" * (in_a[1] - in_a[0])
            taken_b[slice(*in_b)] = b"\1" * (in_b[1] - in_b[0])
            found.append(Passage(in_a, in_b, tuple(_filled(runs, a, b))))
    return sorted(found, key=lambda each: each.a)
