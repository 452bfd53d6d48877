"""The question of the pile: which statements of different pages report one act of speaking or make one claim."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from sayso.pile.matches.amounts import Stand
from sayso.pile.matches.compare import Kind, Match, compare
from sayso.pile.matches.keys import keys_of, near, sketch_of
from sayso.pile.matches.saying import Saying, saying_of, statements_of
from sayso.pile.matches.who import Who
from sayso.pile.question import Item, Pair, Place, Relation
from sayso.pile.rows import odd
from sayso.records import Reading
from sayso.tables import load

ONE = frozenset(("same-words", "same-utterance"))
"""Relations that hold statements together as one act of speaking."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The question which statements say the same. Items are statements, those of headlines too."""

    name: str = "matches"
    version: int = 2
    old_versions: bool = False
    compares: bool = True

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


def saying_at(place: Place) -> Saying | None:
    """The statement at a place, made ready to be compared; None where the page has none of this id."""
    found = statements_of(place.reading).get(place.id)
    return None if found is None else saying_of(place.reading, *found)


def detail(match: Match) -> str:
    """What a match rests on, as canonical JSON."""
    told = {"days": match.days, "figures": match.figures, "whose": match.whose, "why": match.why}
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def detail_of(pair: Pair) -> dict[str, Any]:
    """What a stored match rests on: ``days, figures, whose, why``. Raises sqlite3.DatabaseError where it is no match."""
    found = json.loads(pair.detail)
    days = found.get("days", "")
    whole = (
        pair.kind in get_args(Kind)
        and found.keys() == {"days", "figures", "whose", "why"}
        and (days is None or type(days) is int)
        and found["figures"] in get_args(Stand)
        and found["whose"] in get_args(Who)
        and found["why"] in list(load("matches")["why"])
    )
    if not whole:
        raise odd("a match")
    return dict(found)


QUESTION = Matches()
