"""The near end of the extractor process: one child that parses HTML and PDF under limits, kept alive between documents.

A child that is stuck, dies or runs out of memory costs the one document that it was given; the next one gets a new child.
``subprocess`` and not ``multiprocessing``, because a daemonic worker of an engine may have no children of the other kind.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from typing import Any, Literal

from sayso.errors import InputError
from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.extracted import Extracted, extracted_of
from sayso.ingest.frames import read_frame, write_frame

Kind = Literal["html", "pdf"]

_lock = threading.Lock()
_child: _Child | None = None
_foreign: list[_Child] = []  # children of the process that this one was forked from: not ours to end


class _Child:
    """One running extractor process."""

    def __init__(self, process: subprocess.Popen[bytes], memory_bytes: int) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("the process needs pipes")
        self.process, self.writer, self.reader = process, process.stdin, process.stdout
        self.memory_bytes = memory_bytes
        self.documents = 0

    def ask(self, head: dict[str, Any], body: bytes, seconds: float) -> tuple[dict[str, Any] | None, bool]:
        """The answer, or None where the child died; and whether it was the clock that ended it."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            write_frame(self.writer, head, body)
            answer = read_frame(self.reader)
        except (OSError, ValueError):
            answer = None
        finally:
            timer.cancel()
            timer.join()  # no thread is left behind for a fork to trip over
        self.documents += 1
        return (answer[0] if answer else None), late.is_set()

    def end(self) -> None:
        """End the process and free its pipes."""
        self.process.kill()
        self.let_go()
        self.process.wait()

    def let_go(self) -> None:
        """Close the near ends of the pipes; a child with no one at the other end leaves by itself."""
        self.writer.close()
        self.reader.close()


def extract(kind: Kind, data: bytes, *, bounds: Bounds = BOUNDS) -> Extracted:
    """Text and metadata of one HTML page or PDF, extracted in the child process.

    Raises InputError with whatever code the child found, ``timeout`` past ``bounds.html_seconds`` or ``bounds.pdf_seconds``, and
    ``extractor-failed`` where the child dies.
    """
    seconds = bounds.pdf_seconds if kind == "pdf" else bounds.html_seconds
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
            raise _late(seconds) if late else _dead(status)
    return _understood(answer)


def _understood(answer: dict[str, Any]) -> Extracted:
    """The answer as a value. Raises InputError: what the child found wrong, or an answer that is none."""
    try:
        if "error" in answer:
            raise InputError(answer["error"], str(answer["message"]))
        return extracted_of(answer)
    except (KeyError, TypeError, ValueError):
        raise _dead(None) from None


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


def _start(bounds: Bounds) -> _Child:
    command = [sys.executable, "-P", "-m", "sayso.ingest.child", str(bounds.memory_bytes)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}  # the same bytes whatever order a library's sets have
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=environment,
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


def _dead(status: int | None) -> InputError:
    return InputError(
        "extractor-failed",
        f"The extractor process ended while reading it (status {status}). Save its text and give that.",
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
