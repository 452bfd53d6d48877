from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from web_pages import page
from web_payloads import PAYLOADS
from web_visitor import PORT, Visitor, leave
from web_window import CHROMIUM, FLAGS, Served

from sayso.cli import main
from sayso.ledger import Ledger
from sayso.web.desk import Desks
from sayso.web.guard import Place
from sayso.web.keys import Keys
from sayso.web.room import Room

DEMO = Path(__file__).parents[2] / "demo"
PLAIN = 65


@pytest.fixture(scope="session")
def demo_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "demo.db"
    done = CliRunner().invoke(main, ["read", "-l", str(path), "--meta", str(DEMO / "meta.csv"), str(DEMO / "pile")])
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture(scope="session")
def hostile_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page for each payload, and as many harmless ones that it takes for three pages of a table."""
    path = tmp_path_factory.mktemp("web") / "hostile.db"
    with Ledger(path, write=True) as ledger:
        for number, words in enumerate(PAYLOADS):
            ledger.add(page(number, words))
        for number in range(PLAIN):
            ledger.add(page(100 + number, f"plain words {number}", day=f"2031-{number % 12 + 1:02}-11"))
    return path


@pytest.fixture(scope="session")
def opened() -> Iterator[Callable[[Path], Visitor]]:
    rooms: list[Room] = []

    def open_(path: Path) -> Visitor:
        rooms.append(Room(path, Place(PORT), Keys(), Desks(path, 1), "Ada Fenn"))
        return Visitor(rooms[-1])

    yield open_
    leave()
    for room in rooms:
        room.desks.close()


@pytest.fixture(scope="session")
def demo(opened: Callable[[Path], Visitor], demo_ledger: Path) -> Visitor:
    """A visitor of the demo pile that decides nothing."""
    return opened(demo_ledger)


@pytest.fixture(scope="session")
def hostile(opened: Callable[[Path], Visitor], hostile_ledger: Path) -> Visitor:
    return opened(hostile_ledger)


@pytest.fixture
def own_ledger(demo_ledger: Path, tmp_path: Path) -> Path:
    """The demo pile once more, to decide about."""
    return Path(shutil.copy(demo_ledger, tmp_path / "own.db"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make setup installs it")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: make browsers installs it")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def served(own_ledger: Path) -> Iterator[Served]:
    served = Served(own_ledger)
    yield served
    served.close()


@pytest.fixture(scope="module")
def served_hostile(hostile_ledger: Path) -> Iterator[Served]:
    served = Served(hostile_ledger)
    yield served
    served.close()
