"""More than three hundred things that must never run, in every field, on every page: what the page is made of, and in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from test_web_escaped import faults
from web_pages import page
from web_paths import TABLES, data, documents, notes
from web_payloads_more import EVERY
from web_visitor import Visitor
from web_window import Served, entered

from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.ledger.labelling import Bearer, put_label
from sayso.pile import Pile
from sayso.web.desk import QUESTIONS

LEAST = 300
SOME = EVERY[5::9]
"""Those of the default run; the soak takes all of them."""
QUERIES = (
    ("/pile", "q"),
    ("/speakers", "q"),
    ("/voices", "q"),
    ("/voices", "outlet"),
    ("/decisions", "done"),
    ("/figures", "q"),
)
LINES = {
    "/pile": "documents", "/speakers": "speakers", "/figures": "figures", "/series?all=1": "series", "/findings": "findings",
    "/copies": "groups", "/matches": "matches", "/queue": "statements", "/decisions": "decisions",
}  # fmt: skip


def decided_about(ledger: Ledger, words: str, statement: str) -> None:
    """The words as a note, a reviewer and a label, wherever they may be one."""
    for note, reviewer in ((words, "Ada Fenn"), ("seen", words)):
        with suppress(UsageError):
            ledger.decide("note", [statement], reviewer=reviewer, note=note)
    with suppress(UsageError):
        put_label(ledger, words, Bearer("statement", statement), reviewer="Ada Fenn", note=words)


def made_of(path: Path, payloads: tuple[str, ...]) -> Path:
    """A ledger with a page for each, and decisions about every ninth of them."""
    with Ledger(path, write=True) as ledger:
        for number, words in enumerate(payloads):
            made = page(1000 + number, words)
            ledger.add(made)
            if number % 9 == 0:
                decided_about(ledger, words, made.statements[0].id)
    return path


@pytest.fixture(scope="module")
def crowded(opened: Callable[[Path], Visitor], tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    return opened(made_of(tmp_path_factory.mktemp("web") / "crowded.db", SOME))


@pytest.fixture
def served_all(tmp_path: Path) -> Iterator[Served]:
    served = Served(made_of(tmp_path / "all.db", EVERY))
    yield served
    served.close()


def parts_of(visitor: Visitor) -> Iterator[str]:
    """The addresses of all parts of all tables."""
    for table in dict.fromkeys((*LINES, *TABLES)):
        path, join = table, "&" if "?" in table else "?"
        while True:
            yield path
            cursor = data(visitor, path).get("next", "")
            if not cursor:
                break
            path = f"{table}{join}after={cursor}"


def about(visitor: Visitor, document: str) -> Iterator[str]:
    """The addresses that are about one page."""
    held = notes(visitor, document)
    yield from (f"/page/{document}?all=1", f"/copies/{document}")
    for note in held[:2]:
        yield from (f"/statement/{note['id']}", f"/alike/{note['id']}")
    yield from (f"/speaker/{note['speaker_id']}" for note in held[:1] if note["speaker_id"])


def asked_with(words: str) -> Iterator[str]:
    """The addresses that bring the words themselves."""
    for path, name in QUERIES:
        yield f"{path}?{urlencode({name: words}, errors='replace')}"
    yield f"/page/{quote(words, safe='', errors='replace')}"


def test_there_are_enough_and_no_two_alike():
    assert len(EVERY) == len(set(EVERY)) >= LEAST


def test_every_page_stays_words(crowded: Visitor):
    paths = list(parts_of(crowded))
    for document in documents(crowded):
        paths += about(crowded, document)
    for path in paths:
        answer = crowded.ask(path)
        assert answer.status == 200 or (answer.status, path[:7]) == (404, "/alike/"), path
        assert not faults(answer.text), path
    assert len(paths) > 5 * len(SOME)


def test_every_question_stays_words(crowded: Visitor):
    for path in (path for words in SOME for path in asked_with(words)):
        answer = crowded.ask(path)
        assert answer.status in (200, 400, 404), path
        assert not faults(answer.text), path


@pytest.mark.soak
def test_all_of_them_on_every_page(served_all: Served, opened: Callable[[Path], Visitor]):
    with Ledger(served_all.room.path) as ledger, Pile(ledger, QUESTIONS) as pile:
        pile.update()
    visitor = opened(served_all.room.path)
    paths = list(parts_of(visitor))
    for document in documents(visitor):
        paths += about(visitor, document)
    for words in EVERY:
        paths += asked_with(words)
    for path in paths:
        answer = visitor.ask(path)
        assert answer.status < 500, path
        assert not faults(answer.text), path
    print(f"\n{len(EVERY)} payloads, {len(paths):,} pages: nothing but what our templates put there")


@pytest.mark.soak
def test_all_of_them_in_a_browser(chromium: Any, served_all: Served, opened: Callable[[Path], Visitor]):
    with Ledger(served_all.room.path) as ledger, Pile(ledger, QUESTIONS) as pile:
        pile.update()
    visitor = opened(served_all.room.path)
    paths = list(parts_of(visitor))
    for document in documents(visitor):
        paths += (f"/page/{document}", f"/statement/{notes(visitor, document)[0]['id']}")
    paths += [next(asked_with(words)) for words in EVERY]
    complaints: list[str] = []
    window = entered(chromium, served_all, complaints)
    window.set_default_navigation_timeout(300_000)  # what is told of the whole pile is worked out on the first call
    for path in paths:
        answer = window.goto(served_all.home + path, wait_until="domcontentloaded")
        assert answer.status < 500, path
        complaints[:] = [each for each in complaints if "status of 40" not in each]  # what was asked for does not exist
        assert window.evaluate("[document.scripts.length, location.origin]") == [1, served_all.home], path
        assert not complaints, path
    window.context.close()
    print(
        f"\n{len(EVERY)} payloads, {len(paths):,} pages in a browser: no dialog, no report of the policy, no request outside"
    )
