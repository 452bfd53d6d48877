"""Comparisons with what somebody said: "900,000 more than the engineers had estimated" is no word of the engineers."""

from __future__ import annotations

import pytest
from core_rows import rows

from sayso.reading import read_text

#: Reason, text, words of a figure, whose word it is (empty: the outlet's own).
TABLE = [
    (
        "a comparison with what somebody had said",
        "The dam lost 30 per cent more than the ministry had said.",
        "30 per cent",
        "",
    ),
    (
        "a number compared by a speaker",
        "The repair will cost 4.1 million crowns, 900,000 more than the engineers had estimated, said Loach.",
        "900,000",
        "Loach",
    ),
    (
        "what somebody said with a comparison in it",
        "The ministry said that the dam had lost 30 per cent more than in May.",
        "30 per cent",
        "ministry",
    ),
    (
        "a comparison that goes on before its cue",
        "The dam lost 30 per cent more than in May, the ministry said.",
        "30 per cent",
        "ministry",
    ),
]


@pytest.mark.parametrize(("text", "words", "speaker"), rows(TABLE))
def test_whose_word_a_compared_number_is(text: str, words: str, speaker: str):
    reading = read_text(text)
    (figure,) = (f for f in reading.figures if words in text[slice(*f.span)])
    holder = next((s for s in reading.statements if s.id == figure.statement), None)
    named = next((s.name for s in reading.speakers if holder and s.id == holder.speaker), "")
    assert named == speaker


def test_a_comparison_is_left_out_with_its_reason():
    reading = read_text(
        "The damage was worse than the ministry had said. The ministry had said that 12 homes were lost."
    )
    (statement,) = reading.statements
    assert reading.document.text[slice(*statement.content[0])] == "that 12 homes were lost"
