"""The program as a process of its own: exit codes, pipes, terminals, encodings, and how fast it opens the door."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import main

SAYSO = [sys.executable, "-m", "sayso.cli"]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
HEAVY = {"onnxruntime", "numpy", "trafilatura", "lxml", "pypdfium2", "rich", "sqlite3", "py3langid", "rapidfuzz"}


def surroundings(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONWARNINGS": "error", **more}


def call(*args: str | Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*SAYSO, *map(str, args)], capture_output=True, env=surroundings(**more), timeout=60)


def on_a_terminal(*args: str | Path, width: int = 80, **more: str) -> tuple[int, str]:
    """Exit code and what a terminal of that width is sent, standard error included."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    process = subprocess.Popen(
        [*SAYSO, *map(str, args)], stdin=theirs, stdout=theirs, stderr=theirs, env=surroundings(**more)
    )
    os.close(theirs)
    sent = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        sent += part
    os.close(ours)
    return process.wait(timeout=60), sent.decode().replace("\r\n", "\n")


def test_exit_codes(ledger: Path, tmp_path: Path):
    assert call("documents", "-l", ledger).returncode == 0
    assert call("documents", "-l", tmp_path / "none.db").returncode == 2
    assert call("show", "nobody", "-l", ledger).returncode == 2
    assert call("--nonsense").returncode == 2
    assert call("--help").returncode == 0


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["read", "--help"],
        ["statements"],
        ["find", "e", "--csv"],
        ["findings", "--json"],
        ["show", "ferry:1"],
    ],
)
def test_a_reader_that_leaves_ends_it_silently(args: list[str], ledger: Path):
    """As with ``| head``: no message, no traceback, and not exit code 1, which would mean an unreadable document."""
    more = [] if "--help" in args else ["-l", str(ledger)]
    process = subprocess.Popen(
        [*SAYSO, *args, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings()
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait(timeout=60) == 0


@POSIX
@pytest.mark.parametrize(
    ("more", "colour", "why"),
    [
        ({}, True, "a terminal"),
        ({"NO_COLOR": "1"}, False, "NO_COLOR is kept to"),
        ({"NO_COLOR": ""}, True, "an empty NO_COLOR says nothing"),
        ({"TERM": "dumb"}, False, "a terminal that has none"),
    ],
)
def test_colour_on_a_terminal(more: dict[str, str], colour: bool, why: str, ledger: Path):
    code, sent = on_a_terminal("show", "bridge.txt", "-l", ledger, **more)
    assert code == 0
    assert ("\x1b[" in sent) == colour, why
    assert ("«1: " in sent) != colour, "without colour there are marks"
    assert "[1]" in sent, "the legend is always there"


def test_colour_in_a_pipe(ledger: Path):
    args = ("show", "bridge.txt", "-l", ledger)
    assert b"\x1b" not in call(*args).stdout
    forced = call(*args, FORCE_COLOR="1", COLUMNS="60").stdout.decode()
    assert "\x1b[" in forced
    assert max(len(line) for line in forced.split("\n\n")[1].splitlines()) < 60 + 40, "wrapped to COLUMNS"


@POSIX
@pytest.mark.parametrize("width", [80, 120])
def test_a_table_fits_the_terminal(width: int, ledger: Path):
    _, sent = on_a_terminal("statements", "-l", ledger, width=width, NO_COLOR="1")
    lines = sent.splitlines()
    assert max(map(len, lines)) <= width
    assert lines[-1].startswith("10 statements")


HOSTILE = ["=hostile\x1b[1m.txt"]
TABLES = [["documents"], ["statements"], ["speakers"], ["findings"], ["find", "end"]]


OTHERS = [["show", *HOSTILE], ["show", "--list", *HOSTILE], ["about"], ["check"]]
CALLS = [
    (args, form) for args in TABLES + OTHERS for form in ("", "--json", "--csv") if form != "--csv" or args in TABLES
]


@pytest.mark.parametrize(("args", "form"), CALLS)
def test_the_hostile_page_is_harmless_everywhere(args: list[str], form: str, ledger: Path):
    """In every form of every command there is nothing that a terminal would obey."""
    done = CliRunner().invoke(main, [*args, *([form] if form else []), "-l", str(ledger)])
    assert done.exit_code == 0, done.stderr
    assert not set(done.stdout + done.stderr) & set("\x1b\x9b\x07\u202e\u2028\r")


def test_a_hostile_name_is_complained_about_harmlessly(ledger: Path):
    unknown = call("show", "\x1b[2Jx", "-l", ledger)
    assert unknown.returncode == 2
    assert b"\x1b" not in unknown.stderr


def test_a_narrow_encoding_gets_escapes(ledger: Path):
    done = call("show", "bridge.txt", "-l", ledger, PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert b"\xab1: \\u201cWe have paid for it twice,\\u201d\xbb" in done.stdout


def test_json_and_csv_are_utf8_whatever_the_terminal(ledger: Path):
    args = ("statements", "--speaker", "vend", "-l", ledger)
    line = json.loads(call(*args, "--json", PYTHONIOENCODING="latin-1").stdout.decode("utf-8"))
    assert line["content"] == "“Not a single one leaves.”"
    assert "“Not a single one leaves.”" in call(*args, "--csv", PYTHONIOENCODING="latin-1").stdout.decode("utf-8")


def test_help_is_quick_and_light():
    """Under 0.4 s (measured: 0.1 s); the best of three, since the machine may be busy."""
    best = 9.0
    for _ in range(3):
        began = time.perf_counter()
        assert call("--help").returncode == 0
        best = min(best, time.perf_counter() - began)
    assert best < 0.4
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sayso.cli", "--help"], capture_output=True, text=True, timeout=60
    ).stderr
    names = {line.rpartition("|")[2].strip().split(".")[0] for line in loaded.splitlines()}
    assert "click" in names
    assert not names & HEAVY
