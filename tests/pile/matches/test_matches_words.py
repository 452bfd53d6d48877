"""Words as they are compared: which forms are one, what tells, and how speakers stand."""

from __future__ import annotations

import pytest
from match_pages import said, saying

from sayso.pile.matches.saying import negations
from sayso.pile.matches.who import who
from sayso.pile.matches.words import stem, words_of
from sayso.records import Role, Speaker


def texts(text: str) -> list[str]:
    return [word.text for word in words_of(text, ((0, len(text)),))]


@pytest.mark.parametrize(
    "forms",
    [
        "kill kills killed killing",
        "control controls controlled controlling",
        "family families",
        "go goes went gone going",
        "child children",
        "protect protects protection protected",
        "quick quickly",
        "happy happily happiness",
        "negotiate negotiates negotiated negotiating negotiation negotiations",
        "carry carries carried carrying",
        "agree agreed agreement agreements",
        "die dies died dying death deaths",
    ],
)
def test_forms_of_one_word(forms: str):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair", ["war warm", "station state", "nation native", "secret secretary", "bus busy", "universe university"]
)
def test_other_words(pair: str):
    assert len({stem(word) for word in pair.split()}) == 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("don’t", ["do", "not"]),
        ("they can't", ["they", "can", "not"]),
        ("Ana’s boats", ["ana", "boats"]),
        ("the U.S. navy", ["the", "us", "navy"]),
        ("1,200 of 5.50", ["1200", "of", "5.5"]),
        ("twelve", ["12"]),
        ("one of them", ["one", "of", "them"]),
        ("8% or 8 per cent", ["8", "percent", "or", "8", "percent"]),
        ("half-baked—truly", ["half", "baked", "truly"]),
        ("", []),
    ],
)
def test_words(text: str, wanted: list[str]):
    assert texts(text) == wanted


def test_a_name_counts_less_than_a_rare_word_and_more_than_a_common_one():
    text = "He saw the moraine at Sella."
    bits = {word.text: word.bits for word in words_of(text, ((0, len(text)),))}
    assert bits["moraine"] > bits["sella"] > bits["saw"] > bits["the"]


def test_capitals_of_a_headline_make_no_names():
    text = "Glacier Lake Bursts Its Moraine Overnight"
    assert not any(word.name for word in words_of(text, ((0, len(text)),)))


def test_a_place_and_those_who_live_there_are_one_word():
    text = "that Velmorians left Velmoria by a Velmorian road"
    assert len({word.stem for word in words_of(text, ((0, len(text)),)) if word.name}) == 1


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("we did not fire", 1),
        ("not only the bridge but the road", 0),
        ("nobody has ever paid", 1),
        ("they didn't and they never will", 2),
        ("no fewer than nine boats", 0),
        ("they refused to sign", 1),
        ("the bridge is open", 0),
    ],
)
def test_negations(text: str, many: int):
    turning, supposed = negations(words_of(text, ((0, len(text)),)), text)
    assert (len(turning), supposed) == (many, ())


@pytest.mark.parametrize(
    ("text", "turning", "supposed"),
    [
        ("if the bridge is not repaired the harbour closes", 0, 1),
        ("unless no boat comes", 0, 1),
        ("if it rains, the game will not be played", 1, 0),
        ("they asked whether the lock was not shut", 0, 1),
        ("nobody but the mayor knew", 0, 0),
        ("no one except the keeper was told", 0, 0),
    ],
)
def test_what_is_supposed_turns_nothing(text: str, turning: int, supposed: int):
    found = negations(words_of(text, ((0, len(text)),)), text)
    assert tuple(map(len, found)) == (turning, supposed)


def speaker(name: str, kind: str = "person", role: str = "") -> Speaker:
    return Speaker("0" * 32, name, kind, ((0, 1),), (Role(role, (0, 1)),) if role else ())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        (speaker("Mira Halden"), speaker("Halden"), "same"),
        (speaker("Mira Halden"), speaker("Ivo Halden"), "other"),
        (speaker("Mira Halden"), speaker("Ivo Brandt"), "other"),
        (speaker("Joe Tarrant"), speaker("Joseph R. Tarrant Jr"), "open"),
        (speaker("Yusuf al-Kerim"), speaker("Youssef Al Kerim"), "same"),
        (speaker("Coast Guard", "organisation"), speaker("the coast guard", "organisation"), "same"),
        (speaker("Ministry of Energy", "organisation"), speaker("Energy Ministry", "organisation"), "same"),
        (speaker("Tarn Water Authority", "organisation"), speaker("TWA", "organisation"), "same"),
        (
            speaker("Coast Guard", "organisation"),
            speaker("Nadir Oske", "person", "spokesman of the Coast Guard"),
            "open",
        ),
        (speaker("Coast Guard", "organisation"), speaker("Nadir Oske", "person", "mayor of Kelm"), "other"),
        (speaker("officials", "anonymous"), speaker("Ivo Brandt"), "open"),
        (speaker("Grid Authority", "organisation"), speaker("Ministry of Energy", "organisation"), "other"),
    ],
)
def test_who(a: Speaker, b: Speaker, wanted: str):
    assert who((a,), (b,)) == who((b,), (a,)) == wanted


def test_one_of_joint_speakers_is_enough():
    assert who((speaker("Ivo Brandt"), speaker("Mira Halden")), (speaker("Mira Halden"),)) == "same"
    assert who((), (speaker("Mira Halden"),)) == "open"


def test_words_in_quotation_marks_are_told_from_others():
    made = saying(said("that the plan was “half-baked” and late", "Ivo Brandt", kind="mixed"))
    assert [word.text for word, quoted in zip(made.words, made.quoted, strict=True) if quoted] == ["half", "baked"]
