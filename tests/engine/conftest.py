from __future__ import annotations

from pathlib import Path

import pytest
from engine_pile import PART, Direct, items_of, make, read_directly, table

from sayso.engine.handover import Told, read_to

TOLD: dict[Path, Told] = {}


@pytest.fixture(scope="session")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small pile with everything in it."""
    return make(tmp_path_factory.mktemp("pile") / "p")


@pytest.fixture(scope="session")
def direct(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> Direct:
    """The pile read without any hand-over: the outcomes in order, and a ledger of them."""
    ledger = tmp_path_factory.mktemp("direct") / "direct.db"
    return Direct(read_directly(pile, ledger), ledger)


@pytest.fixture(scope="session")
def told(whole: Path) -> Told:
    """What was said of the run that made ``whole``."""
    return TOLD[whole]


@pytest.fixture(scope="session")
def whole(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pile handed over at one go by one process."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    TOLD[folder] = read_to(items_of(pile), folder, meta=table(), part=PART)
    return folder
