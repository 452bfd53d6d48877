"""Whose words each stretch of a page is: the paragraphs are covered once, and the surest claim wins."""

from __future__ import annotations

from itertools import pairwise

import pytest
from core_rows import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.records import Span, Voice
from sayso.voices import voices_of

Spans = list[Span]
PAGE = [(0, 10), (12, 20)]

# reason, spans in statements, in quotation marks, unsure; the voices of the page above
TABLE: list[tuple[str, Spans, Spans, Spans, list[tuple[Voice, Span]]]] = [
    ("nobody claims anything", [], [], [], [("own", (0, 10)), ("own", (12, 20))]),
    (
        "a statement in the middle",
        [(3, 5)],
        [],
        [],
        [("own", (0, 3)), ("statement", (3, 5)), ("own", (5, 10)), ("own", (12, 20))],
    ),
    ("a whole paragraph", [(0, 10)], [], [], [("statement", (0, 10)), ("own", (12, 20))]),
    (
        "a statement outranks its quotation marks",
        [(3, 5)],
        [(2, 6)],
        [],
        [
            ("own", (0, 2)),
            ("quoted", (2, 3)),
            ("statement", (3, 5)),
            ("quoted", (5, 6)),
            ("own", (6, 10)),
            ("own", (12, 20)),
        ],
    ),
    (
        "marks outrank a doubt",
        [],
        [(2, 6)],
        [(4, 8)],
        [("own", (0, 2)), ("quoted", (2, 6)), ("unsure", (6, 8)), ("own", (8, 10)), ("own", (12, 20))],
    ),
    (
        "a statement outranks a doubt",
        [(2, 6)],
        [],
        [(0, 10)],
        [("unsure", (0, 2)), ("statement", (2, 6)), ("unsure", (6, 10)), ("own", (12, 20))],
    ),
    (
        "over two paragraphs: what stands between is nobody's",
        [(5, 15)],
        [],
        [],
        [("own", (0, 5)), ("statement", (5, 10)), ("statement", (12, 15)), ("own", (15, 20))],
    ),
    (
        "two statements that touch are one stretch",
        [(2, 4), (4, 6)],
        [],
        [],
        [("own", (0, 2)), ("statement", (2, 6)), ("own", (6, 10)), ("own", (12, 20))],
    ),
    (
        "one inside the other is one stretch",
        [(2, 8), (4, 6)],
        [],
        [],
        [("own", (0, 2)), ("statement", (2, 8)), ("own", (8, 10)), ("own", (12, 20))],
    ),
    ("outside the paragraphs nothing counts", [(10, 12), (20, 30)], [], [], [("own", (0, 10)), ("own", (12, 20))]),
    ("nothing claims nothing", [(3, 3)], [], [], [("own", (0, 10)), ("own", (12, 20))]),
]


@pytest.mark.parametrize(("statements", "quoted", "unsure", "wanted"), rows(TABLE))
def test_voices(statements: Spans, quoted: Spans, unsure: Spans, wanted: list[tuple[Voice, Span]]):
    assert list(voices_of(PAGE, statements, quoted, unsure)) == wanted


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: (min(p), max(p))), max_size=6)


@st.composite
def pages(draw: st.DrawFn) -> Spans:
    """Paragraphs in order that do not touch."""
    edges = sorted(draw(st.sets(st.integers(0, 60), max_size=10)))
    return list(zip(edges[::2], edges[1::2], strict=False))


@settings(deadline=None)
@given(pages(), SPANS, SPANS, SPANS)
def test_paragraphs_are_covered_once_and_in_order(page: Spans, statements: Spans, quoted: Spans, unsure: Spans):
    found = voices_of(page, statements, quoted, unsure)
    held = [i for _, span in found for i in range(*span)]
    assert held == [i for span in page for i in range(*span)]
    assert all(start < end for _, (start, end) in found)


@settings(deadline=None)
@given(pages(), SPANS, SPANS, SPANS)
def test_the_surest_claim_wins(page: Spans, statements: Spans, quoted: Spans, unsure: Spans):
    claims: list[tuple[Voice, Spans]] = [("statement", statements), ("quoted", quoted), ("unsure", unsure)]
    for voice, span in voices_of(page, statements, quoted, unsure):
        for i in range(*span):
            wanted = next((name for name, spans in claims if any(s <= i < e for s, e in spans)), "own")
            assert voice == wanted


@settings(deadline=None)
@given(pages(), SPANS, SPANS, SPANS)
def test_stretches_are_as_long_as_can_be(page: Spans, statements: Spans, quoted: Spans, unsure: Spans):
    found = voices_of(page, statements, quoted, unsure)
    for (voice, span), (next_voice, after) in pairwise(found):
        assert span[1] < after[0] or voice != next_voice
