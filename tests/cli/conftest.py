from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_sample import SCAN, readings
from click.testing import CliRunner, Result

from sayso.cli import main
from sayso.ledger import Ledger

TOLL = "34e23f94"  # the toll on the bridge would end in May
WHEN = "2031-04-10T09:00:00+00:00"
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "sayso.db"
    with Ledger(path, write=True) as opened:
        for outcome in (*readings(), SCAN):
            opened.add(outcome)
    return path


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> Path:
    """A ledger of its own with the three pages of the sample and one document that could not be read."""
    return Path(shutil.copy(made, tmp_path / "sayso.db"))


@pytest.fixture
def run(ledger: Path) -> Callable[..., Result]:
    """Runs a command line on that ledger, without a process of its own."""

    def call(*args: str, **more: str) -> Result:
        options = [] if args[0] == "about" or {"--help", "--version"} & set(args) else ["-l", str(ledger)]
        return CliRunner().invoke(main, [*args, *options], env=more)

    return call


@pytest.fixture
def decided(ledger: Path) -> str:
    """The id of a decision in that ledger: the same every time, as who took it when is given."""
    with Ledger(ledger, write=True) as opened:
        return opened.decide("reject", [TOLL], reviewer="Ada Fenn", note="the title again", at=WHEN).id


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares a text with a file in golden/. SAYSO_GOLDEN=write makes the files anew: read what changed."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("SAYSO_GOLDEN") == "write":
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare
