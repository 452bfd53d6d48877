"""The far end of the extractor process: ``python -m sayso.ingest.child MEMORY_BYTES``.

Reads one message after the other from standard input and answers each on standard output. Whatever a page does to the
libraries, the answer is data: an extraction or an error with its code.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, BinaryIO

from sayso.errors import InputError
from sayso.ingest.bounds import Bounds
from sayso.ingest.extracted import entries_json, extracted_json
from sayso.ingest.feed import entries_of, extract_entry
from sayso.ingest.files import too_long
from sayso.ingest.frames import read_frame, write_frame
from sayso.ingest.html import extract_html
from sayso.ingest.pdf import extract_pdf

_EXTRACTORS = {"html": extract_html, "pdf": extract_pdf, "entry": extract_entry}


def main() -> None:
    """Serve until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the near end, which then ends this one
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not come between the answers
    if len(sys.argv) > 1:
        _limit_memory(int(sys.argv[1]))
        _limit_rights()
    serve(sys.stdin.buffer, answers)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer every message of ``requests`` on ``answers``."""
    while (frame := read_frame(requests)) is not None:
        head, body = frame
        said: dict[str, Any] = {"kind": "hello"}
        if head["kind"] != "hello":
            _limit_cpu(head["seconds"])
            said = answer(head["kind"], body, Bounds(**head["bounds"]))
        write_frame(answers, {**said, "number": head["number"]})


def answer(kind: str, data: bytes, bounds: Bounds) -> dict[str, Any]:
    """The extraction of one file as JSON, or ``error`` and ``message``."""
    try:
        if kind == "feed":
            return entries_json(entries_of(data, bounds))
        found = _EXTRACTORS[kind](data, bounds)
        if len(found.text) > bounds.text_chars:
            raise too_long(len(found.text), bounds.text_chars)
        return extracted_json(found)
    except InputError as error:
        return {"error": error.code, "message": str(error)}
    except MemoryError:
        return _failure(f"It needs more memory than the {bounds.memory_bytes >> 20:,} MiB it may have")
    except RecursionError:
        return _failure("Its structure is nested too deep for the extractor")
    except Exception as error:  # whatever a library throws at a strange page, it costs this one page
        return _failure(f"The extractor failed ({type(error).__name__}: {str(error)[:200]})")


def _failure(reason: str) -> dict[str, Any]:
    return {"error": "extractor-failed", "message": f"{reason}. Save its text and give that."}


def _limit_memory(size: int) -> None:
    """Cap the address space where the platform can (Linux; macOS takes no notice, Windows has no such call)."""
    _limit("RLIMIT_AS", size)


def _limit_rights() -> None:
    """Take away what taking a page apart never needs: files to write, memory written to disk at a crash, further processes."""
    for name in ("RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NPROC"):  # the last is not kept for an administrator
        _limit(name, 0)


def _limit_cpu(seconds: float) -> None:
    """Cap processor time a little over the wall clock of the near end, in case that end is gone."""
    _limit("RLIMIT_CPU", int(sum(os.times()[:2]) + seconds) + 10)


def _limit(name: str, value: int) -> None:
    try:
        import resource
    except ImportError:
        return
    try:
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
    except (AttributeError, ValueError, OSError):
        return


if __name__ == "__main__":
    main()
