"""Headlines that say by a colon or a dash whose words they are: rows of invented titles."""

from __future__ import annotations

import time

import pytest
from core_marks import place
from core_rows import rows

from sayso.statements.headlines import headline

# reason, title, the names in it that the encoder knows, source, mark and content; None where nobody speaks
TABLE: list[tuple[str, str, list[str], tuple[str, str, str] | None]] = [
    ("a name in front", "Renn: gates will hold until spring", ["Renn"], ("Renn", ":", "gates will hold until spring")),
    (
        "a name with an apostrophe",
        "O’Dalloran: gates will hold until spring",
        ["O’Dalloran"],
        ("O’Dalloran", ":", "gates will hold until spring"),
    ),
    (
        "a noun for a person behind",
        "Gates will hold until spring: minister",
        [],
        ("minister", ":", "Gates will hold until spring"),
    ),
    (
        "a body behind",
        "Gates will hold until spring: Harrow Times",
        ["Harrow Times"],
        ("Harrow Times", ":", "Gates will hold until spring"),
    ),
    ("people behind a dash", "‘Nobody warned us’ – families", [], ("families", "–", "‘Nobody warned us’")),
    (
        "a name behind a dash",
        "“Nobody warned us in time” — Lia Renn",
        ["Lia Renn"],
        ("Lia Renn", "—", "“Nobody warned us in time”"),
    ),
    ("a topic in front", "Flood: what the maps did not show", [], None),
    ("a place in front, which the encoder knows as no person", "Pellgate: the long night of the gates", [], None),
    ("a colon in a time of day", "Gates failed at 10:30 and nobody slept", [], None),
    ("no mark at all", "Gates will hold until spring", [], None),
    ("a list behind the colon", "What we know: dead, missing, rescued", [], None),
    ("nothing", "", [], None),
]
KNOWN: dict[str, str] = {}


@pytest.mark.parametrize(("text", "names", "wanted"), rows(TABLE, KNOWN))
def test_headlines(text: str, names: list[str], wanted: tuple[str, str, str] | None):
    found = headline(text, (0, len(text)), [place(text, name) for name in names])
    assert (tuple(text[slice(*span)] for span in found) if found else None) == wanted


def test_only_the_paragraph_is_looked_at():
    title = "Renn: gates will hold until spring"
    text = f"Minister: no.\n\n{title}\n\nAldo: no."
    at = text.index(title)
    found = headline(text, (at, at + len(title)), [(at, at + 4)])
    assert found is not None
    assert [text[slice(*span)] for span in found] == ["Renn", ":", "gates will hold until spring"]


@pytest.mark.parametrize("unit", ["a : ", "“a” – ", "‘a ", ": ", "a b ", "–"], ids=repr)
def test_linear_time(unit: str):
    def seconds(count: int) -> float:
        text = unit * count
        start = time.process_time()
        headline(text, (0, len(text)), ())
        return time.process_time() - start

    seconds(10)
    assert seconds(16_000) < 16 * seconds(2_000) + 0.02
