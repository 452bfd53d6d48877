"""A browser and a room that answers it, for the tests that look through one."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from pathlib import Path
from typing import Any

from web_paths import data
from web_visitor import Visitor

from sayso.web.desk import Desks
from sayso.web.guard import Place
from sayso.web.keys import Keys
from sayso.web.room import Room
from sayso.web.serving import bound, server_of

CHROMIUM = os.environ.get("SAYSO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Served:
    """A room that answers at a port of this machine, in a thread."""

    def __init__(self, path: Path, reviewer: str = "Ada Fenn") -> None:
        self.socket = bound(0)
        self.place, self.keys = Place(self.socket.getsockname()[1]), Keys()
        self.room = Room(path, self.place, self.keys, Desks(path, 1), reviewer, "login")
        answers = threading.Event()
        self.server = server_of(self.room.app(), answers.set)
        self.thread = threading.Thread(target=asyncio.run, args=(self.server.serve(sockets=[self.socket]),))
        self.thread.start()
        assert answers.wait(20)

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join()
        self.room.desks.close()

    @property
    def home(self) -> str:
        return self.place.origins[0]


def entered(chromium: Any, served: Served, complaints: list[str], **options: Any) -> Any:
    """A browser window that was let in; whatever it should not see or do is a complaint."""
    context = chromium.new_context(**options)
    context.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => console.error('csp ' + e.violatedDirective))"
    )
    window = context.new_page()
    window.on("dialog", lambda dialog: (complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    window.on("request", lambda r: None if r.url.startswith(served.home) else complaints.append(r.url))
    window.goto(f"{served.home}/?token={served.keys.token}")
    assert window.url == f"{served.home}/pile"
    return window


def the_breach(demo: Visitor) -> str:
    """The id of a page of the demo with many statements."""
    (found,) = (row["id"] for row in data(demo, "/pile")["documents"] if row["name"] == "tern-0311-breach.txt")
    return str(found)
