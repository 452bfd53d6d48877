"""What once went wrong on odd pages: words of too many pieces, doubts counted as own voice, names with the surname first."""

from __future__ import annotations

import pytest

from sayso.engine.local import never, read_item
from sayso.ingest import Item
from sayso.reading import Reader
from sayso.records import Reading
from sayso.speakers.names import covers, given_gender, parse, surname_first
from sayso.statements import act_of


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_a_word_of_too_many_pieces_is_an_unknown_word(reader: Reader):
    vocabulary = reader.encoder.vocabulary
    assert vocabulary.cut("≠" * 600) == (vocabulary.unknown,)
    item = Item("a.txt", "a.txt", data=("Renn said " + "≠" * 600 + " was wrong.").encode())
    assert isinstance(read_item(reader, item, None, never), Reading)


DOUBTS = (
    "Lia Renn said the gates would hold. It was never clear who meant what by that, or whether the river had heard. "
    "The engineers, it is thought, had their doubts; so had the cows. Word was that nobody slept.\n\n"
    "“A fine mess,” ran the talk on the quay, and the talk went on. Nor convicted of any crime, the clerk went home."
)


def test_what_was_doubted_is_not_the_outlets_own_voice(reader: Reader):
    reading = read_item(reader, Item("a.txt", "a.txt", data=DOUBTS.encode()), None, never)
    assert isinstance(reading, Reading)
    own = [span for voice, span in reading.voices if voice == "own"]
    for dropped in reading.dropped:
        assert not any(a < dropped.span[1] and dropped.span[0] < b for a, b in own), dropped


# reason, full name, surname first
ORDERS = [
    ("Korean, by its hyphen", "Park Geun-hye", True),
    ("Korean, by the table", "Kim Minseo", True),
    ("Vietnamese, by the table", "Nguyen Van Linh", True),
    ("a double given name of the West", "Jean-Luc Aldo", False),
    ("a hyphened surname", "Lia Renn-Aldo", False),
]


@pytest.mark.parametrize(("reason", "name", "first"), ORDERS, ids=[row[0] for row in ORDERS])
def test_order_of_names(reason: str, name: str, first: bool):
    assert surname_first(parse(name)) is first, reason
    if first:
        assert covers(parse(name), parse(name.split()[0])) == "surname"


# reason, name, pronoun
GIVEN = [
    ("a given name", "Robert Renn", "he"),
    ("a middle name does not count", "Zzyzx Maria Renn", ""),
    ("the given name behind the surname", "Park Geun-hye", "she"),
]


@pytest.mark.parametrize(("reason", "name", "pronoun"), GIVEN, ids=[row[0] for row in GIVEN])
def test_given_names(reason: str, name: str, pronoun: str):
    assert given_gender(parse(name)) == pronoun, reason


# reason, cue, content, act
ACTS = [
    ("agreed to do something is wanting", "agreed", "to open the gates", "want"),
    ("agreed that something is so is saying", "agreed", "that the gates were open", "say"),
]


@pytest.mark.parametrize(("reason", "cue", "content", "act"), ACTS, ids=[row[0] for row in ACTS])
def test_agreeing(reason: str, cue: str, content: str, act: str):
    assert act_of(cue, content) == act, reason
