"""A statement as a line for a footnote."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.records import Document

MARKS = '“”„"«»'
"""Quotation marks at the ends of words that stand in ours."""


def cited(document: Document, words: str, names: Iterable[str], identity: str) -> str:
    """The words, who says them, and where they stand, with the statement's permanent id."""
    who = " and ".join(name for name in names if name) or "speaker left open"
    published = document.published.date if document.published else ""
    parts = (document.outlet, document.title or document.name, published, document.url)
    where = ", ".join(" ".join(part.split()) for part in parts if part)
    return f"“{' '.join(words.split()).strip(MARKS)}” ({who}, in: {where}; statement {identity})"
