"""The question ``people``: what the pile keeps of each speaker. Who is who is worked out from that when asked (``people``)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sayso.pile.people.people import Readings, items_of, weigher_of
from sayso.pile.people.profile import profiles_of
from sayso.pile.question import Item, Place, Relation
from sayso.records import Reading

VERSION = 1


class Question:
    """Keeps a profile of each speaker that has a name to compare; stores no pair.

    In a bucket of very many the pile compares only a few, and those who speak most are on very many pages: pairs would
    lose most of them. The profiles lose nobody, and cost the same however many namesakes there are.
    """

    name = "people"
    version = VERSION
    old_versions = False
    compares = False

    def items(self, reading: Reading) -> Iterable[Item]:
        """A profile in numbers for each speaker with a name to compare, under the keys of its names."""
        return items_of(reading)

    def near(self, a: Item, b: Item) -> bool:
        """Never: no pair is stored."""
        return False

    def compare(self, a: Place, b: Place) -> Relation | None:
        """What two speakers have to do with each other, seen by themselves: same-person or same-body with its evidence."""
        first, second = (next((p for p in profiles_of(x.reading) if p.id == x.id), None) for x in (a, b))
        if first is None or second is None or first.document == second.document:
            return None
        weight = weigher_of(Readings((a.reading, b.reading)), (first, second))(first, second)
        if not weight.enough:
            return None
        kind = "same-person" if first.person else "same-body"
        detail = json.dumps({"codes": weight.codes, "points": weight.points}, sort_keys=True, separators=(",", ":"))
        return Relation(kind, round(min(weight.points, 200) / 200, 4), detail)


QUESTION = Question()
