"""WARC → the pages that it holds (ISO 28500; one record after the other, mostly each in a gzip member of its own).

Where a record begins and ends is found here, within bounds, and what is damaged is gone past to the next record that can be
found; what a record says is read by warcio, out of the bytes of that one record.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from sayso.errors import InputError
from sayso.ingest.bounds import Bounds
from sayso.ingest.fields import Fields, brief
from sayso.ingest.inflate import Readable
from sayso.ingest.item import Inside
from sayso.ingest.records import Cut, Framed, records_of
from sayso.ingest.sniff import is_page

_PAGES: dict[str, Literal["html", "text"]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.I)
_LONGEST = 400  # characters of an address that names a page
_KINDS = 6  # kinds of records that are named in the count of what was passed over
_LOG = logging.getLogger("warcio")  # says odd addresses aloud, and what an address holds must not reach a terminal
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False
_LOADER = ArcWarcRecordLoader(verify_http=False, arc2warc=False)


@dataclass(frozen=True, slots=True)
class Capture:
    """One record that holds a page, or should: its number and name, what the WARC says of it, its bytes or what is wrong."""

    number: int
    name: str
    inside: Inside
    data: bytes = b""
    problem: InputError | None = None


@dataclass(slots=True)
class Passed:
    """Records that hold no page, counted by kind."""

    kinds: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """A sentence; empty where there are none."""
        total = self.kinds.total()
        if not total:
            return ""
        ranked = sorted(self.kinds.items(), key=lambda pair: (-pair[1], pair[0]))
        parts = [f"{count:,} {kind}" for kind, count in ranked[:_KINDS]]
        rest = sum(count for _, count in ranked[_KINDS:])
        parts += [f"{rest:,} others"] if rest else []
        one = total == 1
        return f"{total:,} record{' holds no page and was' if one else 's hold no page and were'} passed over: {', '.join(parts)}"


def captures_of(stream: Readable, bounds: Bounds, passed: Passed) -> Iterator[Capture]:
    """The pages of a WARC in order, and what is damaged in between; the others are counted in ``passed``.

    ``stream`` gives the unpacked bytes; one of gzip is gone past where it is damaged.
    """
    for record in records_of(stream, bounds):
        place = f"record {record.number}"
        if isinstance(record, Cut):
            yield Capture(record.number, "", Inside(place), problem=InputError(record.code, record.reason))
            continue
        try:
            found = _capture(record, place, bounds, passed)
        except InputError as error:
            yield Capture(record.number, "", Inside(place), problem=error)
            continue
        if found is not None:
            yield found


def _capture(record: Framed, place: str, bounds: Bounds, passed: Passed) -> Capture | None:
    """The page of one record; None where it is to hold none."""
    loaded = _loaded(record)
    kind = loaded.rec_type or ""
    if kind != "response":
        passed.kinds[_known(kind)] += 1
        return None
    http = loaded.http_headers
    if http is None:
        passed.kinds["answers that are not of the web"] += 1
        return None
    status, declared = http.get_statuscode()[:3], http.get_header("content-type") or ""
    if not status.startswith("2") or status == "206":
        passed.kinds[f"with status {status}" if status.isdigit() else "without a status"] += 1
        return None
    media = declared.partition(";")[0].strip().lower()
    if media and media not in _PAGES:
        passed.kinds[f"of {brief(media)}"] += 1
        return None
    data = _content(loaded, record, bounds)
    if not media and not is_page(data):
        passed.kinds["without a media type"] += 1
        return None
    charset = _CHARSET.search(declared)
    name, given = _provenance(loaded)
    inside = Inside(place, kind=_PAGES.get(media, ""), charset=charset[1] if charset else "", given=given)
    return Capture(record.number, name, inside, data)


def _loaded(record: Framed) -> ArcWarcRecord:
    """What warcio reads out of a record. Raises InputError where it can't."""
    try:
        return _LOADER.parse_record_stream(io.BytesIO(record.head + record.block), None, "warc")
    except Exception as error:  # its own errors, and whatever odd headers lead it to
        reason = f"its headers cannot be read ({type(error).__name__})"
        raise InputError("extractor-failed", f"The record is damaged: {reason}. Capture the page again.") from None


def _known(kind: str) -> str:
    """A type of record as it is counted."""
    plural = {
        "request": "requests",
        "metadata": "of metadata",
        "revisit": "revisits without content",
        "warcinfo": "about the WARC",
    }
    return plural.get(kind, f"of type {brief(kind)}" if kind else "without a type")


def _provenance(loaded: ArcWarcRecord) -> tuple[str, Fields]:
    """The name of a page out of a WARC, and what is kept of where and when it was captured."""
    headers = {
        key: " ".join((loaded.rec_headers.get_header(key) or "").split())
        for key in ("WARC-Record-ID", "WARC-Target-URI", "WARC-Date", "WARC-Truncated")
    }
    url, date = headers["WARC-Target-URI"], headers["WARC-Date"]
    named = 0 < len(url) <= _LONGEST and _TIME.fullmatch(date)
    extra = tuple(sorted((key.lower(), value[:4_000]) for key, value in headers.items() if value))
    address = url if len(url) <= 4_000 and url.lower().startswith(("http://", "https://")) else ""
    return f"{url}@{date}" if named else "", Fields(url=address, extra=extra)


def _content(loaded: ArcWarcRecord, record: Framed, bounds: Bounds) -> bytes:
    """The page itself, out of chunks and compression, and not much more of it than is ever read. Raises InputError."""
    limit = bounds.html_bytes + 1
    http = loaded.http_headers
    chunked = (http.get_header("transfer-encoding") or "").strip().lower() == "chunked"
    raw = loaded.raw_stream
    data = ChunkedDataReader(raw).read(bounds.record_bytes) if chunked else raw.read()
    coding = (http.get_header("content-encoding") or "").strip().lower()
    if coding in {"", "identity"}:
        return bytes(data[:limit])
    if coding in {"gzip", "x-gzip", "deflate"}:
        return _unpacked(data, limit)
    if is_page(data):  # many crawlers unpack what they keep and leave the header as it was sent
        return bytes(data[:limit])
    raise InputError(
        "unknown-format", f"The page is packed with {brief(coding)}, which is not read; capture it without."
    )


def _unpacked(data: bytes, limit: int) -> bytes:
    """Content that was sent as gzip or deflate, as far as it is whole; as it is where it is neither."""
    for window in (16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(data, limit)
        except zlib.error:
            continue
    if data.startswith(b"\x1f\x8b"):
        raise InputError("extractor-failed", "The page is packed, and damaged in that. Capture it again.")
    return data[:limit]
