"""People across pages do not depend on order or on how pages came; evidence is symmetric; nothing is lost on the way."""

from __future__ import annotations

import random
import sqlite3
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people_pages import CASES, page, pages

from sayso.pile.people import QUESTION, People, Readings
from sayso.pile.people.bodies import body, body_how
from sayso.pile.people.clustering import FEW
from sayso.pile.people.keys import keys_of
from sayso.pile.people.people import weigher_of
from sayso.pile.people.profile import pack, profiles_of, unpack
from sayso.pile.people.spelling import called, closeness, how
from sayso.pile.question import Item, Name, Place
from sayso.records import Reading

GIVEN = ["Mira", "Mirra", "Tove", "Jorrin", "Jorin", "William", "Bill", "Kim", "Maria", "Ahmed", "J.", "Anne-Lise", "Robin"]
FAMILY = ["Halden", "Haldin", "Kjellbeck", "Kjelbek", "Smith", "al-Haddar", "Brandt", "Zelinsky", "Zelinskyi", "Garcia"]
MIDDLE = ["", "J. ", "Johanne ", "K. "]
names = st.builds(lambda g, m, f: f"{g} {m}{f}", st.sampled_from(GIVEN), st.sampled_from(MIDDLE), st.sampled_from(FAMILY))
BODIES = ["#Tarrow Ferry Guild", "#Health Ministry", "#Norland Health Ministry", "#Norland Ministry of Health", "#OCS", "#Undertow"]
ROLES = ["", " [Mr]", " [Mrs]", " [mayor of Tarn]", " [mayor of Pell]", " [harbour master of Fell; Dr]"]
TEXTS = ["", "The Office of Coastal Safety (OCS) met.", "The Oldtown Chess Society (OCS) met."]
speakers = st.one_of(st.builds(lambda n, r: n + r, names, st.sampled_from(ROLES)), st.sampled_from(BODIES))


@st.composite
def piles(draw: st.DrawFn) -> list[Reading]:
    """Up to seven pages of up to three speakers."""
    count = draw(st.integers(1, 7))
    return [
        page(
            f"page {n}", draw(st.lists(speakers, min_size=1, max_size=3, unique=True)),
            day=draw(st.sampled_from(["2031-04-09", "2031-04-20", "2019-01-01", ""])),
            outlet=draw(st.sampled_from(["", "Varn Daily"])), text=draw(st.sampled_from(TEXTS)),
        )[0]
        for n in range(count)
    ]  # fmt: skip


def groups(readings: list[Reading]) -> tuple[tuple[Name, ...], ...]:
    return tuple(group.members for group in People(Readings(readings)).groups())


