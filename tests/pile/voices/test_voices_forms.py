"""Which forms of a word are counted together, and where a term stands in a text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.pile.voices.forms import LONGEST, base_of, finder, forms_of, term_of
from sayso.pile.voices.words import fold, words

TOGETHER = [  # the word asked for, a form, whether it counts, why
    ("regime", "regimes", True, "plural"),
    ("regimes", "regime", True, "a plural is taken back"),
    ("wrecker", "wreckers", True, "plural"),
    ("city", "cities", True, "y becomes ie"),
    ("cities", "city", True, "and back"),
    ("day", "days", True, "y after a vowel stays"),
    ("church", "churches", True, "a hissing end takes es"),
    ("losses", "loss", True, "sses is taken back to ss"),
    ("houses", "house", True, "ses is taken back to se"),
    ("class", "clas", False, "ss is no plural"),
    ("crisis", "crises", True, "a table of plurals"),
    ("men", "man", True, "irregular, from any form"),
    ("kill", "killed", True, "past"),
    ("kill", "killing", True, "-ing"),
    ("plan", "planned", True, "doubled after a short vowel"),
    ("plan", "planed", False, "that is plane"),
    ("plane", "planning", False, "that is plan"),
    ("occupy", "occupied", True, "y becomes i"),
    ("die", "dying", True, "irregular"),
    ("bomb", "bombing", True, "-ing of the base"),
    ("bombing", "bomb", False, "-ing is not taken back: evening is not even"),
    ("bombing", "bombings", True, "its own plural"),
    ("displaced", "displace", False, "a past is not taken back: hundred is not hundr"),
    ("news", "new", False, "no plural"),
    ("new", "news", False, "another word"),
    ("gas", "ga", False, "no plural"),
    ("series", "serie", False, "no plural"),
    ("fight", "fought", True, "irregular verb"),
    ("fought", "fight", True, "from any form"),
    ("hero", "heroes", True, "a table of plurals"),
    ("hamas", "hama", False, "a name"),
    ("hop", "hoped", False, "that is hope"),
    ("hope", "hopped", False, "that is hop"),
    ("travel", "travelled", True, "two syllables: both spellings"),
    ("travel", "traveled", True, "two syllables: both spellings"),
    ("tie", "tying", True, "ie becomes y"),
    ("un", "uns", False, "too short to be inflected by rule"),
]


@pytest.mark.parametrize(("word", "form", "counts", "why"), TOGETHER)
def test_forms(word: str, form: str, counts: bool, why: str):
    assert (form in forms_of(word)) is counts, why


@pytest.mark.parametrize("word", sorted({row[0] for row in TOGETHER}))
def test_the_word_itself_comes_first(word: str):
    assert forms_of(word)[0] == word
    assert len(set(forms_of(word))) == len(forms_of(word))


@pytest.mark.parametrize(
    ("form", "base"), [("men", "man"), ("regimes", "regime"), ("fought", "fight"), ("news", "news"), ("ox", "ox")]
)
def test_one_base_for_all(form: str, base: str):
    assert base_of(form) == base


PLACES = [  # term, exact, text, words found, why
    (
        "regime",
        False,
        "The regime's men and the Régimes of Varn; REGIME-backed.",
        ["regime", "Régimes", "REGIME"],
        "case, accents, possessive, hyphen",
    ),
    ("regime", True, "The regime's men and the Régimes of Varn.", ["regime"], "exact: no inflections"),
    (
        "salt tax",
        False,
        "a salt tax, salt\ntaxes, salt-taxed and salt. Tax",
        ["salt tax", "salt\ntaxes", "salt-taxed"],
        "over line ends, not over stops",
    ),
    ("so-called", False, "the so-called, the so called", ["so-called", "so called"], "a hyphen is a joint"),
    ("war", False, "wart warlike war.", ["war"], "whole words only"),
    ("bread bread", False, "bread bread bread", ["bread bread"], "places do not overlap"),
    ("tax", False, "", [], "an empty text"),
]


@pytest.mark.parametrize(("term", "exact", "text", "found", "why"), PLACES)
def test_places(term: str, exact: bool, text: str, found: list[str], why: str):
    assert [text[a:b] for _, (a, b) in finder([term_of(term, exact=exact)]).find(text)] == found, why


@pytest.mark.parametrize("term", ["", "  ", "…", "?!"])
def test_no_word_is_refused(term: str):
    with pytest.raises(UsageError, match="no word"):
        term_of(term)


def test_a_sentence_is_refused():
    with pytest.raises(UsageError, match="sayso find"):
        term_of("one " * (LONGEST + 1))


@given(st.lists(st.sampled_from(["salt", "tax", "salt tax", "fell", " ", "-", ". "]), max_size=30))
def test_several_terms_at_once_are_each_alone(parts: list[str]):
    text = " ".join(parts)
    terms = [term_of(name) for name in ("salt", "salt tax", "tax")]
    together = sorted(finder(terms).find(text))
    assert together == sorted((n, span) for n, term in enumerate(terms) for _, span in finder([term]).find(text))


@given(st.text(max_size=80))
def test_words_are_words_of_the_text(text: str):
    spans = list(words(text))
    assert all(text[a].isalnum() and text[b - 1 : b].strip() for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str):
    assert fold(fold(text)) == fold(text)
