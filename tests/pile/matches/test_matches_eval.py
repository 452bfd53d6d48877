"""The measure of matches can tell right from wrong: invented pairs with known answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from match_pages import page, said

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from eval.matches import agreement, judge, recurring, scores

LOCK = "“Nobody told the crews that the lock was shut. They found it out on the water.”"
PAGES = {
    reading.document.name: reading
    for reading in (
        page("a.txt", said(LOCK, "Mira Halden")),
        page("b.txt", said("“Nobody told the crews that the lock was shut,”", "Halden")),
        page("c.txt", said("that lime trees would be planted", "Ivo Brandt")),
    )
}


def row(a: str, b: str, label: str, **more: Any) -> dict[str, Any]:
    sides = {
        side: {"document": name, "content": [list(span) for span in PAGES[name].statements[0].content]}
        for side, name in (("a", a), ("b", b))
    }
    return {**sides, "drawn": "candidate", "label_a": label, "label_b": label, "label": label, **more}


def test_right_wrong_and_missed():
    rows = [row("a.txt", "b.txt", "same-words"), row("a.txt", "c.txt", "same-claim"), row("b.txt", "a.txt", "none")]
    judged, absent = judge(rows, PAGES)
    found = scores(judged)["same-claim"]
    assert not absent
    assert (found.right, found.wrong, found.missed) == (1, 1, 1)
    assert found.f1 == pytest.approx(0.5)
    assert scores(judged)["contradicts"].f1 == 0


def test_a_page_that_is_not_here_is_named():
    gone = row("a.txt", "b.txt", "same-words")
    gone["b"] = {"document": "elsewhere.txt", "content": [[0, 5]]}
    judged, absent = judge([gone], PAGES)
    assert (judged, absent) == ([], ["elsewhere.txt"])


def test_a_statement_that_was_not_read_is_missed():
    lost = row("a.txt", "b.txt", "same-words")
    lost["b"] = {"document": "b.txt", "content": [[0, 5]]}
    (judged,), _ = judge([lost], PAGES)
    assert judged.found == "none"


def test_agreement():
    rows = [row("a.txt", "b.txt", "none"), row("a.txt", "c.txt", "none", label_b="same-claim")]
    assert agreement(rows)[:2] == (2, 0.5)
    assert agreement([]) == (0, 0.0, 0.0)


def test_recurring_quotations_are_counted_by_looking_at_every_pair():
    assert recurring(PAGES.values()) == (1, 1)
