"""A question put to pages without a store, and how its answers are scored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

from copies_pages import Page, true_pairs

from sayso.pile.copies import QUESTION
from sayso.pile.question import Item, Pair, Place
from sayso.records import Reading

CAP = 64
"""Members of a bucket that are compared with each other, as the store has it."""


@dataclass(frozen=True)
class Found:
    """What the question finds in a set of readings: items by page, relations by pair of page ids, candidates, groups."""

    items: dict[str, Item]
    pairs: dict[tuple[str, str], Pair]
    candidates: set[tuple[str, str]]
    groups: tuple[tuple[str, ...], ...]

    @property
    def group_of(self) -> dict[str, int]:
        return {page: at for at, group in enumerate(self.groups) for page in group}


def found(readings: Iterable[Reading]) -> Found:
    """Every page put in a bucket for each key, those that share one compared, groups made of what was found."""
    by_id = {reading.id: reading for reading in readings}
    items = {item.document: item for each in sorted(by_id) for item in QUESTION.items(by_id[each])}
    buckets: defaultdict[int, list[str]] = defaultdict(list)
    for page, item in items.items():
        for key in item.keys:
            buckets[key].append(page)
    candidates = {pair for held in buckets.values() for pair in combinations(sorted(held)[:CAP], 2)}
    pairs = {}
    for a, b in sorted(candidates):
        if QUESTION.near(items[a], items[b]):
            made = QUESTION.compare(Place(by_id[a], ""), Place(by_id[b], ""))
            if made is not None:
                pairs[a, b] = Pair((a, ""), (b, ""), made.kind, made.score, made.detail)
    return Found(items, pairs, candidates, tuple(_groups(items, pairs)))


def _groups(items: Mapping[str, Item], pairs: Mapping[tuple[str, str], Pair]) -> Iterable[tuple[str, ...]]:
    above = {page: page for page in items}

    def root(page: str) -> str:
        while above[page] != page:
            page = above[page]
        return page

    for a, b in pairs:
        above[max(root(a), root(b))] = min(root(a), root(b))
    whole: defaultdict[str, list[str]] = defaultdict(list)
    inside: defaultdict[str, list[Pair]] = defaultdict(list)
    for page in items:
        whole[root(page)].append(page)
    for (a, _), pair in pairs.items():
        inside[root(a)].append(pair)
    for top, component in whole.items():
        for group in QUESTION.part([items[page] for page in component], inside[top]):
            yield tuple(document for document, _ in group)


@dataclass(frozen=True)
class Scores:
    precision: float
    recall: float
    f1: float
    ari: float
    missed: set[tuple[str, str]]
    wrong: set[tuple[str, str]]


def scores(made: list[Page], seen: Found) -> Scores:
    """Pairs against what is true (precision, recall, F1), groups against the stories (adjusted Rand index)."""
    true, claimed = true_pairs(made), set(seen.pairs)
    right = len(true & claimed)
    precision, recall = right / len(claimed), right / len(true)
    f1 = 2 * right / (len(claimed) + len(true))
    rand = adjusted_rand({page.id: page.story for page in made}, seen.group_of)
    return Scores(precision, recall, f1, rand, true - claimed, claimed - true)


def adjusted_rand(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """The adjusted Rand index of two partitions of the same things (Hubert and Arabie 1985)."""
    both = Counter((one[each], other[each]) for each in one)
    together = sum(comb(count, 2) for count in both.values())
    first = sum(comb(count, 2) for count in Counter(one.values()).values())
    second = sum(comb(count, 2) for count in Counter(other[each] for each in one).values())
    chance = first * second / comb(len(one), 2)
    return (together - chance) / ((first + second) / 2 - chance)
