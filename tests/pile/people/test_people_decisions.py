"""What people decide about who is who across pages outranks the machine, survives new readings and is undone by a new row."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people_pages import page

from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.pile.people import QUESTION, People, Readings, Ruling, rulings
from sayso.pile.people.answers import PeopleFilter, apart_rows, people_of, people_rows, rulings_of
from sayso.pile.people.decided import Rulings
from sayso.pile.question import Name
from sayso.pile.store import Pile
from sayso.records import Reading


def names(readings: list[Reading], *decided: Ruling) -> list[list[str]]:
    """The groups, each as the names of its pages."""
    pages = {reading.id: reading.document.name for reading in readings}
    found = People(Readings(readings), rulings(decided)).groups()
    return sorted(sorted(pages[document] for document, _ in group.members) for group in found)


def made(*pages: str) -> tuple[list[Reading], dict[str, Name]]:
    """Pages a, b, c … with one speaker each."""
    readings, at = [], {}
    for letter, who in zip("abcdefgh", pages, strict=False):
        reading, named = page(letter, [f"X = {who}"])
        readings.append(reading)
        at[letter] = named["X"]
    return readings, at


def test_a_bare_surname_is_joined_by_a_person():
    readings, at = made("Mira Halden", "Mira Halden", "Halden")
    assert names(readings) == [["a", "b"]]
    assert names(readings, Ruling("same-person", at["a"], at["c"])) == [["a", "b", "c"]]


def test_two_bare_surnames_are_joined_by_a_person():
    readings, at = made("Halden", "Halden")
    assert names(readings, Ruling("same-person", at["a"], at["b"])) == [["a", "b"]]


def test_a_name_that_changed_joins_all_who_have_either():
    readings, at = made("Mira Brandt", "Mira Brandt", "Mira Halden", "Mira Halden")
    assert names(readings) == [["a", "b"], ["c", "d"]]
    assert names(readings, Ruling("same-person", at["a"], at["c"])) == [["a", "b", "c", "d"]]


def test_a_contradiction_is_outranked():
    readings, at = made("Robin Torvane [Mr]", "Robin Torvane [Mrs]", "Robin Torvane [Mr]")
    assert names(readings) == [["a", "c"]]
    assert names(readings, Ruling("same-person", at["a"], at["b"])) == [["a", "b", "c"]]


def test_a_person_and_a_body_are_joined_by_a_person():
    readings, at = made("Odo Quill", "#Odo Quill Works")
    assert names(readings, Ruling("same-person", at["a"], at["b"])) == [["a", "b"]]


def test_the_second_is_parted_and_the_others_stay_with_the_first():
    readings, at = made(*["Mira Halden"] * 5)
    for letter in "abcd":
        assert names(readings, Ruling("other-person", at[letter], at["e"])) == [["a", "b", "c", "d"]]
    assert names(readings, Ruling("other-person", at["e"], at["a"])) == [["b", "c", "d", "e"]]


def test_two_are_parted_together():
    readings, at = made(*["Mira Halden"] * 5)
    decided = [Ruling("other-person", at["a"], at["d"]), Ruling("same-person", at["d"], at["e"])]
    assert names(readings, *decided) == [["a", "b", "c"], ["d", "e"]]
    assert names(readings, *reversed(decided)) == [["a", "b", "c"], ["d", "e"]]


def test_the_later_decision_holds():
    readings, at = made("Mira Halden", "Mira Halden")
    same, other = (Ruling(says, at["a"], at["b"], says) for says in ("same-person", "other-person"))
    assert names(readings, other, same) == [["a", "b"]]
    assert names(readings, same, other) == []
    assert rulings([same, other]).outranked == ("same-person",)
    assert rulings([other, same]).outranked == ("other-person",)


def test_a_later_decision_outranks_what_several_earlier_ones_imply():
    readings, at = made("Halden", "Halden", "Halden")
    decided = [Ruling("same-person", at["a"], at["b"]), Ruling("same-person", at["b"], at["c"]), Ruling("other-person", at["a"], at["c"])]
    assert names(readings, *decided) == [["b", "c"]]


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=6))
@settings(max_examples=150, deadline=None)
def test_what_is_decided_last_always_stands(decisions: list[tuple[bool, str, str]]):
    """The last decision is carried out whatever was decided before, and none that holds is broken."""
    readings, at = made("Mira Halden", "Mira Halden", "Robin Torvane [Mr]", "Halden")
    says = ("other-person", "same-person")
    decided = [Ruling(says[same], at[a], at[b], str(n)) for n, (same, a, b) in enumerate(decisions) if a != b]
    people = People(Readings(readings), rulings(decided))
    held = rulings(decided)
    for a, b in held.same:
        group = people.group(a)
        assert group
        assert b in group.members
    for a, b in held.other:
        group = people.group(a)
        assert group is None or b not in group.members
    if decided:
        last = decided[-1]
        assert last.decision not in held.outranked
    assert len(held.same) + len(held.other) + len(held.outranked) == len(decided)


def test_order_of_pages_does_not_matter_with_decisions():
    readings, at = made("Mira Halden", "Mira Halden", "Halden", "Mira Halden")
    decided = [Ruling("same-person", at["c"], at["d"]), Ruling("other-person", at["a"], at["b"])]
    expected = names(readings, *decided)
    assert expected == [["a", "c", "d"]]
    for order in permutations(readings):
        assert names(list(order), *decided) == expected


def test_nothing_decided_is_nothing():
    assert rulings([]) == Rulings()


# --- in a ledger ---


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Four pages that name Mira Halden, and one that calls somebody Halden."""
    path = tmp_path / "sayso.db"
    with Ledger(path, write=True) as opened:
        for letter in "abcd":
            opened.add(page(letter, ["Mira Halden [mayor of Tarn]"])[0])
        opened.add(page("e", ["Halden"])[0])
    return path


