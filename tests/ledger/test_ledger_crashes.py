"""Kills, failing disks, crowds and hasty copies in small; ``tests/soak/test_soak_crashes.py`` has thousands of them."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from factory import article, pile

from sayso.ledger import Ledger

sys.path.insert(0, str(Path(__file__).parents[1] / "soak"))
if hasattr(os, "fork"):
    import crash_rounds
    from crash_harness import Stage, compile_shim, copied, digest, truth, whole
    from crash_works import Pile

NOBODY = 65534
pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="works are done in forked processes, not to be had here"
)
root = pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="needs the rights of root")


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with Stage(Pile(10)) as opened:
        yield opened


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(Pile(10), compile_shim(tmp_path_factory.mktemp("shim"))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("work", "rounds"), [("read", 4), ("add again", 4), ("decide", 2), ("forget", 2), ("migrate", 3)]
)
def test_killed_at_any_call(disturbed: Stage, tmp_path: Path, work: str, rounds: int):
    assert crash_rounds.kills(disturbed, work, tmp_path, rounds)["killed"] >= rounds


def test_killed_at_any_time(stage: Stage, tmp_path: Path):
    assert crash_rounds.kills(stage, "add", tmp_path, 5)["killed"] >= 5


@pytest.mark.parametrize(("work", "rounds"), [("read", 6), ("add again", 6), ("decide", 3), ("migrate", 5)])
def test_any_call_may_fail(disturbed: Stage, tmp_path: Path, work: str, rounds: int):
    assert crash_rounds.faults(disturbed, work, tmp_path, rounds).total() == rounds


def test_eight_at_once(stage: Stage, tmp_path: Path):
    ended = crash_rounds.crowd(stage, tmp_path, 3)
    assert ended.total() == 3 * len(crash_rounds.ROLES)
    assert ended["query: done"]


def test_hasty_copies(stage: Stage, tmp_path: Path):
    taken = crash_rounds.copies(stage, tmp_path, 10)
    assert taken.total() >= 10
    assert not taken["half documents"]
    assert not taken["found by check"]


def test_every_sentence_says_the_way_out(disturbed: Stage, tmp_path: Path):
    """Each error at the first call of its kind, lasting: what the user is told, and that no traceback is among it."""
    for kind in ("open", "write", "sync"):
        for error in (errno.ENOSPC, errno.EIO, errno.EACCES):
            ledger = tmp_path / f"{kind}-{error}" / "l.db"
            ledger.parent.mkdir()
            how = disturbed.ask("read", ledger, kinds=[kind], errno=error, number=3, lasting=True)
            crash_rounds.refused_well(how, ledger)


def test_what_was_being_forgotten_is_gone(tmp_path: Path):
    """Killed after the page left the tables and before the file was packed: its words are nowhere in the bytes."""
    path, page = tmp_path / "l.db", article(3, title="Qxjvkwz about zjqxkwy")
    with Ledger(path, write=True) as ledger:
        for reading in (*pile(3), page):
            ledger.add(reading)
    words = (b"xjvkwz", b"jqxkwy", page.document.text[100:160].encode())
    assert all(word in path.read_bytes() for word in words)
    child = os.fork()
    if child == 0:
        with patch("sayso.ledger.forgetting.erase", lambda _: os._exit(9)), Ledger(path, write=True) as ledger:
            ledger.forget(page.id, "asked for", reviewer="A")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    with Ledger(path) as ledger:
        assert ledger.counts().documents == 3
    assert [p.name for p in tmp_path.iterdir()] == ["l.db"]
    assert not [word for word in words if word in path.read_bytes()]


# --- rights and room ---


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that others can look into, with a ledger that they can read."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@root
@pytest.mark.parametrize("closed", ["folder", "file", "both"])
def test_without_the_right_to_write(stage: Stage, public: Path, closed: str):
    """Reading goes on; writing is refused with the way out and changes nothing."""
    ledger = public / "l.db"
    stage.undisturbed("add", ledger)
    ledger.chmod(0o644 if closed != "folder" else 0o666)
    public.chmod(0o755 if closed != "file" else 0o777)
    before = ledger.read_bytes()
    stage.undisturbed("query", ledger, user=NOBODY)
    crash_rounds.refused_well(stage.ask("read", ledger, user=NOBODY), ledger)
    assert ledger.read_bytes() == before
    assert [path.name for path in public.iterdir()] == ["l.db"]


@root
def test_left_in_the_middle_where_one_may_not_write(disturbed: Stage, public: Path):
    """A reader who can neither finish nor index what a dead process left is told so, and the owner finishes it."""
    expected = truth(disturbed, "add", public)
    ledger = public / "l.db"
    assert disturbed.ask("add", ledger, number=expected.seen * 2 // 3, action="kill before").killed
    for path in public.glob("l.db*"):
        path.chmod(0o644)
    (public / "l.db-shm").unlink()
    crash_rounds.refused_well(disturbed.ask("query", ledger, user=NOBODY), ledger)
    assert whole(ledger, expected)


@root
@pytest.mark.parametrize("kibibytes", [100, 300, 500])
def test_a_full_disk(stage: Stage, tmp_path: Path, kibibytes: int):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        expected = truth(stage, "read", tmp_path)
        how = stage.ask("read", disk / "l.db")
        assert "is full" in how.words
        crash_rounds.refused_well(how, disk / "l.db")
        there = copied(disk / "l.db", tmp_path / "larger")
        whole(disk / "l.db", expected)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    whole(there, expected)
    stage.undisturbed("read", there)
    assert digest(there) == expected.digest
