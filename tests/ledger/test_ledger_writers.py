"""One writer at a time, and a ledger that is whole however a writer ends."""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from factory import article, pile

from sayso.errors import LedgerBusy, LedgerError
from sayso.ledger import Ledger

HERE = str(Path(__file__).parent)
SIZE = 200
WRITE = f"""if True:
    import sys
    sys.path.insert(0, {HERE!r})
    from factory import article
    from sayso.ledger import Ledger
    with Ledger(sys.argv[1], write=True) as ledger:
        for number in range({SIZE}):
            ledger.add(article(number, statements=3))
            print(number, flush=True)
"""
HOLD = """if True:
    import sys
    from sayso.ledger import Ledger
    with Ledger(sys.argv[1], write=True):
        print("holding", flush=True)
        sys.stdin.readline()
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are not there on Windows")


@contextmanager
def child(code: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code, str(path)], text=True, **pipes) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def whole(path: Path) -> tuple[int, str]:
    with Ledger(path, write=True) as ledger:
        for number in range(SIZE):
            ledger.add(article(number, statements=3))
        assert ledger.check().faults == ()
        return ledger.counts().documents, ledger.digest()


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str]:
    return whole(tmp_path_factory.mktemp("clean") / "l.db")


def run_until(process: subprocess.Popen[str], number: int) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= number:
            return
    raise AssertionError(process.stderr and process.stderr.read())


@posix
def test_killed_in_the_middle_five_times(tmp_path: Path, clean: tuple[int, str]):
    """Afterwards the ledger opens, is sound, and the same command again completes it to the same content."""
    path, counts = tmp_path / "l.db", []
    for number in (3, 70, 100, 150, 199):
        with child(WRITE, path) as process:
            run_until(process, number)
            process.send_signal(signal.SIGKILL)
            process.wait()
        with Ledger(path) as ledger:
            counts.append(ledger.counts().documents)
            assert ledger.check().faults == ()
    assert counts[0] == 0
    assert counts == sorted(counts)
    assert all(count % 64 == 0 for count in counts[:-1])  # what was committed, no more
    assert counts[3] > 64
    assert whole(path) == clean


@posix
def test_interrupted_in_the_middle(tmp_path: Path, clean: tuple[int, str]):
    """Ctrl-C: every document whose adding was done is there, and the file is left alone and whole."""
    path = tmp_path / "l.db"
    with child(WRITE, path) as process:
        run_until(process, 90)
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        last = max([90, *(int(line) for line in process.stdout)])
        assert process.wait() != 0
    assert [p.name for p in tmp_path.iterdir()] == ["l.db"]
    with Ledger(path) as ledger:
        assert last + 1 <= ledger.counts().documents <= last + 2
        assert ledger.check().faults == ()
    assert whole(path) == clean


def test_a_second_writer_is_told_who_writes(tmp_path: Path):
    path = tmp_path / "l.db"
    with child(HOLD, path) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        began = time.monotonic()
        who = rf"process {process.pid} on {platform.node()}, since 20\d\d-"
        with pytest.raises(LedgerBusy, match=who), Ledger(path, write=True, wait=0.3):
            pass
        assert 0.3 <= time.monotonic() - began < 5
        assert json.loads((tmp_path / "l.db.lock").read_text())["pid"] == process.pid
        with Ledger(path) as reader:  # readers do not wait
            assert reader.counts().documents == 0
        threading.Timer(0.2, lambda: process.stdin.write("go\n") and process.stdin.flush()).start()
        with Ledger(path, write=True, wait=20) as ledger:
            assert ledger.add(article(1)) == "added"
    assert [p.name for p in tmp_path.iterdir()] == ["l.db"]


def test_a_second_writer_of_the_same_process(tmp_path: Path):
    path = tmp_path / "l.db"
    with Ledger(path, write=True) as ledger:
        with pytest.raises(LedgerBusy, match=str(os.getpid())), Ledger(path, write=True, wait=0):
            pass
        assert ledger.add(article(1)) == "added"
    with Ledger(path, write=True, wait=0) as ledger:
        assert ledger.counts().documents == 1


@posix
def test_a_link_is_the_same_ledger(tmp_path: Path):
    (tmp_path / "link.db").symlink_to(tmp_path / "l.db")
    with (
        Ledger(tmp_path / "l.db", write=True),
        pytest.raises(LedgerBusy),
        Ledger(tmp_path / "link.db", write=True, wait=0),
    ):
        pass


def leave_lock(path: Path, host: str, since: str = "2031-01-01T00:00:00+00:00") -> Path:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    lock = path.with_name(path.name + ".lock")
    lock.write_text(json.dumps({"pid": gone.pid, "host": host, "since": since}))
    return lock


@pytest.mark.parametrize("since", ["2031-01-01T00:00:00+00:00", "1970-01-01T00:00:00+00:00", "9999-12-31", "yesterday"])
def test_a_lock_of_a_dead_process_is_taken_over(tmp_path: Path, since: str):
    """Whatever its clock said: a clock that jumps makes no difference."""
    lock = leave_lock(tmp_path / "l.db", platform.node(), since)
    with Ledger(tmp_path / "l.db", write=True, wait=0) as ledger:
        assert json.loads(lock.read_text())["since"] != since
        assert ledger.add(article(1)) == "added"
    assert not lock.exists()


def test_waiting_does_not_look_at_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The time of day leaps while a second writer waits; it waits as long as it was to."""
    with child(HOLD, tmp_path / "l.db") as process:
        assert process.stdout is not None
        process.stdout.readline()
        leaps = iter(range(0, 10**9, 10**6))
        monkeypatch.setattr(time, "time", lambda: float(next(leaps)))
        began = time.monotonic()
        with pytest.raises(LedgerBusy), Ledger(tmp_path / "l.db", write=True, wait=0.3):
            pass
        assert 0.3 <= time.monotonic() - began < 5


