"""The case table for figures: every row read wholly right."""

from __future__ import annotations

import pytest
from figure_rows import Row, alike, faults, near, read, rows

ROWS = rows()
KEYS = {
    "text", "low", "high", "unit", "qualifier", "counted", "event", "who", "place", "period", "since", "as_of", "share_of",
    "currency",
}  # fmt: skip
NEEDED = {"text", "low", "high", "unit"}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_row(row: Row):
    assert not faults(row), row["reason"]


def test_the_table():
    """Every row has its own id and a reason, its figures stand in its text in order, and enough rows have none."""
    assert len({row["id"] for row in ROWS}) == len({row["text"] for row in ROWS}) == len(ROWS) >= 270
    assert sum(not row["figures"] for row in ROWS) >= 55
    for row in ROWS:
        assert row["reason"]
        assert set(row) == {"id", "text", "published", "figures", "reason"}
        place = 0
        for figure in row["figures"]:
            assert NEEDED <= set(figure) <= KEYS, row["id"]
            place = row["text"].index(figure["text"], place) + len(figure["text"])


def test_the_ruler():
    """The comparison itself: a wrong value, a missing figure and a foreign wording are seen."""
    row = {"text": "The flood killed 35 people.", "published": "", "reason": "x"}
    right = {"text": "35 people", "low": 35, "high": 35, "unit": "count", "event": "killed"}
    assert not faults({**row, "figures": [right]})
    for wrong in (
        {"low": 34},
        {"high": None},
        {"unit": "money"},
        {"event": "injured"},
        {"counted": "boats in the bay"},
    ):
        assert faults({**row, "figures": [{**right, **wrong}]})
    assert faults({**row, "figures": []})
    assert near(33.33, 100 / 3)
    assert not near(33, 100 / 3)
    assert not near(None, 0)
    assert alike("killed in Orrin", "people killed in Orrin")
    assert not alike("killed in Orrin", "boats lost")


@pytest.mark.parametrize(
    "text",
    [
        "Northland said 30 Southlanders were killed near Orrin and 12 were captured.",
        "Some 400 Northlanders fled after Southland shelled the port, killing at least six civilians.",
        "Of the 90 Southlanders held by Northland, most of them soldiers, 15 were freed on Monday.",
    ],
)
def test_even_handed(text: str):
    """Swap two parties and the figures swap with them."""
    swapped = text.replace("North", "Sxxth").replace("South", "North").replace("Sxxth", "South")

    def told(figures):  # everything but the words themselves, which hold the names
        return [(f.span, f.low, f.high, f.unit, f.event, f.period, f.counted_span, f.qualifier) for f in figures]

    assert told(read(text)[1]) == told(read(swapped)[1])


@pytest.mark.parametrize(
    "row",
    [
        "30 {} were killed near Orrin.",
        "Some 30 wounded {} were freed.",
        "Of the 90 {} held, 15 were freed.",
        "Vell said 40 {} armed guards fled.",
    ],
)
def test_names_of_many_read_alike(row: str):
    """Whatever the ending of a name in -s, its people are counted, and counted as people."""
    shapes = set()
    for name in ("Kodas", "Toris", "Brigus", "Norlanders", "Vestians", "Tolskis", "Ondos", "Hylaks", "Meris"):
        text, figures = read(row.format(name))
        told = [(text[slice(*f.span)], f.low, f.unit, f.event, f.who) for f in figures]
        shapes.add(repr(told).replace(name, "X"))
    assert len(shapes) == 1
    assert "X" in next(iter(shapes))
