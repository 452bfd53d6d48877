"""What a file is, told by its content; the suffix only breaks a tie."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from sayso.errors import InputError
from sayso.ingest.text import bom_of, has_controls, wide_encoding
from sayso.tables import parse

Format = Literal["text", "html", "pdf", "json", "entry"]
Container = Literal["", "zip", "gzip", "warc", "feed"]

MEDIA_TYPES: dict[Format, str] = {
    "text": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "json": "application/json",
    "entry": "text/html",
}
JSON_SUFFIXES = (".json", ".jsonl", ".ndjson", ".jsonlines")
TEXT_SUFFIXES = (".txt", ".text", ".md")
HEAD_BYTES = 4096  # what is looked at: a page's first element stands in its first hundreds of bytes, comments included

_CONTAINERS: tuple[tuple[bytes, Container], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"WARC/1.", "warc"),
    (b"WARC/0.1", "warc"),
)
_FEEDS = frozenset({"rss", "feed", "atom:feed"})
_RSS_1 = "http://purl.org/rss/1.0/"
_DOCTYPE = re.compile(r"<!doctype\s+([a-z:]+)")
_ELEMENT = re.compile(r"<([a-z][a-z0-9:-]{0,30})(?=[\s/>])")
_ANY_ELEMENT = re.compile(
    r"</(?:p|div|a|li|td|h[1-6]|title|head|body|html|article)\s?>|<(?:p|br|div|body|html)\b", re.I
)
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[{\]])")


@dataclass(frozen=True, slots=True)
class Formats:
    """The table of ``formats.toml``: signatures as (bytes, offset, name, way out, is text), roots and suffixes, zips."""

    signatures: tuple[tuple[bytes, int, str, str, bool], ...]
    xml: dict[str, tuple[str, str]]
    html_roots: frozenset[str]
    html_suffixes: tuple[str, ...]
    zipped: dict[str, tuple[str, str]]
    """Files by which a zip is told to be one document: name of the file → name of the format and way out."""


@cache
def formats() -> Formats:
    """Load and check the table. Raises SaysoError where it is damaged."""
    raw = parse("formats", resources.files("sayso.ingest").joinpath("formats.toml").read_bytes())
    return Formats(
        tuple(
            (bytes.fromhex(s["hex"]), s.get("offset", 0), s["name"], s["way_out"], s.get("text", False))
            for s in raw["signature"]
        ),
        {x["root"]: (x["name"], x["way_out"]) for x in raw["xml"]},
        frozenset(raw["html"]["roots"]),
        tuple(raw["html"]["suffixes"]),
        {z["holds"]: (z["name"], z["way_out"]) for z in raw["zipped"]},
    )


def format_of(data: bytes, path: str = "") -> Format:
    """The format of a whole file or of its beginning. Raises InputError ``unknown-format``."""
    head = data[:HEAD_BYTES]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    _refuse_known(head)
    text = _decoded(head)
    if _JSON.match(text.encode("utf-8", "replace")):
        return "json"
    if _is_page(text, path):
        return "html"
    return "json" if path.lower().endswith(JSON_SUFFIXES) else "text"


def container_of(head: bytes) -> Container:
    """Which container of documents a file's beginning is that of; "" for none."""
    for magic, kind in _CONTAINERS:
        if head.startswith(magic):
            return kind
    text = _decoded(head)
    start = _past_prolog(text)
    lowered = text[start : start + 64].lower()
    match = _DOCTYPE.match(lowered) or _ELEMENT.match(lowered)
    root = match[1] if match else ""
    if root in _FEEDS or (root == "rdf:rdf" and _RSS_1 in text):
        return "feed"
    return ""


def is_page(data: bytes) -> bool:
    """Whether bytes are a page of HTML by their content."""
    try:
        return format_of(data) == "html"
    except InputError:
        return False


def is_textual(head: bytes) -> bool:
    """Whether a file's beginning may be that of JSON: neither a page nor a format told by its first bytes."""
    try:
        return format_of(head) in {"text", "json"}
    except InputError:
        return False


def looks_json(head: bytes) -> bool:
    """Whether a file's beginning, past a byte order mark, is that of JSON objects or of a list of them."""
    return _JSON.match(head) is not None


def _decoded(head: bytes) -> str:
    """The characters of a beginning, as far as telling formats needs them."""
    mark = bom_of(head)
    encoding = mark[0] if mark else wide_encoding(head) or "latin-1"
    return head[len(mark[1]) if mark else 0 :].decode(encoding, "ignore")


def _refuse_known(head: bytes) -> None:
    """Raise InputError for a format that is known and not read."""
    binary = has_controls(head)
    for magic, offset, name, way_out, is_text in formats().signatures:
        if head.startswith(magic, offset) and (binary or is_text):
            raise InputError("unknown-format", f"This is {name}, which is not read; {way_out}.")


def _is_page(text: str, path: str) -> bool:
    """Whether the first element is one of HTML. Raises InputError for other XML."""
    start = _past_prolog(text)
    lowered = text[start : start + 64].lower()
    if lowered.startswith("<!doctype"):
        return _doctype(lowered)
    match = _ELEMENT.match(lowered)
    if match is None:
        return path.lower().endswith(formats().html_suffixes) and _ANY_ELEMENT.search(text) is not None
    if match[1] in formats().html_roots:
        return True
    known = formats().xml.get(match[1]) or (formats().xml["*"] if text.lstrip().startswith("<?xml") else None)
    if known:
        raise InputError("unknown-format", f"This is {known[0]}, which is not read; {known[1]}.")
    return path.lower().endswith(formats().html_suffixes)


def _doctype(lowered: str) -> bool:
    match = _DOCTYPE.match(lowered)
    root = match[1] if match else "*"
    if root == "html":
        return True
    name, way_out = formats().xml.get(root) or formats().xml["*"]
    raise InputError("unknown-format", f"This is {name}, which is not read; {way_out}.")


def _past_prolog(text: str) -> int:
    """Offset of the first character after white space, comments and the XML declaration."""
    at = 0
    while True:
        at += len(text[at:]) - len(text[at:].lstrip())
        for opening, closing in (("<!--", "-->"), ("<?", "?>")):
            if text.startswith(opening, at):
                end = text.find(closing, at + len(opening))
                at = len(text) if end < 0 else end + len(closing)
                break
        else:
            return at
