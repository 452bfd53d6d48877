"""A page as it is sent: one value, rendered as HTML, as JSON in one envelope, or as CSV; and errors in one shape.

JSON: ``{"page": its kind, "address": where it stands, "data": the value}``; a page that goes on has ``data.next``, a cursor for
``?after=``. An error: ``{"error": {"status": 404, "message": "…"}}``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

from starlette.responses import Response

from sayso.errors import LedgerBusy, SaysoError, UnknownDocument, UsageError
from sayso.web.asked import Asked
from sayso.web.desk import Desk
from sayso.web.drawing import draw
from sayso.web.tables import csv_text

Build = Callable[[Desk, Asked], Any]
FORMS = ("html", "json", "csv")


class NoSuchError(SaysoError):
    """Nothing stands at this address."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page: its name (also of its template), its path, and what builds it.

    ``rows`` is the field that holds its table, ``columns`` what CSV has of it; empty where it is no table.
    """

    name: str
    path: str
    build: Build
    rows: str = ""
    columns: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that the page can be had in."""
        return FORMS if self.rows else FORMS[:2]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around every page: the ledger's name, who decides, whether the room can write."""

    ledger: str
    reviewer: str


def data_json(value: Any) -> Any:
    """A page's value as JSON: the fields of dataclasses under their names."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def envelope(kind: Kind, asked: Asked, page: Any) -> dict[str, Any]:
    """The JSON of a page."""
    return {"page": kind.name, "address": asked.at(after=asked.word("after")), "data": data_json(page)}


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


def sent(kind: Kind, form: str, asked: Asked, page: Any, around: Around) -> Response:
    """A page in one of its forms."""
    if form == "json":
        return sent_json(envelope(kind, asked, page))
    if form == "csv":
        return sent_csv(kind, page)
    return sent_html(draw(f"{kind.name}.html", page=page, here=asked, around=around, kind=kind))


def status_of(error: BaseException) -> int:
    """The status that says what went wrong."""
    if isinstance(error, UnknownDocument | NoSuchError):
        return 404
    if isinstance(error, UsageError):
        return 400
    return 503 if isinstance(error, LedgerBusy) else 500


def message_of(error: BaseException) -> str:
    """What is said of an error. What was not foreseen says nothing of the machine."""
    if isinstance(error, SaysoError):
        return str(error)
    return "Something went wrong in the room itself; the ledger was not changed. The terminal says more."


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


def sent_error(status: int, message: str, *, as_json: bool) -> Response:
    """An error, as a page or as JSON."""
    if as_json:
        return sent_json({"error": {"status": status, "message": message}}, status)
    title = TITLES.get(status, "That did not work")
    return sent_html(draw("error.html", title=title, message=message, status=status), status)
