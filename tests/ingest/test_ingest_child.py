"""An extractor process that a page has taken over: whatever it does, it costs one document and the next one is read.

The programs here are real processes that stand in for the child; only the command line that starts it is another.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from sayso.errors import InputError
from sayso.ingest import Bounds, close, extractor
from sayso.ingest.child import answer
from sayso.ingest.extractor import extract

PAGE = b"<html><head><title>Gates</title></head><body>" + b"<p>The gates stay closed today, she said.</p>" * 3
BOUNDS = {"extractor-failed": Bounds(html_seconds=10.0), "timeout": Bounds(html_seconds=0.4)}
START = """
import json, os, struct, sys, time
def read(size):
    data = b""
    while len(data) < size:
        part = os.read(0, size - len(data))
        if not part:
            sys.exit()
        data += part
    return data
def ask():
    head, body = struct.unpack(">II", read(8))
    return json.loads(read(head)), read(body)
def write(data):
    while data:
        data = data[os.write(1, data):]
def tell(value, cut=None):
    raw = json.dumps(value).encode()
    write((struct.pack(">II", len(raw), 0) + raw)[:cut])
GOOD = {"text": "Yes.", "extractor": "", "title": "", "byline": "", "outlet": "", "url": "", "language": "",
        "published": None, "blocks": [], "findings": []}
