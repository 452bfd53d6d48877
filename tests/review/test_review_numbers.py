"""Shares with intervals, and agreement: against numbers that were published, and by what must hold of any."""

from __future__ import annotations

import random
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.review.alpha import _expected, _sections, alpha, alpha_u, interval, nominal
from sayso.review.drawing import LEAST, allotted
from sayso.review.estimates import NOTHING, Stratum, estimate, wilson

# --- intervals ---

WILSON = [  # hits, n, low, high: Newcombe 1998 (Statistics in Medicine 17, 857-872), table I, method 3
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
]  # fmt: skip


@pytest.mark.parametrize(("hits", "n", "low", "high"), WILSON)
def test_wilson(hits: int, n: int, low: float, high: float):
    assert wilson(hits / n, n) == pytest.approx((low, high), abs=5e-5)
    whole = estimate([Stratum(10**9, ((1.0, 1.0),) * hits + ((0.0, 1.0),) * (n - hits))])
    assert (whole.low, whole.high) == pytest.approx((low, high), abs=5e-5)
    assert (whole.hits, whole.judged) == (hits, n)


def strata(*given: tuple[int, int, int]) -> list[Stratum]:
    """Strata from (units, drawn, hits)."""
    return [Stratum(units, ((1.0, 1.0),) * hits + ((0.0, 1.0),) * (drawn - hits)) for units, drawn, hits in given]


CASES = [
    (strata((100, 10, 5), (900, 10, 10)), 0.95, "a small stratum that is bad weighs a tenth"),
    (strata((500, 10, 5), (500, 10, 10)), 0.75, "two of one size weigh the same"),
    (strata((10, 10, 4)), 0.4, "all of it"),
    ([Stratum(50, ((1.0, 1.0), (0.0, 0.0), (0.0, 0.0), (1.0, 1.0)))], 1.0, "rows that were not judged do not count"),
    ([Stratum(10, ((2.0, 4.0), (1.0, 1.0))), Stratum(30, ((0.0, 1.0), (3.0, 3.0)))], 0.7, "a ratio of counts: (15 + 45) / (25 + 60)"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "share", "reason"), CASES, ids=[reason for *_, reason in CASES])
def test_shares(given: list[Stratum], share: float, reason: str):
    found = estimate(given)
    assert found.share == pytest.approx(share if "ratio" not in reason else 60 / 85)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.share <= found.high <= 1


def test_nothing_and_everything():
    assert estimate([]) == NOTHING
    assert estimate([Stratum(9, ())]) == NOTHING
    assert estimate([Stratum(9, ((0.0, 0.0),))]) == NOTHING
    whole = estimate(strata((10, 10, 4), (5, 5, 5)))
    assert (whole.share, whole.low, whole.high) == (0.6, 0.6, 0.6)
    assert wilson(0.3, inf) == (0.3, 0.3)
    with pytest.raises(ValueError, match="more units"):
        estimate(strata((3, 4, 1)))


def test_the_variance_of_a_stratified_share():
    """Against the formula of Cochran 1977, (5.52), worked by hand: v = sum W^2 (1 - f) p q / (n - 1), n* = P Q / v."""
    given = strata((200, 20, 12), (800, 40, 36))
    share = 0.2 * 0.6 + 0.8 * 0.9
    v = 0.2**2 * 0.9 * 0.6 * 0.4 / 19 + 0.8**2 * 0.95 * 0.9 * 0.1 / 39
    low, high = wilson(share, min(share * (1 - share) / v, 60 / 0.94))
    found = estimate(given)
    assert found.share == pytest.approx(share)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_a_single_unit_of_a_stratum_is_taken_with_others():
    alone = estimate(strata((50, 1, 1), (40, 1, 0), (100, 5, 4)))
    assert alone.low is not None
    assert alone.high is not None
    assert alone.low > 0.1
    assert alone.high < 1


def covered(sizes: list[tuple[int, float]], drawn: int, rounds: int, *, clusters: bool = False) -> float:
    """How often the interval holds the true share of a pile with these strata (units, chance of a hit)."""
    chance = random.Random(11)
    held = []
    for units, p in sizes:
        of = [float(chance.choice((0, 1, 2, 3))) if clusters else 1.0 for _ in range(units)]
        held.append([(float(sum(chance.random() < p for _ in range(int(n)))), n) for n in of])
    true = sum(hits for part in held for hits, _ in part) / sum(n for part in held for _, n in part)
    share = allotted({("", str(n)): len(part) for n, part in enumerate(held)}, drawn)
    inside = 0
    for _ in range(rounds):
        found = estimate(
            Stratum(len(part), tuple(chance.sample(part, share["", str(n)]))) for n, part in enumerate(held)
        )
        inside += found.low is not None and found.high is not None and found.low <= true <= found.high
    return inside / rounds


PILES = [
    ([(2000, 0.85)], False, "one stratum"),
    ([(1500, 0.9), (400, 0.7), (100, 0.4)], False, "three that differ"),
    ([(600, 0.98), (600, 0.96)], False, "near the edge"),
    ([(900, 0.8), (300, 0.5)], True, "counts in stretches: a ratio"),
]  # fmt: skip


