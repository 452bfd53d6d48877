"""Sayso reads a pile of news and gives back a ledger of who said what, each line led back to its characters.

import sayso
reading = sayso.read_text("“The bridge is safe,” the mayor said.")
for statement in reading.statements:
    print(statement.kind, statement.content)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.errors import SaysoError
from sayso.records import Document, Reading, Speaker, Statement
from sayso.version import __version__

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.reading import Reader, read_file, read_text

__all__ = [
    "Document",
    "Ledger",
    "Reader",
    "Reading",
    "SaysoError",
    "Speaker",
    "Statement",
    "__version__",
    "read_file",
    "read_text",
]

_LATER = {
    "Ledger": "sayso.ledger",
    "Reader": "sayso.reading",
    "read_file": "sayso.reading",
    "read_text": "sayso.reading",
}


def __getattr__(name: str) -> Any:
    """Load what is heavy only when it is asked for."""
    if name not in _LATER:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
