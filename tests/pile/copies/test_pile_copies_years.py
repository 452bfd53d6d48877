"""Copies without a year: who was first follows from the year that the other pages of the pile leave."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies_pages import MADE, Press

from sayso import identity
from sayso.layout import lay_out
from sayso.ledger import Ledger
from sayso.pile.copies import QUESTION
from sayso.pile.copies.answers import PairRow, pairs
from sayso.pile.stamp_days import QUESTION as STAMPS
from sayso.pile.store import Pile
from sayso.records import Document, Published, Reading

ANCHORS = ("2031-03-01", "2031-03-07", "2031-03-12")
"""Pages on other things: three are needed to give a year to a stamp whose weekday is not known."""


def printed(name: str, outlet: str, date: str, text: str) -> Reading:
    document = lay_out(Document(name, text, "", outlet, published=Published(date) if date else None)).document
    return Reading(identity.document_id(document), identity.text_id(text), document, MADE)


def texts() -> list[str]:
    press = Press(5)
    return [
        "\n\n".join(" ".join(line.text for line in each) for each in press.story(press.event(), 6)) for _ in range(4)
    ]


def asked(path: Path, one: str, other: str, *, anchors: tuple[str, ...] = ANCHORS, stamps: bool = True) -> PairRow:
    shared, *rest = texts()
    mine = printed("one.txt", "Quay Courier", one, shared)
    pages = [mine, printed("other.txt", "Fell Gazette", other, shared)]
    pages += [
        printed(f"{n}.txt", "River Post", day, text) for n, (day, text) in enumerate(zip(anchors, rest, strict=False))
    ]
    with Ledger(path, write=True) as ledger:
        for reading in pages:
            ledger.add(reading)
    with Ledger(path) as ledger, Pile(ledger, [QUESTION, STAMPS] if stamps else [QUESTION]) as pile:
        pile.update()
        (found,) = pairs(pile, mine.id)
    return found


CASES = [
    ("XXXX-03-03", "2031-03-05", "this", "date", "the year of the pile, and an earlier day"),
    ("XXXX-03-09", "2031-03-05", "other", "date", "the year of the pile, and a later day"),
    ("XXXX-03-05", "2031-03-05", "", "same-date", "one day"),
    ("XXXX-03-03", "XXXX-03-05", "this", "date", "neither has a year, both get one"),
    ("XXXX-09-03", "2031-03-05", "", "no-date", "no year puts that day among the dates of the pile"),
    ("", "2031-03-05", "", "no-date", "no date at all"),
]


@pytest.mark.parametrize(("one", "other", "first", "by", "why"), CASES, ids=[case[-1] for case in CASES])
def test_a_year_that_other_pages_leave_tells_who_was_first(
    tmp_path: Path, one: str, other: str, first: str, by: str, why: str
):
    found = asked(tmp_path / "l.db", one, other)
    assert (found.first, found.origin, found.by) == (first, first, by), why
    assert ("The year 2031 of one.txt is what the other pages leave." in found.why) == (by == "date")


def test_without_the_other_pages_or_their_dates_it_stays_open(tmp_path: Path):
    few = asked(tmp_path / "few.db", "XXXX-03-03", "2031-03-05", anchors=())
    unasked = asked(tmp_path / "unasked.db", "XXXX-03-03", "2031-03-05", stamps=False)
    assert (few.first, few.by) == (unasked.first, unasked.by) == ("", "no-date")
    assert "year" not in few.why
