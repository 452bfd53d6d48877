"""Which speakers of many pages are one: the best evidence first, never against a contradiction. Pure, and free of order.

Not connected components: a chain of likely pairs must not join two people. Pairs are taken from the surest on; two groups
are joined unless somebody in one cannot be somebody in the other. Whoever could as well belong to either of two groups
that cannot be one stays alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from sayso.pile.forest import Forest
from sayso.pile.people.decided import NOTHING, Rulings
from sayso.pile.people.evidence import NAME, YEAR, Weight
from sayso.pile.people.profile import Profile
from sayso.pile.question import Name

DOMINANT = 5
"""So many times more speakers must be on one side before one that could go either way is taken for one of them. On 1,187
pages any number from 1 to 10 gives the same groups but for two; without the rule one person of 20 pages falls in two."""
FEW = 100
"""Up to so many speakers every pair is weighed by itself (5,000 pairs, 0.2 s). Of more, those that no page tells apart and
that have one name are taken as one from the start: whoever is on 100 pages is known without explanation. On 1,187 pages 50,
200 and 400 give the same groups."""
MOST_CELLS = 1000
"""Where even these are more, only those of the very same name are weighed, so many of each: pages made to be slow to read."""
SAMPLE = 12
"""Speakers of such a set that are weighed against those of another, the first by page; the surest pair counts."""
LEAD = 20
"""Points by which one group must lead before another that cannot be the same, so that a speaker goes to it: one title, or
one more companion. On 1,187 pages 0 to 60 give the same groups but for four."""


@dataclass(frozen=True, slots=True)
class Link:
    """What joined two speakers."""

    a: Name
    b: Name
    weight: Weight


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of speakers that are one, each in order; the links that joined them, and those that stayed open with the reason."""

    groups: tuple[tuple[Name, ...], ...]
    links: tuple[Link, ...]
    open: tuple[tuple[Link, str], ...] = ()


RANK = {way: -points for way, points in NAME.items()}
"""The surest names go first, so that a doubtful one never keeps two pages with the very same name apart."""
Weigher = Callable[[Profile, Profile], Weight]


def grouped(profiles: Iterable[Profile], weigher: Weigher, rulings: Rulings = NOTHING) -> Grouping:
    """Group the speakers of one component of names. ``weigher`` is symmetric; ``rulings`` are people's and outrank it."""
    every = sorted(set(profiles), key=lambda p: p.at)
    return _Table(every, weigher, rulings).grouping()