@given(piles(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_order_does_not_matter(pile: list[Reading], rng: random.Random):
    shuffled = rng.sample(pile, len(pile))
    assert groups(shuffled) == groups(pile)


@given(piles())
@settings(max_examples=80, deadline=None)
def test_one_by_one_and_all_at_once_are_the_same(pile: list[Reading]):
    """Asked for one speaker, or for all; grown page by page with a page taken out again, or built anew."""
    shelf = Readings()
    extra, _ = page("extra", ["Mira Halden", "#OCS", "Kim Smith"], text=TEXTS[2])
    for at, reading in enumerate(pile):
        shelf.add(reading)
        if at == 0:
            shelf.add(extra)
    shelf.remove(extra.id)
    whole = groups(pile)
    assert tuple(group.members for group in People(shelf).groups()) == whole
    for item in shelf.everything():
        found = People(shelf).group((item.document, item.id))
        expected = next((members for members in whole if (item.document, item.id) in members), None)
        assert (found.members if found else None) == expected


@given(piles())
@settings(max_examples=60, deadline=None)
def test_evidence_is_symmetric(pile: list[Reading]):
    shelf = Readings(pile)
    every = [profile for reading in pile for profile in profiles_of(reading)]
    weigher = weigher_of(shelf, every)
    for a, b in combinations(every, 2):
        assert weigher(a, b) == weigher(b, a)
    for a, b in permutations(pile[:2], 2):
        for one in a.speakers:
            for other in b.speakers:
                assert QUESTION.compare(Place(a, one.id), Place(b, other.id)) == QUESTION.compare(
                    Place(b, other.id), Place(a, one.id)
                )


@given(piles())
@settings(max_examples=80, deadline=None)
def test_groups_hold_no_contradiction_and_several_pages(pile: list[Reading]):
    shelf = Readings(pile)
    profiles = {profile.at: profile for reading in pile for profile in profiles_of(reading)}
    weigher = weigher_of(shelf, profiles.values())
    for members in groups(pile):
        assert len({document for document, _ in members}) > 1
        for a, b in combinations(members, 2):
            assert not weigher(profiles[a], profiles[b]).apart or a[0] == b[0]


@given(piles())
@settings(max_examples=80, deadline=None)
def test_a_sketch_holds_all_of_a_profile(pile: list[Reading]):
    for reading in pile:
        for profile in profiles_of(reading):
            assert unpack(profile.document, profile.id, pack(profile)) == profile


@pytest.mark.parametrize("sketch", [b"", b"\x00", b"\xff" * 40, pack(profiles_of(page("p", ["Mira Halden"])[0])[0])[:-3]])
def test_a_damaged_sketch_is_refused(sketch: bytes):
    with pytest.raises(sqlite3.DatabaseError, match="profile"):
        unpack("0" * 32, "1" * 32, sketch)


def test_a_sketch_holds_no_words():
    for case in CASES:
        for reading in pages(case)[0]:
            for item in QUESTION.items(reading):
                for speaker in reading.speakers:
                    for word in speaker.name.split():
                        assert len(word) < 4 or word.casefold().encode() not in item.sketch.lower()


@given(names, names)
@settings(max_examples=400, deadline=None)
def test_names_that_may_be_one_share_a_key(a: str, b: str):
    one, other = called(a), called(b)
    assert one
    assert other
    assert how(one, other) == how(other, one)
    if how(one, other):
        assert set(keys_of(one)) & set(keys_of(other))


def test_names_of_the_table_that_may_be_one_share_a_key():
    """The same for every two names of the table of cases."""
    every = sorted({s.name for case in CASES for reading in pages(case)[0] for s in reading.speakers})
    people = [name for name in map(called, every) if name]
    bodies = [name for name in map(body, every) if name]
    assert len(people) > 60
    joined = 0
    for a, b in combinations(people, 2):
        if how(a, b):
            joined += 1
            assert set(keys_of(a)) & set(keys_of(b)), f"{a.text} and {b.text}"
    for c, d in combinations(bodies, 2):
        if body_how(c, d):
            joined += 1
            assert set(keys_of(c)) & set(keys_of(d)), f"{c.text} and {d.text}"
    assert joined > 20


@given(st.text(alphabet="abcdehijklmnoqrstuvwyz", min_size=1, max_size=9), st.text(alphabet="aeijkloqsyz", min_size=1, max_size=9))
@settings(max_examples=300, deadline=None)
def test_closeness_is_one_of_its_words(a: str, b: str):
    assert closeness(*sorted((a, b))) in ("same", "spelling", "near", "initial", "")
    assert closeness(a, a) == "same"


def test_somebody_on_very_many_pages_is_one():
    """More pages than are weighed pair by pair; nobody is lost, and a namesake of the other sex stays apart."""
    count = FEW + 40
    readings = [page(f"page {n}", ["Robin Torvane [Mr; mayor of Tarn]"])[0] for n in range(count)]
    readings += [page(f"other {n}", ["Robin Torvane [Mrs]"])[0] for n in range(3)]
    readings.append(page("spelled", ["Robin J. Torvane [Mr; mayor of Tarn]"])[0])
    found = {len(members) for members in groups(readings)}
    assert found == {count + 1, 3}


def test_nothing_is_compared_by_the_pile_itself():
    reading, _ = page("p", ["Mira Halden", "#OCS", "Halden", "#union"])
    items = list(QUESTION.items(reading))
    assert len(items) == 2
    assert not QUESTION.near(items[0], items[1])
    assert all(len(item.keys) <= 12 and isinstance(item, Item) for item in items)
