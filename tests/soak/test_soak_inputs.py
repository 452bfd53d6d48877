"""Hostile input files, as a user meets them: the whole bomb shelf through ``sayso read``, and thousands of broken files.

``SOAK_ROUNDS`` scales the number of mutants for each format (1: 5,000), ``SOAK_SEED`` (1) their seed, ``SOAK_ONLY`` a part of the names of
bombs to try alone.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from inputs_bombs import shelf
from inputs_mutants import CODES, WAY_OUT, judged, samples, soak
from inputs_shelf import Bomb
from inputs_watch import MEMORY, SECONDS, Run, sayso

from sayso.ingest import items, load

ROUNDS, SEED = round(5000 * float(os.environ.get("SOAK_ROUNDS", "1"))), int(os.environ.get("SOAK_SEED", "1"))
ONLY = os.environ.get("SOAK_ONLY", "")
BOMBS = [bomb for bomb in shelf() if ONLY in bomb.name]
GOOD = "zz-good.txt"
SAID = "The gates stay closed, said Ana Venn on Monday.\n"

pytestmark = [pytest.mark.soak, pytest.mark.timeout(7200)]


def tell(capsys: pytest.CaptureFixture[str], words: object) -> None:
    """A figure of the soak, to whoever runs it."""
    with capsys.disabled():
        print(f"  {words}", flush=True)


def judge(run: Run, bomb: Bomb) -> str:
    """What came of a bomb, in a word. Raises AssertionError where it cost more than it may, or the others with it."""
    assert run.code is not None, f"still running after {run.clock:.0f} s"
    assert "Traceback" not in run.errors, run.errors
    assert not set(run.errors) & set(map(chr, (*range(10), *range(11, 32), 127, *range(128, 160), 0x202E, 0x2066))), (
        run.errors
    )
    assert run.seconds <= SECONDS, f"{run.seconds:.1f} s"
    assert run.peak <= MEMORY, f"{run.peak / 1e6:,.0f} MB"
    if run.code == 2:
        assert "usage" in bomb.sound, run.errors
        return "usage"
    assert any(line["document"]["name"] == GOOD and "error" not in line for line in run.lines), (
        "the others must still come"
    )
    mine = run.named(GOOD, bomb.meta)
    codes = {line["error"]["code"] if "error" in line else "document" for line in mine}
    assert codes, "nothing was said of it"
    assert codes <= bomb.sound, codes
    for line in mine:
        if "error" in line:
            assert line["error"]["code"] in CODES
            assert WAY_OUT.search(line["error"]["message"]), f"no way out: {line['error']['message']}"
            assert len(line["error"]["message"]) < 1_000
    return " and ".join(sorted(codes))


@pytest.mark.parametrize("bomb", BOMBS, ids=[bomb.name for bomb in BOMBS])
def test_bomb(bomb: Bomb, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pile = tmp_path / "pile"
    pile.mkdir()
    bomb.write(pile, bomb.full or bomb.quick)
    (pile / GOOD).write_text(SAID)
    table = ["--meta", str(pile / bomb.meta)] if bomb.meta else []
    run = sayso("read", "--json", *table, str(pile))
    tell(
        capsys,
        f"{bomb.name}: {run.seconds:.1f} s ({run.clock:.0f} s on the clock), {run.peak / 1e6:,.0f} MB, exit {run.code}",
    )
    judge(run, bomb)


LEDGER = [bomb for bomb in BOMBS if bomb.name in {
    "words-5mb.txt", "paragraphs.txt", "names.txt", "turns.txt", "nul.txt", "surrogates.json", "keys.json", "title.json", "id.json",
    "tiny.html", "same.html", "text.pdf", "empty.jsonl", "fields.txt", "separators.txt",
}]  # fmt: skip


@pytest.mark.parametrize("bomb", LEDGER, ids=[bomb.name for bomb in LEDGER])
def test_bomb_into_a_ledger(bomb: Bomb, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pile = tmp_path / "pile"
    pile.mkdir()
    bomb.write(pile, bomb.full or bomb.quick)
    (pile / GOOD).write_text(SAID)
    ledger = str(tmp_path / "a.db")
    run = sayso("read", "-l", ledger, str(pile), json_lines=False)
    tell(capsys, f"{bomb.name} into a ledger: {run.seconds:.1f} s, {run.peak / 1e6:,.0f} MB")
    assert run.code in {0, 1}, run.errors
    assert run.seconds <= SECONDS
    assert run.peak <= MEMORY
    check = sayso("check", "-l", ledger, "--json")
    assert check.code == 0, check


def test_a_pile_of_all_small_bombs(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """All of them in one folder, with a good document after each: every one is named, and every good one is read."""
    pile = tmp_path / "pile"
    pile.mkdir()
    small = [bomb for bomb in BOMBS if bomb.quick and not bomb.meta]
    for number, bomb in enumerate(small):
        folder = pile / f"{number:03}"
        folder.mkdir()
        bomb.write(folder, bomb.quick)
        (folder / GOOD).write_text(f"{SAID} Number {number}.")
    run = sayso("read", "--json", str(pile), patience=3600)
    tell(capsys, f"{len(small)} small bombs: {run.seconds:.1f} s, {run.peak / 1e6:,.0f} MB")
    assert run.code == 1
    assert "Traceback" not in run.errors
    assert run.peak <= MEMORY
    good = [line for line in run.lines if line["document"]["name"].endswith(GOOD) and "error" not in line]
    assert len(good) == len(small)


@pytest.mark.parametrize("kind", samples())
def test_mutants(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = soak(kind, ROUNDS, SEED, tmp_path)
    tell(capsys, report)
    assert report.slowest[0] <= SECONDS
    assert "a message that names no place" not in report.outcomes


@pytest.mark.parametrize("kind", ["txt", "html", "pdf", "json", "jsonl"])
def test_file_that_changes_while_it_is_read(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A file that grows and shrinks under the reader is one document or one error at each reading, whatever it was caught at."""
    path, sample = tmp_path / f"a.{kind}", samples()[kind][0]
    path.write_bytes(sample)
    stop = threading.Event()

    def change() -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            with path.open("r+b") as file:
                file.truncate((turn * 997) % (len(sample) * 40))
                file.seek(0, os.SEEK_END if turn % 3 else os.SEEK_SET)
                file.write(sample * (turn % 30))

    writer = threading.Thread(target=change)
    writer.start()
    try:
        end, codes = time.monotonic() + 5, []
        while time.monotonic() < end:
            codes += [judged(load(item)) for item in items([str(path)])]
    finally:
        stop.set()
        writer.join()
    tell(capsys, f"{kind} that changes: read {len(codes)} times, {sorted(set(codes))}")
    assert len(codes) > 5
