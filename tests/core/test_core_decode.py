"""From scores to spans: Viterbi against brute force, spans from tags, links and relations."""

from __future__ import annotations

import math
from itertools import pairwise, product

import numpy as np
import pytest
from core_rows import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.encoder.decode import FORBIDDEN, plain_tags, probabilities, spans_of, viterbi
from sayso.encoder.links import FAR, KINDS, LINK, Balance, Compared, chances, compared
from sayso.encoder.relations import STEPS, distance_class, relation

NAMES = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
NEVER = -1e4


def allowed(before: int, tag: int) -> bool:
    """I of a kind follows B or I of the same kind; everything else follows everything."""
    return tag == 0 or tag % 2 == 1 or before in (tag, tag - 1)


# Sixteenths, so that sums of them are exact and ties are real ones.
SCORE = st.integers(-64, 64).map(lambda n: n / 16)


@st.composite
def problems(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores of up to five words with three or five tags, moves, first tags; inner tags never begin."""
    tags = draw(st.sampled_from([3, 5]))
    count = draw(st.integers(1, 5))
    scores = draw(st.lists(st.lists(SCORE, min_size=tags, max_size=tags), min_size=count, max_size=count))
    moves = draw(st.lists(st.lists(SCORE, min_size=tags, max_size=tags), min_size=tags, max_size=tags))
    first = draw(st.lists(SCORE, min_size=tags, max_size=tags))
    for tag in range(tags):
        first[tag] = NEVER if tag and tag % 2 == 0 else first[tag]
        for before in range(tags):
            moves[before][tag] = moves[before][tag] if allowed(before, tag) else NEVER
    return tuple(np.asarray(x, dtype=np.float32) for x in (scores, moves, first))


def worth(path: tuple[int, ...], scores: np.ndarray, moves: np.ndarray, first: np.ndarray) -> float:
    total = float(first[path[0]]) + sum(float(scores[n, tag]) for n, tag in enumerate(path))
    return total + sum(float(moves[a, b]) for a, b in pairwise(path))


@settings(deadline=None)
@given(problems())
def test_viterbi_finds_the_best_of_all_sequences(problem: tuple[np.ndarray, np.ndarray, np.ndarray]):
    scores, moves, first = problem
    found = tuple(viterbi(scores, moves, first))
    best = max(worth(path, *problem) for path in product(range(scores.shape[1]), repeat=len(scores)))
    assert worth(found, *problem) == best


@settings(deadline=None)
@given(problems())
def test_viterbi_makes_no_forbidden_move(problem: tuple[np.ndarray, np.ndarray, np.ndarray]):
    scores, moves, first = problem
    found = viterbi(scores, moves, first)
    assert len(found) == len(scores)
    assert first[found[0]] > FORBIDDEN
    assert all(moves[a, b] > FORBIDDEN for a, b in pairwise(found))


def test_viterbi_of_nothing():
    assert viterbi(np.zeros((0, 3), np.float32), np.zeros((3, 3), np.float32), np.zeros(3, np.float32)) == []


def test_a_forbidden_move_is_not_bought_by_a_high_score():
    moves = np.asarray([[0, 0, NEVER], [0, 0, 0], [0, 0, 0]], dtype=np.float32)
    scores = np.asarray([[0, -5, 0], [0, 0, 9]], dtype=np.float32)
    assert viterbi(scores, moves, np.asarray([0, 0, NEVER], dtype=np.float32)) == [1, 2]


@settings(deadline=None)
@given(st.lists(st.lists(SCORE, min_size=3, max_size=3), min_size=1, max_size=6))
def test_probabilities_sum_to_one_and_keep_the_order(scores: list[list[float]]):
    table = np.asarray(scores, dtype=np.float32)
    out = probabilities(table)
    assert np.allclose(out.sum(axis=1), 1, atol=1e-5)
    assert (out.argmax(axis=1) == table.argmax(axis=1)).all()
    assert np.allclose(out, probabilities(table + 7), atol=1e-5)


# --- spans of tags -----------------------------------------------------------------------------------------------------
# reason, tags, spans as (kind, first word, last word + 1)
SPANS = [
    ("nothing marked", [0, 0, 0], []),
    ("no words", [], []),
    ("one word", [0, 1, 0], [("source", 0 + 1, 2)]),
    ("a run", [1, 2, 2, 0], [("source", 0, 3)]),
    ("a new B begins a new span", [1, 2, 1, 2], [("source", 0, 2), ("source", 2, 4)]),
    ("two kinds side by side", [1, 3, 4, 5, 6], [("source", 0, 1), ("cue", 1, 3), ("content", 3, 5)]),
    ("a span goes to the last word", [0, 5, 6], [("content", 1, 3)]),
    ("an I without its B begins one", [0, 6, 6], [("content", 1, 3)]),
    ("an I of another kind ends one", [5, 4], [("content", 0, 1), ("cue", 1, 2)]),
]


@pytest.mark.parametrize(("tags", "wanted"), rows(SPANS))
def test_spans_of_tags(tags: list[int], wanted: list[tuple[str, int, int]]):
    even = np.full((len(tags), len(NAMES)), 1 / len(NAMES), dtype=np.float32)
    assert [(m.kind, *m.words) for m in spans_of(tags, even, NAMES)] == wanted


def test_the_probability_is_the_mean_share_of_the_kind():
    table = np.zeros((2, len(NAMES)), dtype=np.float32)
    table[0, [1, 2]] = 0.5, 0.25
    table[1, [1, 2]] = 0.125, 0.125
    [marked] = spans_of([1, 2], table, NAMES)
    assert marked.probability == pytest.approx((0.75 + 0.25) / 2)


@settings(deadline=None)
@given(st.lists(st.integers(0, 6), max_size=12))
def test_spans_hold_every_tagged_word_once(tags: list[int]):
    table = np.full((len(tags), 7), 0.1, dtype=np.float32)
    found = spans_of(tags, table, NAMES)
    held = [i for m in found for i in range(*m.words)]
    assert held == [i for i, tag in enumerate(tags) if tag]
    for m in found:
        assert {(tags[i] + 1) // 2 for i in range(*m.words)} == {NAMES.index(f"B-{m.kind}") // 2 + 1}


# reason, the best tag of each word, tags
PLAIN = [
    ("good tags stay", [0, 1, 2, 0, 3], [0, 1, 2, 0, 3]),
    ("an I at the start becomes a B", [2, 2], [1, 2]),
    ("an I behind nothing becomes a B", [0, 4, 4], [0, 3, 4]),
    ("an I behind another kind becomes a B", [1, 4], [1, 3]),
    ("an I behind its own mended B stays", [0, 2, 2, 2], [0, 1, 2, 2]),
]


@pytest.mark.parametrize(("best", "wanted"), rows(PLAIN))
def test_plain_tags(best: list[int], wanted: list[int]):
    assert plain_tags(np.eye(5, dtype=np.float32)[best]) == wanted


# --- links -------------------------------------------------------------------------------------------------------------
TABLES = {
    "distance": [n / 10 for n in range(20)],
    "between": [0.5, -0.5, -1.0, -1.5],
    "across": [0.25, -0.25, -0.5, -0.75],
}


def side(spans: list[tuple[int, int]], seed: int) -> Compared:
    numbers = np.random.default_rng(seed).normal(size=(len(spans), 3 * (2 * LINK + 1))).astype(np.float32)
    return compared(numbers, spans, "cue")


SPAN = st.integers(0, 900).flatmap(lambda at: st.integers(1, 8).map(lambda n: (at, at + n)))
SPAN_LISTS = st.lists(SPAN, max_size=6, unique=True).map(sorted)


REACH = st.integers(10, 300)


@settings(deadline=None)
@given(SPAN_LISTS, SPAN_LISTS, st.lists(st.integers(0, 900), max_size=4).map(sorted), REACH, st.booleans())
def test_chances_are_chances(asking, answering, paragraphs, reach, earlier):
    table = chances(
        side(asking, 1), side(answering, 2), TABLES, paragraphs, Balance(1.0, 1.0, 0.0, reach), earlier_only=earlier
    )
    assert table.shape == (len(asking), len(answering) + 1)
    assert np.allclose(table.sum(axis=1), 1, atol=1e-5)
    assert (table >= 0).all()


@settings(deadline=None)
@given(SPAN_LISTS, SPAN_LISTS, REACH)
def test_nothing_is_linked_over_more_than_the_reach(asking, answering, reach):
    table = chances(side(asking, 1), side(answering, 2), TABLES, (), Balance(1.0, 1.0, 0.0, reach))
    for i, a in enumerate(asking):
        for j, b in enumerate(answering):
            gap = max(b[0] - a[1], a[0] - b[1])
            assert (table[i, j + 1] == 0) == (gap > reach), f"{gap} words"


@settings(deadline=None)
@given(SPAN_LISTS, REACH)
def test_earlier_only(spans, reach):
    one = side(spans, 1)
    table = chances(one, one, TABLES, (), Balance(1.0, 1.0, 0.0, reach), earlier_only=True)
    for i in range(len(spans)):
        assert (table[i, i + 1 :] == 0).all()
    if spans:
        assert table[0, 0] == 1


def test_one_answer_against_none_by_hand():
    ask, answer = np.zeros((2, 1, LINK), dtype=np.float32)
    ask[0, 0], answer[0, 0] = 2, 3
    nothing = np.asarray([0.5], dtype=np.float32)
    a = Compared(((0, 2),), ask, ask, nothing)
    b = Compared(((5, 6),), answer, answer, nothing)
    # 3 words on: class 13; nobody between; one paragraph starts at word 5
    score = 2 * 3 / math.sqrt(LINK) + TABLES["distance"][13] + TABLES["between"][0] + TABLES["across"][1]
    wanted = math.exp(score) / (math.exp(score) + math.exp(0.5))
    assert chances(a, b, TABLES, [0, 5], Balance(1.0, 1.0, 0.0, 60))[0, 1] == pytest.approx(wanted, abs=1e-5)


def test_each_kind_has_its_own_share_of_a_vector():
    numbers = np.arange(3 * (2 * LINK + 1), dtype=np.float32)[None]
    seen: list[float] = []
    for kind in KINDS:
        c = compared(numbers, [(0, 1)], kind)
        seen += [*c.ask[0], *c.answer[0], c.nothing[0]]
    assert seen == list(range(len(numbers[0])))
    assert FAR < -1000


# --- relations ---------------------------------------------------------------------------------------------------------
# reason, who asks, who may answer, first words of all answers, of paragraphs; distance, rivals, paragraphs
RELATIONS = [
    ("side by side, the answer behind", (0, 2), (2, 3), [2], [0], (10, 0, 0)),
    ("side by side, the answer before", (2, 4), (0, 2), [0], [0], (0, 0, 0)),
    ("one word between", (0, 2), (3, 4), [3], [0], (11, 0, 0)),
    ("two words between", (0, 2), (4, 5), [4], [0], (12, 0, 0)),
    ("three and four words are one class", (0, 2), (6, 7), [6], [0], (13, 0, 0)),
    ("five words", (0, 2), (7, 8), [7], [0], (14, 0, 0)),
    ("sixty words before", (62, 64), (0, 2), [0], [0], (8, 0, 0)),
    ("more than sixty", (63, 64), (0, 2), [0], [0], (9, 0, 0)),
    ("more than sixty behind", (0, 2), (100, 101), [100], [0], (19, 0, 0)),
    ("one over the other", (0, 5), (2, 3), [2], [0], (0, 0, 0)),
    ("one rival between", (0, 2), (8, 9), [4, 8], [0], (14, 1, 0)),
    ("a rival further off does not count", (0, 2), (8, 9), [8, 20], [0], (14, 0, 0)),
    ("four rivals count as three", (0, 1), (9, 10), [2, 3, 4, 5, 9], [0], (15, 3, 0)),
    ("a rival between, seen from behind", (8, 9), (0, 2), [0, 4], [0], (4, 1, 0)),
    ("the next paragraph", (0, 2), (5, 6), [5], [0, 5], (13, 0, 1)),
    ("the paragraph before", (5, 6), (0, 2), [0], [0, 5], (3, 0, 1)),
    ("the same paragraph, not the first", (6, 7), (8, 9), [8], [0, 5], (11, 0, 0)),
    ("five paragraphs count as three", (0, 1), (60, 61), [60], [0, 10, 20, 30, 40, 50], (18, 0, 3)),
]


@pytest.mark.parametrize(("asking", "answering", "rivals", "paragraphs", "wanted"), rows(RELATIONS))
def test_relations(asking, answering, rivals, paragraphs, wanted):
    assert relation(asking, answering, rivals, paragraphs) == wanted


@settings(deadline=None)
@given(SPAN, SPAN)
def test_distance_classes(a: tuple[int, int], b: tuple[int, int]):
    found = distance_class(a, b)
    assert 0 <= found < 2 * (len(STEPS) + 1)
    assert (found >= 10) == (b[0] >= a[1])
