"""When two wordings count one thing that befell nobody: jobs, votes, houses, prices. Few and sure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.pile.forest import Forest
from sayso.pile.hashing import key63
from sayso.pile.series.told import Names, Thing, Told
from sayso.pile.series.words import stems_of

ALIKE, ALONE = 0.5, 0.6
"""Share of the words of either that two wordings must have in common: where they share a name or place of their own, and
where only their pages do. Of 198 stories, .3 for the first gets 3 wrong and .4 for the second one; as they are, none."""
ENOUGH = 3
"""Words in common, with the noun, that are enough where no name of their own is shared. With 2, one more pair on 327 pages of
the news is joined, which counts two things."""
MOST = 200
"""Wordings in one bucket that are compared with each other; those with the smallest hash."""
KEYS = 6
"""Words and names of a figure that it is looked up by, in the order of the alphabet."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a figure says what it counts: the thing, the places of its own sentence, the names its page is about."""

    thing: Thing
    places: Names
    near: Names

    @property
    def plain(self) -> str:
        """The same text for the same wording in every run."""
        thing = self.thing
        parts = (thing.names, thing.words, self.places, self.near)
        head = (thing.unit, thing.currency, thing.noun, thing.course)
        return "\n".join([*head, *("\t".join(sorted(part)) for part in parts)])


def wording(told: Told) -> Wording:
    """The wording of one figure."""
    own = told.scope.places if told.scope.places_told else frozenset()
    return Wording(told.thing, own, told.anchors | told.scope.places)


def keys_of_thing(told: Told) -> list[str]:
    """What a figure of a thing is looked up by: a word with a name of its own, else with one of its page."""
    thing, own = told.thing, wording(told)
    words = sorted(thing.words | ({thing.noun} - {""}))[:KEYS]
    names = sorted(thing.names | own.places)[:KEYS] or sorted(own.near)[:KEYS] or [""]
    near = [] if not (thing.names | own.places) else sorted(own.near - thing.names - own.places)[:KEYS]
    return [f"{thing.unit}\t{thing.currency}\t{word}\t{name}" for word in words for name in (*names, *near)]


def join_things(forest: Forest[int], told: Sequence[Told], members: Sequence[int]) -> None:
    """Join the figures that count one thing: all wordings of a group are of one thing with each other."""
    firsts: dict[Wording, int] = {}
    buckets: dict[str, dict[Wording, None]] = defaultdict(dict)
    for i in members:
        made = wording(told[i])
        if not alike(made, made):
            continue  # too little is told of what it counts
        forest.join(firsts.setdefault(made, i), i)
        for key in keys_of_thing(told[i]):
            buckets[key][made] = None
    pairs = {
        pair: score
        for bucket in buckets.values()
        for pair, score in _pairs(sorted(bucket, key=lambda w: key63(w.plain))[:MOST])
    }
    _complete(forest, firsts, pairs)


def _pairs(bucket: Sequence[Wording]) -> list[tuple[tuple[Wording, Wording], float]]:
    out = []
    for k, one in enumerate(bucket):
        for other in bucket[k + 1 :]:
            score = alike(one, other)
            if score:
                a, b = sorted((one, other), key=lambda w: w.plain)
                out.append(((a, b), score))
    return out


def _complete(forest: Forest[int], firsts: dict[Wording, int], pairs: dict[tuple[Wording, Wording], float]) -> None:
    """Join groups, the most alike first, where every wording of one is alike every wording of the other."""
    groups: dict[Wording, list[Wording]] = {}
    for a, b in sorted(pairs, key=lambda pair: (-pairs[pair], pair[0].plain, pair[1].plain)):
        one, other = groups.setdefault(a, [a]), groups.setdefault(b, [b])
        if one is not other and all(alike(x, y) for x in one for y in other):
            one.extend(other)
            groups.update(dict.fromkeys(other, one))
            forest.join(firsts[a], firsts[b])


def alike(a: Wording, b: Wording) -> float:
    """How much two wordings have in common where they count one thing, 0 where they do not. Symmetric."""
    one, other = a.thing, b.thing
    if (one.unit, one.currency) != (other.unit, other.currency) or {one.course, other.course} == {"gained", "lost"}:
        return 0.0
    if one.noun != other.noun and not _bare(one, other) and not _bare(other, one):
        return 0.0
    named = _named(a, b)
    if named is None:
        return 0.0
    words, more = one.words - {other.noun}, other.words - {one.noun}
    shared, whole = words & more, words | more
    noun = bool({one.noun, other.noun} - {"", "percent"} - stems_of("who", "generic"))
    if not whole:
        return 1.0 if named and noun else 0.0
    share = len(shared) / len(whole)
    if named:
        return share if share >= ALIKE or (len(shared) > 1 and (words <= more or more <= words)) else 0.0
    return share if len(shared) + noun >= ENOUGH and share >= ALONE else 0.0


def _bare(one: Thing, other: Thing) -> bool:
    """Whether one has no noun of its own and that of the other among its words."""
    return not one.noun and other.noun in one.words


def _named(a: Wording, b: Wording) -> bool | None:
    """Whether the two share a name or place of their own; None where their names speak against it."""
    one, other = a.thing.names, b.thing.names
    if one and other:
        return True if one <= other or other <= one else None
    if one or other:
        own, near = (one, b.near | b.places) if one else (other, a.near | a.places)
        return True if own & near else None
    if a.places and b.places:
        return bool(a.places & b.places)
    if a.places or b.places:
        return bool((a.places & b.near) | (b.places & a.near))
    return False
