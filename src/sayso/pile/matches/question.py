"""The question of the pile: which statements of different pages report one act of speaking or make one claim."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.pile.matches.compare import Match, compare
from sayso.pile.matches.keys import keys_of, near, sketch_of
from sayso.pile.matches.saying import Saying, saying_of, statements_of
from sayso.pile.question import Item, Name, Pair, Place, Relation
from sayso.records import Reading

ONE = frozenset(("same-words", "same-utterance"))
"""Relations that hold statements together as one act of speaking."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The question which statements say the same. Items are statements, those of headlines too."""

    name: str = "matches"
    version: int = 1
    old_versions: bool = False

    def items(self, reading: Reading) -> Iterable[Item]:
        """The statements of a page that tell enough to be known again."""
        for identity, (statement, text) in statements_of(reading).items():
            saying = saying_of(reading, statement, text)
            keys = keys_of(saying)
            if keys:
                yield Item(reading.id, identity, keys, sketch_of(saying))

    def near(self, a: Item, b: Item) -> bool:
        """Whether two statements stand on different pages and share enough by their sketches."""
        return a.document != b.document and near(a.sketch, b.sketch)

    def compare(self, a: Place, b: Place) -> Relation | None:
        """How two statements stand to each other; nothing where they are on one page."""
        if a.reading.id == b.reading.id:
            return None
        one, two = saying_at(a), saying_at(b)
        found = compare(one, two) if one is not None and two is not None else None
        return None if found is None else Relation(found.kind, round(found.score, 4), detail(found))

    def part(self, items: Sequence[Item], pairs: Sequence[Pair]) -> list[tuple[Name, ...]]:
        """Statements that report one act of speaking: held together by same words or same utterance of no other speaker.

        Claims and contradictions hold nothing together: they would chain what many people say.
        """
        above: dict[Name, Name] = {(item.document, item.id): (item.document, item.id) for item in items}

        def top(name: Name) -> Name:
            while above[name] != name:
                name = above[name]
            return name

        for pair in pairs:
            if pair.kind in ONE and json.loads(pair.detail)["whose"] != "other":
                first, second = sorted((top(pair.a), top(pair.b)))
                above[second] = first
        groups: dict[Name, list[Name]] = {}
        for name in sorted(above):
            groups.setdefault(top(name), []).append(name)
        return [tuple(group) for group in groups.values() if len(group) > 1]


def saying_at(place: Place) -> Saying | None:
    """The statement at a place, made ready to be compared; None where the page has none of this id."""
    found = statements_of(place.reading).get(place.id)
    return None if found is None else saying_of(place.reading, *found)


def detail(match: Match) -> str:
    """What a match rests on, as canonical JSON."""
    told = {"days": match.days, "figures": match.figures, "whose": match.whose, "why": match.why}
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


QUESTION = Matches()
