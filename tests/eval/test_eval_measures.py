"""Measures, each on a page small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import FEAR, INNER, OUTER, SAFE, TEXT, TOLL, gold, place, reading

from eval.gold import Gold, GoldFigure, GoldStatement
from eval.measures import Score, Tokenised, measure, name_words, same_name, total
from sayso.records import Figure, Headline, Statement

ALL = (SAFE, TOLL, FEAR, OUTER, INNER)


def test_a_perfect_reading_is_perfect():
    scores = measure(gold(*ALL), reading(*ALL))
    assert {name: score.f1 for name, score in scores.items() if score.wanted} == {
        name: 0.0 if name == "speaker_wrong" else 1.0 for name, score in scores.items() if score.wanted
    }
    assert scores["found"] == Score(5, 5, 5)
    assert scores["within"] == Score(1, 1, 1)
    assert scores["chain"] == Score(1, 1, 1)
    assert scores["speaker"] == Score(4, 4, 4)
    assert scores["described"] == Score(1, 1, 1)


def test_an_empty_reading_finds_nothing_and_names_nobody_wrongly():
    scores = measure(gold(*ALL), reading())
    assert scores["found"] == Score(0, 0, 5)
    assert scores["speaker"] == Score(0, 4, 4)
    assert scores["speaker_precision"] == Score(0, 0, 0)
    assert scores["speaker_wrong"] == Score(0, 5, 5)


# gold rows, read rows, measure, (right, given, wanted), reason
CASES = [
    ([SAFE], [SAFE, TOLL], "found", (1, 2, 1), "a statement too many costs precision"),
    ([SAFE], [{**SAFE, "content": "The bridge is safe"}], "found", (1, 1, 1), "4 of 7 tokens is half"),
    ([SAFE], [{**SAFE, "content": "The bridge is"}], "found", (0, 1, 1), "3 of 7 tokens is less than half"),
    ([SAFE, TOLL], [{**SAFE, "source": "Radio Tern"}, TOLL], "linked", (1, 2, 2), "another source is no link"),
    ([SAFE], [{**SAFE, "source": ""}], "linked", (0, 1, 1), "no source where there is one"),
    ([{**SAFE, "source": ""}], [{**SAFE, "source": ""}], "linked", (1, 1, 1), "no source on either side"),
    ([TOLL], [{**TOLL, "source": "Ana Orlov"}], "linked", (1, 1, 1), "part of the source is enough for a link"),
    ([TOLL], [{**TOLL, "source": "Ana Orlov"}], "exact.source", (0, 1, 1), "and not enough to be exact"),
    ([TOLL], [{**TOLL, "source": "Ana Orlov"}], "token.source", (2, 2, 3), "two of its three tokens"),
    ([SAFE], [{**SAFE, "cue": " said "}], "exact.cue", (1, 1, 1), "blanks at the ends do not count"),
    ([SAFE], [{**SAFE, "content": ("“The bridge", "is safe,”")}], "exact.content", (1, 1, 1), "a blank does not part"),
    ([SAFE], [{**SAFE, "content": ("“The bridge", "safe,”")}], "exact.content", (0, 2, 1), "a word does"),
    ([SAFE], [{**SAFE, "kind": "mixed"}], "kind", (0, 1, 1), "another kind"),
    ([SAFE, TOLL], [SAFE], "kind", (1, 1, 1), "the kind is asked of those found alone"),
    ([FEAR], [{**FEAR, "act": "say"}], "act", (0, 1, 1), "another act"),
    ([{**SAFE, "sure": False}, TOLL], [SAFE, TOLL], "found", (1, 1, 1), "unsure gold neither gains nor costs"),
    ([{**SAFE, "sure": False}, TOLL], [TOLL], "found", (1, 1, 1), "nor does missing it"),
    ([{**SAFE, "sure": False}, TOLL], [SAFE, TOLL], "exact.content", (1, 1, 1), "nor do its words"),
    ([OUTER, INNER], [OUTER, {**INNER, "within": None}], "within", (0, 0, 1), "the inner one stands alone"),
    ([OUTER, TOLL], [OUTER, {**TOLL, "within": OUTER["content"]}], "within", (0, 1, 0), "one that stands alone"),
    ([TOLL], [{**TOLL, "via": ("Tern", "Telegraph")}], "chain", (1, 2, 1), "a part of the name, and a hop too many"),
    ([SAFE], [SAFE, TOLL], "chain", (0, 1, 0), "the hop of a statement that is not there is too many"),
    ([TOLL], [{**TOLL, "speaker": "Orlov"}], "speaker", (1, 1, 1), "the last name will do"),
    ([TOLL, SAFE], [{**TOLL, "speaker": "Halden"}, SAFE], "speaker", (1, 2, 2), "a wrong name"),
    ([TOLL, SAFE], [{**TOLL, "speaker": None}, SAFE], "speaker", (1, 2, 2), "no name is not right"),
    ([TOLL, SAFE], [{**TOLL, "speaker": None}, SAFE], "speaker_precision", (1, 1, 1), "but costs no precision"),
    ([TOLL, SAFE], [{**TOLL, "speaker": None}, SAFE], "speaker_wrong", (0, 2, 2), "and is not wrong"),
    ([TOLL, SAFE], [{**TOLL, "speaker": "Halden"}, SAFE], "speaker_wrong", (1, 2, 2), "a wrong name is"),
    ([TOLL, SAFE], [{**TOLL, "speaker": "Halden"}], "speaker_wrong", (1, 2, 2), "of all gold, found or not"),
    (
        [FEAR],
        [{**FEAR, "speaker": "Ana Orlov", "speaker_kind": "person"}],
        "speaker_wrong",
        (1, 1, 1),
        "a nameless source",
    ),
    ([FEAR], [{**FEAR, "speaker": "locals"}], "speaker_wrong", (0, 1, 1), "a wrong description is no wrong name"),
    ([FEAR], [{**FEAR, "speaker": "locals"}], "described", (0, 1, 1), "but not the right description"),
]


@pytest.mark.parametrize(("wanted", "read", "name", "counts", "reason"), CASES, ids=[c[4] for c in CASES])
def test_measures(wanted: list, read: list, name: str, counts: tuple[int, int, int], reason: str):
    assert measure(gold(*wanted), reading(*read))[name] == Score(*counts), reason


def test_own_voice_counts_every_token():
    """The page has 41 tokens; the missed statement has 7."""
    n = len(Tokenised.of(TEXT).tokens)
    assert n == 41
    assert measure(gold(SAFE), reading())["own_voice"] == Score(n - 7, n, n)


SPAN = place("more than 30 closures")[0]
THIRTY = GoldFigure(SPAN, 30, None, voice="Residents")


# the figure read, its speaker's statement, what is right of (value, unit, voice), reason
FIGURES = [
    (Figure("f", SPAN, 30, None, statement=FEAR["content"]), (1, 1, 1), "all right"),
    (Figure("f", SPAN, 30.0, 30.0, statement=FEAR["content"]), (0, 1, 1), "a bound that the words do not give"),
    (Figure("f", SPAN, 30, None, unit="percent", statement=FEAR["content"]), (1, 0, 1), "another unit"),
    (Figure("f", SPAN, 30, None), (1, 1, 0), "given to the outlet"),
    (Figure("f", SPAN, 30, None, statement=SAFE["content"]), (1, 1, 0), "given to somebody else"),
    (Figure("f", place("30")[0], 30, None, statement=FEAR["content"]), (1, 1, 1), "a narrower span will do"),
]


@pytest.mark.parametrize(("figure", "right", "reason"), FIGURES, ids=[c[2] for c in FIGURES])
def test_figures(figure: Figure, right: tuple[int, int, int], reason: str):
    scores = measure(gold(FEAR, figures=(THIRTY,)), reading(FEAR, SAFE, figures=(figure,)))
    assert scores["figure_found"] == Score(1, 1, 1)
    found = tuple(scores[f"figure_{name}"].right for name in ("value", "unit", "voice"))
    assert found == right, reason


def test_a_figure_elsewhere_is_not_found():
    scores = measure(gold(figures=(THIRTY,)), reading(figures=(Figure("f", (0, 5), 30, None),)))
    assert scores["figure_found"] == Score(0, 1, 1)


def test_the_headline_is_a_page_of_its_own():
    """Offsets of a headline are into its own text; another headline than the gold's is no reading of it."""
    said = Statement("h", "indirect", ((0, 6),), ((6, 7),), ((8, 25),), speaker="Halden")
    title = GoldStatement(((0, 6),), ((6, 7),), ((8, 25),), "indirect", speaker="Halden", speaker_kind="person")
    words = "Halden: bridge will close"
    page = replace(gold(SAFE), headline=Gold("", words, (title,)))
    read = reading(SAFE)
    for headline, right in ((Headline(words, (said,)), 2), (Headline(words[:-1], (said,)), 1), (None, 1)):
        found = measure(page, replace(read, headline=headline))["found"]
        assert (found.right, found.wanted) == (right, 2)


