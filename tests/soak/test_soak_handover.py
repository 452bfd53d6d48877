"""``read --to`` and ``gather``, stopped at random moments by signals to the run, to one of its processes, or by Ctrl-C.

However often it is stopped, a folder ends with the bytes of a run that nobody stopped, and a part that was finished is never written
again. ``SOAK_ROUNDS`` scales the number of stops (1: 50 of reading, 20 of gathering) and the pages of the large pile (2,000).
``tests/engine`` has the same in small.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))
from inputs_containers import http, packed, record

from bench.weblike import pages
from sayso.engine.gather import gather
from sayso.engine.handover import read_to
from sayso.engine.local import read_all
from sayso.ingest import Metadata, items
from sayso.ledger import Ledger
from sayso.pile.store import Pile

DEMO = Path(__file__).parents[2] / "demo"
SCALE = float(os.environ.get("SOAK_ROUNDS", "1"))
PART = "6"
NAMES = ("copies", "matches", "people", "series")
LINES = 40
pytestmark = [
    pytest.mark.soak,
    pytest.mark.timeout(7200),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes of a run are found in /proc"),
]


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's pages, and lines of JSON."""
    folder = Path(shutil.copytree(DEMO / "pile", tmp_path_factory.mktemp("pile") / "p"))
    text = "The gates of ward {n} held, Ada Fenn said. “{n} pumps ran all night,” said Tomas Rehn, the warden."
    lines = (json.dumps({"id": f"ward-{n}", "text": text.format(n=n)}) for n in range(LINES))
    (folder / "wards.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def reading(pile: Path, out: Path, processes: int) -> list[str]:
    options = ["--to", str(out), "--part", PART, "--meta", str(DEMO / "meta.csv"), "--processes", str(processes)]
    return [sys.executable, "-m", "sayso.cli", "read", *options, str(pile)]


def files(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file below a folder: a hash of its bytes, and when it was written."""
    found = {}
    for file in sorted(folder.rglob("*.parquet")):
        with suppress(FileNotFoundError):
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            found[file.relative_to(folder).as_posix()] = (digest, file.stat().st_mtime_ns)
    return found


def finished(folder: Path) -> dict[str, tuple[str, int]]:
    """The files of finished parts."""
    every = files(folder)
    done = {name.removeprefix("readings/") for name in every if name.startswith("readings/")}
    return {name: found for name, found in every.items() if name.partition("/")[2] in done}


def below(pid: int) -> list[int]:
    """The processes that a process has begun, and those they have begun."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            told = stat.read_text().rpartition(")")[2].split()
            parents.setdefault(int(told[1]), []).append(int(stat.parent.name))
    found, left = [], [pid]
    while left:
        children = parents.get(left.pop(), [])
        found += children
        left += children
    return found


def stop(run: subprocess.Popen[bytes], how: str, chance: random.Random) -> None:
    if how == "worker":
        if children := below(run.pid):
            with suppress(ProcessLookupError):
                os.kill(chance.choice(children), signal.SIGKILL)
        return
    if how == "run":
        run.kill()
    else:
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does


def gone(pids: list[int]) -> bool:
    """Whether none of these processes is left, waiting for them a while: they end by themselves."""
    for _ in range(600):
        if not any(_runs(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_reading_stopped_at_random_moments(pile: Path, tmp_path: Path):
    chance, stops, chains, how = random.Random(50), round(50 * SCALE), 0, {"run": 0, "worker": 0, "ctrl-c": 0}
    began = time.monotonic()
    assert subprocess.run(reading(pile, tmp_path / "whole", 2), stdout=subprocess.DEVNULL).returncode in (0, 1)
    takes = time.monotonic() - began
    whole = {name: digest for name, (digest, _) in files(tmp_path / "whole").items()}
    out, before, ended = tmp_path / "out", {}, False
    while stops > 0 or not ended:
        processes, kind = chance.choice((1, 2, 2)), chance.choice(tuple(how))
        command = reading(pile, out, processes)
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
        with suppress(subprocess.TimeoutExpired):
            run.wait(chance.uniform(0.05, takes) if stops > 0 else None)
        started = below(run.pid)
        if run.poll() is None:
            stop(run, kind, chance)
            stops, how[kind] = stops - 1, how[kind] + 1
        said = run.communicate(timeout=600)[1].decode()
        ended = run.returncode in (0, 1)
        assert ended or run.returncode in (130, -signal.SIGKILL, -signal.SIGINT), said
        assert run.returncode != 130 or "Traceback" not in said, said
        assert gone(started), "a process outlived its run"
        now = finished(out)
        assert before.items() <= now.items(), "a finished part was written again"
        assert all(whole[name] == digest for name, (digest, _) in now.items()), "a finished part has other bytes"
        before = now
        if ended:
            assert {name: digest for name, (digest, _) in files(out).items()} == whole, said
            assert not [f for f in out.rglob("*") if f.is_file() and f.suffix != ".parquet"]
            chains += 1
            if stops > 0:
                shutil.rmtree(out)
                before = {}
    print(
        f"\n{sum(how.values())} stops ({how}), {chains} times to the end, {len(whole)} files; a whole run takes {takes:.0f} s"
    )


def test_gathering_stopped_at_random_moments(pile: Path, tmp_path: Path):
    chance, stops = random.Random(20), round(20 * SCALE)
    subprocess.run(reading(pile, tmp_path / "out", 2), stdout=subprocess.DEVNULL)
    command = [sys.executable, "-m", "sayso.cli", "gather", str(tmp_path / "out"), "-l"]
    began = time.monotonic()
    subprocess.run([*command, str(tmp_path / "whole.db")], stdout=subprocess.DEVNULL, check=True)
    takes, stopped = time.monotonic() - began, 0
    with Ledger(tmp_path / "whole.db") as opened:
        whole = opened.digest()
    for _ in range(stops):
        run = subprocess.Popen([*command, str(tmp_path / "l.db")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with suppress(subprocess.TimeoutExpired):
            run.wait(chance.uniform(takes / 3, takes))
        if run.poll() is None:
            run.send_signal(chance.choice((signal.SIGKILL, signal.SIGINT)))
            stopped += 1
        run.wait()
        if (tmp_path / "l.db").exists():  # whole, or not there
            with Ledger(tmp_path / "l.db") as opened:
                assert (opened.digest(), opened.check().faults) == (whole, ())
            (tmp_path / "l.db").unlink()
    subprocess.run([*command, str(tmp_path / "l.db")], stdout=subprocess.DEVNULL, check=True)
    assert sorted(f.name for f in tmp_path.glob("l.db*")) == ["l.db"]
    with Ledger(tmp_path / "l.db") as opened:
        assert (opened.digest(), opened.check().faults) == (whole, ())
    print(f"\n{stopped} stops of {stops} tried")


SHARED = Path(__file__).parents[3] / "shared" / "data"
PAGES = 2000


def large(folder: Path) -> list[str]:
    """The demo, generated pages in a WARC.gz, some of them captured twice; and other pages where they lie beside the checkout."""
    records, number = [], 0
    for name, body in pages(max(20, round(PAGES * SCALE))):
        for n in range(1 + (number % 10 == 0)):
            number += 1
            changed = body.replace(b"sandbags", b"bags") if n else body
            records.append(record(number, http(changed), url=f"https://wards.example/{name}"))
    (folder / "wards.warc.gz").write_bytes(packed(records))
    beside = [SHARED / "seeds", SHARED / "ced-dev.jsonl"]
    return [str(DEMO / "pile"), str(folder / "wards.warc.gz"), *(str(path) for path in beside if path.exists())]


def facts(ledger: Path) -> tuple[str, str]:
    """The digest of a ledger, which is whole, and that of all that is derived from it."""
    with Ledger(ledger) as opened:
        assert opened.check().faults == ()
        with Pile(opened, [import_module(f"sayso.pile.{name}").QUESTION for name in NAMES]) as pile:
            pile.update()
            return opened.digest(), pile.digest()


def test_a_large_pile_is_the_same_however_it_is_read(tmp_path: Path):
    """One process and two, three orders, two partitionings, and into a ledger without any hand-over."""
    paths, meta = large(tmp_path), Metadata.from_csv(DEMO / "meta.csv")
    given, began = list(items(paths)), time.monotonic()
    first = read_to(given, tmp_path / "one", meta=meta, part=256)
    alone = time.monotonic() - began
    mixed = random.Random(3).sample(given, len(given))
    both = read_to(mixed, tmp_path / "two", meta=meta, part=256, processes=2)
    assert (first.documents, first.read, first.parts) == (both.documents, both.read, both.parts)
    one, two = ({name: digest for name, (digest, _) in files(tmp_path / each).items()} for each in ("one", "two"))
    assert one == two
    cut = read_to(reversed(given), tmp_path / "cut", meta=meta, part=50, processes=2)
    assert cut.read == first.read
    again = read_to(given, tmp_path / "cut", meta=meta, part=256)
    assert again.read == 0
    assert {name: digest for name, (digest, _) in files(tmp_path / "cut").items()} == one
    gather(tmp_path / "one", tmp_path / "gathered.db")
    with Ledger(tmp_path / "direct.db", write=True) as opened:
        opened.one_moment()
        for _, outcome in read_all(mixed, meta=meta, processes=2):
            opened.add(outcome)
    assert facts(tmp_path / "gathered.db") == facts(tmp_path / "direct.db")
    print(
        f"\n{first.documents:,} documents, {first.parts} parts, {len(first.unreadable)} unreadable; read by one process in {alone:.0f} s"
    )
