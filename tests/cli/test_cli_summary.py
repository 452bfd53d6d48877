"""What ``read`` says at its end, from a tally made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from cli_sample import SCAN, bridge, headline, hostile
from cli_screens import plain

from sayso.cli.render import Screen
from sayso.cli.render_summary import summary_lines
from sayso.cli.tally import Tally
from sayso.records import Dropped


def tally() -> Tally:
    made = Tally()
    made.take(replace(bridge(), dropped=(*bridge().dropped, Dropped("doubtful", (0, 4), "0.2"))), "added")
    made.take(headline(), "version")
    made.take(hostile(), "added")
    made.take(None, "same")
    made.take(bridge(), "same")
    made.take(SCAN, "unreadable")
    return made


def test_counts():
    made = tally()
    assert (made.read, made.safe) == (3, 5)
    assert dict(made.kinds) == {"indirect": 5, "direct": 4, "mixed": 1}, "what was read before is not counted again"
    assert dict(made.acts) == {"say": 10, "want": 1}
    assert dict(made.unnamed) == {"no-candidate": 2, "group": 1}
    assert made.quoted["Mira Halden"] == 3
    assert made.named == {"Mira Halden", "ferry guild", "harbour office", "Northwire", "Ivo Brandt", "Ruta Vend"}
    assert made.unreadable == [SCAN]


@pytest.mark.parametrize("width", [80, 120, None])
def test_golden_summary(width: int | None, golden: Callable[[str, str], None]):
    golden(f"summary-{width or 'pipe'}.txt", plain(summary_lines(tally(), "spring news.db", 2.0, Screen(width))))


def test_a_run_that_read_nothing():
    made = Tally()
    made.take(SCAN, "unreadable")
    text = plain(summary_lines(made, "sayso.db", 0.1, Screen()))
    assert "1 could not be read" in text
    assert "scan.pdf  no-text-layer: There is no text in it" in text
    assert "next:" not in text
    assert "statements" not in text


def test_the_default_ledger_needs_no_option():
    made = Tally()
    made.take(headline(), "added")
    assert plain(summary_lines(made, "sayso.db", 0.1, Screen())).endswith("next: sayso statements\n")
