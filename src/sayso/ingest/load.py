"""One item → one document: the only place where formats, metadata and errors come together."""

from __future__ import annotations

import hashlib

from sayso.errors import InputError
from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.extracted import Extracted
from sayso.ingest.extractor import extract
from sayso.ingest.fields import Fields, over, with_fields
from sayso.ingest.files import read_file, shown, too_large, too_long
from sayso.ingest.items import STANDARD_INPUT, Item, problem_of
from sayso.ingest.jsonl import entry_of, parse_object
from sayso.ingest.meta import Metadata, sidecar
from sayso.ingest.sniff import MEDIA_TYPES, TEXT_SUFFIXES, Format, format_of
from sayso.ingest.text import decode_text
from sayso.records import Document, SourceFile, Unreadable

_WIDEST = 4  # bytes of a character in the widest encoding


def load(item: Item, meta: Metadata | None = None, *, bounds: Bounds = BOUNDS) -> Document | Unreadable:
    """Read one document. Never raises on bad input: what cannot be read is an ``Unreadable`` with its code.

    Metadata: a row of ``meta`` outranks ``NAME.meta.json``, which outranks what the file says of itself; only the line of
    a JSON file outranks the ``meta.json`` of the whole file.
    """
    if item.problem is not None:
        return item.problem
    try:
        document = _document(item, meta or Metadata(), bounds)
        if not document.text.strip():
            raise InputError("no-text", "There is no text in it. Leave it out, or give the text.")
        if len(document.text) > bounds.text_chars:
            raise too_long(len(document.text), bounds.text_chars)
    except InputError as error:
        return problem_of(item, error)
    return document


def _document(item: Item, meta: Metadata, bounds: Bounds) -> Document:
    """The document of one item, with its metadata. Raises InputError."""
    data = data_of(item, bounds=bounds)
    kind = "json" if item.line is not None else _format(data, item.path, bounds)
    beside = Fields() if item.path == STANDARD_INPUT else sidecar(item.path, bounds=bounds)
    given = meta.get(item.name)
    document = Document(shown(item.name), "", file=_source(item.path, data, kind))
    if kind == "json":
        entry = entry_of(parse_object(data, first_line=item.line or 1, bounds=bounds))
        own, text = entry.fields, entry.text
        document = Document(document.name, text, file=document.file)
        return with_fields(document, over(given, over(own, beside) if item.line else over(beside, own)))
    if kind == "text":
        if len(data) > _WIDEST * bounds.text_chars:  # before minutes are spent on finding out what they mean
            raise too_long(-(-len(data) // _WIDEST), bounds.text_chars)
        document = Document(document.name, decode_text(data), file=document.file)
        return with_fields(document, over(given, beside))
    if kind == "html" and len(data) > bounds.html_bytes:
        raise too_large(len(data), bounds.html_bytes)
    found = extract(kind, data, bounds=bounds)
    document = Document(
        document.name,
        found.text,
        file=document.file,
        blocks=found.blocks,
        findings=found.findings,
        extractor=found.extractor,
    )
    return with_fields(document, over(given, over(beside, _own(found))))


def data_of(item: Item, *, bounds: Bounds = BOUNDS) -> bytes:
    """The bytes of one document as they stand in the file now. Raises InputError."""
    if item.data is None:
        return read_file(item.path, bounds.file_bytes)
    if item.line is None and len(item.data) > bounds.file_bytes:
        raise too_large(len(item.data), bounds.file_bytes)
    return item.data


def _format(data: bytes, path: str, bounds: Bounds) -> Format:
    """The format by content; a text file that begins like JSON and is none is a text."""
    if not data.strip():
        return "text"
    kind = format_of(data, path)
    if kind == "json" and path.lower().endswith(TEXT_SUFFIXES):
        try:
            parse_object(data, bounds=bounds)
        except InputError:
            return "text"
    return kind


def _source(path: str, data: bytes, kind: Format) -> SourceFile:
    return SourceFile(shown(path), hashlib.sha256(data).hexdigest(), len(data), MEDIA_TYPES[kind])


def _own(found: Extracted) -> Fields:
    """What the page says of itself."""
    return Fields(found.title, found.outlet, found.byline, found.url, found.language, found.published)