@pytest.mark.parametrize(("sizes", "clusters", "reason"), PILES, ids=[reason for *_, reason in PILES])
def test_intervals_hold_what_they_promise(sizes: list[tuple[int, float]], clusters: bool, reason: str):
    """Of 95 intervals in a hundred, at least 92 hold the truth (500 samples of 60: chance alone moves that by 2)."""
    assert covered(sizes, 60, 500, clusters=clusters) >= 0.92


# --- allotting ---


@given(
    st.dictionaries(st.tuples(st.just(""), st.text(max_size=3)), st.integers(1, 400), min_size=1, max_size=12),
    st.integers(0, 300),
)
def test_allotted(sizes: dict[tuple[str, str], int], number: int):
    share = allotted(sizes, number)
    assert sum(share.values()) == min(number, sum(sizes.values()))
    assert all(0 <= share[layer] <= size for layer, size in sizes.items())
    if number >= LEAST * len(sizes):
        assert all(share[layer] >= min(LEAST, size) for layer, size in sizes.items())
    ordered = sorted(sizes, key=lambda layer: sizes[layer])
    assert all(share[a] <= share[b] + 1 for a, b in pairwise(ordered))


# --- alpha ---

FOUR = """1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 ."""
"""Four observers, twelve units, missing data: Krippendorff 2011, example C: nominal .743, interval .849."""
TWO = "a a b b d c c c e d d a\nb a b b b c c c e d d d"
"""Two observers, twelve units, nominal: Krippendorff 2011, example B: .692."""
BINARY = "0 1 0 0 0 0 0 0 1 0\n1 1 1 0 0 1 0 0 0 0"
"""Two observers, ten units, two values: Krippendorff 2011, example A: .095."""


def units(table: str) -> list[list[object]]:
    columns = zip(*(line.split() for line in table.splitlines()), strict=True)
    return [[int(v) if v.isdecimal() else v for v in column if v != "."] for column in columns]


@pytest.mark.parametrize(
    ("table", "delta", "published"),
    [(FOUR, nominal, 0.743), (FOUR, interval, 0.849), (TWO, nominal, 0.692), (BINARY, nominal, 0.095)],
)
def test_alpha_as_published(table: str, delta, published: float):
    assert alpha(units(table), delta) == pytest.approx(published, abs=5e-4)


def moved(*spans: tuple[int, int]) -> list[tuple[int, int]]:
    return [(start - 150, start - 150 + many) for start, many in spans]


def test_alpha_u_as_published():
    """Krippendorff 2004 (Quality & Quantity 38), figure 2: 300 units of length; De .0532 and .0490, alpha .7286 and 1."""
    c = [moved((225, 70), (370, 30)), moved((220, 80), (355, 20), (400, 20))]
    k = [moved((180, 60), (300, 50))] * 2
    assert _expected([_sections(each, 300) for each in c], 300) == pytest.approx(0.0532, abs=5e-5)
    assert _expected([_sections(each, 300) for each in k], 300) == pytest.approx(0.0490, abs=5e-5)
    assert alpha_u(c, 300) == pytest.approx(0.7286, abs=5e-5)
    assert alpha_u(k, 300) == 1


VALUES = st.lists(st.lists(st.sampled_from("abc"), min_size=0, max_size=4), max_size=12)


@given(VALUES, st.randoms())
def test_alpha_whatever_the_order(values: list[list[str]], chance: random.Random):
    found = alpha(values)
    shuffled = [chance.sample(each, len(each)) for each in chance.sample(values, len(values))]
    again = alpha(shuffled)
    assert (found is None) == (again is None)
    if found is not None:
        assert again == pytest.approx(found)
        assert found <= 1
        assert found == pytest.approx(1) or any(len(set(each)) > 1 for each in values)
        renamed = alpha([[v.upper() for v in each] for each in values])
        assert renamed == pytest.approx(found)


@given(VALUES)
def test_alpha_without_a_choice(values: list[list[str]]):
    known = {v for each in values if len(each) > 1 for v in each}
    assert (alpha(values) is None) == (len(known) < 2)


@st.composite
def marks(draw: st.DrawFn) -> list[tuple[int, int]]:
    edges = sorted(draw(st.lists(st.integers(0, 200), max_size=8, unique=True)))
    return list(zip(edges[::2], edges[1::2], strict=False))


@settings(max_examples=60)
@given(marks(), marks())
def test_alpha_u_whoever_comes_first(one: list[tuple[int, int]], other: list[tuple[int, int]]):
    found, again = alpha_u([one, other], 200), alpha_u([other, one], 200)
    assert found == (again if again is None else pytest.approx(again))
    if one and one != [(0, 200)]:
        assert alpha_u([one, one], 200) == pytest.approx(1)
    assert (found is None) == (not one and not other)


def test_alpha_u_refuses_spans_that_overlap():
    with pytest.raises(ValueError, match="overlaps"):
        alpha_u([[(0, 5), (4, 9)], []], 20)
