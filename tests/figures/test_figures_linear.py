"""A text four times as long takes about four times as long, even where every word begins a number."""

from __future__ import annotations

import time

import pytest

from sayso.dates import dates_of
from sayso.figures import figures_of
from sayso.figures import find as figures_find
from sayso.figures import line as figures_line
from sayso.figures import numbers as figures_numbers

# reason -> what is repeated
WORST = {
    "numbers": "31 boats ",
    "numbers that touch": "31,",
    "groups": "1,111",
    "groups with full stops": ".111",
    "digits": "9",
    "digits and full stops": "1.",
    "number words": "one hundred and twenty-",
    "qualifiers": "at least more than over about ",
    "ranges": "between 5 and 6 to ",
    "fractions": "half a third of a quarter of ",
    "vague words": "tens of thousands of ",
    "full stops": ".",
    "marks at ends": ".”’)",
    "blanks": " ",
    "capitals with stops": "A.",
    "apostrophes": "a’",
    "letters": "a",
    "quotation marks": "“",
    "brackets": "(5",
    "events": "killed injured 5 ",
    "places": "in the North of the ",
    "percentages": "5% (",
    "money": "£5 to £",
    "negations": "not one no deaths ",
    "dates": "on 3 May 2031 5 boats ",
    "signs": "-",
}


def seconds(work, text: str) -> float:
    def once() -> float:
        start = time.process_time()
        work(text)
        return time.process_time() - start

    return min(once() for _ in range(3))


def check(work, piece: str, size: int) -> None:
    """Four times the text may take eight times as long: that leaves room for noise, and squares would take sixteen."""
    short, middle, long = (seconds(work, piece * (n * size // len(piece))) for n in (1, 2, 4))
    assert middle < 4 * short + 0.02
    assert long < 8 * short + 0.04


@pytest.mark.parametrize("reason", WORST)
def test_linear(reason: str):
    piece = WORST[reason]
    full = piece * (4 * 2_000 // len(piece))
    known = dates_of(full, [(0, len(full))], None)

    def work(text: str) -> None:
        figures_of(text, [(0, len(text))], [found for found in known if found.span[1] <= len(text)])

    check(work, piece, 2_000)


PATTERNS = {
    "token": figures_line._TOKEN,
    "end": figures_line._END,
    "before": figures_line._WORD_BEFORE,
    "words": figures_line._number_words(),
    "dotted": figures_numbers._DOTTED,
    "one dot": figures_numbers._ONE_DOT,
    "other": figures_numbers._OTHER,
    "dot": figures_find._DOT,
    "counted": figures_find._COUNTED,
}


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("reason", WORST)
def test_each_expression_is_linear(pattern: str, reason: str):
    def work(text: str) -> None:
        for _ in PATTERNS[pattern].finditer(text):
            pass

    check(work, WORST[reason], 15_000)


def test_many_paragraphs():
    """Paragraphs are read one by one: many short ones cost what one long text costs."""
    text = "\n\n".join(["At least 14 people were killed in Orrin on Monday."] * 800)
    size = len(text.split("\n\n")[0])

    def work(count: int) -> float:
        spans = [(i * (size + 2), i * (size + 2) + size) for i in range(count)]
        found = dates_of(text, spans, None)
        return min(_once(text, spans, found) for _ in range(3))

    assert work(800) < 8 * work(200) + 0.04


def _once(text: str, spans, found) -> float:
    start = time.process_time()
    assert len(figures_of(text, spans, found)) == len(spans)
    return time.process_time() - start
