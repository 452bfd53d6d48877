"""Text that is carried: whom a page credits, and what is taken from the relations of copies."""

from __future__ import annotations

import json

import pytest
from voice_pages import MADE_BY

from sayso import identity
from sayso.pile.question import Pair
from sayso.pile.voices.carried import copied, credit_of
from sayso.pile.voices.sizes import outlet_keys, sizes_of
from sayso.records import Block, Document, Reading, Voice

CREDITS = [  # byline, dateline, outlet, other outlets, credited, why
    ("", "FELL, 3 May (Kestrel) –", "Varn Daily", (), "Kestrel", "the agency of a dateline, known or not"),
    ("", "FELL, 3 May (Kestrel) –", "Kestrel", (), "", "the outlet's own dateline"),
    ("", "FELL, 3 May –", "Varn Daily", (), "", "no agency"),
    ("Reuters", "", "Varn Daily", (), "Reuters", "an agency of the table"),
    ("Nadja Orrin", "", "Varn Daily", (), "", "a reporter"),
    ("Kestrel", "", "Varn Daily", (), "", "one word that may be anything"),
    ("Kestrel", "", "Varn Daily", ("Kestrel News Agency",), "Kestrel", "the name of an outlet of the pile"),
    ("Varn Daily", "", "Varn Daily", ("Varn Daily",), "", "its own name"),
    ("", "", "", (), "", "nothing at all"),
]


def reading(byline: str, dateline: str, outlet: str) -> Reading:
    text = f"{dateline}\n\nThe boats lay idle."
    blocks = [Block("dateline", (0, len(dateline)))] if dateline else []
    blocks.append(Block("paragraph", (len(dateline) + 2, len(text))))
    document = Document("a.txt", text, "", outlet, byline, language="en", blocks=tuple(blocks))
    voices: tuple[tuple[Voice, tuple[int, int]], ...] = (("own", blocks[-1].span),)
    return Reading(identity.document_id(document), identity.text_id(text), document, MADE_BY, voices=voices)


@pytest.mark.parametrize(("byline", "dateline", "outlet", "others", "expected", "why"), CREDITS)
def test_credits(byline: str, dateline: str, outlet: str, others: tuple[str, ...], expected: str, why: str):
    page = reading(byline, dateline, outlet)
    assert credit_of(page, others) == expected, why
    kept = sizes_of(page).words((), outlet_keys(others))
    assert kept["carried" if expected else "own"] == 4, "what is kept as numbers says the same"


def pair(origin: str, kind: str = "copy") -> Pair:
    detail = {
        "by": "date",
        "credits": "",
        "first": "a",
        "origin": origin,
        "own": 9,
        "passages": [[0, 9, 5, 14, 3, 3]],
        "share": [1, 1],
    }
    return Pair(("a" * 32, ""), ("b" * 32, ""), kind, 1.0, json.dumps(detail))


A, B = "a" * 32, "b" * 32
COPIES = [  # origin, outlet of a, outlet of b, what a carries, what b carries, why
    ("a", "Varn Daily", "Fell Today", [], [((5, 14), "Varn Daily", A, False)], "b has it from a"),
    ("b", "Varn Daily", "Fell Today", [((0, 9), "Fell Today", B, False)], [], "a has it from b"),
    (
        "",
        "Varn Daily",
        "Fell Today",
        [((0, 9), "", B, True)],
        [((5, 14), "", A, False)],
        "open: nobody's own; one is kept",
    ),
    ("", "Varn Daily", "Varn Daily", [], [((5, 14), "Varn Daily", A, False)], "one outlet: it keeps one"),
    ("", "", "", [((0, 9), "", B, True)], [((5, 14), "", A, False)], "outlets unknown: they may be two"),
]


@pytest.mark.parametrize(("origin", "outlet_a", "outlet_b", "carried_a", "carried_b", "why"), COPIES)
def test_copies(origin: str, outlet_a: str, outlet_b: str, carried_a: list, carried_b: list, why: str):
    found = copied([pair(origin)], {A: outlet_a, B: outlet_b})
    shown = {i: [(c.span, c.source, c.document, c.kept) for c in every] for i, every in found.items()}
    assert (shown.get(A, []), shown.get(B, [])) == (carried_a, carried_b), why


def test_pages_that_take_no_part_carry_nothing_and_give_nothing():
    assert copied([pair("a")], {B: "Fell Today"}) == {}
