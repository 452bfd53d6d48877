"""Whatever two statements say: the order of the two, a copy, and the names of the parties make no difference."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from match_pages import CASES, said, saying

from sayso.pile.matches.align import common, runs, steps
from sayso.pile.matches.compare import Match, compare
from sayso.pile.matches.keys import keys_of, near, sketch_of
from sayso.pile.matches.words import words_of

WORDS = """the army has not shelled bridge bridges market hospital in Dorn Sella Kelm nobody denied 12 43 percent
killed officers ferry opens never “we will""".split()  # noqa: SIM905
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
names = st.sampled_from(["", "Mira Halden", "Halden", "Ivo Brandt", "Coast Guard"])
sides = st.builds(said, sentences, names, stance=st.sampled_from([None, "deny"]))
SWAP = {"Halden": "Brandt", "Brandt": "Halden", "Mira": "Ivo", "Ivo": "Mira", "Dorn": "Kelm", "Kelm": "Dorn"}


def shown(match: Match | None) -> Any:
    return match and (match.kind, round(match.score, 9), match.why, match.whose, match.days, match.figures)


def swapped(side: dict[str, Any]) -> dict[str, Any]:
    def swap(text: str) -> str:
        return re.sub("[A-Za-z]+", lambda word: SWAP.get(word[0], word[0]), text)

    return {**side, "content": swap(side["content"]), "speaker": swap(side["speaker"])}


@settings(max_examples=300, deadline=None)
@given(sides, sides)
def test_the_order_of_the_two_makes_no_difference(one: dict[str, Any], two: dict[str, Any]):
    a, b = saying(one, "a.txt"), saying(two, "b.txt")
    assert shown(compare(a, b)) == shown(compare(b, a))
    assert near(sketch_of(a), sketch_of(b)) == near(sketch_of(b), sketch_of(a))


@settings(max_examples=200, deadline=None)
@given(sides, sides)
def test_swapping_two_parties_on_both_sides_makes_no_difference(one: dict[str, Any], two: dict[str, Any]):
    before = compare(saying(one, "a.txt"), saying(two, "b.txt"))
    after = compare(saying(swapped(one), "a.txt"), saying(swapped(two), "b.txt"))
    assert shown(before) == shown(after)


@pytest.mark.parametrize("row", [row for row in CASES if not row.get("known")], ids=lambda row: row["why"][:40])
def test_the_cases_swapped(row: dict[str, Any]):
    before = compare(saying(row["a"], "a.txt"), saying(row["b"], "b.txt"))
    after = compare(saying(swapped(row["b"]), "a.txt"), saying(swapped(row["a"]), "b.txt"))
    assert shown(before) == shown(after)


@pytest.mark.parametrize(
    "side", [row["a"] for row in CASES if row["relation"] != "none"], ids=lambda side: side["content"][:40]
)
def test_a_statement_matches_its_own_copy(side: dict[str, Any]):
    a, b = saying(side, "a.txt"), saying(side, "b.txt")
    found = compare(a, b)
    assert found is not None
    assert (found.kind, found.why) == ("same-words", "whole")
    assert set(keys_of(a)) & set(keys_of(b))
    assert near(sketch_of(a), sketch_of(b))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=" aAnotbe’'“”.,-3%…\n", max_size=60), st.text(alphabet=" aAnotbe’'“”.,-3%…\n", max_size=60))
def test_differences_go_over_both_wordings_without_a_gap(one: str, two: str):
    a, b = words_of(one, ((0, len(one)),)), words_of(two, ((0, len(two)),))
    i = j = 0
    for step in steps(a, b):
        assert (step.a[0], step.b[0]) == (i, j)
        i, j = step.a[1], step.b[1]
        if step.change == "kept":
            assert [w.text for w in a[slice(*step.a)]] == [w.text for w in b[slice(*step.b)]]
    assert (i, j) == (len(a), len(b))
    assert len(common(a, b)) == len(common(b, a)) == sum(length for _, _, length in runs(common(a, b)))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_words_stand_where_they_say(text: str):
    words = words_of(text, ((0, len(text)),))
    assert all(0 <= word.span[0] < word.span[1] <= len(text) for word in words)
    assert all(a.span == b.span or a.span[1] <= b.span[0] for a, b in pairwise(words))
    assert all(word.bits >= 0 and word.stem and word.notion for word in words)
