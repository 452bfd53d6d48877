"""Knowledge as tables: words and patterns in TOML files with their source and date, read once and checked.

A table begins with comment lines that say ``# what:``, ``# source:`` and ``# date: YYYY-MM-DD``. Lists hold no blank,
padded or doubled entry. A table that breaks these rules is a defect of the package and is refused.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from sayso.errors import SaysoError

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEADER = {
    "what": re.compile(r"\S"),
    "source": re.compile(r"\S"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}$"),
}


@cache
def load(name: str) -> dict[str, Any]:
    """Return the table ``tables/NAME.toml`` as nested dicts and lists. It is shared: read it, do not change it.

    Raises ``SaysoError`` where there is no such table or it breaks the rules above.
    """
    if not _NAME.fullmatch(name):
        raise SaysoError(f"“{name}” is no table name: lower-case words with hyphens, without “.toml”")
    try:
        raw = resources.files(__name__).joinpath(f"{name}.toml").read_bytes()
    except OSError as error:
        raise SaysoError(f"table “{name}” is not in the package; reinstall sayso") from error
    return parse(name, raw)


def parse(name: str, raw: bytes) -> dict[str, Any]:
    """Read the content of one table, checked; ``raw`` is the file as UTF-8. Raises ``SaysoError``, naming the fault."""
    try:
        text = raw.decode("utf-8")
        table = tomllib.loads(text)
    except ValueError as error:
        raise SaysoError(f"table “{name}” is not TOML: {error}") from error
    _check_header(name, text)
    for key, value in table.items():
        _check(name, key, value)
    return table


def _check_header(name: str, text: str) -> None:
    said: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        key, _, value = line.lstrip("# ").partition(":")
        said.setdefault(key.strip().lower(), value.strip())
    for key, pattern in _HEADER.items():
        if not pattern.match(said.get(key, "")):
            raise SaysoError(f"table “{name}” does not begin with a comment that gives its {key}")


def _check(name: str, key: str, value: object) -> None:
    if isinstance(value, dict):
        for inner, held in value.items():
            _check(name, f"{key}.{inner}", held)
    elif isinstance(value, list):
        words = [entry for entry in value if isinstance(entry, str)]
        doubled = sorted({word for word in words if words.count(word) > 1})
        if doubled:
            raise SaysoError(f"table “{name}”, {key}: {doubled[0]!r} stands twice")
        for entry in value:
            _check(name, key, entry)
    elif isinstance(value, str) and (not value or value != value.strip()):
        raise SaysoError(f"table “{name}”, {key}: {value!r} is blank or padded")