class _Table:
    """All cells of one component, with what was weighed between them."""

    def __init__(self, every: Sequence[Profile], weigher: Weigher, rulings: Rulings) -> None:
        self.every, self.weigher, self.rulings = every, weigher, rulings
        self.number = {profile.at: n for n, profile in enumerate(every)}
        self.forest = Forest[int]()
        self.root = self.forest.find
        self.members: dict[int, list[int]] = {n: [n] for n in range(len(every))}
        self.apart: defaultdict[int, set[int]] = defaultdict(set)
        self.weights: dict[tuple[int, int], Weight] = {}
        self.cells: dict[int, list[int]] = {n: [n] for n in range(len(every))}
        self.partners: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self.links: list[Link] = []
        self.torn: dict[tuple[int, int], str] = {}

    def join(self, a: int, b: int) -> None:
        first, second = sorted((self.root(a), self.root(b)))
        if first != second:
            self.forest.join(first, second)
            self.members[first] += self.members.pop(second)

    def grouping(self) -> Grouping:
        """Decisions, then those of one name on very many pages, then pair by pair."""
        self._decide()
        pairs = self._pairs()
        self.weights = {(a, b): self._weight(a, b) for a, b in pairs}
        for a, b in pairs:
            if self.weights[a, b].apart and not self._overruled(a, b):
                self.apart[a].add(b)
                self.apart[b].add(a)
        found = sorted(
            (pair for pair in pairs if self.weights[pair].enough),
            key=lambda pair: (self._parted(*pair), RANK[self.weights[pair].codes[0]], -self.weights[pair].points, pair),
        )
        for a, b in found:
            self.partners[a][b] = self.partners[b][a] = self.weights[a, b].points
        for a, b in found:
            self._consider(a, b)
        every = (tuple(sorted(self.every[n].at for n in group)) for group in self.members.values())
        groups = (group for group in every if len({document for document, _ in group}) > 1)
        return Grouping(tuple(sorted(groups)), tuple(self.links), tuple(self._left()))

    def _left(self) -> list[tuple[Link, str]]:
        """For each two groups that were not joined though their names may be one, the surest pair and why not."""
        best: dict[tuple[int, int], tuple[Link, str]] = {}
        for (a, b), weight in self.weights.items():
            pair = (min(one := self.root(a), other := self.root(b)), max(one, other))
            if one == other or not weight.codes:
                continue
            reason = weight.apart or (self.torn.get((a, b), "contradicted") if weight.enough else "too-little")
            decided = {self.every[a].at, self.every[b].at} in map(set, self.rulings.other)
            reason = "decided" if decided else reason
            link = Link(self.every[a].at, self.every[b].at, weight)
            if pair not in best or _telling(reason, weight) > _telling(best[pair][1], best[pair][0].weight):
                best[pair] = (link, reason)
        return [best[pair] for pair in sorted(best)]

    def _weight(self, a: int, b: int) -> Weight:
        """The surest of what stands between two cells; a contradiction goes before all."""
        found = [
            self.weigher(self.every[x], self.every[y]) for x in self.cells[a][:SAMPLE] for y in self.cells[b][:SAMPLE]
        ]
        return min(found, key=lambda weight: (not weight.apart, -weight.points, weight.codes))

    def _overruled(self, a: int, b: int) -> bool:
        """Whether people's decisions make two one that pages tell apart, or make somebody like the one one with the other.

        Where they make two names one person's, the two names tell nobody apart any more who has one of them.
        """
        if not self.rulings.sets:
            return False
        mine, yours = self._mates(a), self._mates(b)
        if mine & yours or any(not self._apart(x, y) for x in mine for y in yours if {x, y} != {a, b}):
            return True
        renamed = self.weights[a, b].apart == "other-name"
        return renamed and any(
            any(not self._apart(a, mate) for mate in mates) and any(not self._apart(b, mate) for mate in mates)
            for mates in map(self._numbers, self.rulings.sets)
        )

    def _apart(self, a: int, b: int) -> bool:
        """Whether pages tell two speakers apart."""
        return a != b and bool(self._weight(*sorted((a, b))).apart)

    def _numbers(self, mates: Iterable[Name]) -> list[int]:
        return [self.number[mate] for mate in mates if mate in self.number]

    def _mates(self, one: int) -> set[int]:
        """Those whom decisions make one with a speaker, itself among them."""
        at = self.every[one].at
        return {one} | {
            self.number[mate] for mates in self.rulings.sets if at in mates for mate in mates if mate in self.number
        }

    def _parted(self, a: int, b: int) -> bool:
        """Whether one of two was parted by a decision: others go to whom it was parted from first."""
        return bool({self.every[a].at, self.every[b].at} & self.rulings.parted)

    def _decide(self) -> None:
        """People's decisions: who is one, and who is not."""
        for a, b in self.rulings.same:
            if a in self.number and b in self.number:
                self.join(self.number[a], self.number[b])
                self.links.append(Link(min(a, b), max(a, b), Weight(0, ("decided",))))
        for a, b in self.rulings.other:
            if a in self.number and b in self.number:
                self.apart[self.number[a]].add(self.number[b])
                self.apart[self.number[b]].add(self.number[a])

    def _pairs(self) -> list[tuple[int, int]]:
        """The pairs that are weighed: all, or of very many those of cells that no page tells apart."""
        if len(self.every) <= FEW:
            return list(combinations(range(len(self.every)), 2))
        cells = self._cells()
        if len(cells) <= MOST_CELLS:
            return list(combinations(cells, 2))
        same: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        for cell in cells:
            same[self.every[cell].names].append(cell)
        return sorted(pair for name in same.values() for pair in combinations(name[:MOST_CELLS], 2))

    def _cells(self) -> list[int]:
        """One of each set of speakers with one name that few bear and nothing that tells them apart; the others join it."""
        first: dict[object, int] = {}
        for n, profile in enumerate(self.every):
            alone = profile.at in self.rulings.named or profile.sort not in ("named", "proper", "acronym")
            year = profile.day // YEAR if profile.offices else 0
            known = (profile.names, profile.gender, profile.generation, profile.born, profile.offices, year)
            seen = first.setdefault((n,) if alone else known, n)
            if seen != n:
                self.join(seen, n)
                self.cells[seen].append(n)
        return sorted(first.values())

    def _consider(self, a: int, b: int) -> None:
        """Join the groups of two speakers, unless somebody there is somebody else, or either could go elsewhere as well."""
        one, other = self.root(a), self.root(b)
        link = Link(self.every[a].at, self.every[b].at, self.weights[a, b])
        if one == other:
            self.links.append(link)
            return
        torn = self._torn(a, b) or self._torn(b, a)
        reason = "contradicted" if self._against(one, other) else "between-two" if torn else ""
        if reason:
            self.torn[a, b] = reason
            return
        self.join(one, other)
        self.links.append(link)

    def _against(self, one: int, other: int) -> bool:
        """Whether somebody in one group cannot be somebody in the other."""
        small, large = sorted((self.members[one], self.members[other]), key=len)
        return any(not self.apart[n].isdisjoint(large) for n in small)

    def _torn(self, a: int, b: int) -> bool:
        """Whether the group of ``a`` could as well go to somebody whom ``b``'s group cannot be.

        It could not where those who can be ``b`` are ``DOMINANT`` times as many: most pages mean the one that most pages mean.
        """
        here, there = self.members[self.root(a)], self.members[self.root(b)]
        foes = {foe for n in there for foe in self.apart[n] if self.every[foe].at not in self.rulings.parted}
        if not foes:
            return False
        lead = self.weights[min(a, b), max(a, b)].points - LEAD
        near = {partner for n in here for partner, points in self.partners[n].items() if points > lead}
        rivals = near & foes
        return len(rivals) * DOMINANT > len(near - rivals - set(here))


def _telling(reason: str, weight: Weight) -> tuple[bool, int]:
    """How much a pair tells of why two groups were not joined: a decision most, then what speaks for them most."""
    return reason == "decided", weight.points
