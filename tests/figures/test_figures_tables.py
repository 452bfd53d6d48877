"""The tables of words for figures: nothing stands for two things."""

from __future__ import annotations

from itertools import combinations

import pytest

from sayso.tables import load

NAMES = ["clauses", "events", "numbers", "places", "qualifiers", "refused", "units"]


@pytest.mark.parametrize("name", NAMES)
def test_loads(name: str):
    assert load(f"figures-{name}")


@pytest.mark.parametrize("part", ["", "after"])
def test_a_qualifier_sets_one_bound(part: str):
    table = load("figures-qualifiers")
    table = table[part] if part else table
    for one, two in combinations(("least", "most", "about"), 2):
        assert not set(table[one]) & set(table[two])


def test_a_word_tells_one_event():
    words = load("figures-events")["words"]
    for one, two in combinations(words, 2):
        assert not set(words[one]) & set(words[two])


def test_a_word_is_one_unit():
    table = load("figures-units")
    money, time, measure = (
        set(table["money"]),
        {*table["time"]["singular"], *table["time"]["plural"]},
        set(table["measure"]["words"]),
    )
    assert not money & time
    assert not money & measure
    assert not time & measure


def test_codes_of_currencies():
    table = load("figures-units")
    codes = [
        *table["symbols"].values(),
        *table["dollars"].values(),
        *table["before"].values(),
        *table["money"].values(),
    ]
    assert all(len(code) == 3 and code.isupper() for code in codes)


def test_firm_and_bare_labels_are_labels():
    table = load("figures-refused")
    for key in ("firm", "bare", "capital"):
        assert set(table[key]) <= set(table["labels"]), set(table[key]) - set(table["labels"])
