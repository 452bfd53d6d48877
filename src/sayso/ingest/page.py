"""The table of ``page.toml``: what the parts of a page are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sayso.tables import parse

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SPLIT = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class PageTerms:
    """Element names, class words, meta tag names, schema.org types and colours by what they stand for."""

    elements: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    meta: dict[str, tuple[str, ...]]
    schema: dict[str, frozenset[str]]
    colours: dict[str, str]


@cache
def terms() -> PageTerms:
    """Load the table. Raises SaysoError where it is damaged."""
    raw = parse("page", resources.files("sayso.ingest").joinpath("page.toml").read_bytes())

    def sets(part: str) -> dict[str, frozenset[str]]:
        return {key: frozenset(values) for key, values in raw[part].items()}

    meta = {key: tuple(values) for key, values in raw["meta"].items()}
    return PageTerms(sets("elements"), sets("words"), meta, sets("schema"), dict(raw["colours"]))


def class_words(element: Any) -> frozenset[str]:
    """The words of an element's class and id, split at white space, hyphens, underscores and capitals, in lower case."""
    raw = f"{element.get('class') or ''} {element.get('id') or ''}"
    return frozenset(_SPLIT.split(_CAPITAL.sub(" ", raw).lower())) - {""} if raw.strip() else frozenset()
