"""What is known about a document beside its text, from whichever place, and which place outranks which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from sayso.ingest.published import published_of
from sayso.records import Document, Published

NAMED = frozenset({"title", "outlet", "byline", "url", "language", "date"})
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8}){0,4}", re.I)
_LONGEST = 4_000  # characters of a field; addresses reach 2,000, titles 300
_BRIEF = 60  # characters of somebody else's words in a message
_SAME = {"eng": "en", "english": "en"}  # the language that is read, by its other names


@dataclass(frozen=True, slots=True)
class Fields:
    """Metadata of one document; "" and None where it is not given. ``extra`` is sorted by key."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    published: Published | None = None
    extra: tuple[tuple[str, str], ...] = ()


def tidy(value: str) -> str:
    """Metadata text with its white space made single spaces."""
    return " ".join(value.split())


def brief(value: str) -> str:
    """The beginning of somebody else's words, for a message."""
    words = tidy(value[: 4 * _BRIEF])
    return words if len(words) <= _BRIEF and len(value) <= 4 * _BRIEF else words[:_BRIEF].rstrip() + "…"


def language_of(value: str) -> str:
    """ISO 639 code of a language tag (``en-GB`` → ``en``); "" where the value is no tag."""
    lowered = tidy(value).lower()
    match = _TAG.fullmatch(lowered)
    code = match[1] if match else ""
    return _SAME.get(lowered) or _SAME.get(code) or code


def fields_of(given: Mapping[str, str]) -> Fields:
    """Fields from keys and values as the user wrote them.

    What is not understood (a date, a language) or too long to be what its key says is kept in ``extra``.
    """
    extra = {key: value for key, value in given.items() if key not in NAMED or len(value) > _LONGEST}
    given = {key: value for key, value in given.items() if key not in extra}
    stamp, language = given.get("date", ""), given.get("language", "")
    published, code = published_of(stamp), language_of(language)
    if tidy(stamp) and published is None:
        extra["date"] = stamp
    if tidy(language) and not code:
        extra["language"] = language
    return Fields(
        title=tidy(given.get("title", "")),
        outlet=tidy(given.get("outlet", "")),
        byline=tidy(given.get("byline", "")),
        url=given.get("url", "").strip(),
        language=code,
        published=published,
        extra=tuple(sorted(extra.items())),
    )


def over(first: Fields, second: Fields) -> Fields:
    """``first``, with what it lacks taken from ``second``."""
    filled = {f.name: getattr(first, f.name) or getattr(second, f.name) for f in fields(Fields) if f.name != "extra"}
    return Fields(**filled, extra=tuple(sorted({**dict(second.extra), **dict(first.extra)}.items())))


def with_fields(document: Document, given: Fields) -> Document:
    """The document with its metadata set to ``given``."""
    return replace(document, **{f.name: getattr(given, f.name) for f in fields(Fields)})
