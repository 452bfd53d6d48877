"""The case tables of dates, and how a row is read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from sayso.dates import Found, dates_of
from sayso.records import Published, Span

CASES = Path(__file__).parents[1] / "cases"
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one table; none where the table is not there."""
    path = CASES / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def paragraphs(text: str) -> list[Span]:
    return [match.span() for match in _PARAGRAPH.finditer(text)]


def published(date: str) -> Published | None:
    """The publication date of a row: year, month or day, nothing where it is empty."""
    if not date:
        return None
    return Published(date, "year" if len(date) == 4 else "month" if len(date) == 7 else "day")


def read(text: str, date: str = "", years: range | None = None) -> tuple[Found, ...]:
    return dates_of(text, paragraphs(text), published(date), years=years)


def told(text: str, date: str = "", years: range | None = None) -> list[tuple[str, str]]:
    """Words and value of what is of kind date."""
    return [(text[slice(*f.span)], f.value) for f in read(text, date, years) if f.kind == "date"]
