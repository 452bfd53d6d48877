"""A process that does works in children of its own and ends them: ``python crash_stage.py``, one JSON line each way.

It is started with the shim (``crash_shim.c``) loaded before everything else, or without; children are forked, so that
each begins in a moment and nothing of one is left to the next.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crash_works import WORKS, CommandFailed, Pile

from sayso.errors import SaysoError

KINDS = ("open", "write", "sync", "truncate", "unlink", "rename", "read")
ACTIONS = ("fail", "kill before", "kill after", "kill torn", "short")
PATIENCE = 60.0
_SHIM = ctypes.CDLL(None) if "LD_PRELOAD" in os.environ else None


def arm(order: dict[str, Any]) -> None:
    """Have the shim disturb the call that the order names; without a number it only counts."""
    if _SHIM is None:
        return
    kinds = sum(1 << KINDS.index(kind) for kind in order.get("kinds", KINDS[:-1]))
    action = ACTIONS.index(order.get("action", "fail"))
    prefix = os.path.realpath(order["ledger"]).encode()
    number = ctypes.c_long(order.get("number", 0))
    _SHIM.crash_arm(prefix, kinds, number, action, order.get("errno", 0), int(order.get("lasting", False)))


def work(order: dict[str, Any]) -> dict[str, Any]:
    """Do one work here and say how it went."""
    said: dict[str, Any] = {"error": "", "words": "", "code": 0}
    chosen, pile = WORKS[order["work"]], Pile(**order["pile"])
    pile.outcomes()
    os.umask(0o077)
    began = time.monotonic()
    try:
        if order.get("user"):
            os.setgid(order["user"])
            os.setuid(order["user"])
        if order.get("prepare"):
            chosen.prepare(Path(order["ledger"]), pile)
        else:
            arm(order)
            chosen.run(Path(order["ledger"]), pile)
    except SaysoError as error:
        said |= {"error": type(error).__name__, "words": str(error), "code": 2}
    except CommandFailed as error:
        said |= {"error": type(error).__name__, "words": str(error), "code": error.code}
    except BaseException as error:
        said |= {"error": type(error).__name__, "words": str(error), "code": -1, "trace": traceback.format_exc()}
    said["seconds"] = time.monotonic() - began
    if _SHIM is not None:
        said["seen"] = _SHIM.crash_seen()
        said["seen_of"] = {kind: _SHIM.crash_seen_of(number) for number, kind in enumerate(KINDS)}
        said["disturbed"] = _SHIM.crash_disturbed()
    return said


@dataclass
class Child:
    """A work under way: its process, the pipe that it will answer through, and when it is to be killed."""

    pid: int
    pipe: int
    end: float
    late: bool
    answer: bytes = b""
    said: dict[str, Any] | None = None


def begun(order: dict[str, Any]) -> Child:
    """Begin one work in a child."""
    Pile(**order["pile"]).outcomes()  # made here once, and there in every child
    ours, its = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        os.write(its, json.dumps(work(order)).encode())
        os._exit(0)
    os.close(its)
    wait = order.get("kill_after")
    return Child(pid, ours, time.monotonic() + (PATIENCE if wait is None else wait), wait is None)


def ended(child: Child) -> dict[str, Any]:
    """How a child ended whose pipe is closed."""
    os.close(child.pipe)
    _, status = os.waitpid(child.pid, 0)
    if child.answer and status == 0:
        return {"killed": False, **json.loads(child.answer)}
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return {"killed": killed, "late": killed and child.late and child.end < time.monotonic(), "status": status}


def look_after(children: list[Child]) -> bool:
    """Wait for something to happen: a child that answers, ends or must be killed, or (true) an order."""
    running = [child for child in children if child.said is None]
    wait = min((child.end for child in running), default=time.monotonic() + PATIENCE) - time.monotonic()
    ready, _, _ = select.select([0, *(child.pipe for child in running)], [], [], max(0.0, wait))
    for child in running:
        if child.pipe in ready:
            heard = os.read(child.pipe, 1 << 16)
            child.answer += heard
            child.said = None if heard else ended(child)
        elif child.end <= time.monotonic():
            os.kill(child.pid, signal.SIGKILL)
    return 0 in ready


def warm_up() -> None:
    """Have every module loaded and every table read before the first child, which then begins with its work."""
    with tempfile.TemporaryDirectory() as folder:
        for work in ("read", "decide", "check", "query"):
            WORKS[work].run(Path(folder) / "l.db", Pile(2))


def main() -> None:
    """Take orders, and answer them in their order, until there are no more."""
    warm_up()
    children: list[Child] = []
    rest = b""
    while True:
        if look_after(children):
            heard = os.read(0, 1 << 16)
            *lines, rest = (rest + heard).split(b"\n")
            children += [begun(json.loads(line)) for line in lines]
            if not heard:
                return
        while children and children[0].said is not None:
            os.write(1, json.dumps(children.pop(0).said).encode() + b"\n")


if __name__ == "__main__":
    main()
