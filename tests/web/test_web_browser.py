"""The room in a browser: keys, a whole review, every page in both widths and schemes, and nothing of a page ever runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from web_paths import TABLES, data, documents, notes
from web_payloads import PAYLOADS
from web_visitor import Visitor
from web_window import Served, entered, the_breach

from sayso.ledger import DecisionFilter, Ledger

WIDTHS, SCHEMES = (1280, 390), ("light", "dark")


def test_nothing_of_a_page_runs(chromium: Any, served_hostile: Served, hostile: Visitor):
    complaints: list[str] = []
    window = entered(chromium, served_hostile, complaints)
    some = documents(hostile, "/pile?month=2031-04")[:: len(PAYLOADS) // 6]
    paths = [
        *TABLES[:4],
        *(f"/page/{i}" for i in some),
        *(f"/statement/{notes(hostile, i)[0]['id']}" for i in some[:2]),
    ]
    for path in paths:
        window.goto(served_hostile.home + path, wait_until="domcontentloaded")
        assert window.evaluate("document.scripts.length") == 1
    assert not complaints
    window.context.close()


def test_what_would_run_is_noticed(chromium: Any, served_hostile: Served):
    """The page is told to run something in its midst: the policy refuses, and the listeners hear of it."""
    complaints: list[str] = []
    window = entered(chromium, served_hostile, complaints)
    window.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=//evil.example/x onerror=alert(1)>')")
    window.wait_for_timeout(200)
    assert any("csp" in each for each in complaints)
    assert not any("dialog" in each for each in complaints)
    window.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_fits(chromium: Any, served: Served, demo: Visitor, width: int, scheme: str):
    complaints: list[str] = []
    window = entered(chromium, served, complaints, viewport={"width": width, "height": 900}, color_scheme=scheme)
    document = the_breach(demo)
    note = notes(demo, document)[0]
    series = data(demo, "/series")["series"][0]["id"]
    paths = [*TABLES[:9], "/help"] if width == 390 else ["/pile", "/queue"]
    paths += [f"/page/{document}", f"/statement/{note['id']}", f"/speaker/{note['speaker_id']}", f"/series/{series}"]
    grounds = set()
    for path in paths:
        window.goto(served.home + path, wait_until="domcontentloaded")
        wide = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
        grounds.add(window.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 1
    assert (sum(map(int, grounds.pop()[4:-1].split(","))) > 380) == (scheme == "light")
    assert not complaints
    window.context.close()


def test_a_review_by_keys(chromium: Any, served: Served, demo: Visitor, own_ledger: Path):
    complaints: list[str] = []
    window = entered(chromium, served, complaints)
    document = the_breach(demo)
    order = [note["id"] for note in notes(demo, document)]
    window.goto(f"{served.home}/page/{document}")

    def here() -> str:
        return str(window.evaluate("document.querySelector('.note.here')?.dataset.statement || ''"))

    window.keyboard.press("j")
    assert here() == order[0]
    window.keyboard.press("j")
    window.keyboard.press("j")
    window.keyboard.press("k")
    assert here() == order[1]
    with window.expect_navigation():
        window.keyboard.press("a")
    assert "Accepted" in window.inner_text(".done")
    assert here() == order[1]
    with window.expect_navigation():
        window.keyboard.press("u")
    assert "Taken back" in window.inner_text(".done")
    window.keyboard.press("j")
    with window.expect_navigation():
        window.keyboard.press("r")
    assert not window.query_selector(f"#n-{order[2]}")
    window.goto(f"{served.home}/page/{document}")
    window.keyboard.press("j")
    window.keyboard.press("e")
    window.fill("dialog [name=name]", "Nela Vorst")
    window.fill("dialog [name=note]", "by her voice")
    with window.expect_navigation():
        window.keyboard.press("Enter")
    assert "Nela Vorst" in window.inner_text(f"#n-{order[0]}")
    with window.expect_navigation():
        window.keyboard.press("o")
    assert window.url.startswith(f"{served.home}/statement/{order[0]}")
    with window.expect_navigation():
        window.keyboard.press("j")
    assert window.url.endswith(order[1])
    with window.expect_navigation():
        window.keyboard.press("?")
    assert "Keys" in window.title()
    assert not complaints
    with Ledger(own_ledger) as ledger:
        rows = [(row.action, row.reviewer, row.note) for row in ledger.decisions(DecisionFilter())]
    assert [row[0] for row in rows] == ["accept", "undo", "reject", "speaker"]
    assert rows[3] == ("speaker", "Ada Fenn", "by her voice")
    window.context.close()


def test_the_queue_moves_on(chromium: Any, served: Served):
    window = entered(chromium, served, [])
    window.goto(f"{served.home}/queue")
    first = window.get_attribute("[data-statement]", "data-statement")
    window.keyboard.press("j")
    with window.expect_navigation():
        window.keyboard.press("r")
    assert window.get_attribute("[data-statement]", "data-statement") != first
    assert window.query_selector("[data-statement].here")
    with window.expect_navigation():
        window.keyboard.press("u")
    assert window.get_attribute("[data-statement]", "data-statement") == first
    window.context.close()


def test_without_javascript(chromium: Any, served: Served):
    context = chromium.new_context(java_script_enabled=False)
    window = context.new_page()
    window.goto(f"{served.home}/queue?token={served.keys.token}")
    first = window.get_attribute("[data-statement]", "data-statement")
    window.click("[data-statement] button[value=accept] >> nth=0")
    assert "Accepted" in window.inner_text(".done")
    assert window.get_attribute("[data-statement]", "data-statement") != first
    window.click("[data-statement] a[data-key=e] >> nth=0")
    window.fill("#edit [name=name]", "Odo Quill")
    window.click("#edit button[value=edit]")
    assert "Odo Quill" in window.inner_text(".statement")
    window.click("#undo-last button")
    assert "Taken back" in window.inner_text(".done")
    context.close()
