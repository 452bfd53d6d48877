"""Styled lines, and putting them on the screen: cut to a width, wrapped with a hanging indent, or whole."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache

import click
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from sayso.cli.render import Screen

FAINT = "dim"
STRONG = "bold"
ELLIPSIS = "…"
SHORT = 8
"""Digits of an id that are shown: among 10,000 statements two share them in one pile of 86, and commands then ask for
more."""


def line(*parts: str | tuple[str, str] | Text) -> Text:
    """One line of parts: plain strings, (string, style) pairs or texts. Strings must be safe already."""
    return Text.assemble(*parts, no_wrap=False, end="")


def short(identity: str) -> str:
    """The first digits of an id, enough to name it in a command."""
    return identity[:SHORT]


def cut(text: str, width: int) -> str:
    """``text`` in at most ``width`` cells, ending with … where something is missing."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + ELLIPSIS


@cache
def _ruler(width: int) -> Console:
    return Console(width=width, color_system=None, force_terminal=False)


def wrapped(text: Text, screen: Screen, indent: int = 0, first: int | None = None) -> list[Text]:
    """``text`` as lines that fit the screen, all but the first behind ``indent`` blanks (the first: ``first``).

    Where the screen has no width only the line feeds of the text itself break it.
    """
    lead = indent if first is None else first
    if screen.width is None:
        lines = list(text.split("\n", allow_blank=True))
    else:
        lines = list(text.wrap(_ruler(screen.width), max(20, screen.width - max(indent, lead))))
    for each in lines:
        each.rstrip()
    return [line(" " * (indent if place else lead), each) for place, each in enumerate(lines)]


def put(lines: Iterable[Text], screen: Screen) -> None:
    """Lines to standard output, in colour where the screen has it."""
    if not screen.colour:
        for each in lines:
            click.echo(each.plain)
        return
    console = Console(file=sys.stdout, force_terminal=True, width=screen.width, highlight=False, no_color=False)
    for each in lines:
        console.print(each, end="\n", soft_wrap=True)
