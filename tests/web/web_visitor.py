"""A visitor of the room without a browser: requests to the application itself, headers and all."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from threading import Thread
from time import sleep
from typing import Any
from urllib.parse import unquote, urlencode

from sayso.web.room import Room

PORT = 7297
HERE = f"127.0.0.1:{PORT}"
HOME = f"http://{HERE}"


@cache
def loop() -> asyncio.AbstractEventLoop:
    """A loop in a thread of its own, for all visitors: a browser under test has one in the main thread."""
    made = asyncio.new_event_loop()
    Thread(target=made.run_forever, name="visitors", daemon=True).start()
    return made


def leave() -> None:
    """End that loop."""
    if loop.cache_info().currsize:
        here = loop()
        here.call_soon_threadsafe(here.stop)
        while here.is_running():
            sleep(0.01)
        here.close()
        loop.cache_clear()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Visitor:
    """Asks a room; by default as its own browser would after it was let in."""

    room: Room
    app: Any = field(init=False)

    def __post_init__(self) -> None:
        self.app = self.room.app()

    @property
    def cookie(self) -> str:
        return f"{self.room.place.cookie}={self.room.keys.session}"

    def ask(self, path: str, method: str = "GET", headers: dict[str, str] | None = None, body: bytes = b"") -> Answer:
        """One request with exactly these headers; without any, those of the room's own browser."""
        given = {"host": HERE, "cookie": self.cookie} if headers is None else headers
        return asyncio.run_coroutine_threadsafe(self._ask(path, method, given, body), loop()).result(60)

    def post(self, path: str, **fields: str) -> Answer:
        headers = {"host": HERE, "cookie": self.cookie, "origin": HOME, "sec-fetch-site": "same-origin", **FORM}
        return self.ask(path, "POST", headers, urlencode(fields).encode())

    async def _ask(self, path: str, method: str, headers: dict[str, str], body: bytes) -> Answer:
        place, _, query = path.partition("?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": unquote(place), "raw_path": place.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", PORT),
        }  # fmt: skip
        sent: list[Any] = []
        coming = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Any:
            return coming.pop() if coming else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        head = {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], head, b"".join(part.get("body", b"") for part in sent[1:]))


FORM = {"content-type": "application/x-www-form-urlencoded"}


class Seen(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and all its words."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data
