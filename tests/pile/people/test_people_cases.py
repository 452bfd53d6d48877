"""Who is one across pages: the table ``cases.jsonl``. Speakers with one letter are one, all others are not."""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import Any

import pytest
from people_pages import CASES, pages

from sayso.pile.people import People, Readings


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_case(case: dict[str, Any]):
    readings, labelled = pages(case)
    people = People(Readings(readings))
    for (label, one), (other_label, other) in combinations(labelled, 2):
        if one[0] == other[0]:
            continue
        group = people.group(one)
        together = group is not None and other in group.members
        assert together == (label == other_label), f"{label} and {other_label}: {people.left(one)}"


def test_there_are_many():
    assert len(CASES) >= 80
    assert len({case["why"] for case in CASES}) == len(CASES)


SWAPPED = {"Norland": "Sudmark", "Sudmark": "Norland", "Tarn": "Pell", "Pell": "Tarn", "Tarrow": "Merrow", "Merrow": "Tarrow"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_places_swapped_give_the_same_answer(case: dict[str, Any]):
    """No place, party or side is known to the rules: with two of them swapped, the same speakers are one."""
    written = re.sub("|".join(SWAPPED), lambda match: SWAPPED[match[0]], json.dumps(case, ensure_ascii=False))
    readings, labelled = pages(json.loads(written))
    people = People(Readings(readings))
    for (label, one), (other_label, other) in combinations(labelled, 2):
        group = people.group(one)
        if one[0] != other[0]:
            assert (group is not None and other in group.members) == (label == other_label)
