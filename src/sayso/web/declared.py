"""What an address of the room takes, as it is declared beside the address: values behind a question mark, fields of a form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """One value: its name, what it means, and which words it may be; any where ``among`` is empty."""

    name: str
    means: str
    among: tuple[str, ...] = ()


def flag(name: str, means: str) -> Ask:
    """A value that is asked for or not: ``1``; ``0`` and nothing are no."""
    return Ask(name, means, ("", "0", "1"))


@dataclass(frozen=True, slots=True)
class Form:
    """An address that writes: its path, what it does, and the fields of its form.

    Whoever accepts JSON gets ``answer`` as the one name of an object, whose value is a list of ids with ``many``; a browser is
    sent on. Without an ``answer`` everybody is sent on.
    """

    path: str
    means: str
    fields: tuple[Ask, ...]
    answer: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """An address that gives a file: its path, what is in it, and what it takes."""

    path: str
    means: str
    asks: tuple[Ask, ...]


CURSOR = Ask("after", "A cursor: data.next of the page before.")
