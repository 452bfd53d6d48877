"""Contested words: found where an outlet uses itself what others only quote, and none where chance would do."""

from __future__ import annotations

import random
from dataclasses import replace

from voice_pages import MADE_BY, OUTLETS

from sayso import identity
from sayso.pile.voices import shelf_of
from sayso.pile.voices.contested import contested
from sayso.records import Block, Document, Reading, Speaker, Statement, Voice

VOCABULARY = [
    first + last
    for first in ("bal", "cor", "dan", "fen", "gor", "hal", "lim", "mur")
    for last in ("a", "ent", "ip", "ock", "un")
]


def page(number: int, outlet: str, *, uneven: bool) -> Reading:
    """A page of random words in two voices; the first outlet writes ``wrecker`` itself, the others quote it."""
    draw = random.Random(f"contested {number}")
    own, said = (" ".join(draw.choices(VOCABULARY, k=14)) for _ in range(2))
    if draw.random() < 0.6:
        mine = outlet == OUTLETS[0] if uneven else draw.random() < 0.5
        own, said = (own + " wreckers", said) if mine else (own, said + " wrecker")
    text = f"{own}. {said}"
    at = len(own) + 2
    document = Document(f"{number}.txt", text, "", outlet, language="en", blocks=(Block("paragraph", (0, len(text))),))
    voices: tuple[tuple[Voice, tuple[int, int]], ...] = (("own", (0, at)), ("statement", (at, len(text))))
    statement = Statement("5" * 32, "indirect", (), (), ((at, len(text)),), speaker="6" * 32)
    return Reading(
        identity.document_id(document), identity.text_id(text), document, MADE_BY, None, (statement,),
        (Speaker("6" * 32, "Ada Quill", "person", ()),), voices=voices,
    )  # fmt: skip


def pile(*, uneven: bool) -> list[Reading]:
    return [page(n, OUTLETS[n % 3], uneven=uneven) for n in range(60)]


def test_the_uneven_word_is_found_and_nothing_else():
    (found,) = contested(shelf_of(pile(uneven=True)))
    assert found.word == "wrecker"
    assert [outlet for outlet, _ in found.own] == [OUTLETS[0]]
    assert {outlet for outlet, _ in found.quoted} == set(OUTLETS[1:])


def test_hardly_a_word_where_outlets_are_alike():
    """Of piles without an uneven word about one in twenty names one: the share that is allowed for."""
    named = 0
    for first in range(0, 1200, 100):
        named += bool(contested(shelf_of([page(first + n, OUTLETS[n % 3], uneven=False) for n in range(40)])))
    assert named <= 2


def test_order_does_not_matter():
    pages = pile(uneven=True)
    assert contested(shelf_of(pages)) == contested(shelf_of(reversed(pages)))


def test_one_outlet_has_no_contested_words():
    pages = [replace(r, document=replace(r.document, outlet=OUTLETS[0])) for r in pile(uneven=True)]
    assert contested(shelf_of(pages)) == ()
