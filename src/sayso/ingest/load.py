"""One item → one document: the only place where formats, metadata and errors come together."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from urllib.parse import urlsplit

from sayso.errors import InputError
from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.extractor import extract
from sayso.ingest.fields import Fields, over, with_fields
from sayso.ingest.files import read_file, shown, too_large, too_long
from sayso.ingest.item import STANDARD_INPUT, Item, problem_of
from sayso.ingest.jsonl import entry_of, parse_object
from sayso.ingest.meta import Metadata, sidecar
from sayso.ingest.sniff import MEDIA_TYPES, TEXT_SUFFIXES, Format, format_of
from sayso.ingest.text import bom_of, declared_encoding, decode_text, encodings
from sayso.records import Document, SourceFile, Unreadable

_WIDEST = 4  # bytes of a character in the widest encoding
_KEPT: dict[str, Format] = {media_type: kind for kind, media_type in MEDIA_TYPES.items() if kind != "entry"}


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
    kind = _kind(item, data, bounds)
    document = Document(shown(item.name), "", file=SourceFile(
        shown(item.path), hashlib.sha256(data).hexdigest(), len(data), MEDIA_TYPES[kind]
    ))  # fmt: skip
    document, own = _taken_apart(document, kind, data, item, bounds)
    return with_fields(document, over(meta.get(item.name), _known(item, own, bounds)))


def _taken_apart(document: Document, kind: Format, data: bytes, item: Item, bounds: Bounds) -> tuple[Document, Fields]:
    """The document with its text, and what it says of itself. Raises InputError."""
    if kind == "json":
        entry = entry_of(parse_object(data, first_line=item.line or 1, bounds=bounds))
        return replace(document, text=entry.text), entry.fields
    if item.text is not None:
        return replace(document, text=item.text), Fields()
    if kind == "text":
        if len(data) > _WIDEST * bounds.text_chars:  # before minutes are spent on finding out what they mean
            raise too_long(-(-len(data) // _WIDEST), bounds.text_chars)
        return replace(document, text=decode_text(_in_utf8(data, item))), Fields()
    if kind in {"html", "entry"} and len(data) > bounds.html_bytes:
        raise too_large(len(data), bounds.html_bytes)
    found = extract(kind, _in_utf8(data, item), bounds=bounds)
    whole = replace(document, text=found.text, blocks=found.blocks, findings=found.findings, extractor=found.extractor)
    return whole, Fields(found.title, found.outlet, found.byline, found.url, found.language, found.published)


def _known(item: Item, own: Fields, bounds: Bounds) -> Fields:
    """What is known of a page but for the table: a file beside it, what it says itself, and a file about many pages.

    A container outranks the page in it; but where both give an address of one site, the page's own is the one that stays.
    """
    file, inside = _beside(item, bounds), item.inside
    if inside is None:
        return over(own, file) if item.line else over(file, own)
    beside, around = (
        (over(inside.beside, file), inside.around) if inside.alone else (inside.beside, over(inside.around, file))
    )
    if item.line:
        return over(own, over(beside, around))
    said = over(inside.given, own)
    url = own.url if _site(own.url) == _site(inside.given.url) else said.url
    return over(beside, over(replace(said, url=url), around))


def _site(url: str) -> str:
    """The site of an address, without what stands before it for small screens; "" where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def _in_utf8(data: bytes, item: Item) -> bytes:
    """A page that names no encoding of its own, out of the one that it was sent with."""
    label = item.inside.charset.lower() if item.inside else ""
    codec = encodings().labels.get(label)
    if codec is None or codec == "utf-8" or bom_of(data) or declared_encoding(data):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(codec, "replace").encode("utf-8", "surrogatepass")
    return data


def data_of(item: Item, *, bounds: Bounds = BOUNDS) -> bytes:
    """The bytes of one document as they stand in the file now. Raises InputError."""
    if item.text is not None:
        return item.text.encode("utf-8", "surrogatepass")
    if item.data is None:
        return read_file(item.path, bounds.file_bytes)
    if item.line is None and len(item.data) > bounds.file_bytes:
        raise too_large(len(item.data), bounds.file_bytes)
    return item.data


def _beside(item: Item, bounds: Bounds) -> Fields:
    """What is known from where the document lies. Raises InputError where its metadata file cannot be read."""
    if item.beside is not None:
        return item.beside
    return Fields() if item.path == STANDARD_INPUT else sidecar(item.path, bounds=bounds)


def _kind(item: Item, data: bytes, bounds: Bounds) -> Format:
    """The format of an item: what it came as, what its keeper or container says that it is, or what its content tells."""
    if item.text is not None:
        return "text"
    if item.line is not None:
        return "json"
    known = item.inside.kind if item.inside else ""
    if known == "entry":
        return "entry"
    kind = _KEPT.get(item.media_type) or _format(data, item.label, bounds)
    if kind == "pdf" and known:
        raise InputError("unknown-format", "It was sent as a page and is a PDF; save it as a file of its own.")
    return "html" if known == "html" else kind


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
