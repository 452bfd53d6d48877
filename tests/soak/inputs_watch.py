"""Running ``sayso`` on a folder from outside, as a user does, with a clock and an eye on the memory of all its processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS, MEMORY = 30.0, 1_200_000_000
"""What one hostile file may cost: seconds, and bytes resident in the process and all its children together. Seconds are those of the
processor, all processes together, as others may be at work on the machine; on a quiet one the clock shows no more."""
PATIENCE = 10 * SECONDS
"""Seconds on the clock after which something hangs, however busy the machine is."""
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: its exit code (None: it had to be killed), its output, and what it cost."""

    code: int | None
    lines: list[dict[str, Any]]
    errors: str
    seconds: float
    clock: float
    peak: int

    def named(self, *names: str) -> list[dict[str, Any]]:
        """The lines of documents that are none of ``names``."""
        return [line for line in self.lines if line["document"]["name"] not in names]


def sayso(*arguments: str, patience: float = PATIENCE, json_lines: bool = True) -> Run:
    """Run ``sayso`` with the arguments and watch it. Its output is taken apart where it is JSON."""
    command = [sys.executable, "-m", "sayso.cli", *arguments]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        began, spent, peak = time.monotonic(), _spent(), 0
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=errors)
        while process.poll() is None and time.monotonic() - began < patience:
            peak = max(peak, resident(process.pid))
            time.sleep(0.02)
        clock = time.monotonic() - began
        code = process.poll()
        if code is None:
            process.kill()
            process.wait()
        out.seek(0)
        errors.seek(0)
        lines = [json.loads(line) for line in out.read().split(b"\n") if json_lines and line and code is not None]
        return Run(code, lines, errors.read().decode("utf-8", "replace"), _spent() - spent or clock, clock, peak)


def _spent() -> float:
    """Seconds of the processor that all ended processes below this one have had (0 where the system does not say)."""
    try:
        import resource
    except ImportError:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def resident(process: int) -> int:
    """Bytes of memory that a process and all below it hold (Linux; 0 elsewhere)."""
    total = 0
    try:
        total = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
        for task in os.listdir(f"/proc/{process}/task"):
            below = Path(f"/proc/{process}/task/{task}/children").read_text().split()
            total += sum(resident(int(child)) for child in below)
    except (OSError, IndexError, ValueError):
        pass
    return total
