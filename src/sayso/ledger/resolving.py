"""Which document of a ledger is meant: by id, name or place, or by a clear part of one of them."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from sayso.errors import UnknownDocument
from sayso.ledger.escapes import kept

_HEX = re.compile(r"[0-9a-f]{6,32}")
_COLUMNS = "SELECT key, id, name FROM documents WHERE"
_UNREADABLE = "SELECT name, code, message, path FROM unreadable WHERE"
_PLACE = "replace(path, char(92), '/')"
_FROM = f"{_PLACE} = ? OR substr({_PLACE}, -length(?) - 1) = '/' || ?"
"""Read from the place that was given, or from one that ends in it. 92 is the backslash."""
SHOWN = 5
"""So many of several documents are named."""

Found = list[tuple[int, str, str]]


def resolve(connection: sqlite3.Connection, ledger: Path, document: str) -> int:
    """The key of the one document that is meant. Raises UnknownDocument, which names those that may be meant.

    In this order: the id; the name; the place it was read from, or the end of it; a place that ends in the name; 6 or
    more first digits of the id; the beginning of the name. The first of these that fits any document decides.
    """
    for how, found in _ways(connection, document):
        if len(found) == 1:
            return found[0][0]
        if found:
            raise UnknownDocument(_several(how.format(len(found), document), found))
    raise UnknownDocument(_none(connection, ledger, document))


def _ways(connection: sqlite3.Connection, document: str) -> list[tuple[str, Found]]:
    """The documents that fit in the surest way in which any does, with a sentence about several."""
    given = kept(document)
    place = given.replace("\\", "/").removeprefix("./")
    begins = document.casefold()
    is_id = _HEX.fullmatch(begins) is not None
    come, called = "{} documents come from {!r}", "{} documents are called {!r}"
    for how, condition, parameters in (
        (called, "id = ?", (given,)),
        (called, "name = ?", (given,)),
        (come, _FROM, (place,) * 3),
        ("{} documents have a name that {!r} ends in", "substr(?, -length(name) - 1) = '/' || name", (place,)),
        (
            "{} documents have an id that begins with {!r}",
            "id >= ? AND id < ?",
            (begins, begins + "g") if is_id else (),
        ),
        ("{} documents have a name that begins with {!r}", "substr(name, 1, length(?)) = ?", (given,) * 2),
    ):
        if not given or not parameters:
            continue
        found = connection.execute(f"{_COLUMNS} {condition} ORDER BY name, id", parameters).fetchall()
        if found:
            return [(how, found)]
    return []


def _several(sentence: str, found: Found) -> str:
    names = [name for _, _, name in found]
    if len(set(names)) < len(names):
        which = ", ".join(identity[:12] for _, identity, _ in found[:SHOWN])
        return f"{sentence}: say which by its id ({which}{', …' if len(found) > SHOWN else ''})."
    return f"{sentence}: say which by its name ({', '.join(names[:SHOWN])}{', …' if len(found) > SHOWN else ''})."


def _none(connection: sqlite3.Connection, ledger: Path, document: str) -> str:
    """Why there is none: it could not be read, or it is unknown; near names."""
    given = kept(document)
    lost = connection.execute(f"{_UNREADABLE} name = ? OR {_FROM} ORDER BY name LIMIT 1", (given,) * 4).fetchone()
    if lost is not None:
        name, code, message, path = lost
        return f"{name} could not be read ({code}): {message.removeprefix(f'{path}: ')}"
    from rapidfuzz import process  # takes a tenth of a second, and only here

    names = [str(name)[:500] for (name,) in connection.execute("SELECT DISTINCT name FROM documents")]
    near = [repr(name) for name, _, _ in process.extract(document, names, limit=3, score_cutoff=60)]
    hint = f" Near: {', '.join(near)}." if near else ""
    return f"No document of {ledger} is called {document!r}.{hint}"
