"""Serving a room on this machine: a port of the loopback address, and what is told once it answers."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from socketserver import BaseRequestHandler, TCPServer
from typing import Any

from starlette.types import ASGIApp
from uvicorn import Config, Server

from sayso.errors import UsageError

ADDRESS = "127.0.0.1"
PORT = 7297
"""Where a room is served unless another port is asked for: "SAYS" on a telephone."""
AT_ONCE = 64
"""Requests at a time; a browser opens six."""


class Serving(Server):
    """A server that tells when it answers."""

    ready: Callable[[], None] | None = None

    async def startup(self, sockets: Any = None) -> None:
        """Begin to answer, then tell it."""
        await super().startup(sockets)
        if self.started and self.ready is not None:
            self.ready()


def _config(app: ASGIApp) -> Config:
    return Config(
        app, log_level="critical", access_log=False, server_header=False, proxy_headers=False,
        lifespan="off", ws="none", limit_concurrency=AT_ONCE, timeout_graceful_shutdown=2, loop="asyncio", http="h11",
    )  # fmt: skip


def _bound(port: int) -> Any:
    """A socket at a port. OSError where it is taken."""
    made = TCPServer((ADDRESS, port), BaseRequestHandler, bind_and_activate=False)
    made.allow_reuse_address = sys.platform != "win32"  # there it would let another program take the port over
    try:
        made.server_bind()
    except OSError:
        made.server_close()
        raise
    return made.socket


def bound(port: int | None) -> Any:
    """A socket on the loopback address: at the port given, else at the usual one, else at any that is free.

    Raises UsageError where the port that was asked for is taken.
    """
    for each in (port,) if port is not None else (PORT, 0):
        try:
            return _bound(each)
        except OSError:
            continue
    raise UsageError(f"port {port} of this machine cannot be had: name another, or leave --port out")


def server_of(app: ASGIApp, ready: Callable[[], None]) -> Serving:
    """A server that has not begun; ``ready`` is called as soon as requests are answered."""
    server = Serving(_config(app))
    server.ready = ready
    return server


def serve(app: ASGIApp, socket: Any, ready: Callable[[], None]) -> None:
    """Answer until Ctrl-C; ``ready`` is called as soon as requests are answered."""
    asyncio.run(server_of(app, ready).serve(sockets=[socket]))
