"""A page as it is sent: one value, rendered as HTML, as JSON in one envelope, or as CSV; and errors in one shape.

JSON: ``{"page": its kind, "address": where it stands, "behind": whether the ledger has changed since it was worked out, "data":
the value}``; a page that goes on has ``data.next``, a cursor for ``?after=``. An error: ``{"error": {"status": 404, "message": "…"}}``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, BinaryIO

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from sayso.errors import LedgerBusy, SaysoError, UnknownDocument, UsageError
from sayso.web.asked import Asked
from sayso.web.declared import Ask
from sayso.web.desk import Desk
from sayso.web.drawing import draw
from sayso.web.kept import NotYetError
from sayso.web.tables import csv_text

Build = Callable[[Desk, Asked], Any]
FORMS = ("html", "json", "csv")
PIECE = 256 << 10
"""Bytes of a file that are sent at a time."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that is taken away: its name, type and size in bytes, and its content, which can be read once."""

    name: str
    media: str
    size: int
    stream: BinaryIO

    def pieces(self) -> Iterator[bytes]:
        """The content, piece by piece."""
        while piece := self.stream.read(PIECE):
            yield piece


class NoSuchError(SaysoError):
    """Nothing stands at this address."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page: its name (also of its template), its path, and what builds it.

    ``rows`` is the field that holds its table, ``columns`` what CSV has of it; empty where it is no table. ``asks`` are the
    values that may stand behind the question mark, but for the cursor.
    """

    name: str
    path: str
    build: Build
    rows: str = ""
    columns: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that the page can be had in."""
        return FORMS if self.rows else FORMS[:2]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around every page: the ledger's name, who decides, whether the room can write."""

    ledger: str
    reviewer: str
    behind: bool = False


def data_json(value: Any) -> Any:
    """A page's value as JSON: the fields of dataclasses under their names."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def envelope(kind: Kind, asked: Asked, page: Any, *, behind: bool = False) -> dict[str, Any]:
    """The JSON of a page."""
    address = asked.at(after=asked.word("after"))
    return {"page": kind.name, "address": address, "behind": behind, "data": data_json(page)}


def sent_json(value: Any, status: int = 200) -> Response:
    """JSON as it is sent: ASCII, so that no character of a page is lost or read in two ways."""
    return Response(json.dumps(value, ensure_ascii=True, allow_nan=False) + "\n", status, media_type="application/json")


def sent_html(text: str, status: int = 200) -> Response:
    """HTML as it is sent; half characters, which UTF-8 cannot hold, are question marks, and NUL is U+FFFD."""
    return Response(
        text.replace("\0", "\ufffd").encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8"
    )


def sent_csv(kind: Kind, page: Any) -> Response:
    """The table of a page as a file."""
    text = csv_text(kind.columns, getattr(page, kind.rows))
    name = f'attachment; filename="sayso-{kind.name}.csv"'
    return Response(
        text.encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


def _with_next(answer: Response, form: str, asked: Asked, page: Any) -> Response:
    """The answer with the address of what comes next, where the page goes on: a table as CSV has no place for it."""
    cursor = getattr(page, "next", "")
    if cursor:
        answer.headers["Link"] = f'<{asked.twin(form, after=cursor)}>; rel="next"'
    return answer


def sent(kind: Kind, form: str, asked: Asked, page: Any, around: Around) -> Response:
    """A page in one of its forms."""
    if form == "json":
        return _with_next(sent_json(envelope(kind, asked, page, behind=around.behind)), form, asked, page)
    if form == "csv":
        return _with_next(sent_csv(kind, page), form, asked, page)
    return sent_html(draw(f"{kind.name}.html", page=page, here=asked, around=around, kind=kind))


class Sending(StreamingResponse):
    """A file on its way, closed behind its last piece and where whoever asked for it has gone."""

    def __init__(self, file: File) -> None:
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Content-Length": str(file.size)}
        super().__init__(file.pieces(), media_type=file.media, headers=headers)
        self.file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.file.stream.close()


def status_of(error: BaseException) -> int:
    """The status that says what went wrong."""
    if isinstance(error, UnknownDocument | NoSuchError):
        return 404
    if isinstance(error, UsageError):
        return 400
    return 503 if isinstance(error, LedgerBusy | NotYetError) else 500


def message_of(error: BaseException) -> str:
    """What is said of an error. What was not foreseen says nothing of the machine."""
    if isinstance(error, SaysoError):
        return str(error)
    return "Something went wrong in the room itself; the ledger was not changed. The terminal says more."


AGAIN_SECONDS = 10
"""So often a browser looks whether something was worked out meanwhile."""
TITLES = {
    400: "This cannot be asked",
    401: "The room is locked",
    403: "Turned away",
    404: "Nothing stands here",
    405: "Not answered here",
    413: "Too much at once",
    421: "Another address",
    503: "Somebody else is writing",
}


def sent_error(status: int, message: str, *, as_json: bool, again: bool = False) -> Response:
    """An error, as a page or as JSON; ``again``: it is worth asking once more, which a browser then does by itself."""
    title = "Not worked out yet" if again else TITLES.get(status, "That did not work")
    if as_json:
        answer = sent_json({"error": {"status": status, "message": message}}, status)
    else:
        answer = sent_html(draw("error.html", title=title, message=message, status=status), status)
    if again:
        answer.headers.update({"Retry-After": str(AGAIN_SECONDS), "Refresh": str(AGAIN_SECONDS)})
    return answer
