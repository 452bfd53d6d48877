"""Where names stand: tagged ones made whole, missed ones found in sources, sentences, appositions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from core_marks import A, Hand, place, spans_of
from core_rows import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.encoder.annotations import Annotations, Marked
from sayso.encoder.words import words_of
from sayso.sentences import sentences
from sayso.speakers.mentions import apposition, mentions_of

P, O, L = "person", "organisation", "place"  # noqa: E741

# reason, text, words that the encoder tagged, source, cue and content that it marked, the mentions
TABLE: list[tuple[str, str, dict[str, str], list[A], list[str]]] = [
    ("a tagged name", "On Friday Lia Renn left.", {"Lia Renn": P}, [], ["Lia Renn"]),
    ("half a name is made whole", "On Friday Lia Renn left.", {"Lia": P}, [], ["Lia Renn"]),
    (
        "a particle in between",
        "On Friday the boat of Luís da Serreira left for the islands.",
        {"Luís": P},
        [],
        ["Luís da Serreira"],
    ),
    (
        "two particles in between",
        "On Friday the boat of Jan van der Molenaar left for the islands.",
        {"Jan": P},
        [],
        ["Jan van der Molenaar"],
    ),
    ("the opener of a sentence stays outside", "The Renn family left.", {"Renn": P}, [], ["Renn"]),
    ("a possessive stays outside", "They saw Lia Renn’s boat.", {"Lia Renn": P}, [], ["Lia Renn"]),
    (
        "a comma ends a name",
        "They saw Lia Renn, Tom Cole.",
        {"Lia Renn": P, "Tom Cole": P},
        [],
        ["Lia Renn", "Tom Cole"],
    ),
    ("a body goes on over “of”", "The Ministry of Works left.", {"Ministry": O}, [], ["Ministry of Works"]),
    ("no capital, no name", "They saw the harbour board.", {"harbour board": O}, [], []),
    ("a title alone is no name", "They saw the President there.", {"President": P}, [], []),
    (
        "a name in a source that the encoder did not tag",
        "The gates held, Lia Renn said.",
        {},
        [A("Lia Renn", "said", ("The gates held",))],
        ["Lia Renn"],
    ),
    (
        "one that it did tag is not found twice",
        "Nobody slept, said his wife, Ada.",
        {"Ada": P},
        [A("his wife, Ada", "said", ("Nobody slept",))],
        ["Ada"],
    ),
    (
        "nor one of which it tagged a part",
        "Nobody slept, said Lia Renn of Harrow.",
        {"Renn": P},
        [A("Lia Renn of Harrow", "said", ("Nobody slept",))],
        ["Lia Renn", "Harrow"],
    ),
]
KNOWN = {}


@pytest.mark.parametrize(("text", "named", "attributions", "wanted"), rows(TABLE, KNOWN))
def test_mentions(text: str, named: dict[str, str], attributions: list[A], wanted: list[str]):
    found = mentions_of(text, Hand(text).annotations(attributions, names=named), spans_of(text))
    assert [text[slice(*m.span)] for m in found] == wanted


WORDS = [
    "Lia",
    "Renn",
    "said",
    "the",
    "The",
    "Union",
    "of",
    "Works",
    "Mr",
    "van",
    "al-Haddar",
    "U.S.",
    ",",
    ".",
    "“",
    "HWU",
    "’s",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14), st.data())
def test_mentions_are_in_order_and_do_not_overlap(parts: list[str], data: st.DataObject):
    text = " ".join(parts)
    words = tuple(words_of(text))
    edges = sorted(data.draw(st.sets(st.integers(0, len(words)), max_size=6)))
    kinds = st.sampled_from([P, O, L, "other"])
    names = tuple(
        Marked(data.draw(kinds), (first, last), 0.9) for first, last in zip(edges[::2], edges[1::2], strict=False)
    )
    found = mentions_of(text, Annotations(words, names=names), [(0, len(text))])
    assert all(0 <= m.span[0] < m.span[1] <= len(text) for m in found)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))


# reason, text, its sentences
SENTENCES = [
    ("two sentences", "The gates held. Nobody slept.", ["The gates held.", "Nobody slept."]),
    ("a title with a stop ends none", "They saw Mr. Cole. He left.", ["They saw Mr. Cole.", "He left."]),
    ("nor does an initial", "They saw J. Cole. He left.", ["They saw J. Cole.", "He left."]),
    ("a stop inside marks does", "“It held.” Nobody slept.", ["“It held.”", "Nobody slept."]),
    ("a stop before a small letter does not", "It cost 3. something crowns.", ["It cost 3. something crowns."]),
    ("a paragraph ends one", "No stop\n\nNobody slept.", ["No stop", "Nobody slept."]),
]


@pytest.mark.parametrize(("text", "wanted"), rows(SENTENCES))
def test_sentences(text: str, wanted: list[str]):
    assert [text[s:e].strip() for s, e in sentences(text, spans_of(text))] == wanted


# reason, text, name, the role behind it
APPOSITIONS = [
    ("a role between commas", "Lia Renn, an economist at the bank, left.", "Lia Renn", "an economist at the bank"),
    ("a role before the cue", "Lia Renn, the mayor, said so.", "Lia Renn", "the mayor"),
    ("who is", "Lia Renn, who is a nurse, left.", "Lia Renn", "a nurse"),
    ("no person in it", "Lia Renn, in a red coat, left.", "Lia Renn", None),
    ("no comma", "Lia Renn the mayor left.", "Lia Renn", None),
]


@pytest.mark.parametrize(("text", "name", "wanted"), rows(APPOSITIONS))
def test_appositions(text: str, name: str, wanted: str | None):
    span = apposition(text, place(text, name)[1])
    assert (text[slice(*span)] if span else None) == wanted
