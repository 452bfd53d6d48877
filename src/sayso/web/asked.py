"""What is asked for in an address: the path, what stands behind the question mark, and cursors."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

from sayso.errors import UsageError

Row = TypeVar("Row")
SIZE = 50
"""Rows of one page of a table: three screens of a laptop."""
OTHER_TABLE = "this cursor is of another table: begin again without “after”"
LONGEST = 2000
"""Characters of a value in an address that are looked at; a pasted paragraph has less."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One address: its path without an ending, the values behind the question mark, the parts of the path by name."""

    path: str
    values: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """A value, without white space around it; empty where it was not given."""
        return self.values.get(name, "").strip()[:LONGEST]

    def flag(self, name: str) -> bool:
        """Whether a value was given at all."""
        return self.word(name) not in ("", "0")

    def choice(self, name: str, among: Sequence[str]) -> str:
        """A value out of a list, empty where it was not given. Raises UsageError for another."""
        found = self.word(name)
        if found and found not in among:
            raise UsageError(f"{name} is one of {', '.join(among)}, not {found!r:.60}")
        return found

    def at(self, **changes: Any) -> str:
        """The same address with other values; those that are empty are left out, and so is the cursor."""
        changed = {**{k: v for k, v in self.values.items() if k not in ("after", "done")}, **changes}
        kept = {k: str(v) for k, v in changed.items() if v not in ("", None, False)}
        return self.path + (f"?{urlencode(kept, errors='replace')}" if kept else "")

    def twin(self, ending: str, **changes: str) -> str:
        """The address of the same page in another form (``json``, ``csv``), with other values where they are given."""
        kept = {**{k: v for k, v in self.values.items() if k != "done"}, **changes}
        return f"{self.path}.{ending}" + (f"?{urlencode(kept, errors='replace')}" if kept else "")


def packed(key: Sequence[Any]) -> str:
    """A cursor: the key of the last row that was shown, as letters for an address."""
    raw = json.dumps(list(key), separators=(",", ":")).encode("ascii")
    return urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def unpacked(cursor: str) -> tuple[Any, ...]:
    """The key out of a cursor. Raises UsageError where it is none of ours."""
    try:
        found = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise UsageError("this cursor is none of the room's: begin again without “after”") from error
    if not isinstance(found, list) or not all(isinstance(part, str | int | float) for part in found):
        raise UsageError("this cursor is none of the room's: begin again without “after”")
    return tuple(found)


def paged(
    rows: Sequence[Row], key: Callable[[Row], tuple[Any, ...]], asked: Asked, *, back: bool = False, size: int = SIZE
) -> tuple[tuple[Row, ...], str]:
    """The rows behind the cursor of an address, and the cursor of the next page (empty at the end).

    ``rows`` are sorted by ``key``, which no two share; with ``back`` the largest come first. A cursor holds whatever
    rows come or go. Raises UsageError for a cursor of another table.
    """
    start = 0
    if asked.word("after"):
        last = unpacked(asked.word("after"))
        try:
            start = _behind(rows, key, last, back)
        except TypeError as error:
            raise UsageError(OTHER_TABLE) from error
    found = tuple(rows[start : start + size])
    more = start + size < len(rows)
    return found, packed(key(found[-1])) if more and found else ""


def _behind(rows: Sequence[Row], key: Callable[[Row], tuple[Any, ...]], last: tuple[Any, ...], back: bool) -> int:
    if not back:
        return bisect_right(rows, last, key=key)
    backwards = list(reversed(rows))
    return len(rows) - bisect_left(backwards, last, key=key)


def numbered(asked: Asked) -> int:
    """Where a table begins that is paged by number: the number of rows before. Raises UsageError."""
    if not asked.word("after"):
        return 0
    found = unpacked(asked.word("after"))
    if len(found) != 1 or not isinstance(found[0], int) or not 0 <= found[0] < 1 << 40:
        raise UsageError(OTHER_TABLE)
    return found[0]


def sliced(rows: Sequence[Row], asked: Asked, size: int = SIZE) -> tuple[tuple[Row, ...], str]:
    """The rows of one page of a table that is held whole, and the cursor of the next."""
    start = numbered(asked)
    found = tuple(rows[start : start + size])
    return found, packed((start + size,)) if start + size < len(rows) else ""
