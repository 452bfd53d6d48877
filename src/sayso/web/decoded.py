"""A page's rows back from JSON: the dataclasses that ``asdict`` made it of, each value looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

_PLAIN: dict[Any, Any] = {str: str, int: int, float: (int, float), bool: bool}


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def decoded(kind: Any, value: Any) -> Any:
    """A value of an annotation out of what JSON has for it. Raises ValueError where it is none."""
    if kind is NoneType or (kind in _PLAIN and isinstance(value, _PLAIN[kind])):
        return value
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(value, dict):
        hints = _hints(kind)
        if hints.keys() == value.keys():
            return kind(**{name: decoded(hint, value[name]) for name, hint in hints.items()})
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal and value in parts:
        return value
    if origin in (Union, UnionType):
        if value is None and NoneType in parts:
            return None
        return decoded(next(part for part in parts if part is not NoneType), value)
    if origin is tuple and isinstance(value, list):
        if parts[-1] is Ellipsis:
            return tuple(decoded(parts[0], each) for each in value)
        if len(parts) == len(value):
            return tuple(decoded(part, each) for part, each in zip(parts, value, strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, dict):
        return {str(name): decoded(parts[1], each) for name, each in value.items()}
    raise ValueError(f"{value!r:.60} is no {kind}")
