"""Counts on pages whose every voice is known; and what must hold whatever the pages are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voice_pages import AGENCY, OUTLETS, PHRASE, WORD, Known, page

from sayso.pile.voices import CELLS, Carried, Voices, Wish, places, shelf_of, voices
from sayso.pile.voices.carried import credit_of
from sayso.pile.voices.segments import segments
from sayso.pile.voices.sizes import outlet_keys, pack, sizes_of, unpack, words_in
from sayso.pile.voices.uses import page_voices
from sayso.pile.voices.words import words
from sayso.records import Statement, Voice

PAGES = [page(number) for number in range(100)]
WISH = Wish((WORD, PHRASE))


def counted(pages: Sequence[Known], wish: Wish = WISH) -> Voices:
    return voices(shelf_of([p.reading for p in pages], {p.reading.id: p.carried for p in pages}), wish)


def cells(answer: Voices) -> Counter[tuple[str, str, str, bool]]:
    found: Counter[tuple[str, str, str, bool]] = Counter()
    for row in answer.rows:
        for name, cell in row.cells.items():
            found[row.word, row.outlet, name, False] += cell.count
            found[row.word, row.outlet, name, True] += cell.denied
    return +found


def test_every_count_of_100_pages_is_right():
    known: Counter[tuple[str, str, str, bool]] = Counter()
    for p in PAGES:
        for (term, cell, denied), count in p.known.items():
            known[term, p.reading.document.outlet, cell, denied] += count
    assert known.total() > 600
    assert {key[2] for key in known} == set(CELLS)
    assert cells(counted(PAGES)) == +known


def test_every_count_of_every_page_is_right():
    for p in PAGES:
        known = Counter({(t, p.reading.document.outlet, c, d): n for (t, c, d), n in p.known.items()})
        assert cells(counted([p])) == +known


def test_every_speaker_is_right():
    known: Counter[tuple[str, str, str]] = Counter()
    for p in PAGES:
        known += p.by
    found: Counter[tuple[str, str, str]] = Counter()
    for row in counted(PAGES).speakers:
        for how in ("direct", "indirect", "denied"):
            found[row.word, row.speaker, how] += getattr(row, how)
    assert +found == +known


def test_places_are_what_is_counted():
    shelf = shelf_of([p.reading for p in PAGES], {p.reading.id: p.carried for p in PAGES})
    found = list(places(shelf, WISH))
    assert len(found) == sum(row.total for row in voices(shelf, WISH).rows)
    texts = {p.reading.id: p.reading for p in PAGES}
    for use in found:
        reading = texts[use.document_id]
        text = reading.headline.text if use.part == "headline" and reading.headline else reading.document.text
        assert text[slice(*use.span)] == use.words
        assert text[slice(*use.sentence_span)] == use.sentence
        assert use.sentence_span[0] <= use.span[0] < use.span[1] <= use.sentence_span[1]
    for cell in CELLS:
        only = list(places(shelf, replace(WISH, cell=cell)))
        assert only == [use for use in found if ("headline" if use.title else use.voice) == cell]


def test_carried_words_are_shown_with_their_source():
    rows = counted(PAGES).rows
    for row in rows:
        cell = row.cells["carried"]
        assert sum(count for _, count in row.sources) == cell.count + cell.denied
    assert any(name == AGENCY for row in rows for name, _ in row.sources)


def test_carried_as_own():
    apart, together = counted(PAGES), counted(PAGES, replace(WISH, carried_as_own=True))
    for a, b in zip(apart.rows, together.rows, strict=True):
        assert b.cells["carried"].count == 0
        assert b.cells["own"].count == a.cells["own"].count + a.cells["carried"].count
        assert b.cells["own"].words == a.cells["own"].words + a.cells["carried"].words


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(12)))
def test_order_does_not_matter(order: list[int]):
    assert counted([PAGES[n] for n in order]) == counted(PAGES[:12])


def test_swapped_outlets_swap_their_rows():
    a, b, _ = OUTLETS
    swap = {a: b, b: a}

    def other(p: Known) -> Known:
        document = replace(p.reading.document, outlet=swap.get(p.reading.document.outlet, p.reading.document.outlet))
        return replace(p, reading=replace(p.reading, document=document))

    straight = {(row.word, swap.get(row.outlet, row.outlet)): row.cells for row in counted(PAGES).rows}
    assert {(row.word, row.outlet): row.cells for row in counted([other(p) for p in PAGES]).rows} == straight


def test_a_speaker_asked_for():
    rows = counted(PAGES, replace(WISH, speaker="quill")).rows
    assert {name for row in rows for name, cell in row.cells.items() if cell.count} <= {"direct", "indirect"}
    assert sum(row.total for row in rows) == sum(
        n for p in PAGES for (_, who, _), n in p.by.items() if who == "Ada Quill"
    )


def test_a_word_that_nobody_uses():
    answer = counted(PAGES[:3], Wish(("zebra", WORD, WORD)))
    assert answer.unused == ("zebra",)
    assert {row.word for row in answer.rows} == {WORD}


def test_rates_are_over_the_words_of_the_voice():
    for row in counted(PAGES).rows:
        for name, cell in row.cells.items():
            if cell.rate is None or name == "aside":
                assert cell.words == 0
                continue
            assert cell.rate == pytest.approx(1000 * cell.count / cell.words, abs=1e-3)
            assert cell.low is not None
            assert cell.high is not None
            assert cell.low <= cell.rate <= cell.high


# --- sizes ---


@pytest.mark.parametrize("p", PAGES[:40], ids=lambda p: p.reading.document.name)
def test_sizes_are_the_words_of_each_voice(p: Known):
    reading = p.reading
    sizes = sizes_of(reading)
    assert unpack(pack(sizes)) == sizes
    voiced = page_voices(reading)
    found: Counter[str] = Counter()
    for span in words(reading.document.text):
        segment = voiced.segment(span, "text")
        found["aside" if segment is None else "headline" if segment.title else segment.voice] += 1
    found.pop("aside", None)
    found["headline"] += len(list(words(reading.headline.text))) if reading.headline else 0
    given = sizes.words((), outlet_keys(OUTLETS))
    for carried in ((), p.carried):
        assert words_in(pack(sizes), carried, outlet_keys(OUTLETS)) == sizes.words(carried, outlet_keys(OUTLETS))
    own = "carried" if credit_of(reading, OUTLETS) else "own"
    assert +Counter(given) == +Counter({own if name == "own" else name: n for name, n in found.items()})


TOUCHED = [  # voices of three stretches of four characters, span, whose it is, why
    (("own", "statement", "own"), (2, 6), "indirect", "a statement before the own voice"),
    (("statement", "quoted", "own"), (3, 9), "indirect", "a statement before mere marks"),
    (("quoted", "unsure", "own"), (0, 12), "quoted", "marks before doubt"),
    (("own", "unsure", "own"), (3, 5), "unsure", "doubt before the own voice"),
    (("own", "own", "own"), (12, 13), None, "outside"),
    (("own", "unsure", "own"), (0, 4), "own", "touching ends do not count"),
]


@pytest.mark.parametrize(("three", "span", "expected", "why"), TOUCHED)
def test_words_over_several_voices_are_the_least_the_outlets_own(
    three: tuple[Voice, ...], span: tuple[int, int], expected: str | None, why: str
):
    tiles = tuple((voice, (4 * n, 4 * n + 4)) for n, voice in enumerate(three))
    told = tuple(Statement("5" * 32, "indirect", (), (), (tile,)) for voice, tile in tiles if voice == "statement")
    reading = replace(PAGES[0].reading, statements=told, voices=tiles)
    found = page_voices(reading).segment(span, "text")
    assert (None if found is None else found.voice) == expected, why


def test_a_word_that_is_carried_in_part_is_not_carried():
    sizes = replace(sizes_of(PAGES[0].reading), own=((0, 4), (5, 9)), credited=False)
    assert sizes.words([Carried((0, 7), "Fell Today")])["carried"] == 1


def test_words_that_are_carried_are_those_inside():
    p = next(p for p in PAGES if p.carried and not credit_of(p.reading, OUTLETS))
    sizes = sizes_of(p.reading)
    inside = sum(any(a <= s and e <= b for a, b in (c.span for c in p.carried)) for s, e in sizes.own)
    assert sizes.words(p.carried)["carried"] == inside > 0


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 300)), max_size=20))
def test_sizes_survive_packing_however_far_apart(steps: list[tuple[int, int]]):
    spans, at = [], 0
    for gap, length in steps:
        spans.append((at + gap, at + gap + length))
        at += gap + length
    sizes = replace(sizes_of(PAGES[0].reading), own=tuple(spans), claims=(1, 2**63 - 1))
    assert unpack(pack(sizes)) == sizes


@pytest.mark.parametrize("p", PAGES[:20], ids=lambda p: p.reading.document.name)
def test_segments_tile_what_the_voices_tile(p: Known):
    parts = segments(p.reading)
    assert sum(b - a for a, b in (s.span for s in parts)) == sum(b - a for _, (a, b) in p.reading.voices)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(parts))
