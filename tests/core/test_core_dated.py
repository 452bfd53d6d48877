"""Which date may be a figure's: not the day on which somebody told what another had said."""

from __future__ import annotations

import pytest

from sayso.reading import Reader
from sayso.records import Document, Published

ROWS = [
    (
        "Quillan on Tuesday rejected the harbour board's claim that 40 boats had sunk.",
        "40 boats",
        "",
        "Tuesday is when Quillan spoke, not when the board claimed it",
    ),
    (
        "Quillan said on Tuesday that Oduya had told him 40 boats had sunk.",
        "40 boats",
        "",
        "Tuesday is not the day as of which Oduya counted",
    ),
    (
        "Quillan said the council had demanded 400 crowns from every boatman on Tuesday.",
        "400 crowns",
        "2031-04-08",
        "the day stands in what Quillan says",
    ),
    (
        "Quillan said on Tuesday that 40 boats had sunk.",
        "40 boats",
        "2031-04-08",
        "one speaker only: his day is the day as of which he counts",
    ),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(("text", "words", "day", "reason"), ROWS, ids=[row[3] for row in ROWS])
def test_day_of_a_figure(reader: Reader, text: str, words: str, day: str, reason: str) -> None:
    page = Document("page", text, published=Published("2031-04-09", "metadata"))
    found = {text[slice(*f.span)]: f.as_of for f in reader.read(page).figures}
    assert found[words] == day, reason
