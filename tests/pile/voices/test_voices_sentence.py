"""The sentence that a place is shown with: whole where it is short, cut between words where it is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.pile.voices.uses import WIDEST, _around

WORDS = st.lists(st.sampled_from(["a", "ferry", "harbourmaster", "x" * 300, "\n", "gates"]), max_size=120)


@given(WORDS, WORDS)
def test_it_holds_the_word_and_says_where_it_is_cut(before: list[str], after: list[str]):
    lead = " ".join(["Then", *before, ""])
    text = " ".join([lead + "strike", *after]) + ". "
    span = (len(lead), len(lead) + 6)
    (start, end), (front, back) = _around([(0, len(text))], span, text)
    assert 0 <= start <= span[0] < span[1] <= end <= len(text)
    assert span[0] - start <= WIDEST
    assert end - span[1] <= WIDEST
    assert front == bool(text[:start].strip())
    assert back == bool(text[end:].strip())
    assert not text[start].isspace()
    assert not text[end - 1].isspace()


def test_words_are_not_cut_in_two():
    lead, tail = "harbour " * 60, " harbour" * 60
    text = f"{lead}strike{tail}."
    (start, end), cut = _around([(0, len(text))], (len(lead), len(lead) + 6), text)
    assert cut == (True, True)
    assert set(text[start:end].split()) == {"harbour", "strike"}