def grouped(path: Path) -> list[list[str]]:
    with Ledger(path) as opened, Pile(opened, [QUESTION]) as pile:
        pile.update()
        return [[member.document for member in row.members] for row in people_rows(pile)]


def test_decided_and_undone_in_a_ledger(ledger: Path):
    assert grouped(ledger) == [["a", "b", "c", "d"]]
    with Ledger(ledger, write=True) as opened:
        joined = opened.decide_across("same-person", ("a", "Mira Halden"), ("e", "Halden"), reviewer="Ada Fenn")
        parted = opened.decide_across("other-person", ("a", "Mira Halden"), ("d", "Mira Halden"), reviewer="Ada Fenn")
    assert grouped(ledger) == [["a", "b", "c", "e"]]
    with Ledger(ledger, write=True) as opened:
        undone = opened.undo(parted.id, reviewer="Ada Fenn")
    assert grouped(ledger) == [["a", "b", "c", "d", "e"]]
    with Ledger(ledger, write=True) as opened:
        opened.undo(joined.id, reviewer="Ada Fenn")
        opened.undo(undone.id, reviewer="Ada Fenn")
    assert grouped(ledger) == [["a", "b", "c"]]
    with Ledger(ledger, write=True) as opened:
        assert opened.check().faults == ()
        rows = list(opened.decisions())
        assert [row.action for row in rows] == ["same-person", "other-person", "undo", "undo", "undo"]
        assert rows[0].said == "Mira Halden = Halden"
        assert rows[1].said == "Mira Halden ≠ Mira Halden"


def test_readings_stay_as_they_are(ledger: Path):
    with Ledger(ledger, write=True) as opened:
        before = opened.reading("a"), opened.reading("d")
        opened.decide_across("other-person", ("a", "Mira Halden"), ("d", "Mira Halden"), reviewer="Ada Fenn")
        assert (opened.reading("a"), opened.reading("d")) == before
        assert [row.state for row in opened.decisions()] == ["stands"]


def test_a_decision_finds_its_speaker_on_a_page_read_again(ledger: Path):
    with Ledger(ledger, write=True) as opened:
        opened.decide_across("same-person", ("a", "Mira Halden"), ("e", "Halden"), reviewer="Ada Fenn")
        again = replace(opened.reading("e"), made_by=replace(opened.reading("e").made_by, model="6f" * 32))
        opened.add(replace(again, speakers=(replace(again.speakers[0], name="Halden"),)))
    assert grouped(ledger) == [["a", "b", "c", "d", "e"]]


def test_what_was_decided_of_a_forgotten_page_is_erased(ledger: Path):
    with Ledger(ledger, write=True) as opened:
        opened.decide_across("same-person", ("a", "Mira Halden"), ("e", "Halden"), reviewer="Ada Fenn", note="Halden's voice")
        opened.forget("e", "asked for", reviewer="Ada Fenn")
        assert opened.check().faults == ()
    with Ledger(ledger) as opened, Pile(opened, [QUESTION]) as pile:
        pile.update()
        assert rulings_of(pile) == Rulings()
        assert people_of(pile).groups()
    assert b"Halden's voice" not in ledger.read_bytes()


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (("a", "Mira Halden"), ("a", "Mira Halden"), "both speakers are of a"),
        (("a", "Nobody"), ("b", "Mira Halden"), "no one speaker 'Nobody' on a"),
        (("a", "Mira Halden"), ("b", "Nobody"), "no one speaker 'Nobody' on b"),
    ],
)
def test_what_cannot_be_decided(ledger: Path, one: tuple[str, str], other: tuple[str, str], message: str):
    with Ledger(ledger, write=True) as opened:
        with pytest.raises(UsageError, match=message):
            opened.decide_across("same-person", one, other, reviewer="Ada Fenn")
        with pytest.raises(UsageError, match="name of who takes it"):
            opened.decide_across("same-person", ("a", "Mira Halden"), ("b", "Mira Halden"), reviewer=" ")


def test_the_pair_left_apart_says_that_it_was_decided(ledger: Path):
    with Ledger(ledger, write=True) as opened:
        opened.decide_across("other-person", ("a", "Mira Halden"), ("d", "Mira Halden"), reviewer="Ada Fenn")
    with Ledger(ledger) as opened, Pile(opened, [QUESTION]) as pile:
        pile.update()
        (row,) = apart_rows(pile, PeopleFilter())
        assert row.reason == "decided"
        assert {row.document, row.other} == {"a", "d"}
        assert "A person decided that they are two." in row.why
