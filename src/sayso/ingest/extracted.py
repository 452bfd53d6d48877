"""What an extractor takes out of one file, and its JSON form between the two processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sayso.records import Block, Finding, Published


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
    """An extraction from its JSON form; the inverse of :func:`extracted_json`."""
    return Extracted(
        text=value["text"],
        extractor=value["extractor"],
        title=value["title"],
        byline=value["byline"],
        outlet=value["outlet"],
        url=value["url"],
        language=value["language"],
        published=_published(*value["published"]) if value["published"] else None,
        blocks=tuple(Block(kind, (start, end)) for kind, start, end in value["blocks"]),
        findings=tuple(
            Finding(code, message, tuple((start, end) for start, end in spans))
            for code, message, spans in value["findings"]
        ),
    )


def _published(date: str, granularity: Any, basis: Any, span: list[int] | None) -> Published:
    return Published(date, granularity, basis, (span[0], span[1]) if span else None)
