"""Identities: hashes of content and nothing else. No clock, order, float or random number enters one.

An identity is the first 32 hexadecimal digits (128 bits) of a SHA-256 over the parts, each preceded by its length, so
that no two lists of parts run together; ``text_id`` is the whole SHA-256 of the text.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from sayso.records import Document, Span, Spans


def text_id(text: str) -> str:
    """SHA-256 of the text as UTF-8 (lone surrogates pass through, so that every text has one)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _key(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(str(len(raw)).encode("ascii") + b":" + raw)
    return digest.hexdigest()[:32]


def document_id(document: Document) -> str:
    """Hash of text, outlet, url and publication metadata, and of the name where there is no url."""
    published = document.published
    stamp = json.dumps(asdict(published), sort_keys=True) if published and published.basis == "metadata" else ""
    return _key("document", document.text, document.outlet, document.url, stamp, "" if document.url else document.name)


def _spans(spans: Spans) -> str:
    return ",".join(f"{start}-{end}" for start, end in spans)


def statement_id(document: str, content: Spans, source: Spans, part: str = "") -> str:
    """Hash of the document's id, the content and source spans, and ``part`` ("headline" outside the text)."""
    return _key("statement", document, _spans(content), _spans(source), part)


def speaker_id(document: str, first_mention: Span | None, part: str = "") -> str:
    """Hash of the document's id and the first mention."""
    return _key("speaker", document, _spans((first_mention,)) if first_mention else "", part)


def figure_id(document: str, span: Span, part: str = "") -> str:
    """Hash of the document's id and the figure's span."""
    return _key("figure", document, _spans((span,)), part)
