"""Windows: every word is owned once, with as much around it as there is room for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from core_rows import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.encoder.windows import OVERLAP, SIZE, Window, windows

COUNTS = st.lists(st.one_of(st.integers(1, 4), st.integers(1, 40)), max_size=120)


def pieces(counts: list[int], first: int, last: int) -> int:
    return sum(counts[first:last])


@st.composite
def texts(draw: st.DrawFn) -> tuple[list[int], list[int], int, int]:
    """Pieces of each word, words that start a paragraph, the size and the overlap asked for."""
    counts = draw(COUNTS)
    size = draw(st.integers(2, 60))
    overlap = draw(st.integers(0, size // 2))
    starts = draw(st.sets(st.integers(0, max(0, len(counts) - 1)))) if counts else set()
    return counts, sorted(starts), size, overlap


@settings(deadline=None)
@given(texts())
def test_every_word_is_owned_once(text: tuple[list[int], list[int], int, int]):
    counts, starts, size, overlap = text
    found = windows(counts, starts, size, overlap)
    assert [i for w in found for i in range(w.own_first, w.own_last)] == list(range(len(counts)))


@settings(deadline=None)
@given(texts())
def test_a_window_holds_its_own_words(text: tuple[list[int], list[int], int, int]):
    counts, starts, size, overlap = text
    for w in windows(counts, starts, size, overlap):
        assert 0 <= w.first < w.last <= len(counts)
        assert w.own_first <= w.own_last
        if w.own_first < w.own_last:
            assert w.first <= w.own_first
            assert w.own_last <= w.last


@settings(deadline=None)
@given(texts())
def test_a_window_fits_unless_one_word_alone_is_larger(text: tuple[list[int], list[int], int, int]):
    counts, starts, size, overlap = text
    for w in windows(counts, starts, size, overlap):
        assert pieces(counts, w.first, w.last) <= size or w.last - w.first == 1


@settings(deadline=None)
@given(texts())
def test_windows_go_forward_and_leave_no_gap(text: tuple[list[int], list[int], int, int]):
    counts, starts, size, overlap = text
    found = windows(counts, starts, size, overlap)
    for a, b in pairwise(found):
        assert a.first < b.first <= a.last <= b.last
    if counts:
        assert (found[0].first, found[-1].last) == (0, len(counts))


@settings(deadline=None)
@given(texts())
def test_neighbours_share_no_more_than_asked(text: tuple[list[int], list[int], int, int]):
    counts, starts, size, overlap = text
    for a, b in pairwise(windows(counts, starts, size, overlap)):
        assert pieces(counts, b.first, a.last) <= overlap


@settings(deadline=None)
@given(texts())
def test_neighbours_share_all_that_fits(text: tuple[list[int], list[int], int, int]):
    """Without paragraphs one more word would be more than asked, or the window would not move on."""
    counts, _, size, overlap = text
    for a, b in pairwise(windows(counts, (), size, overlap)):
        assert pieces(counts, b.first - 1, a.last) > overlap or b.first == a.first + 1


@settings(deadline=None)
@given(texts())
def test_a_word_is_taken_where_it_stands_furthest_from_an_edge(text: tuple[list[int], list[int], int, int]):
    """Among the windows that hold a word, counted in words, the ends of the text being no edge."""
    counts, starts, size, overlap = text
    found = windows(counts, starts, size, overlap)

    def room(w: Window, i: int) -> int:
        left = i - w.first if w.first else len(counts)
        right = w.last - 1 - i if w.last < len(counts) else len(counts)
        return min(left, right)

    for a, b in pairwise(found):
        for i in range(b.first, a.last):
            owner = next(w for w in found if w.own_first <= i < w.own_last)
            if owner in (a, b):
                assert room(owner, i) + 1 >= max(room(a, i), room(b, i))


# reason, pieces of each word, paragraph starts, size, overlap, windows as (first, last, own first, own last)
TABLE = [
    ("no words, no windows", [], [], 10, 4, []),
    ("a text that fits is one window", [1] * 10, [], 10, 4, [(0, 10, 0, 10)]),
    ("one word too many makes two", [1] * 11, [], 10, 4, [(0, 10, 0, 8), (6, 11, 8, 11)]),
    ("words of two pieces fill half as many", [2] * 6, [], 10, 4, [(0, 5, 0, 4), (3, 6, 4, 6)]),
    ("no overlap asked, none given", [1] * 8, [], 4, 0, [(0, 4, 0, 4), (4, 8, 4, 8)]),
    ("the next window starts at a paragraph near", [1] * 21, [13], 20, 8, [(0, 20, 0, 17), (13, 21, 17, 21)]),
    ("a paragraph far off does not count", [1] * 21, [16], 20, 8, [(0, 20, 0, 16), (12, 21, 16, 21)]),
    ("one word larger than a window stands alone", [30], [], 10, 4, [(0, 1, 0, 1)]),
]


@pytest.mark.parametrize(("counts", "starts", "size", "overlap", "wanted"), rows(TABLE))
def test_windows(counts: list[int], starts: list[int], size: int, overlap: int, wanted: list[tuple[int, ...]]):
    assert windows(counts, starts, size, overlap) == [Window(*w) for w in wanted]


def test_a_long_word_among_short_ones_is_read_whole():
    counts = [1] * 5 + [30] + [1] * 5
    holding = [w for w in windows(counts, (), 10, 4) if w.own_first <= 5 < w.own_last]
    assert holding == [Window(5, 6, 5, 6)]


def test_the_shipped_sizes_leave_room_for_the_two_marks_at_the_ends():
    assert SIZE + 2 == 256
    assert 0 < OVERLAP < SIZE // 2
    assert all(pieces([1] * 2000, w.first, w.last) <= SIZE for w in windows([1] * 2000))
