"""A review in a browser, from the first key to another model: every action that there is, and all that was decided still stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from web_paths import data, notes
from web_visitor import Visitor
from web_window import Served, entered, the_breach

from sayso.ledger import DecisionFilter, Ledger

SELECT = """([from, start, end]) => {
  const block = [...document.querySelectorAll('[data-from]')].find((each) => each.dataset.from === String(from));
  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let at = 0;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.parentElement.closest('.no')) continue;
    if (start >= at && start <= at + node.length) range.setStart(node, start - at);
    if (end >= at && end <= at + node.length) { range.setEnd(node, end - at); break; }
    at += node.length;
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


class Window:
    """A window at the page of one article, driven by keys."""

    def __init__(self, chromium: Any, served: Served, document: str, path: Path, **options: Any) -> None:
        self.complaints: list[str] = []
        self.at, self.path, self.document = served, path, document
        self.page = entered(chromium, served, self.complaints, viewport={"width": 1280, "height": 900}, **options)
        self.text = self._reading().document.text
        self.go(f"/page/{document}")

    def _reading(self) -> Any:
        with Ledger(self.path) as ledger:
            return ledger.reading(self.document)

    def go(self, path: str) -> None:
        self.page.goto(self.at.home + path)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def sends(self, *keys: str) -> None:
        """Keys of which the last one sends a form."""
        self.press(*keys[:-1])
        with self.page.expect_navigation():
            self.press(keys[-1])

    def here(self) -> str:
        return str(self.page.evaluate("document.querySelector('[data-statement].here')?.dataset.statement || ''"))

    def move_to(self, statement: str) -> None:
        for _ in range(40):
            if self.here() == statement:
                return
            self.press("j")
        raise AssertionError("j does not come there")

    def select(self, words: str) -> None:
        """Select words of the article, as a mouse would."""
        at = self.text.index(words)
        begins = [int(each) for each in self.page.eval_on_selector_all(
            "[data-part=text][data-from]", "(all) => all.map((each) => each.dataset.from)"
        )]  # fmt: skip
        block = max(each for each in begins if each <= at)
        self.page.evaluate(SELECT, [block, at - block, at - block + len(words)])
        self.page.wait_for_selector("#pick:not([hidden])")

    def done(self) -> str:
        return str(self.page.inner_text(".done"))

    def note(self, words: str) -> str:
        """The statement whose note begins so."""
        return str(self.page.evaluate(
            "(words) => [...document.querySelectorAll('.note')].find((n) => n.dataset.content.startsWith(words))?.dataset.statement || ''",
            words,
        ))  # fmt: skip

    def shown(self) -> list[tuple[str, ...]]:
        """What the margin says, note by note."""
        said = "(all) => all.map((n) => [n.dataset.statement, n.dataset.content, n.dataset.who, n.dataset.kind])"
        self.go(f"/page/{self.document}")
        return [tuple(each) for each in self.page.eval_on_selector_all(".note", said)]

    def rows(self) -> list[Any]:
        with Ledger(self.path) as ledger:
            return list(ledger.decisions(DecisionFilter()))

    def close(self) -> None:
        assert not self.complaints
        self.page.context.close()


@pytest.fixture
def window(chromium: Any, served: Served, demo: Visitor, own_ledger: Path) -> Any:
    made = Window(chromium, served, the_breach(demo), own_ledger)
    yield made
    made.close()


