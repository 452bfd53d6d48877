"""The parts of series: places, times, names, words, rules."""

from __future__ import annotations

from itertools import combinations

import pytest

from eval.series import day, read, told
from sayso.figures.line import line_of
from sayso.pile.series import QUESTION
from sayso.pile.series.places import lies_in, phrases, sites
from sayso.pile.series.relate import step
from sayso.pile.series.subjects import together
from sayso.pile.series.words import course_of, names_in, plain, who_key
from sayso.tables import load


def only(text: str, when: str = "2031-04-11", by: str = "River Guard"):
    (found,) = told([read((when, "Courier", by, text), "page a")])
    return found


PLACES = [
    ("killed 9 people in Orrin.", [{"orrin"}], "one name"),
    ("killed 9 people in Orrin and Vell.", [{"orrin", "vell"}], "two names"),
    ("killed 9 people in Orrin, Vell and Tarn.", [{"orrin", "vell", "tarn"}], "a list"),
    ("killed 9 people in Orrin, Norland.", [{"orrin"}], "a place inside another"),
    ("in Orrin, Norland, and Vell, Southmark, killed 9.", [{"orrin", "vell"}], "two places, each inside another"),
    ("in the town of Orrin.", [{"orrin"}], "what kind of place it is"),
    ("in the Vellish capital of Orrin.", [{"orrin"}], "a capital by its name"),
    ("in the Vellish capital Orrin-on-Tarn.", [{"orrin on tarn"}], "hyphens are blanks"),
    ("outside the Vellish embassy in Orrin.", [{"orrin"}], "an embassy is no place of that land"),
    ("in northern Norland.", [{"northern norland"}], "a direction makes another place"),
    ("in Orrin district.", [{"orrin district"}], "so does a district"),
    ("in Orrin town.", [{"orrin"}], "a town does not"),
    ("in Hall 6 of the works in Orrin.", [{"orrin"}], "a hall with a number is none"),
    ("in Ward B, and in the Hall.", [], "nor is a ward"),
    ("near Tuesday's market in Vell.", [{"vell"}], "nor a day"),
    ("in April and in June.", [], "months are no places"),
]


@pytest.mark.parametrize(("text", "places", "why"), PLACES)
def test_places(text: str, places: list[set[str]], why: str):
    line = line_of(text, (0, len(text)))
    assert [set(where.places) for where in phrases(line)] == places, why


def test_a_place_inside_another():
    text = "killed 9 people in Orrin, Norland."
    (where,) = phrases(line_of(text, (0, len(text))))
    assert lies_in(frozenset({"orrin"}), frozenset({"norland"}), where.within)
    assert not lies_in(frozenset({"norland"}), frozenset({"orrin"}), where.within)
    assert not lies_in(frozenset({"vell"}), frozenset({"norland"}), where.within)


SITES = [
    ("killed at the Kest works in Marl.", {("kest", "marl")}, "works in a town"),
    ("killed at the Kest chemical works in Marl.", {("kest", "marl")}, "with a word between"),
    ("killed at the Kest works of Marl.", set(), "of is not in"),
    ("the Norland parliament in Marl.", set(), "a parliament is no site of its land"),
    ("killed in the works in Marl.", set(), "without a name"),
]


@pytest.mark.parametrize(("text", "found", "why"), SITES)
def test_sites(text: str, found: set[tuple[str, str]], why: str):
    assert sites(line_of(text, (0, len(text)))) == found, why


TIMES = [
    ("The toll of the flood in Orrin stood at 9 on Tuesday.", "2031-04-08", "stated", "", "the state on that day"),
    ("The flood in Orrin killed 9 people on Tuesday.", "2031-04-11", "published", "2031-04-08", "the day it happened"),
    ("The flood in Orrin killed 9 people.", "2031-04-11", "published", "", "no time but the page's"),
    ("By Thursday 9 people had died in the flood in Orrin.", "2031-04-10", "stated", "", "by that day"),
    ("The flood of 8 April in Orrin killed 9 people.", "2031-04-11", "published", "2031-04-08", "the date of the flood"),
    ("On Tuesday, the flood in Orrin killed 9 people.", "2031-04-11", "published", "2031-04-08", "at the head"),
    ("As of Thursday, 9 people were missing after the flood in Orrin.", "2031-04-10", "stated", "", "missing is a state"),
]


