"""Text that an outlet took from elsewhere: by the credit on its page, or because another page had it first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.pile.copies.credit import Credit, credits_of, name_key, names_outlet
from sayso.pile.copies.held import held_of
from sayso.pile.question import Pair
from sayso.records import Reading, Span
from sayso.tables import load


@dataclass(frozen=True, slots=True)
class Carried:
    """A stretch of a page's text and whose it is: ``source`` is an agency or outlet as named, empty where unknown.

    ``document``: id of the page that had it first, or of one that has it too where that is open; empty where only a credit
    names the source. ``kept``: where it is open which page had it first, this is the one that counts when copies are folded.
    """

    span: Span
    source: str
    document: str = ""
    basis: Literal["credit", "copy"] = "copy"
    kept: bool = False


Carriage = Mapping[str, Sequence[Carried]]
"""What is carried, by document id. Pages that carry nothing need no entry."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A name that a page may credit with its text. ``sure`` where the page alone tells an agency."""

    name: str
    sure: bool


def claims(reading: Reading) -> tuple[Claim, ...]:
    """The names that the page may credit with its text, but for its own outlet; the sure ones first.

    Sure are the agency of a dateline and one of the table of agencies. Another name alone in the byline may be one.
    """
    agencies = {name_key(names[0]) for names in load("agencies")["same"]}
    datelines = [block.span for block in reading.document.blocks if block.kind == "dateline"]
    found: dict[str, bool] = {}
    for credit in credits_of(reading):
        if not names_outlet(credit, reading.document.outlet):
            at = credit.span
            sure = credit.key in agencies or (at is not None and any(a <= at[0] < b for a, b in datelines))
            found[credit.name] = sure or found.get(credit.name, False)
    return tuple(sorted((Claim(*each) for each in found.items()), key=lambda claim: not claim.sure))


def credit_of(reading: Reading, outlets: Collection[str] = ()) -> str:
    """The agency or outlet that the page credits with its text, as named; empty where none is.

    ``outlets``: the outlets of the pile. A byline that names one of them credits it.
    """
    known = {name for outlet in outlets if outlet for name in outlet_names(outlet)}
    return next((claim.name for claim in claims(reading) if claim.sure or name_key(claim.name) in known), "")


def outlet_names(outlet: str) -> tuple[str, ...]:
    """The keys that a credit to this outlet may have: its name, or its initials."""
    key = name_key(outlet)
    words = [word for word in outlet.split() if word.casefold() != "the" and word[0].isalnum()]
    initials = "".join(word[0] for word in words).casefold()
    return (key, initials) if len(words) > 1 and names_outlet(Credit(initials, initials, None), outlet) else (key,)


def copied(pairs: Iterable[Pair], outlets: Mapping[str, str]) -> dict[str, list[Carried]]:
    """What pages share with others that had it first, out of the relations of ``copies``; by document id.

    ``outlets``: outlet by document id, of the pages that take part; others (earlier versions) are left alone. Where it is open
    which page the text came from, both carry it: what may be another's is nobody's own; of two pages of one outlet one keeps it then.
    Raises sqlite3.DatabaseError where one is none that ``copies`` finds.
    """
    found: dict[str, list[Carried]] = {}
    for pair in pairs:
        sides = {"a": pair.a[0], "b": pair.b[0]}
        if any(i not in outlets for i in sides.values()):
            continue
        held = held_of(pair, pair.a[0])
        one = outlets[sides["a"]] == outlets[sides["b"]] != ""
        origin = {"this": "a", "other": "b"}.get(held.origin, "") or ("a" if one else "")
        for side, other in (("a", "b"), ("b", "a")):
            if origin == side:
                continue
            source = outlets[sides[other]] if origin == other else ""
            spans = (each.a if side == "a" else each.b for each in held.passages)
            found.setdefault(sides[side], []).extend(
                Carried(span, source, sides[other], kept=not origin and side == "a") for span in spans
            )
    return {i: sorted(every, key=lambda c: (c.span, c.source, c.document)) for i, every in found.items()}
