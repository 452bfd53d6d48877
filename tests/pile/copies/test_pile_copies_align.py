"""The alignment: what it finds, and what must hold of every answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.pile.copies.align import LEAST, passages

LOCK = (
    "the lock at fell was shut on monday after two of its gates had come off their hinges in the storm the warden said"
)
GROWERS = (
    "growers in the plain lost a third of their barley to hail and asked the province for seed before the spring sowing"
)
WINTER = "nobody in the town remembers a winter as mild as this one"
A, B, NEW = (each.split() for each in (LOCK, GROWERS, WINTER))
DOORS = [*A[:11], "doors", *A[12:]]


def words(*parts: list[str]) -> list[int]:
    """Words as whole numbers, the same for the same word."""
    return [int.from_bytes(word.encode(), "big") for part in parts for word in part]


ROWS = [
    ("the same text", [A], [A], [(0, 24, 0, 24)]),
    ("another headline before it", [NEW, A], [A], [(12, 36, 0, 24)]),
    ("two paragraphs in another order", [A, B], [B, A], [(0, 24, 22, 46), (24, 46, 0, 22)]),
    ("cut at the end", [A[:16]], [A, B], [(0, 16, 0, 16)]),
    ("one word in another", [A], [DOORS], [(0, 24, 0, 24)]),
    ("a clause put in", [A], [A[:10] + NEW[:6] + A[10:]], [(0, 24, 0, 30)]),
    ("own text between two pieces", [A, B], [A, NEW, NEW, B], [(0, 24, 0, 24), (24, 46, 48, 70)]),
    ("nothing", [A], [B], []),
    ("a formula of six words", [A, B[:6]], [NEW, B[:6]], []),
    ("no words", [[]], [A], []),
]


@pytest.mark.parametrize(("a", "b", "spans"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_what_is_shared(a: list[list[str]], b: list[list[str]], spans: list[tuple[int, ...]]):
    assert [(*each.a, *each.b) for each in passages(words(*a), words(*b))] == spans


def test_a_changed_word_is_no_match_and_its_neighbours_are():
    (found,) = passages(words(A), words(DOORS))
    assert found.matched == len(A) - 1


def test_a_formula_that_stands_everywhere_is_passed_over():
    assert passages([1] * 5000, [1] * 5000) == []


numbers = st.lists(st.integers(0, 40), max_size=120)
pieces = st.lists(st.lists(st.integers(0, 400), min_size=5, max_size=25), min_size=1, max_size=5)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """A text, and the same in another order with words changed, left out and put in."""
    parts = draw(pieces)
    other = [word for part in draw(st.permutations(parts)) for word in part]
    for _ in range(draw(st.integers(0, 12))):
        at = draw(st.integers(0, len(other)))
        other[at : at + draw(st.integers(0, 2))] = draw(st.lists(st.integers(0, 400), max_size=2))
    return [word for part in parts for word in part], other


@given(st.one_of(st.tuples(numbers, numbers), edited()))
def test_every_answer_holds(pair: tuple[list[int], list[int]]):
    """Matching words are the same words; they stand in order; no word is in two passages; each passage is long enough."""
    a, b = pair
    seen_a: set[int] = set()
    seen_b: set[int] = set()
    for found in passages(a, b):
        at, there = found.a[0], found.b[0]
        for i, j, length in found.runs:
            assert length > 0
            assert at <= i
            assert there <= j
            assert a[i : i + length] == b[j : j + length]
            at, there = i + length, j + length
        assert (at, there) == (found.a[1], found.b[1]) == (min(at, len(a)), min(there, len(b)))
        assert found.runs[0][:2] == (found.a[0], found.b[0])
        assert found.matched >= LEAST
        assert not seen_a & set(range(*found.a))
        assert not seen_b & set(range(*found.b))
        seen_a |= set(range(*found.a))
        seen_b |= set(range(*found.b))


@given(st.lists(st.integers(), min_size=int(LEAST), max_size=80, unique=True))
def test_a_text_is_all_of_itself(a: list[int]):
    assert [(each.a, each.b) for each in passages(a, a)] == [((0, len(a)), (0, len(a)))]