@pytest.mark.parametrize(("text", "as_of", "basis", "start", "why"), TIMES)
def test_times(text: str, as_of: str, basis: str, start: str, why: str):
    found = only(text)
    assert (day(found.as_of.stretch), found.as_of.basis) == (as_of, basis), why
    assert day(found.start) == (start or "-"), why


def test_an_undated_page_is_open():
    assert only("The flood in Orrin killed 9 people.", when="").as_of.basis == "open"


def test_a_day_to_come_is_no_time_of_a_count():
    assert only("The toll of the flood in Orrin stood at 9 on 20 May 2031.").as_of.basis == "published"


WHO = [
    ("people", set(), "at large"), ("others", set(), "at large"), ("children", {"child"}, "a group"),
    ("civilians", {"civilian"}, "a group"), ("12 more people", set(), "how many, not who"), ("Northlanders", {"northlander"}, "a group"),
    ("women and children", {"woman", "child"}, "two groups"), ("", set(), "not told"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "key", "why"), WHO)
def test_who(who: str, key: set[str], why: str):
    assert who_key(who.removeprefix("12 ")) == key, why


@pytest.mark.parametrize(
    ("one", "other"), [("jobs", "job"), ("cities", "city"), ("houses", "house"), ("cases", "case"), ("people", "person")]
)
def test_plain(one: str, other: str):
    assert plain(one) == other


def test_courses():
    assert course_of(["will", "cut"]) == "lost"
    assert course_of(["created"]) == "gained"
    assert course_of(["cut", "and", "created"]) == ""


def test_names_at_the_head_of_a_sentence():
    text = "Unemployment in Norland fell. Halden said so."
    line = line_of(text, (0, 29))
    assert [name for _, _, name in names_in(line, 0, len(line))] == ["norland"]
    line = line_of(text, (30, len(text)))
    assert [name for _, _, name in names_in(line, 0, len(line))] == ["halden"]


@pytest.mark.parametrize(("value", "worth"), [(1700, 100), (35, 1), (40, 10), (1_000_000, 1_000_000), (2.5, 0), (0, 0)])
def test_the_worth_of_the_last_digit(value: float, worth: float):
    assert step(value) == worth


def test_happenings():
    """Every pair of the table names classes of the table, and going together works both ways."""
    table = load("series")
    kinds = set(table["happenings"])
    for pair in table["together"]["pairs"]:
        assert set(pair.split()) <= kinds, pair
    for a, b in combinations(sorted(kinds), 2):
        assert together(frozenset({a}), frozenset({b})) == together(frozenset({b}), frozenset({a}))
    assert not together(frozenset({"fire"}), frozenset({"water"}))
    assert together(frozenset(), frozenset({"water"}))


def test_items_of_the_question():
    """Figures that could be of one series share a key; those that could not share none; no words are kept."""
    pages = [
        read(("2031-04-09", "Courier", "", "The flood in Haldermouth killed 35 people."), "page a"),
        read(("2031-04-10", "Gazette", "", "The Haldermouth flood killed 41 people."), "page b"),
        read(("2031-04-10", "Gazette", "", "Orrin Steel will cut 300 jobs."), "page c"),
    ]
    a, b, c = ([set(item.keys) for item in QUESTION.items(page)] for page in pages)
    assert a[0] & b[0]
    assert not a[0] & c[0]
    assert all(item.sketch == b"" for page in pages for item in QUESTION.items(page))
    assert all(0 <= key < 2**63 for keys in (*a, *b, *c) for key in keys)
