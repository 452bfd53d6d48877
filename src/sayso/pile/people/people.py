"""Who is who across pages: speakers of different pages put together, worked out when asked.

The pile keeps a profile of each speaker (``profile.pack``) under the keys of its name; no pair is stored. Who belongs
together follows from the profiles with one name or with names that may be one: all of them, however many pages they stand
on. So the answer is the same in whatever order pages came, and for one speaker only its own namesakes are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from sayso.pile.people.bodies import Body, body_how
from sayso.pile.people.clustering import Grouping, Link, grouped
from sayso.pile.people.decided import NOTHING, Rulings
from sayso.pile.people.evidence import Weight, weigh
from sayso.pile.people.keys import keys_of
from sayso.pile.people.profile import Profile, named, names_in, pack, profiles_of, unpack
from sayso.pile.people.spelling import Called, how
from sayso.pile.question import Item, Name
from sayso.records import Reading

LARGE = 200
"""Speakers from which on a bucket is sorted by name once for all. Between 50 and 1,000 no difference could be measured over
10,000 generated pages."""
Words = Called | Body
_Bucket = dict[tuple[int, ...], list[Name]]
"""The speakers with one key, by the hashes of their names."""


class Shelf(Protocol):
    """Where the items of the pile lie."""

    def item(self, name: Name) -> Item | None:
        """The item of a speaker; None where it has no name to compare."""

    def bucket(self, key: int) -> Iterable[Item]:
        """All items with a key."""

    def everything(self) -> Iterable[Item]:
        """All items."""

    def named(self, name: Name) -> Mapping[int, Words]:
        """The names of a speaker in words, by their hashes."""

    def every_name(self) -> Mapping[int, Words]:
        """The names of all speakers in words, by their hashes; those that a page gives besides may be left out."""


@dataclass(frozen=True, slots=True)
class Group:
    """Speakers of different pages that are proposed as one. ``links`` are what joined them; ``person`` or else a body."""

    person: bool
    members: tuple[Name, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """Two speakers who could be one and were not joined, with the code of the reason."""

    link: Link
    reason: str


def items_of(reading: Reading) -> Iterator[Item]:
    """The items of one page: a profile for each speaker with a name to compare, under the keys of its names."""
    for profile in profiles_of(reading):
        names = named(reading, profile.id)
        keys = dict.fromkeys(key for name in names.values() for key in keys_of(name))
        yield Item(profile.document, profile.id, tuple(keys), pack(profile))


class Readings:
    """A shelf over readings at hand; of one that is given twice the last one holds."""

    def __init__(self, readings: Iterable[Reading] = ()) -> None:
        self._readings: dict[str, Reading] = {}
        self._items: dict[Name, Item] = {}
        self._buckets: defaultdict[int, set[Name]] = defaultdict(set)
        for reading in readings:
            self.add(reading)

    def add(self, reading: Reading) -> None:
        """Take in one page, instead of what was there of it."""
        self.remove(reading.id)
        self._readings[reading.id] = reading
        for item in items_of(reading):
            self._items[item.document, item.id] = item
            for key in item.keys:
                self._buckets[key].add((item.document, item.id))

    def remove(self, document: str) -> None:
        """Take one page out, where it is there."""
        gone = self._readings.pop(document, None)
        for speaker in gone.speakers if gone else ():
            item = self._items.pop((document, speaker.id), None)
            for key in item.keys if item else ():
                self._buckets[key].discard((document, speaker.id))

    def item(self, name: Name) -> Item | None:
        """The item of a speaker."""
        return self._items.get(name)

    def bucket(self, key: int) -> list[Item]:
        """All items with a key, in order."""
        return [self._items[name] for name in sorted(self._buckets.get(key, ()))]

    def everything(self) -> list[Item]:
        """All items, in order."""
        return [self._items[name] for name in sorted(self._items)]

    def named(self, name: Name) -> Mapping[int, Words]:
        """The names of a speaker in words."""
        return named(self._readings[name[0]], name[1])

    def every_name(self) -> Mapping[int, Words]:
        """Nothing: they are at hand."""
        return {}


class People:
    """Who is who on a shelf. Answers are kept; make another one where the shelf or the decisions changed."""

    def __init__(self, shelf: Shelf, rulings: Rulings = NOTHING) -> None:
        self.shelf, self.rulings = shelf, rulings
        self._known: dict[Name, Group | None] = {}
        self._left: dict[Name, tuple[Left, ...]] = {}
        self._words: dict[int, Words] = {}
        self._buckets: dict[int, _Bucket] = {}

    def group(self, name: Name) -> Group | None:
        """The group that a speaker belongs to; None where it stands alone."""
        if name not in self._known:
            if name in self.rulings.named or self.shelf.item(name) is not None:
                self._settle(name)
            self._known.setdefault(name, None)
        return self._known[name]

    def groups(self) -> tuple[Group, ...]:
        """All groups, by their first member."""
        self._words.update(self.shelf.every_name())
        named = ((item.document, item.id) for item in self.shelf.everything())
        for name in chain(named, sorted(self.rulings.named)):
            if name not in self._known:
                self._settle(name)
        found = {group.members[0]: group for group in self._known.values() if group}
        return tuple(found[first] for first in sorted(found))

    def left(self, name: Name) -> tuple[Left, ...]:
        """Those with whom a speaker could be one and was not joined, the likeliest first."""
        self.group(name)
        return self._left.get(name, ())

    def _settle(self, start: Name) -> None:
        """Work out a whole component of names."""
        component = _Component(self.shelf, self.rulings, self._words, self._buckets)
        component.grow([start])
        self._keep(component, component.grouping())

    def _keep(self, component: _Component, grouping: Grouping) -> None:
        links: defaultdict[Name, list[Link]] = defaultdict(list)
        for link in grouping.links:
            links[link.a].append(link)
        for name in component.profiles:
            self._known.setdefault(name, None)
        for members in grouping.groups:
            inside = tuple(link for name in members for link in links.get(name, ()))
            person = next((p.person for name in members if (p := component.profiles[name]).names), True)
            group = Group(person, members, inside)
            self._known.update(dict.fromkeys(members, group))
        left: defaultdict[Name, list[Left]] = defaultdict(list)
        for link, reason in grouping.open:
            for name in (link.a, link.b):
                left[name].append(Left(link, reason))
        self._left.update({name: tuple(sorted(found, key=_likeliest)) for name, found in left.items()})


def _likeliest(left: Left) -> tuple[int, Name, Name]:
    return -left.link.weight.points, left.link.a, left.link.b


class _Component:
    """All speakers with one name or with names that may be one, and those whom decisions bring in."""

    def __init__(self, shelf: Shelf, rulings: Rulings, known: dict[int, Words], buckets: dict[int, _Bucket]) -> None:
        self.shelf, self.rulings, self.known, self.buckets = shelf, rulings, known, buckets
        self.profiles: dict[Name, Profile] = {}
        self.words: dict[int, Words] = {}
        self._others: dict[int, set[Name]] = {}  # names with a key in common that are not taken in, with their speakers
        self._looked: set[int] = set()

    def grow(self, start: Iterable[Name]) -> None:
        """Take in speakers, and all who may be one with somebody taken in, until nobody comes any more."""
        waiting = list(start)
        while waiting:
            name = waiting.pop()
            profile = self._profile(name) if name not in self.profiles else None
            if profile is None:
                continue
            self.profiles[name] = profile
            waiting += [mate for pair in (*self.rulings.same, *self.rulings.other) if name in pair for mate in pair]
            for key in profile.names:
                if key not in self.words:
                    self.words[key] = self._word(key, name)
                    waiting += self._namesakes(key)

    def _profile(self, name: Name) -> Profile | None:
        """The profile of a speaker; an empty one where only a decision knows who a bare name is."""
        item = self.shelf.item(name)
        if item is not None:
            return unpack(item.document, item.id, item.sketch)
        return Profile(*name, person=True, sort="named", names=()) if name in self.rulings.named else None

    def _word(self, key: int, name: Name) -> Words:
        """A name in words, looked up once."""
        if key not in self.known:
            self.known.update(self.shelf.named(name))
        return self.known[key]

    def _namesakes(self, own: int) -> Iterator[Name]:
        """The speakers with a name that was just taken in, and those with names that may be the same."""
        for key in keys_of(self.words[own]):
            if key not in self._looked:
                self._looked.add(key)
                yield from self._sorted_out(self._bucket(key))
        yield from self._others.pop(own, ())
        for other in sorted(self._others):
            if _ways(self.words[own], self.known[other]):
                yield from self._others.pop(other)

    def _bucket(self, key: int) -> _Bucket:
        """The speakers with a key, by their names; very large buckets are sorted once."""
        found = self.buckets.get(key)
        if found is None:
            found = {}
            for item in self.shelf.bucket(key):
                found.setdefault(names_in(item.sketch), []).append((item.document, item.id))
            if sum(map(len, found.values())) >= LARGE:
                self.buckets[key] = found
        return found

    def _sorted_out(self, bucket: _Bucket) -> Iterator[Name]:
        """Those of a bucket who have a name that was taken in; the others are kept for later."""
        for names, speakers in bucket.items():
            if any(key in self.words for key in names):
                yield from speakers
            else:
                self._word(names[0], speakers[0])
                self._others.setdefault(names[0], set()).update(speakers)

    def grouping(self) -> Grouping:
        """Who is one."""
        return grouped(self.profiles.values(), self._weigher(), self.rulings)

    def _weigher(self) -> _Weigher:
        return _Weigher(self.words, _meanings(self.profiles.values()))


def _ways(a: Words, b: Words) -> tuple[str, ...]:
    """How two names in words may be one."""
    if isinstance(a, Called) and isinstance(b, Called):
        return how(a, b)
    if isinstance(a, Body) and isinstance(b, Body):
        found = body_how(a, b)
        return (found,) if found else ()
    return ()


def _meanings(profiles: Iterable[Profile]) -> dict[int, set[int]]:
    """What each shortened name stands for on the pages that say so."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for profile in profiles:
        for short, long in _expansions(profile).items():
            found[short] |= long
    return found


