"""What every request must show before a page is built, and what every answer tells the browser.

Order: the Host that was asked for, the method, the key, then for what writes the page that it comes from. Cookies of one
address go to all its ports; so a request that a page of another port makes is told by ``Sec-Fetch-Site`` and ``Origin``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.web.keys import Keys

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Each source is named; nothing inline runs, nothing is fetched, no page of another place holds ours."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
READS = ("GET", "HEAD")
TOKEN = "token"
OPEN = "/static/"
"""Style and script: the same for everybody, so that the page that turns away can be read too."""

Refuse = Callable[[Scope, int, str], Response]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the room is: its port, and the names by which it may be asked for."""

    port: int

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a Host header may say."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")

    @property
    def origins(self) -> tuple[str, ...]:
        """What an Origin header may say."""
        return tuple(f"http://{host}" for host in self.hosts)

    @property
    def cookie(self) -> str:
        """The name of the cookie: ports share cookies, so each room has a name of its own."""
        return f"sayso-{self.port}"


@dataclass(frozen=True, slots=True)
class Guard:
    """The application behind the checks. ``refuse`` makes the answer to who is turned away."""

    app: ASGIApp
    keys: Keys
    place: Place
    refuse: Refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = str(scope["path"])

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in HEADERS.items():
                    headers[name] = value
                if "Cache-Control" not in headers:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        answer = self._turned_away(scope, path)
        await (answer or self.app)(scope, receive, dressed)

    def _turned_away(self, scope: Scope, path: str) -> Response | None:
        """The answer to who may not come in, or who has just shown the key; None for all others."""
        headers = Headers(scope=scope)
        method = str(scope["method"])
        if headers.getlist("host") not in [[host] for host in self.place.hosts]:
            return self.refuse(scope, 421, "This address is not the room's: open the one that was printed.")
        if method not in (*READS, "POST"):
            return self.refuse(scope, 405, f"{method} is not answered here, only GET and POST.")
        if path.startswith(OPEN) and method in READS:
            return None
        given = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get(TOKEN)
        if given is not None and method in READS:
            return self._let_in(scope, path, given)
        bearer = self.keys.is_bearer(headers.get("authorization", ""))
        if not bearer and not self.keys.holds(headers.get("cookie", ""), self.place.cookie):
            return self.refuse(
                scope, 401, "The room is locked: open it with the whole address that “sayso open” printed."
            )
        if method in READS:
            return None if self._own_reading(headers) else self.refuse(scope, 403, "Another page asked for this one.")
        if not self._own_writing(headers, bearer=bearer):
            return self.refuse(scope, 403, "This was not sent by a page of the room, so nothing was written.")
        return None

    def _let_in(self, scope: Scope, path: str, given: str) -> Response:
        if not self.keys.opens(given):
            return self.refuse(
                scope, 403, "This key does not open the room: every start of “sayso open” prints a new one."
            )
        kept = [(k, v) for k, v in parse_qsl(scope["query_string"].decode("latin-1")) if k != TOKEN]
        clean = "/" + path.lstrip("/\\") + (f"?{urlencode(kept)}" if kept else "")
        answer = RedirectResponse(clean, 303)
        answer.set_cookie(self.place.cookie, self.keys.session, httponly=True, samesite="strict", path="/")
        return answer

    def _own_reading(self, headers: Headers) -> bool:
        """Whether a page is asked for by the user or by our own pages, and not as a part of another's."""
        if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
            return True
        return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"

    def _own_writing(self, headers: Headers, *, bearer: bool) -> bool:
        """Whether a page of ours sent this: what the browser says of it must be right, and it must say something.

        Our pages do not tell where they were left, so browsers give ``null`` for the origin of our own forms; a foreign
        page may hide itself in the same way, but then the site is not ours. A program that shows the token in a header,
        which no foreign page can, need not be a browser.
        """
        origin, site = headers.getlist("origin"), headers.getlist("sec-fetch-site")
        ours = (self.place.origins[self._asked(headers)], *(["null"] if site == ["same-origin"] else []))
        if any(each not in ours for each in origin):
            return False
        if any(each != "same-origin" for each in site):
            return False
        return bool(origin or site) or bearer

    def _asked(self, headers: Headers) -> int:
        return self.place.hosts.index(headers["host"])
