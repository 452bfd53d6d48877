"""What an extractor takes out of one file, and its JSON form between the two processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

from sayso.records import Block, BlockKind, Finding, Published, Span

_KINDS = frozenset(get_args(BlockKind))
_STAMPS = {name: frozenset(get_args(kind)) for name, kind in get_type_hints(Published).items()}


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text, its blocks and what the file says about itself. Spans are code points into ``text``."""

    text: str
    extractor: str
    title: str = ""
    byline: str = ""
    outlet: str = ""
    url: str = ""
    language: str = ""
    published: Published | None = None
    blocks: tuple[Block, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: its page as HTML, and what the feed says of it; "" where it says nothing."""

    page: str
    title: str = ""
    byline: str = ""
    url: str = ""
    date: str = ""
    language: str = ""
    outlet: str = ""
    id: str = ""


def entries_json(entries: list[Entry]) -> dict[str, Any]:
    """The JSON form of the entries of a feed."""
    return {"entries": [[getattr(entry, name) for name in Entry.__slots__] for entry in entries]}


def entries_of_json(value: dict[str, Any]) -> tuple[Entry, ...]:
    """Entries from their JSON form. Raises KeyError, TypeError or ValueError where it is none."""
    return tuple(Entry(*map(_string, entry)) for entry in value["entries"])


def extracted_json(value: Extracted) -> dict[str, Any]:
    """The JSON form of an extraction."""
    p = value.published
    return {
        "text": value.text,
        "extractor": value.extractor,
        "title": value.title,
        "byline": value.byline,
        "outlet": value.outlet,
        "url": value.url,
        "language": value.language,
        "published": p and [p.date, p.granularity, p.basis, p.span],
        "blocks": [[b.kind, *b.span] for b in value.blocks],
        "findings": [[f.code, f.message, [list(s) for s in f.spans]] for f in value.findings],
    }


def extracted_of(value: dict[str, Any]) -> Extracted:
    """An extraction from its JSON form; the inverse of :func:`extracted_json`.

    Raises KeyError, TypeError or ValueError where it is none: a process that a page has taken over may say anything.
    """
    text = _string(value["text"])
    size = len(text)
    return Extracted(
        text=text,
        extractor=_string(value["extractor"]),
        title=_string(value["title"]),
        byline=_string(value["byline"]),
        outlet=_string(value["outlet"]),
        url=_string(value["url"]),
        language=_string(value["language"]),
        published=_published(*value["published"], size=size) if value["published"] else None,
        blocks=tuple(Block(_one_of(kind, _KINDS), _span(start, end, size)) for kind, start, end in value["blocks"]),
        findings=tuple(
            Finding(_string(code), _string(message), tuple(_span(start, end, size) for start, end in spans))
            for code, message, spans in value["findings"]
        ),
    )


def _published(date: Any, granularity: Any, basis: Any, span: Any, *, size: int) -> Published:
    where = _span(span[0], span[1], size) if span else None
    return Published(
        _string(date), _one_of(granularity, _STAMPS["granularity"]), _one_of(basis, _STAMPS["basis"]), where
    )


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no string")
    return value


def _one_of(value: Any, known: frozenset[str]) -> Any:
    if value not in known:
        raise ValueError("not one of the contract's words")
    return value


def _span(start: Any, end: Any, size: int) -> Span:
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= size:
        raise ValueError("no span of the text")
    return start, end
