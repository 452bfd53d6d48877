"""Libraries that only some formats need: looked for when such a format is written, named where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sayso.errors import UsageError


def needed(module: str, form: str, *parts: str) -> Any:
    """The module, its parts loaded. Raises UsageError, which says what is missing and how to install it."""
    try:
        found = import_module(module)
        for part in parts:
            import_module(part)
    except ImportError as error:
        raise UsageError(
            f"the format {form} needs the library {module}, which is not installed; install it with: "
            f'pip install "sayso[{form}]"'
        ) from error
    return found
