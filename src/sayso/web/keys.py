"""Who may come in: a key in the address that is printed, then a cookie.

The loopback address is shared by all users of a machine, so being on the machine opens nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie

BYTES = 32
"""Bytes of chance in each key: 256 bits, so that none is ever guessed."""


def _new() -> str:
    return secrets.token_urlsafe(BYTES)


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


@dataclass(slots=True)
class Keys:
    """The keys of one room: ``token`` opens it by address or header, ``session`` is what the cookie holds.

    ``once`` are keys that open it a single time: a browser that is started by a program shows its address to every user
    of the machine, in the list of processes.
    """

    token: str = field(default_factory=_new)
    session: str = field(default_factory=_new)
    once: set[str] = field(default_factory=set)

    def lend(self) -> str:
        """A key that opens the room once."""
        key = _new()
        self.once.add(key)
        return key

    def opens(self, given: str) -> bool:
        """Whether a key in an address opens the room. One that was lent is used up by it."""
        if _same(given, self.token):
            return True
        found = next((key for key in self.once if _same(given, key)), None)
        if found is not None:
            self.once.discard(found)
        return found is not None

    def is_bearer(self, header: str) -> bool:
        """Whether an ``Authorization`` header holds the token."""
        kind, _, given = header.partition(" ")
        return kind.casefold() == "bearer" and _same(given.strip(), self.token)

    def holds(self, header: str, name: str) -> bool:
        """Whether a ``Cookie`` header holds the session under this name."""
        return _same(cookie(header, name), self.session)


def cookie(header: str, name: str) -> str:
    """One cookie out of a ``Cookie`` header; empty where it is not there or the header cannot be read."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return ""
    found = jar.get(name)
    return "" if found is None else found.value
