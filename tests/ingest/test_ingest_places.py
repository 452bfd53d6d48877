"""What stands in a folder and is no file to read: named and passed over, and never opened in a way that waits."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

import pytest

from sayso.ingest import items, load
from sayso.records import Document, Unreadable

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="this platform has other kinds of files")


def outcomes(folder: Path) -> dict[str, str]:
    """Name → text, or the code of the error."""
    found = [load(item) for item in items([str(folder)])]
    return {one.name: one.code if isinstance(one, Unreadable) else one.text for one in found}


@POSIX
def test_everything_that_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A reader that opened the pipe or the socket would wait for ever; the time limit of the test is the proof."""
    monkeypatch.chdir(tmp_path)  # the address of a socket may be no longer than 107 bytes
    os.mkfifo("pipe.html")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind("socket.pdf")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "real.txt").write_text("Yes.")
    listening.close()
    no = "not-a-file"
    assert outcomes(tmp_path) == {
        "a/up": no, "device.txt": no, "loop.txt": no, "pipe.html": no, "real.txt": "Yes.", "socket.pdf": no,
    }  # fmt: skip


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="an administrator may read everything")
def test_what_may_not_be_read(tmp_path: Path):
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut.txt").write_text("Yes.")
    (tmp_path / "open.txt").write_text("Yes.")
    (tmp_path / "shut").chmod(0)
    (tmp_path / "shut.txt").chmod(0)
    try:
        assert outcomes(tmp_path) == {"open.txt": "Yes.", "shut": "not-a-file", "shut.txt": "not-a-file"}
    finally:
        (tmp_path / "shut").chmod(0o700)


def test_longest_name(tmp_path: Path):
    """With ``.meta.json`` behind it the name is one that no file can have, and that is no fault of the page."""
    name = "n" * 251 + ".txt"
    (tmp_path / name).write_text("Yes.")
    assert outcomes(tmp_path) == {name: "Yes."}


@POSIX
def test_metadata_that_are_no_file(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Yes.")
    (tmp_path / "b.txt").write_text("Yes.")
    os.mkfifo(tmp_path / "a.txt.meta.json")
    (tmp_path / "b.meta.json").mkdir()
    found = [load(item) for item in items([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])]
    assert [one.code for one in found if isinstance(one, Unreadable)] == ["not-a-file"] * 2
    assert all("meta.json" in one.message for one in found if isinstance(one, Unreadable))


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms refuse file names that are no text")
@pytest.mark.parametrize(
    "raw", [b"\xff\xfe.txt", b"a\nb.txt", b"\x1b[2J.txt", "\u202egnp.txt".encode(), b"-", b"$(x).txt"]
)
def test_odd_names(raw: bytes, tmp_path: Path):
    with open(os.path.join(os.fsencode(tmp_path), raw), "wb") as file:
        file.write(b"Yes.")
    ((name, text),) = outcomes(tmp_path).items()
    assert text == "Yes."
    name.encode()
    assert json.dumps(name)


def test_file_that_is_gone_when_it_is_loaded(tmp_path: Path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Yes.")
    first, second = items([str(tmp_path)])
    (tmp_path / "a.txt").unlink()
    (tmp_path / "a.txt").mkdir()
    gone, there = load(first), load(second)
    assert isinstance(gone, Unreadable)
    assert gone.code == "not-a-file"
    assert isinstance(there, Document)
