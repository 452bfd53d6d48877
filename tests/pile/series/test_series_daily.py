"""The public daily figures told as sentences: the right series, daily told from running, nothing replaced wrongly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.daily import DATA, ORDERS, ORIGINATORS, outcome, pages
from sayso.reading import Reader

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data/series is not here")


@pytest.mark.parametrize("name", ["gaza-daily.json", "lebanon-daily.json"])
@pytest.mark.parametrize("order", ORDERS)
def test_daily(name: str, order: str):
    made = pages(name, 24)
    result = outcome(made, order)
    assert result.figures == len(made) >= 200
    assert result.series == 2, "killed and injured"
    assert result.wrongly_superseded == 0
    assert result.right == result.figures


def test_the_ruler():
    """Figures made as something else than they are told are seen."""
    made = pages("lebanon-daily.json", 6)
    wrong = [(replace(each, daily=not each.daily), reading) for each, reading in made]
    assert outcome(wrong, ORDERS[0]).right < len(made) / 2
    other = [(replace(each, by="somebody else"), reading) for each, reading in made]
    assert outcome(other, ORDERS[0]).right < len(made)


def test_read_whole():
    """The same sentences with their speaker, read with the encoder: running and daily numbers keep apart."""
    reader = Reader()
    made = [each for each in pages("lebanon-daily.json", 8) if each[0].by == ORIGINATORS[0]]
    read = []
    for each, page in made:
        text = f"{page.document.text[:-1]}, the {each.by} said."
        read.append((each, reader.read(replace(page.document, text=text, blocks=()))))
    result = outcome(read, ORDERS[0])
    assert result.wrongly_superseded == 0
    assert result.right >= 0.95 * len(made)
