"""Series: the figures of a pile that count one thing, in order of as-of and originator, each held against earlier ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice

from sayso.pile.series.ranges import Range, ranges_of
from sayso.pile.series.relate import judged
from sayso.pile.series.scope import Frame, framed, gap, strand_of
from sayso.pile.series.subjects import subjects_of
from sayso.pile.series.told import Told, many

NEAR = 24
"""Originators whose latest number a figure is held against; series of the news have fewer."""


@dataclass(frozen=True, slots=True)
class Link:
    """How a figure stands to an earlier one of its series (``to``: its figure's id), by which rule."""

    to: str
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Member:
    """A figure of a series. ``links``: first to what it stands closest to, then to the latest of other originators."""

    told: Told
    strand: int
    links: tuple[Link, ...] = ()

    @property
    def main(self) -> Link | None:
        """How it stands to the earlier figure that is closest to it; None for the first."""
        return self.links[0] if self.links else None


@dataclass(frozen=True, slots=True)
class Series:
    """Figures that count one thing. ``ranges``: for each scope and time, over the independent originators.

    ``id`` is a hash of the ids of its figures: the same series has the same in every run.
    """

    id: str
    event: str
    noun: str
    unit: str
    currency: str
    members: tuple[Member, ...]
    ranges: tuple[Range, ...]

    @property
    def pages(self) -> int:
        """How many pages tell a number of it."""
        return len({m.told.document for m in self.members})

    @property
    def outlets(self) -> int:
        """How many outlets do, as far as they are known."""
        return len({m.told.outlet.casefold() for m in self.members if m.told.outlet.strip()})

    @property
    def originators(self) -> int:
        """How many originators are known to stand behind it."""
        return many(m.told.origin for m in self.members)

    def told(self, figure: str) -> Told:
        """The figure with this id. Raises KeyError where it is not of the series."""
        for member in self.members:
            if member.told.figure == figure:
                return member.told
        raise KeyError(figure)


def series_of(told: Iterable[Told]) -> list[Series]:
    """All series of these figures, those of most pages first, in the same order whatever the order of ``told``."""
    out = [made for subject in subjects_of(list(told)) for made in series_of_subject(subject)]
    return sorted(out, key=lambda s: (-s.pages, -len(s.members), s.event, s.noun, s.id))


def series_of_subject(subject: Sequence[Told]) -> list[Series]:
    """The series of one happening or thing: one for each event, as deaths and injuries are never mixed."""
    kinds: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for each in subject:
        kinds[each.thing.event, each.thing.unit, each.thing.currency].append(each)
    return [_series(kinds[key]) for key in sorted(kinds)]


def _series(told: Sequence[Told]) -> Series:
    filled, frame = framed(sorted(told, key=lambda t: t.order))
    ordered = sorted(_aside(filled), key=lambda t: t.order)
    strands: dict[tuple[object, ...], int] = {}
    numbered = [strands.setdefault(strand_of(t), len(strands)) for t in ordered]
    members, earlier = [], _Earlier()
    for each, strand in zip(ordered, numbered, strict=True):
        members.append(Member(each, strand, tuple(_links(each, strand, earlier, frame))))
        earlier.add(each, strand)
    nouns = sorted(t.thing.noun for t in ordered)
    noun = max(nouns, key=nouns.count) if nouns else ""
    key = sha256("\n".join(sorted(t.figure for t in ordered)).encode()).hexdigest()[:32]
    first = ordered[0].thing
    return Series(key, first.event, noun, first.unit, first.currency, tuple(members), ranges_of(ordered, numbered))


def _aside(told: Sequence[Told]) -> list[Told]:
    """The figures, those marked that cannot be with the first number that their page has from the same originator."""
    first: dict[tuple[object, ...], Told] = {}
    out = []
    for each in sorted(told, key=lambda t: (t.document, t.part != "text", t.span)):
        if each.numbered:
            kept = first.setdefault((strand_of(each), each.document, each.origin.key, each.as_of), each)
            if judged(kept, each).kind == "disagrees":
                each = replace(each, scope=replace(each.scope, aside=True))
        out.append(each)
    return out


class _Earlier:
    """The figures of a series so far: the latest of each originator in each scope, and the latest of all."""

    def __init__(self) -> None:
        self.of_strand: dict[int, dict[str, Told]] = defaultdict(dict)
        self.of_origin: dict[str, Told] = {}
        self.last: Told | None = None
        self.odd: Told | None = None

    def add(self, told: Told, strand: int) -> None:
        """Take in the next figure; one without a number is passed over."""
        if not told.numbered:
            return
        latest = self.of_strand[strand]
        latest.pop(told.origin.key, None)
        latest[told.origin.key] = told
        if told.scope.aside or told.scope.past:
            self.odd = told
        else:
            self.of_origin[told.origin.key] = self.last = told

    def same(self, strand: int) -> list[Told]:
        """The latest of each originator in a scope, the newest first."""
        return list(islice(reversed(self.of_strand[strand].values()), NEAR))

    def other(self, told: Told) -> Told | None:
        """What a figure that is the first of its scope is held against."""
        return self.of_origin.get(told.origin.key) or self.last or self.odd


def _links(told: Told, strand: int, earlier: _Earlier, frame: Frame) -> Iterator[Link]:
    """The relations of a figure: to the last of its own originator, to those of others, else to another scope."""
    same = earlier.same(strand)
    own = earlier.of_strand[strand].get(told.origin.key)
    for other in ([own] if own else []) + [t for t in same if t.origin.key != told.origin.key]:
        verdict = judged(other, told)
        if verdict.kind != "no-number":
            yield Link(other.figure, verdict.kind, verdict.rule)
    if not same:
        before = earlier.other(told)
        code = gap(before, told, frame) if before else ""
        if before is not None and code:
            yield Link(before.figure, "different-scope", code)
