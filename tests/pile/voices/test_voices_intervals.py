"""Intervals: known values, and whether they hold what they promise when words come in clusters."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.pile.voices.intervals import Clusters, wilson

KNOWN = [  # hits, size, low, high: Wilson's interval as statistical tables give it
    (10, 100, 0.0552, 0.1744),
    (0, 10, 0.0, 0.2775),
    (10, 10, 0.7225, 1.0),
    (1, 1000, 0.0002, 0.0056),
    (500, 1000, 0.4691, 0.5309),
]


@pytest.mark.parametrize(("hits", "size", "low", "high"), KNOWN)
def test_known_values(hits: int, size: int, low: float, high: float):
    assert wilson(hits, size) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def clusters(pages: list[tuple[int, int]]) -> Clusters:
    made = Clusters()
    for hits, size in pages:
        made.add(hits, size)
    return made


def test_even_pages_are_as_good_as_one_text():
    assert clusters([(2, 100)] * 30).effect() == 1.0


def test_one_page_that_repeats_a_word_says_less():
    spread, heaped = clusters([(1, 100)] * 20 + [(0, 100)] * 20), clusters([(20, 100)] + [(0, 100)] * 39)
    assert spread.hits == heaped.hits
    assert heaped.effect() > 5 * spread.effect()
    (a, b), (c, d) = spread.interval() or (0, 0), heaped.interval() or (0, 0)
    assert d - c > b - a


@pytest.mark.parametrize("pages", [[], [(0, 0)]])
def test_no_words_no_interval(pages: list[tuple[int, int]]):
    assert clusters(pages).interval() is None


PAGES = st.lists(st.tuples(st.integers(0, 9), st.integers(10, 300)), min_size=1, max_size=30)


@given(PAGES)
def test_the_share_lies_inside_and_order_does_not_matter(pages: list[tuple[int, int]]):
    made = clusters(pages)
    low, high = made.interval() or (1.0, 0.0)
    assert 0 <= low <= made.hits / made.size + 1e-12
    assert made.hits / made.size - 1e-12 <= high <= 1
    assert clusters(sorted(pages)) == made


def test_nineteen_of_twenty_intervals_hold_the_true_rate():
    """Pages of 200 words, four in ten of which use a word in a row of eight: the plain interval would miss far more often."""
    draw = random.Random("held")
    held = plain = 0
    for _ in range(400):
        made = clusters([(8 if draw.random() < 0.4 else 0, 200) for _ in range(40)])
        low, high = made.interval() or (0, 0)
        a, b = wilson(made.hits, made.size)
        held += low <= 0.016 <= high
        plain += a <= 0.016 <= b
    assert held / 400 >= 0.92
    assert plain / 400 < 0.85
