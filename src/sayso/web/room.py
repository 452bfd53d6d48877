"""The room as a web application: its addresses, and how an answer comes about.

Reading: ``GET /PAGE`` (HTML), ``/PAGE.json``, and ``/PAGE.csv`` where it is a table; ``GET /export/FORMAT`` takes all away.
Writing: ``POST /decide``, ``POST /decide-all`` and ``POST /reviewer``, with forms. ``GET /help`` tells the keys, ``GET
/openapi.json`` all of this to programs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from logging import getLogger
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Scope

from sayso.errors import SaysoError, UsageError
from sayso.web.answers import Around, Kind, Sending, message_of, sent, sent_error, sent_html, sent_json, status_of
from sayso.web.asked import Asked
from sayso.web.choosing import LOT, NAMES
from sayso.web.deciding import ACTS, LOTS, NOBODY, Act, decide
from sayso.web.desk import Desk, Desks
from sayso.web.drawing import draw
from sayso.web.forms import FILES, FORMS
from sayso.web.guard import Guard, Place
from sayso.web.kept import NotYetError
from sayso.web.keys import Keys, cookie
from sayso.web.openapi import PATH as OPENAPI
from sayso.web.openapi import described
from sayso.web.pages import KINDS
from sayso.web.pages.taking import taken
from sayso.web.wishes import Fields, reviewer_of, way_back, wish_of, with_done

LARGEST = 64 << 10
"""Bytes of a form: a note and a name have a few thousand."""
MOST_VALUES = 64
MOST_OF_A_LOT = LOT + MOST_VALUES
STATICS = {
    "room.css": "text/css; charset=utf-8",
    "room.js": "text/javascript; charset=utf-8",
    "mark.svg": "image/svg+xml",
}
REVIEWER_DAYS = 365
_log = getLogger("sayso.web")
Endpoint = Callable[[Request], Awaitable[Response]]


class TooMuchError(SaysoError):
    """A form that is larger than any of ours."""


class NoFormError(UsageError):
    """Something was sent that is no form."""


def wants_json(scope: Scope) -> bool:
    """Whether whoever asks is a program: by the ending of the address, or by what it accepts."""
    accepts = dict(scope.get("headers", ())).get(b"accept", b"")
    return str(scope["path"]).endswith((".json", ".csv")) or accepts.startswith(b"application/json")


def refuse(scope: Scope, status: int, message: str, *, again: bool = False) -> Response:
    """The answer to who is turned away, or who is to ask ``again``."""
    return sent_error(status, message, as_json=wants_json(scope), again=again)


@dataclass(frozen=True, slots=True)
class Room:
    """One ledger, shown at one place. ``reviewer`` is who decides where no cookie names another; where it is empty, who decides
    is asked for, once, and ``suggested`` stands in the field.
    """  # noqa: D205

    path: Path
    place: Place
    keys: Keys
    desks: Desks
    reviewer: str = ""
    suggested: str = ""
    statics: dict[str, bytes] = field(default_factory=dict)

    def app(self) -> ASGIApp:
        """The application, behind the guard."""
        routes = [
            Route("/", self._home),
            Route("/help", self._caught(self._help)),
            Route("/static/{name}", self._static),
            Route(OPENAPI, self._caught(self._described)),
            *(Route(file.path, self._caught(self._export)) for file in FILES),
        ]
        writing = {
            "/decide": self._decide(ACTS, MOST_VALUES),
            "/decide-all": self._decide(LOTS, MOST_OF_A_LOT),
            "/reviewer": self._name,
        }
        routes += [Route(form.path, self._caught(writing[form.path]), methods=["POST"]) for form in FORMS]
        for kind in KINDS:
            for form in reversed(kind.forms):  # the endings first: an id may hold anything
                ending = "" if form == "html" else f".{form}"
                routes.append(Route(kind.path + ending, self._caught(self._page(kind, form))))
        handlers: dict[Any, Any] = {HTTPException: self._no_such}
        return Guard(Starlette(routes=routes, exception_handlers=handlers), self.keys, self.place, refuse)

    # --- reading ---

    async def _home(self, request: Request) -> Response:
        return RedirectResponse("/pile", 303)

    async def _static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in STATICS:
            return refuse(request.scope, 404, "There is no such file.")
        found = self.statics.get(name)
        if found is None:
            found = self.statics[name] = (files("sayso.web") / "static" / name).read_bytes()
        return Response(found, media_type=STATICS[name], headers={"Cache-Control": "max-age=600"})

    async def _no_such(self, request: Request, error: HTTPException) -> Response:
        said = {404: "There is no such page in the room.", 405: "This address is not answered in that way."}
        return refuse(request.scope, error.status_code, said.get(error.status_code, str(error.detail)))

    def _around(self, request: Request) -> Around:
        return Around(self.path.name, self._who(request))

    def _who(self, request: Request) -> str:
        """Who decides: by the cookie, else by how the room was started."""
        given = unquote(cookie(request.headers.get("cookie", ""), f"{self.place.cookie}-reviewer"))
        try:
            return reviewer_of(given) or self.reviewer
        except SaysoError:
            return self.reviewer

    async def _help(self, request: Request) -> Response:
        return sent_html(draw("help.html", around=self._around(request), here=_asked(request, "html")))

    async def _described(self, request: Request) -> Response:
        return sent_json(described(KINDS, FORMS, FILES))

    async def _export(self, request: Request) -> Response:
        asked = _asked(request, "html")
        return Sending(await asyncio.wrap_future(self.desks.ask(lambda desk: taken(desk, asked))))

    def _page(self, kind: Kind, form: str) -> Endpoint:
        async def answer(request: Request) -> Response:
            asked, around = _asked(request, form), self._around(request)

            def work(desk: Desk) -> Response:
                page = kind.build(desk, asked)
                return sent(kind, form, asked, page, replace(around, behind=desk.behind))

            return await asyncio.wrap_future(self.desks.ask(work))

        return answer

    def _caught(self, endpoint: Endpoint) -> Endpoint:
        """An endpoint whose errors are answers of one shape."""

        async def answer(request: Request) -> Response:
            try:
                return await endpoint(request)
            except TooMuchError as error:
                return refuse(request.scope, 413, str(error))
            except Exception as error:
                if not isinstance(error, SaysoError):
                    _log.exception("%s could not be answered", request.url.path)
                again = isinstance(error, NotYetError)
                return refuse(request.scope, status_of(error), message_of(error), again=again)

        return answer

    # --- writing ---

    def _decide(self, acts: Mapping[str, Act], most: int) -> Endpoint:
        async def answer(request: Request) -> Response:
            fields = await _fields(request, most)
            wish = wish_of(fields, NAMES)
            reviewer = wish.reviewer or self._who(request)
            if not reviewer and not wants_json(request.scope):
                return self._ask_who(request, fields)
            done = await asyncio.wrap_future(self.desks.write(lambda: decide(self.path, wish, reviewer, acts)))
            if wants_json(request.scope):
                return sent_json({"decisions": done.lot} if acts is LOTS else {"decision": done.decision})
            sent_on = RedirectResponse(with_done(done.back, done.decision), 303)
            return self._kept(sent_on, wish.reviewer) if wish.reviewer else sent_on

        return answer

    def _ask_who(self, request: Request, fields: Fields) -> Response:
        """Nobody is named who decides: the form once more, with a place for the name, which is kept."""
        pairs = [(name, value) for name, value in fields.pairs if name != "reviewer"]
        page = {"pairs": pairs, "path": request.url.path, "suggested": self.suggested, "message": NOBODY}
        return sent_html(draw("who.html", around=self._around(request), here=_asked(request, "html"), **page), 400)

    async def _name(self, request: Request) -> Response:
        fields = await _fields(request, MOST_VALUES)
        name = reviewer_of(fields.word("reviewer"))
        return self._kept(RedirectResponse(way_back(fields.word("back")), 303), name)

    def _kept(self, answer: Response, name: str) -> Response:
        """The answer with the name of who decides, kept in the browser."""
        answer.set_cookie(
            f"{self.place.cookie}-reviewer",
            quote(name),
            max_age=REVIEWER_DAYS * 86400,
            httponly=True,
            samesite="strict",
        )
        return answer


def _asked(request: Request, form: str) -> Asked:
    path = request.url.path
    path = path if form == "html" else path.removesuffix(f".{form}")
    values = dict(list(request.query_params.items())[:MOST_VALUES])
    return Asked(path, values, {name: str(value) for name, value in request.path_params.items()})


async def _fields(request: Request, most: int) -> Fields:
    """The fields of a form, so many at most. Raises TooMuchError."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise TooMuchError(f"a form of the room has at most {LARGEST >> 10} KiB")
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise NoFormError("a form is sent as application/x-www-form-urlencoded, and nothing else is read")
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=most)
    except ValueError as error:
        raise NoFormError(f"a form of the room has at most {most} fields") from error
    return Fields(tuple(pairs))
