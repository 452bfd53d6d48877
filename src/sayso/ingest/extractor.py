"""The near end of the extractor process: one child that parses HTML and PDF under limits, kept alive between documents.

A child that is stuck, dies, prints what is no answer or runs out of memory costs the one document that it was given; the next
one gets a new child. Whatever holds the other end of its pipes, the clock here goes on: they are served by a thread that can be
left behind. ``subprocess`` and not ``multiprocessing``, because a daemonic worker of an engine may have no children of the
other kind.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal, TypeVar, get_args

from sayso.errors import InputCode, InputError
from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.extracted import Entry, Extracted, entries_of_json, extracted_of
from sayso.ingest.frames import read_frame, write_frame

Kind = Literal["html", "pdf", "entry"]
Answer = dict[str, Any]
Found = TypeVar("Found")

_CODES = frozenset(get_args(InputCode))
_GRACE = 2.0  # seconds that a killed process has to be gone; on a quiet machine it takes 5 ms (measured)

_lock = threading.Lock()
_child: _Child | None = None
_foreign: list[_Child] = []  # children of the process that this one was forked from: not ours to end


class _Question(threading.Thread):
    """One question to the child and its answer, on a thread of its own: a pipe that nobody serves blocks for ever."""

    def __init__(self, child: _Child, head: dict[str, Any], body: bytes) -> None:
        super().__init__(daemon=True)
        self.child, self.head, self.body = child, head, body
        self.answer: Answer | None = None
        self.fault: BaseException | None = None

    def run(self) -> None:
        """Write the question, read the answer. What is no answer is None."""
        try:
            write_frame(self.child.writer, self.head, self.body)
            frame = read_frame(self.child.reader)
            if frame is not None and frame[0].pop("number", None) == self.head["number"]:
                self.answer = frame[0]
        except (OSError, ValueError, RecursionError):
            self.answer = None
        except BaseException as fault:  # handed on to the one who asked
            self.fault = fault


class _Child:
    """One running extractor process."""

    def __init__(self, process: subprocess.Popen[bytes], memory_bytes: int) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("the process needs pipes")
        self.process, self.writer, self.reader = process, process.stdin, process.stdout
        self.memory_bytes = memory_bytes
        self.documents = 0

    def ask(self, head: dict[str, Any], body: bytes, seconds: float) -> tuple[Answer | None, bool]:
        """The answer, or None where the child died or said something else; and whether it was the clock that ended it."""
        self.documents += 1
        question = _Question(self, {**head, "number": self.documents}, body)
        question.start()
        question.join(seconds)
        late = question.is_alive()
        if late:
            self.kill()
            question.join(_GRACE)
        if question.fault is not None:
            raise question.fault
        return (None if late else question.answer), late

    def kill(self) -> None:
        """Kill the process, and what it may have started, where the platform knows groups of processes."""
        if self.process.returncode is None and hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()

    def end(self) -> None:
        """End the process and free its pipes."""
        self.kill()
        self.let_go()
        with suppress(subprocess.TimeoutExpired):  # it hangs inside the system, on a dead disk; it is not waited for
            self.process.wait(_GRACE)

    def let_go(self) -> None:
        """Close the near ends of the pipes; a child with no one at the other end leaves by itself."""
        self.writer.close()
        self.reader.close()


def extract(kind: Kind, data: bytes, *, bounds: Bounds = BOUNDS) -> Extracted:
    """Text and metadata of one HTML page, PDF or entry of a feed, extracted in the child process.

    Raises InputError with whatever code the child found, ``timeout`` past ``bounds.html_seconds`` or ``bounds.pdf_seconds``, and
    ``extractor-failed`` where the child dies.
    """
    seconds = bounds.pdf_seconds if kind == "pdf" else bounds.html_seconds
    return _asked(kind, data, seconds, bounds, extracted_of)


def feed_entries(data: bytes, *, bounds: Bounds = BOUNDS) -> tuple[Entry, ...]:
    """The entries of a feed, taken apart in the child process. Raises InputError, as :func:`extract` does."""
    return _asked("feed", data, bounds.feed_seconds, bounds, entries_of_json)


def _asked(kind: str, data: bytes, seconds: float, bounds: Bounds, understand: Callable[[Answer], Found]) -> Found:
    """What the child makes of some bytes. Raises InputError."""
    with _lock:
        child = _ready(bounds)
        head = {"kind": kind, "bounds": _numbers(bounds), "seconds": seconds}
        try:
            answer, late = child.ask(head, data, seconds)
        except BaseException:  # an interrupt: the answer to come would be taken for that to the next question
            _retire()
            raise
        if answer is None:
            status = _retire()
            raise _late(seconds) if late else _dead(status, bounds)
        try:
            found = _fault_of(answer) or understand(answer)
        except (KeyError, TypeError, ValueError, OverflowError):
            _retire()  # who gives such an answer is not to be asked again
            raise InputError(
                "extractor-failed", "The extractor process gave an answer that is none. Save its text and give that."
            ) from None
    if isinstance(found, InputError):
        raise found
    return found


def _fault_of(answer: Answer) -> InputError | None:
    """What the child found wrong, if anything. Raises KeyError or ValueError where that is no error of the contract."""
    if "error" not in answer:
        return None
    code, message = answer["error"], answer["message"]
    if code not in _CODES or not isinstance(message, str):
        raise ValueError("no error of the contract")
    return InputError(code, message)


def close() -> None:
    """End the extractor process, if there is one. Called at exit; safe to call at any time."""
    with _lock:
        _retire()


def _ready(bounds: Bounds) -> _Child:
    """A child that waits for a document."""
    global _child
    worn = _child and (_child.documents >= bounds.documents_per_process or _child.memory_bytes != bounds.memory_bytes)
    if _child is None or worn or _child.process.poll() is not None:
        _retire()
        _child = _start(bounds)
    return _child


def command(bounds: Bounds) -> list[str]:
    """The command line of the child."""
    return [sys.executable, "-P", "-m", "sayso.ingest.child", str(bounds.memory_bytes)]


def _start(bounds: Bounds) -> _Child:
    environment = {**os.environ, "PYTHONHASHSEED": "0"}  # the same bytes whatever order a library's sets have
    try:
        process = subprocess.Popen(
            command(bounds),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=environment,
            start_new_session=True,  # a group of its own, so that all of it can be ended
        )
    except OSError as error:
        raise InputError("extractor-failed", f"The extractor process cannot be started: {error.strerror}.") from None
    child = _Child(process, bounds.memory_bytes)
    answer, _ = child.ask({"kind": "hello"}, b"", bounds.start_seconds)
    if answer is None:
        child.end()
        raise InputError(
            "extractor-failed", "The extractor process does not start. Run “python -m sayso.ingest.child” to see why."
        )
    child.documents = 0
    return child


def _retire() -> int | None:
    """End the present child and return its exit status."""
    global _child
    child, _child = _child, None
    if child is None:
        return None
    child.end()
    return child.process.returncode


def _numbers(bounds: Bounds) -> dict[str, Any]:
    return {name: getattr(bounds, name) for name in bounds.__slots__}


def _late(seconds: float) -> InputError:
    return InputError("timeout", f"It was not read within {seconds:g} seconds. Save its text and give that.")


def _dead(status: int | None, bounds: Bounds) -> InputError:
    return InputError(
        "extractor-failed",
        f"The extractor process ended while reading it (status {status}): it is damaged, or takes more than the "
        f"{bounds.memory_bytes >> 20:,} MiB of memory that it may have. Save its text and give that.",
    )


def _forked() -> None:
    """In a forked process: forget the parent's child and its lock, which may be held for ever."""
    global _child, _lock
    _lock = threading.Lock()
    if _child is not None:
        _child.let_go()
        _foreign.append(_child)
        _child = None


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