def test_a_whole_review_and_another_model(window: Window, demo: Visitor):
    """Every statement decided about, words and kind and speaker mended, one added, one taken back; then another model reads."""
    order = [note["id"] for note in notes(demo, window.document)]
    window.press("j")
    assert window.here() == order[0]
    window.sends("a")
    assert "Accepted" in window.done()
    window.sends("u")
    assert "Taken back" in window.done()
    window.sends("a")

    window.move_to(order[1])  # its words begin earlier, and end a word earlier
    before = window.page.get_attribute(".note.here", "data-content")
    window.press("e")
    window.page.focus("#editor .handles")
    window.press("Shift+ArrowLeft", "Shift+ArrowLeft", "ArrowLeft")
    words = str(window.page.input_value("#editor [name=content]"))
    assert words == f"3.40 a.m. {before}".replace("3.40 a.m. ", "a.m. ", 1).rsplit(" ", 1)[0]
    window.page.select_option("#editor [name=statement_kind]", "mixed")
    window.page.fill("#editor [name=note]", "as the tape has it")
    window.page.focus("#editor [name=note]")
    window.sends("Enter")
    assert "2 decisions at once" in window.done()
    mended = window.here()
    assert window.page.get_attribute(".note.here", "data-content") == words
    assert window.page.get_attribute(".note.here", "data-kind") == "mixed"
    window.sends("a")  # words and kind alone would leave the speaker to the machine

    window.press("j", "e")  # somebody else speaks
    window.page.fill("#editor [name=name]", "Nela Vorst")
    window.page.focus("#editor [name=name]")
    window.sends("Enter")
    assert "Nela Vorst" in window.page.inner_text(".note.here")
    window.sends("a")

    window.select("The River Guard declined")
    window.press("m")
    assert window.page.input_value("#adder [name=content]") == "The River Guard declined"
    window.page.select_option("#adder [name=speaker]", "River Guard")
    with window.page.expect_navigation():
        window.page.click("#adder button.main")
    assert "Added" in window.done()
    added = window.here()
    assert added == window.note("The River Guard declined")

    window.go(f"/page/{window.document}")
    fresh = window.page.get_attribute(".note:not(:has(.star))", "data-statement")
    window.move_to(fresh)
    window.sends("r")
    window.go(f"/queue/all?document={window.document}")
    window.page.click("main button[value=accept-all]")
    assert "Nothing is left." in window.page.inner_text("main")
    decided = {row.id: row for row in window.rows() if row.action != "undo"}
    assert {row.action for row in decided.values()} == {"accept", "span", "kind", "speaker", "add", "reject"}
    shown = window.shown()
    assert {mended, added} <= {each[0] for each in shown}

    _read_by_another_model(window.path, window.document)
    window.go(f"/page/{window.document}")
    assert window.shown() == shown
    states = {row.id: row.state for row in window.rows() if row.action != "undo"}
    assert states == {identity: row.state for identity, row in decided.items()}
    assert list(states.values()).count("stands") == len(states) - 1  # one was undone
    window.go("/decisions?state=lost")
    assert "None." in window.page.inner_text("main")


def _read_by_another_model(path: Path, document: str) -> None:
    """A reading that is less sure, sees everything as indirect, misses every third statement and knows no speaker of the next."""
    with Ledger(path, write=True) as ledger:
        reading = next(ledger.readings(document))
        kept = [s for n, s in enumerate(reading.statements) if n % 3]
        kept = [s for s in kept if s.within is None or any(s.within == other.id for other in kept)]
        told = tuple(
            replace(s, kind="indirect", confidence=0.51, speaker=s.speaker if n % 2 else None, joint=())
            for n, s in enumerate(kept)
        )
        ids = {s.id for s in told}
        figures = tuple(replace(f, statement=f.statement if f.statement in ids else None) for f in reading.figures)
        made = replace(reading.made_by, model="ab" * 32)
        assert ledger.add(replace(reading, statements=told, figures=figures, made_by=made)) == "reread"


def test_selected_words_become_what_is_said(window: Window, demo: Visitor):
    note = next(n for n in notes(demo, window.document) if n["words"].startswith("as a spring tide"))
    window.move_to(note["id"])
    window.select("The gates failed at 3.40 a.m. as a spring tide")
    assert "The gates failed" in window.page.inner_text("#pick")
    window.press("e")
    assert window.page.input_value("#editor [name=content]") == "The gates failed at 3.40 a.m. as a spring tide"
    window.page.click("#editor button.main")
    assert "Words set" in window.done()
    assert window.page.get_attribute(".note.here", "data-content") == "The gates failed at 3.40 a.m. as a spring tide"
    window.press("e", "Escape")
    assert not window.page.query_selector("dialog[open]")
    assert window.here()


def test_a_merge_and_its_undo(window: Window):
    """From a statement to its speaker by m; the other is chosen by keys; undone by u."""
    first = window.note("Water more than two metres")
    window.move_to(first)
    with window.page.expect_navigation():
        window.press("m")
    assert "/speaker/" in window.page.url
    assert window.page.evaluate("document.activeElement.id === 'same'")
    window.page.fill(".same [name=with]", "oona")
    with window.page.expect_navigation():
        window.press("Enter")
    label = window.page.eval_on_selector("select#same", "(each) => each.options[0].text")
    assert label.startswith("Oona Pellerin")
    was = window.page.inner_text("main .lede >> nth=0")
    with window.page.expect_navigation():
        window.page.click(".same button[value=same-person]")
    assert "at once" in window.done() or "Merged" in window.done() or "Taken for one" in window.done()
    assert "Oona Pellerin" in window.page.inner_text("main")
    assert {row.action for row in window.rows()} <= {"merge", "same-person"}
    with window.page.expect_navigation():
        window.press("u")
    assert window.page.inner_text("main .lede >> nth=0") == was
    assert {row.state for row in window.rows() if row.action != "undo"} == {"undone"}


