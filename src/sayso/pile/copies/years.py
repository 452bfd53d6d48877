"""Which of two pages came first where one gives no year, and the other pages of the pile leave it only one (``stamps``).

What is stored of two pages follows from these two alone, so this is worked out when asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sayso.pile.copies.credit import direction
from sayso.pile.copies.held import held_of
from sayso.pile.question import Pair
from sayso.pile.stamps import contradicted, inferred, pages_in
from sayso.pile.store import Pile
from sayso.records import Published, Reading

Years = Mapping[str, Published]
"""The dates of pages whose year other pages leave, by document id."""
OPEN = ("no-date", "dateline")
"""Rules that decided because no date did: a credit outranks dates, and two whole dates are known already."""


def years_of(pile: Pile, pairs: Iterable[Pair]) -> Years:
    """The years that the pile leaves to pages of these pairs; none where it was not asked about ``stamps``, or none matters.

    Raises sqlite3.DatabaseError where a pair is none that ``copies`` finds.
    """
    held = (held_of(pair, pair.a[0]) for pair in pairs)
    if "stamps" not in pile.questions or not any(each.by in OPEN and not each.first for each in held):
        return {}
    pages = pages_in(pile)
    return {each.document: each.published for each in inferred(pages, {each.document for each in contradicted(pages)})}


def with_years(pile: Pile, pair: Pair, years: Years) -> Pair:
    """A pair with where its text came from as the years tell it; as it was where they tell nothing."""
    if pair.a[0] not in years and pair.b[0] not in years:
        return pair
    way = direction(*(_dated(pile.reading(name[0]), years) for name in (pair.a, pair.b)))
    told = {"by": way.by, "credits": way.credits, "first": way.first, "origin": way.origin}
    detail = {**json.loads(pair.detail), **told}
    return replace(pair, detail=json.dumps(detail, separators=(",", ":"), sort_keys=True))


def _dated(reading: Reading, years: Years) -> Reading:
    if reading.id not in years:
        return reading
    return replace(reading, document=replace(reading.document, published=years[reading.id]))
