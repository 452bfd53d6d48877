"""A text four times as long takes about four times as long, even where every word begins an expression."""

from __future__ import annotations

import time

import pytest
from dates_rows import paragraphs

from sayso.dates import contradicted, dates_of, impossible_days, told, weekday_mismatches
from sayso.dates import tokens as dates_tokens
from sayso.records import Block, Published

# reason -> what is repeated
WORST = {
    "words that open an expression": "the early late mid the end of the ",
    "numbers": "2031 ",
    "numbers that touch": "2031-11-2031/11.",
    "days before no month": "1, 2, 3, 4, 5 and ",
    "digits": "9",
    "letters": "a",
    "blanks": " ",
    "quotation marks": "’",
    "hyphens": "-",
    "months": "May ",
    "weekdays": "Friday, ",
    "ranges": "1990 to ",
    "pointing back": "two days earlier the following day ",
    "dates told": "on 3 May 2031, ",
    "dates to be compared": "3/4/2031 ",
    "feasts": "New Year’s St. ",
    "no blank for long": "Friday" * 30 + " ",
}


def spent(text: str) -> float:
    """Seconds for everything about dates on one text, the best of three."""
    spans = paragraphs(text)
    blocks = [Block("dateline", span) for span in spans]

    def once() -> float:
        start = time.process_time()
        found = dates_of(text, spans, Published("XXXX-11-05"), years=range(2020, 2030))
        stamps = told(text, blocks, None)
        weekday_mismatches(text, found)
        impossible_days(text, found)
        contradicted(text, found, stamps)
        return time.process_time() - start

    return min(once() for _ in range(3))


@pytest.mark.parametrize("reason", WORST)
def test_linear(reason: str) -> None:
    """Four times the text may take eight times as long: that leaves room for noise, and squares would take sixteen."""
    piece = WORST[reason]
    size = 5_000
    short, middle, long = (spent(piece * (n * size // len(piece))) for n in (1, 2, 4))
    assert middle < 4 * short + 0.02
    assert long < 8 * short + 0.04


@pytest.mark.parametrize("pattern", [dates_tokens._WORD, dates_tokens._TOKEN], ids=["word", "token"])
@pytest.mark.parametrize("reason", WORST)
def test_each_expression_is_linear(pattern, reason: str) -> None:
    def once(text: str) -> float:
        start = time.process_time()
        for _ in pattern.finditer(text):
            pass
        return time.process_time() - start

    piece = WORST[reason]
    texts = [piece * (n * 40_000 // len(piece)) for n in (1, 2, 4)]
    short, middle, long = (min(once(text) for _ in range(3)) for text in texts)
    assert middle < 4 * short + 0.01
    assert long < 8 * short + 0.02
