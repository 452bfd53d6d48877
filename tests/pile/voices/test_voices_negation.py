"""What is denied where it stands, and what is not."""

from __future__ import annotations

import pytest

from sayso.pile.voices.negation import denied

ROWS = [  # text with [the word], denied, why
    ("There is no [famine] in Fell.", True, "no"),
    ("It was not a [famine].", True, "not, an article between"),
    ("It is not committing any [famine].", True, "two words between"),
    ("This isn't [famine].", True, "n't"),
    ("They don’t want a [strike].", True, "curly n't"),
    ("It was never a [strike].", True, "never"),
    ("without any [salt tax] at all", True, "without, before a phrase"),
    ("a non-[toxic] load", True, "non-"),
    ("neither a [strike] nor a riot", True, "neither"),
    ("neither a strike nor a [riot]", True, "nor"),
    ("no act of [piracy] took place", True, "an act of it is it"),
    ("there is no evidence of [piracy]", True, "evidence of it is it"),
    ("no siege or [famine]", True, "or carries on"),
    ("The so-called [famine] is over.", False, "so-called denies nothing"),
    ("It is not only a [famine].", False, "not only"),
    ("This is no doubt a [famine].", False, "no doubt"),
    ("not just [famine] but flood", False, "not just"),
    ("No. The [famine] is over.", False, "another sentence"),
    ("They did not come, and the [famine] went on.", False, "another clause"),
    ("Not everybody who knew of the [famine] left.", False, "another clause by who"),
    ("no member of the [council] came", False, "the member is denied"),
    ("no threat to the [council]", False, "the threat is denied"),
    ("He did not leave because of the [famine].", False, "the leaving is denied"),
    ("nobody in Fell saw the [famine]", False, "who did not see it"),
    ("The [famine] is not over.", False, "behind the word"),
    ("Orrin can [strike] today.", False, "can without t"),
    ("the t in [famine]", False, "a t alone"),
    ("famine", False, "nothing before it"),
    ("He denied that there was a [famine].", False, "denying is a statement's stance, not a word of negation"),
    ("It could not be called by any other name than [famine].", False, "too far away"),
    ("Never did Fell see such [famine].", False, "four words between: something else is denied"),
    ("pia" + "no " * 20 + "[famine]", True, "a row of them"),
    ("x" * 58 + "no [famine]", False, "the end of a longer word at the edge of what is looked at"),
]


@pytest.mark.parametrize(("marked", "expected", "why"), ROWS)
def test_denied(marked: str, expected: bool, why: str):
    start = marked.find("[")
    end = marked.find("]") - 1
    text = marked.replace("[", "").replace("]", "")
    span = (start, end) if start >= 0 else (0, len(text))
    assert denied(text, span) is expected, why
