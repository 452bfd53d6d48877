"""Lines as terminals are sent them."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text


def plain(lines: Iterable[Text]) -> str:
    """Lines as a terminal without colour shows them."""
    return "".join(f"{each.plain}\n" for each in lines)


def coloured(lines: Iterable[Text]) -> str:
    """Lines as a terminal with all colours is sent them."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, color_system="truecolor", legacy_windows=False, highlight=False)
    for each in lines:
        console.print(each, soft_wrap=True)
    return screen.getvalue()
