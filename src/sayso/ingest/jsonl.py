"""One JSON object → the fields of a document.

``text`` is needed; ``id``, ``title``, ``outlet``, ``url``, ``date``, ``byline`` and ``language`` are taken when there; all other
scalar values are kept as strings in ``Document.extra``.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.errors import InputError
from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.fields import Fields, brief, fields_of
from sayso.ingest.quotations import is_quotations, quotations_of

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(
    rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.S
)  # one that never ends goes to the end: it is seen once
_NAME_CHARS = 500  # of an id that names a document; addresses used as one have 200
_WAY_OUT = "Each document is one JSON object with a key “text”."


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as its JSON object has it."""

    text: str
    fields: Fields


def parse_object(data: bytes, *, first_line: int = 1, bounds: Bounds = BOUNDS) -> dict[str, Any]:
    """The JSON object in ``data`` (UTF-8, with or without its mark). ``first_line`` is the number of its first line in the file.

    Raises InputError ``bad-encoding``, ``bad-json`` (with line and column) or ``too-deep``.
    """
    _need_few(data, bounds)
    text = _decode(data, first_line)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise _fault(text, error.msg, error.pos, first_line) from None
    except RecursionError:
        raise _too_deep(bounds) from None
    except ValueError as error:  # a number of more digits than Python converts
        raise _fault(text, str(error).split(":")[0], 0, first_line) from None
    if not isinstance(value, dict):
        raise InputError("bad-json", f"Line {first_line} holds {_kind(value)}. {_WAY_OUT}")
    check_depth(value, bounds)
    return value


def check_depth(value: object, bounds: Bounds = BOUNDS) -> None:
    """Raise InputError ``too-deep`` where lists and objects are nested past the bound."""
    level: list[object] = [value]
    for _ in range(bounds.json_depth):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent if isinstance(parent, list) else ())
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise _too_deep(bounds)


def is_object(data: bytes) -> bool:
    """Whether the bytes are one JSON object, and a sound one."""
    return _quietly(data) is not None


def is_list(data: bytes, bounds: Bounds = BOUNDS) -> bool:
    """Whether the bytes are one JSON list, and a sound one."""
    try:
        return sum(1 for _ in elements_of(data, bounds)) > 0
    except InputError:
        return False


def id_of(data: bytes) -> str:
    """The ``id`` of the JSON object in ``data`` as a name; "" where it has none, is broken, or has one too long for a name."""
    value = _quietly(data) if b'"id"' in data else None
    found = value.get("id") if value else None
    name = _scalar(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""
    return name if len(name) <= _NAME_CHARS and name.strip() else ""


def elements_of(data: bytes, bounds: Bounds = BOUNDS) -> Iterator[tuple[bytes, int]]:
    """The elements of the JSON list in ``data``, each with its own bytes and the line that it begins on.

    Raises InputError ``bad-encoding``, ``bad-json``, ``too-deep`` or ``no-text`` (an empty list) once it comes to the fault.
    """
    _need_few(data, bounds)
    text = _decode(data, 1)
    at, line, past = text.find("[") + 1, 1, 0
    decoder = json.JSONDecoder()
    for number in itertools.count():
        at = _skip_space(text, at)
        line, past = line + text.count("\n", past, at), at
        if text.startswith("]", at) and (not number or text[:at].rstrip()[-1:] != ","):
            break
        try:
            end = decoder.raw_decode(text, at)[1]
        except json.JSONDecodeError as error:
            raise _fault(text, error.msg, error.pos) from None
        except RecursionError:
            raise _too_deep(bounds) from None
        except ValueError as error:
            raise _fault(text, str(error).split(":")[0], at) from None
        yield text[at:end].encode("utf-8", "surrogatepass"), line
        at = _skip_space(text, end)
        if text.startswith(",", at):
            at += 1
        elif not text.startswith("]", at):
            raise _fault(text, "expecting ',' delimiter", at)
    if text[at + 1 :].strip():
        raise _fault(text, "extra data", _skip_space(text, at + 1))
    if not number:
        raise InputError("no-text", f"The list is empty. {_WAY_OUT}")


def entry_of(value: dict[str, Any]) -> Entry:
    """Text and metadata of one object. Raises InputError ``bad-json`` where ``text`` is missing or no string.

    An article of GDELT's quotation graph has ``quotes`` instead.
    """
    text = value.get("text")
    if is_quotations(value):
        return Entry(*quotations_of(value))
    if not isinstance(text, str):
        keys = ", ".join(f"“{brief(key)}”" for key in list(value)[:8]) or "none"
        held = f"“text” is {_kind(text)}" if "text" in value else f"There is no “text” (keys: {keys})"
        raise InputError("bad-json", f"{held}. {_WAY_OUT}")
    return Entry(text, fields_of(scalars(value, leave=("text", "id"))))


def scalars(value: dict[str, Any], leave: tuple[str, ...] = ()) -> dict[str, str]:
    """The object's scalar values as strings (``true``, ``12.5``); null, lists, objects and the keys to ``leave`` are left out."""
    return {
        key: _scalar(item)
        for key, item in value.items()
        if key not in leave and item is not None and not isinstance(item, dict | list)
    }


def _scalar(value: str | int | float | bool) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _quietly(data: bytes) -> dict[str, Any] | None:
    try:
        return parse_object(data)
    except InputError:
        return None


def _need_few(data: bytes, bounds: Bounds) -> None:
    """Raise InputError ``too-large`` where the bytes hold more values than the bound, before they are all made."""
    if _marks(data) > bounds.json_values and (count := _marks(_STRING.sub(b"", data))) > bounds.json_values:
        raise InputError(
            "too-large",
            f"It holds {count:,} values; the limit is {bounds.json_values:,}. Give it as JSON Lines, or split it.",
        )


def _marks(data: bytes) -> int:
    """How many values the bytes begin, strings included in the count or taken out before."""
    return data.count(b",") + data.count(b"[") + data.count(b"{")


def _decode(data: bytes, first_line: int) -> str:
    try:
        return data.decode("utf-8", "surrogatepass").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = first_line + data.count(b"\n", 0, error.start)
        raise InputError(
            "bad-encoding", f"Line {line} is not UTF-8 (byte {error.start + 1}), which JSON must be. Save it as UTF-8."
        ) from None


def _skip_space(text: str, at: int) -> int:
    """The first place from ``at`` on that holds no white space of JSON."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _fault(text: str, message: str, at: int, first_line: int = 1) -> InputError:
    line, column = first_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at)
    said = message[:1].lower() + message[1:]
    return InputError(
        "bad-json", f"Line {line}, column {column} is not JSON: {said}. Repair it there, or leave it out."
    )


def _too_deep(bounds: Bounds) -> InputError:
    return InputError("too-deep", f"Its lists and objects are nested more than {bounds.json_depth} deep. {_WAY_OUT}")