def test_a_speaker_is_parted_by_ticks(window: Window, demo: Visitor):
    note = next(n for n in notes(demo, window.document) if n["speaker"] == "Anselm Rook")
    window.go(f"/speaker/{note['speaker_id']}")
    window.page.check(f"#n-{note['id']} input[type=checkbox]")
    window.page.fill("#split [name=name]", "Odo Quill")
    with window.page.expect_navigation():
        window.page.click("#split button")
    assert "Parted" in window.done()
    assert not window.page.query_selector(f"#n-{note['id']}")
    with window.page.expect_navigation():
        window.press("u")
    assert window.page.query_selector(f"#n-{note['id']}")


def test_the_same_again_and_all_at_once(window: Window):
    first = window.note("Water more than two metres")
    window.move_to(first)
    window.sends("a")
    link = window.page.query_selector(".done a.button")
    assert "others with the same words" in link.inner_text()
    link.click()
    boxes = window.page.query_selector_all("main input[type=checkbox]")
    boxes[0].uncheck()
    window.page.click("main button.main")
    assert len(window.rows()) == len(boxes)
    assert window.page.url.startswith(f"{window.at.home}/page/")
    window.go("/queue?told=direct&outlet=Lantern")
    window.page.click("main .all a")
    count = len(window.page.query_selector_all("main tbody tr"))
    window.page.click("main button[value=accept-all]")
    assert f"{count} decisions at once" in window.done()
    assert "Nothing is left." in window.page.inner_text("main")
    with window.page.expect_navigation():
        window.press("u")
    assert "Taken back" in window.done()
    assert len(window.page.query_selector_all("[data-statement]")) == count


def test_a_citation_is_copied(window: Window, demo: Visitor):
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=window.at.home)
    note = notes(demo, window.document)[0]
    window.press("j", "c")
    window.page.wait_for_selector(".copied-now")
    assert window.page.evaluate("navigator.clipboard.readText()") == note["citation"]
    assert note["id"] in note["citation"]
    assert note["speaker"] in note["citation"]
    window.go(f"/statement/{note['id']}")
    window.page.click("#cite button")
    window.page.wait_for_selector("#cite .copied-now")


def test_taken_away(window: Window):
    window.go("/export")
    window.page.check("[name=no_text]")
    window.page.click("main form button")
    with window.page.expect_download() as download:
        window.page.click("main a[href^='/export/csv'][href*='table=statements']")
    assert download.value.suggested_filename == "own-statements.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.count("\n") > 300
    assert "Water more than two metres" not in text


def test_who_decides_is_asked_for_once(chromium: Any, own_ledger: Path, demo: Visitor):
    served = Served(own_ledger, reviewer="")
    try:
        window = Window(chromium, served, the_breach(demo), own_ledger)
        assert "Who decides?" in window.page.inner_text("footer")
        window.complaints.clear()
        window.sends("j", "a")
        assert "Who decides?" in window.page.inner_text("h1")
        assert window.page.input_value("main [name=reviewer]") == "login"
        window.page.fill("main [name=reviewer]", "Odo Quill")
        with window.page.expect_navigation():
            window.press("Enter")
        assert "Odo Quill" in window.done()
        window.sends("j", "a")
        assert {row.reviewer for row in window.rows()} == {"Odo Quill"}
        window.complaints.clear()  # a form that waits for a name is a 400, which the console tells
        window.close()
    finally:
        served.close()


def test_words_are_written_without_javascript(chromium: Any, served: Served, demo: Visitor, own_ledger: Path):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.home}/page/{the_breach(demo)}?token={served.keys.token}")
    page.click("#missing summary")
    page.fill("#missing [name=content]", "The River Guard\ndeclined")
    page.select_option("#missing [name=speaker]", "River Guard")
    page.click("#missing button.main")
    assert "Added" in page.inner_text(".done")
    page.click(".done button")
    assert "Taken back" in page.inner_text(".done")
    context.close()
    with Ledger(own_ledger) as ledger:
        assert [row.action for row in ledger.decisions()] == ["add", "undo"]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_what_is_new_fits(chromium: Any, served: Served, demo: Visitor, width: int, scheme: str):
    complaints: list[str] = []
    page = entered(chromium, served, complaints, viewport={"width": width, "height": 900}, color_scheme=scheme)
    document, incident = the_breach(demo), data(demo, "/incidents")["incidents"][1]["id"]
    paths = [
        "/incidents?all=1",
        f"/incident/{incident}",
        "/voices?q=wreckers",
        "/queue/all?told=direct",
        "/export?no_text=1",
    ]
    for path in paths if width == 390 else paths[:2]:
        page.goto(served.home + path, wait_until="domcontentloaded")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
    page.goto(f"{served.home}/page/{document}")
    page.keyboard.press("j")
    page.keyboard.press("e")
    box = page.query_selector("#editor").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 900
    page.keyboard.press("Escape")
    assert not complaints
    page.context.close()
