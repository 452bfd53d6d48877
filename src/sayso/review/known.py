"""The tables of this package, read once. They shape no reading, so they stand apart from those that do."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from sayso.tables import parse


@cache
def known(name: str) -> dict[str, Any]:
    """The table ``review/NAME.toml``. It is shared: read it, do not change it."""
    return parse(name, (files("sayso.review") / f"{name}.toml").read_bytes())