def test_findings_by_code_and_number():
    scores = measure(
        gold(findings=("furniture", "furniture", "year-missing")), reading(findings=("furniture", "date-missing"))
    )
    assert scores["findings"] == Score(1, 2, 3)


NAMES = [
    ("Ana Orlov", "Orlov", True, "the last name"),
    ("Ana Orlov", "Mayor Ana Orlov", True, "a title does not count"),
    ("Ana Orlov", "ana  orlov’s", True, "case, blanks, possessive"),
    ("José Peña", "Jose Pena", True, "accents"),
    ("Ministry of Rivers", "Ministry", True, "its beginning"),
    ("Ana Orlov", "Ivan Orlov", False, "two people of one last name"),
    ("Ana Orlov", "Ana Halden", False, "two people of one first name"),
    ("Orlov", "Orlov Foundation for River Towns", False, "three words more"),
    ("Bank of Tern", "of", False, "a word from the middle"),
    ("", "Orlov", False, "no name is nobody's"),
    ("", "", True, "no name on either side"),
]


@pytest.mark.parametrize(("one", "other", "same", "reason"), NAMES, ids=[c[3] for c in NAMES])
def test_same_name(one: str, other: str, same: bool, reason: str):
    assert same_name(one, other) is same, reason
    assert same_name(other, one) is same, reason


def test_a_name_of_titles_alone_keeps_them():
    assert name_words("The President") == ["the", "president"]


def test_totals_add_counts_not_shares():
    """1 of 1 and 0 of 3 are 1 of 4, not a half."""
    both = total([{"found": Score(1, 1, 1)}, {"found": Score(0, 3, 3), "kind": Score(1, 1, 1)}])
    assert both == {"found": Score(1, 4, 4), "kind": Score(1, 1, 1)}
    assert both["found"].f1 == pytest.approx(0.25)


def test_shares_of_nothing_are_nothing():
    assert (Score().precision, Score().recall, Score().f1) == (0.0, 0.0, 0.0)


@given(st.text(alphabet="a1 .“\n", max_size=30), st.data())
def test_tokens_inside_a_span_are_those_it_touches(text: str, data: st.DataObject):
    page = Tokenised.of(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    slow = {n for n, (a, b) in enumerate(page.tokens) if a < end and start < b} if start < end else set()
    assert page.inside(((start, end),)) == slow or start == end
    fragments = page.fragments(((start, end),))
    assert {text[a:b] for a, b in fragments} == ({text[start:end].strip()} - {""})