def _expansions(profile: Profile) -> dict[int, set[int]]:
    """Shortened names to what they stand for on one page."""
    if profile.person or len(profile.names) < 2:
        return {}
    own, *others = profile.names
    return {own: set(others)} if profile.sort == "acronym" else {other: {own} for other in others}


class _Weigher:
    """Weighs two speakers whose names are known in words."""

    def __init__(self, words: Mapping[int, Words], meanings: Mapping[int, set[int]]) -> None:
        self.words, self.meanings = words, meanings

    def __call__(self, a: Profile, b: Profile) -> Weight:
        """What speaks for and against two speakers being one."""
        if not (a.names and b.names):
            return Weight(0, ())
        if a.person != b.person:
            return Weight(0, (), "kind")
        if a.document == b.document:
            return Weight(0, ())  # who is who on one page is for its reading to say
        if not a.person:
            return self._bodies(a, b)
        one, other = self.words.get(a.names[0]), self.words.get(b.names[0])
        return weigh(a, b, ("full-name",) if a.names[0] == b.names[0] else _ways(one, other) if one and other else ())

    def _bodies(self, a: Profile, b: Profile) -> Weight:
        mine, yours = _expansions(a), _expansions(b)
        if any(mine[short].isdisjoint(yours[short]) for short in mine.keys() & yours.keys()):
            return Weight(0, ("acronym",), "other-body")
        ways = self._body_ways(a, b)
        if not ways:
            return Weight(0, ())  # two names of bodies are no contradiction: a third page may show that they are one
        same = a.names[0] if a.names[0] == b.names[0] else 0
        contested = "acronym" in ways and len(self.meanings.get(same, ())) > 1 and not (mine and yours)
        return weigh(a, b, ways, contested=contested)

    def _body_ways(self, a: Profile, b: Profile) -> tuple[str, ...]:
        if a.names[0] == b.names[0]:
            return ("acronym",) if a.sort == "acronym" else ("body-name",)
        if set(a.names) & set(b.names):
            return ("acronym-shown",)
        one, other = self.words.get(a.names[0]), self.words.get(b.names[0])
        return _ways(one, other) if one and other else ()


def weigher_of(shelf: Shelf, profiles: Iterable[Profile]) -> _Weigher:
    """What weighs these speakers against each other."""
    every = tuple(profiles)
    words = {key: name for profile in every for key, name in shelf.named(profile.at).items()}
    return _Weigher(words, _meanings(every))
