"""How two statements stand to each other: the table of cases, each with its reason."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from match_pages import CASES, said, saying

from sayso.pile.matches.compare import compare
from sayso.pile.matches.keys import keys_of, near, sketch_of

PLAIN = [row for row in CASES if not row.get("known")]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, marks=pytest.mark.xfail(strict=True, reason="known")) if row.get("known") else row
        for row in CASES
    ],
    ids=[f"{at}-{row['relation']}-{row['why'][:40]}" for at, row in enumerate(CASES)],
)
def test_case(row: dict[str, Any]):
    a, b = saying(row["a"], "a.txt"), saying(row["b"], "b.txt")
    found = compare(a, b)
    assert (found.kind if found else "none") == row["relation"], row["why"]
    assert found is None or found.whose == row["speakers"]


def test_there_are_enough_cases_of_every_kind():
    kinds = Counter(row["relation"] for row in PLAIN)
    assert sum(kinds.values()) >= 60
    assert min(kinds.values()) >= 10


@pytest.mark.parametrize("row", [row for row in PLAIN if row["relation"] != "none"], ids=lambda row: row["why"][:40])
def test_what_matches_is_looked_at(row: dict[str, Any]):
    """A match that no key and no sketch lets through is never found."""
    a, b = saying(row["a"], "a.txt"), saying(row["b"], "b.txt")
    assert set(keys_of(a)) & set(keys_of(b))
    assert near(sketch_of(a), sketch_of(b))


def test_a_cue_that_denies_is_told_from_a_word_that_negates():
    claim = "that the council had sold the ferry to the quarry"
    plain, denied = saying(said(claim, "Ivo Brandt")), saying(said(claim, "Mira Halden", stance="deny"), "b.txt")
    negated = saying(said(claim.replace("had sold", "had not sold"), "Mira Halden"), "c.txt")
    whys = [found.why for other in (denied, negated) if (found := compare(plain, other)) is not None]
    assert whys == ["denied", "negated"]