hello, _ = ask()
tell({"kind": "hello", "number": hello["number"]})
question, body = ask()
"""
FAILED, LATE = "extractor-failed", "timeout"
DEEDS = [
    ("tell({**GOOD, 'number': question['number']}, 30)", FAILED, "dies in the middle of an answer"),
    ("write(b'garbage' * 100000); time.sleep(60)", FAILED, "prints garbage"),
    ("write(struct.pack('>II', 2**32 - 1, 2**32 - 1)); time.sleep(60)", FAILED, "an answer that claims 8 GB"),
    ("write(struct.pack('>II', 2**26, 0)); time.sleep(60)", LATE, "an answer that never comes to its end"),
    ("write(struct.pack('>II', 100000, 0) + b'[' * 100000); time.sleep(60)", FAILED, "an answer nested 100,000 deep"),
    ("tell([1]); time.sleep(60)", FAILED, "an answer that is no object"),
    ("tell({**GOOD, 'number': 7}); time.sleep(60)", FAILED, "the answer to another question"),
    ("tell(GOOD); time.sleep(60)", FAILED, "an answer to no question"),
    ("tell({**GOOD, 'text': 5, 'number': question['number']}); time.sleep(60)", FAILED, "a text that is a number"),
    (
        "tell({**GOOD, 'blocks': [['paragraph', 0, 9]], 'number': question['number']})",
        FAILED,
        "a block outside the text",
    ),
    ("tell({**GOOD, 'blocks': [['odd', 0, 2]], 'number': question['number']})", FAILED, "a block of no kind"),
    (
        "tell({**GOOD, 'blocks': [['paragraph', 0, True]], 'number': question['number']})",
        FAILED,
        "a place that is no number",
    ),
    (
        "tell({**GOOD, 'published': ['2031', 'age', 'metadata', None], 'number': question['number']})",
        FAILED,
        "a date of no kind",
    ),
    ("tell({'error': 'odd', 'message': 'x', 'number': question['number']})", FAILED, "an error with a code of its own"),
    ("time.sleep(60)", LATE, "does nothing"),
    ("os.close(1); time.sleep(60)", FAILED, "closes its end and stays"),
]
POSIX_DEEDS = [
    (
        "import signal\n[signal.signal(s, signal.SIG_IGN) for s in (1, 2, 3, 13, 15)]\ntime.sleep(60)",
        LATE,
        "ignores signals",
    ),
    ("os.fork() or time.sleep(60); time.sleep(60)", LATE, "forks and waits twice"),
    ("os.fork() and os._exit(0)\ntime.sleep(60)", LATE, "forks and leaves, and the fork keeps the pipes"),
    ("os.fork() and os._exit(0)\nos.setsid(); time.sleep(4)", LATE, "forks a process that leaves its group"),
    ("[os.fork() for _ in range(4)]; time.sleep(60)", LATE, "forks and forks"),
    ("os.kill(os.getpid(), 9)", FAILED, "is killed"),
    ("os.kill(os.getpid(), 19); time.sleep(60)", LATE, "stops itself"),
]
WRITES_FIRST = START.replace("question, body = ask()\n", "write(b'x' * 10_000_000)\n")
HOLDS_BACK = START.replace("question, body = ask()\n", "time.sleep(60)\n")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    close()
    yield
    close()


def become(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(extractor, "command", lambda bounds: [sys.executable, "-c", program])


def costs_one_document(monkeypatch: pytest.MonkeyPatch, program: str, code: str, page: bytes = PAGE) -> None:
    """The document given to the program is an error in time, and the program is not asked again."""
    become(monkeypatch, program)
    start = time.monotonic()
    with pytest.raises(InputError) as caught:
        extract("html", page, bounds=BOUNDS[code])
    assert time.monotonic() - start < 9
    assert caught.value.code == code
    assert extractor._child is None


@pytest.mark.parametrize(("deed", "code", "reason"), DEEDS, ids=[row[2] for row in DEEDS])
def test_deeds(deed: str, code: str, reason: str, monkeypatch: pytest.MonkeyPatch):
    if not deed.endswith(("time.sleep(60)", "30)")):
        deed += "; time.sleep(60)"  # and stays, so that only its answer can betray it
    costs_one_document(monkeypatch, START + deed, code)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no forks and other signals")
@pytest.mark.parametrize(("deed", "code", "reason"), POSIX_DEEDS, ids=[row[2] for row in POSIX_DEEDS])
def test_deeds_of_posix(deed: str, code: str, reason: str, monkeypatch: pytest.MonkeyPatch):
    costs_one_document(monkeypatch, START + deed, code)


@pytest.mark.parametrize("program", [WRITES_FIRST, HOLDS_BACK], ids=["writes and never reads", "never reads"])
def test_full_pipes(program: str, monkeypatch: pytest.MonkeyPatch):
    """Both pipes hold 64 KiB: who only writes blocks, and so does who writes to one that never reads."""
    costs_one_document(monkeypatch, program, "timeout", PAGE + b" " * 3_000_000)


def test_next_document_is_read(monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        costs_one_document(patch, START + "write(b'garbage' * 100000); time.sleep(60)", FAILED)
    assert extract("html", PAGE).title == "Gates"


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="this platform has no groups of processes")
def test_what_the_child_started_is_gone_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path):
    place = tmp_path / "id"
    deed = f"child = os.fork()\nif child: open({str(place)!r}, 'w').write(str(child))\ntime.sleep(60)"
    costs_one_document(monkeypatch, START + deed, "timeout")
    for _ in range(100):
        try:
            os.kill(int(place.read_text()), 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("what the child started outlived it")


def test_text_past_the_limit_is_not_sent():
    said = answer("html", PAGE.replace(b"she said", b"a" * 500), Bounds(text_chars=300))
    assert said["error"] == "too-large"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a limit on address space")
def test_ten_gigabytes_at_once(monkeypatch: pytest.MonkeyPatch):
    """The real limits of the real child, put on before it does something else than read."""
    program = (
        "from sayso.ingest import child\nchild._limit_memory(400 << 20)\nchild._limit_rights()\n"
        "def greedy(requests, answers):\n    child.read_frame(requests)\n    bytearray(10 << 30)\n"
        "child.serve = greedy\nchild.main()\n"
    )
    costs_one_document(monkeypatch, program, FAILED)


@pytest.mark.skipif(sys.platform != "linux", reason="rights are taken away with calls of Linux")
def test_rights_that_are_taken_away(tmp_path):
    program = (
        f"from sayso.ingest import child\nchild._limit_rights()\nopen({str(tmp_path / 'a')!r}, 'w', 1).write('x\\n')"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode != 0
    assert (tmp_path / "a").stat().st_size == 0