def test_a_lock_of_another_host_is_respected(tmp_path: Path):
    lock = leave_lock(tmp_path / "l.db", "some-other-host")
    with (
        pytest.raises(LedgerBusy, match=r"on some-other-host.*delete .*l\.db\.lock"),
        Ledger(tmp_path / "l.db", write=True, wait=0),
    ):
        pass
    assert not (tmp_path / "l.db").exists()
    lock.unlink()
    with Ledger(tmp_path / "l.db", write=True, wait=0):
        pass


UNREADABLE = ["", "{", "[]", '{"pid": "x"}', "\xff", "[" * 1024, '{"pid": Infinity}', '{"pid": 1e999}']


@pytest.mark.parametrize("words", UNREADABLE)
def test_a_lock_file_without_a_name_is_taken_over(tmp_path: Path, words: str):
    (tmp_path / "l.db.lock").write_text(words, encoding="latin-1")
    with Ledger(tmp_path / "l.db", write=True, wait=0) as ledger:
        assert ledger.add(article(1)) == "added"


def a_link(lock: Path) -> None:
    lock.symlink_to(lock.with_name("precious.txt"))


NOT_LOCKS = {
    "a link to a file": a_link,
    "somebody else's file": lambda lock: lock.write_text("# pinned versions\n" * 100),
    "a folder": lambda lock: lock.mkdir(),
    "a pipe": lambda lock: os.mkfifo(lock),
}


@posix
@pytest.mark.parametrize("case", NOT_LOCKS)
def test_what_is_no_lock_is_let_be(tmp_path: Path, case: str):
    """A ledger called poetry has its lock where another program keeps a file of its own; a link leads anywhere."""
    (tmp_path / "precious.txt").write_text("precious")
    lock = tmp_path / "poetry.lock"
    NOT_LOCKS[case](lock)
    before = lock.lstat()
    with pytest.raises(LedgerError, match="name another ledger"), Ledger(tmp_path / "poetry", write=True, wait=0):
        pass
    after = lock.lstat()
    assert (before.st_mode, before.st_size, before.st_ino) == (after.st_mode, after.st_size, after.st_ino)
    assert (tmp_path / "precious.txt").read_text() == "precious"
    assert not (tmp_path / "poetry").exists()


def test_a_refused_ledger_leaves_no_lock(tmp_path: Path):
    (tmp_path / "l.db").write_bytes(b"no database " * 100)
    with pytest.raises(LedgerError), Ledger(tmp_path / "l.db", write=True):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["l.db"]


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(LedgerError, match="does not exist"), Ledger(tmp_path / "missing" / "l.db", write=True):
        pass


def test_many_threads_one_writer(tmp_path: Path):
    """Two threads that both ask: one writes, the other waits for it; nobody loses a lock to the other."""
    path, said = tmp_path / "l.db", []

    def work(number: int) -> None:
        with Ledger(path, write=True, wait=30) as ledger:
            said.append(ledger.add(pile(4)[number]))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["added"] * 4
