"""Containers of invented pages, sound ones and bombs: WARC, zip, gzip, feeds, and GDELT's quotation graph."""

# ruff: noqa: E501

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable

from inputs_shelf import ANY, DEEP, LARGE, MB, Bomb, Maker, Parts, many, once, run

BODY = (
    "<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>The gates stay closed, said Ana Venn, "
    "who chairs the growers’ union, on Monday.</p><p>“Nobody warned us – not one word,” wrote Jory Falk of ward {number}.</p></article></body></html>"
)
FAILED = frozenset({"extractor-failed"})
BROKEN = ANY | FAILED | LARGE


def page(number: int, title: str = "Gates stay closed") -> bytes:
    """A page of HTML, each with another number in it."""
    return BODY.format(title=title, number=number).encode()


def http(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", *more: str) -> bytes:
    """An answer of a web server."""
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), *more, "", ""]
    return "\r\n".join(lines).encode() + body


def record(
    number: int, block: bytes, kind: str = "response", *more: str, url: str = "", date: str = "", length: int = -1
) -> bytes:
    """A record of a WARC."""
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>",
        f"WARC-Target-URI: {url or f'https://ask.example/{number}'}", f"WARC-Date: {date or f'2031-05-03T10:{number // 60 % 60:02}:{number % 60:02}Z'}",
        "Content-Type: application/http; msgtype=response", f"Content-Length: {len(block) if length < 0 else length}", *more, "", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def pages_of(numbers: Iterable[int]) -> list[bytes]:
    """Records that each hold a page."""
    return [record(number, http(page(number))) for number in numbers]


def packed(records: Iterable[bytes]) -> bytes:
    """Records, each in a gzip member of its own."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in files.items():
            made.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def rss(items: str, head: str = "") -> bytes:
    """A feed in RSS 2.0."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Ask Herald</title><link>https://ask.example/</link>'
        f"<language>en-gb</language>{head}{items}</channel></rss>"
    ).encode()


ITEM = (
    "<item><title>Gates stay closed</title><link>https://ask.example/gates</link><guid>ask-1</guid><dc:creator>Lena Birk</dc:creator>"
    "<pubDate>Sat, 03 May 2031 10:15:00 GMT</pubDate><description>Short one.</description><content:encoded><![CDATA[<p>The gates stay closed, "
    "said Ana Venn.</p><p>“It rose,” wrote Jory Falk.</p>]]></content:encoded></item>"
)
ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Ask</title><author><name>Ana Orr</name></author><entry><id>tag:ask,1</id>'
    b'<title>Gates</title><link href="https://ask.example/1"/><published>2031-05-03T10:15:00+03:00</published><content type="xhtml">'
    b'<div xmlns="http://www.w3.org/1999/xhtml"><p>The gates stay closed, said Ana Venn.</p></div></content></entry>'
    b'<entry><title>Short</title><summary type="text">It rose &lt;twice&gt;, said Jory Falk.</summary></entry></feed>'
)
QUOTES = {
    "date": "2031-05-03T10:15:00Z", "url": "https://ask.example/1", "title": "Gates stay closed", "lang": "ENGLISH",
    "quotes": [
        {"pre": "The harbour master Lia Renn told reporters on Monday: ", "quote": "The gates stay closed.", "post": " The growers were less sure. They said the"},
        {"pre": "The growers were less sure. They said the gates ", "quote": "were never tested", "post": ", and Ana Venn left."},
    ],
}  # fmt: skip
MIXED = [
    record(1, b"software: x\r\n", "warcinfo"),
    record(2, b"GET / HTTP/1.1\r\nHost: ask.example\r\n\r\n", "request"),
    *pages_of(range(3, 6)),
    record(6, http(b"\x89PNG\r\n", "image/png")),
    record(7, http(gzip.compress(page(7)), "text/html", "200 OK", "Content-Encoding: gzip")),
    record(8, http(b"%x\r\n" % len(page(8)) + page(8) + b"\r\n0\r\n\r\n", "text/html", "200 OK", "Transfer-Encoding: chunked")),
]  # fmt: skip


def container_samples() -> dict[str, tuple[bytes, ...]]:
    """A few sound files of each container, by suffix."""
    lines = b"\n".join(json.dumps(each).encode() for each in (QUOTES, QUOTES | {"lang": "SPANISH"})) + b"\n"
    zip_of = {
        "a.html": page(1),
        "b/c.txt": b"The gates stay closed, said Ana Venn.",
        "b/c.meta.json": b'{"outlet": "The Ask"}',
        "d.jsonl": lines,
    }
    return {
        "warc": (b"".join(MIXED), b"".join(pages_of(range(3)))),
        "warc.gz": (packed(MIXED), packed(pages_of(range(3))), gzip.compress(b"".join(MIXED), mtime=0)),
        "zip": (zipped(zip_of), zipped(zip_of, zipfile.ZIP_STORED), zipped({"in.zip": zipped(zip_of), "p.warc.gz": packed(MIXED)})),
        "xml": (rss(ITEM * 3), ATOM, rss("<item><title>Only a title</title></item>").decode().replace("utf-8", "utf-16").encode("utf-16")),
        "gqg.json": (lines, lines * 3),
        "json.gz": (gzip.compress(lines, mtime=0), gzip.compress(b'{"text": "Yes, said Ana."}', mtime=0)),
    }  # fmt: skip


CONTAINER_TOKENS: dict[str, tuple[bytes, ...]] = {
    "warc": (b"WARC/1.0\r\n", b"\r\n\r\n", b"Content-Length: 999999\r\n", b"Content-Length: -1\r\n", b"WARC-Type: response\r\n", b"HTTP/1.1 200 OK\r\n", b"\0", b"Transfer-Encoding: chunked\r\n",
             b"Content-Encoding: gzip\r\n", b"Content-Encoding: br\r\n", b": x\r\n", b" folded\r\n", b"\xff", b"fffffff\r\n"),
    "warc.gz": (b"\x1f\x8b\x08\0\0\0\0\0\0\xff", gzip.compress(b"", mtime=0), gzip.compress(b"WARC/1.0\r\n", mtime=0), gzip.compress(b"x" * 9999, mtime=0), b"\0" * 512, b"\x1f\x8b"),
    "zip": (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"\xff\xff\xff\xff", b"../", b"/", b"\0", b"[Content_Types].xml"),
    "xml": (b"<item>", b"</item>", b"<entry>", b"<title>", b"<![CDATA[", b"]]>", b"<!DOCTYPE rss [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"<content:encoded>", b"<dc:creator>", b"<!--", b"\0", b"\xff",
            b"<a xml:base='http://x/'>", b"<div style='display:none'>", b"<pubDate>99</pubDate>"),
    "gqg.json": (b'"quotes":', b'"pre":', b'"quote":', b'"post":', b"[", b"]", b"{", b"}", b'"', b"\\ud800", b"null", b"1e999", b"\n", b"\xff"),
}  # fmt: skip
CONTAINER_TOKENS["json.gz"] = CONTAINER_TOKENS["warc.gz"]


def _squeezed(unit: bytes, before: bytes = b"", after: bytes = b"") -> Maker:
    """``size`` bytes of ``unit`` again and again between two other pieces, as gzip."""

    def make(size: int) -> Parts:
        press = zlib.compressobj(9, wbits=31)
        for part in run(unit, before, after)(size):
            yield press.compress(part)
        yield press.flush()

    return make


def _deep(size: int) -> Parts:
    inner = zipped({"a.txt": b"The gates stay closed, said Ana Venn."})
    for _ in range(size):
        inner = zipped({"a.zip": inner})
    yield inner


def _deep_gzip(size: int) -> Parts:
    inner = b"The gates stay closed, said Ana Venn."
    for _ in range(size):
        inner = gzip.compress(inner, mtime=0)
    yield inner


def _lapped(size: int) -> Parts:
    """A zip whose list names one and the same bytes very often."""
    made = zipped({"a.txt": b"The gates stay closed. " * 4000})
    at = made.index(b"PK\x01\x02")
    end = made.index(b"PK\x05\x06")
    row = made[at:end]
    yield made[:at] + row * size
    yield struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, min(size, 65535), min(size, 65535), len(row) * size, at, 0)


def _full(size: int) -> Parts:
    """A zip with a file of very many zeros, and honest ones before and after."""
    yield zipped(
        {"a.txt": b"The gates stay closed, said Ana Venn.", "b.txt": bytes(size), "c.txt": b"It rose, said Jory Falk."}
    )


def container_bombs() -> list[Bomb]:
    """Every one of them."""
    good = b"".join(pages_of([1]))
    head, tail = record(2, b"", length=999_999_999_999)[:-4], b"\r\n\r\n" + good
    laughs = (
        "<!DOCTYPE rss [<!ENTITY a 'lol'>"
        + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + "]>"
    )
    external = "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    zip_codes = BROKEN | DEEP
    return [
        Bomb("zeros.warc", "a record of 500 MB", run(b"\0", record(2, b"", length=500 * MB)[:-4], b"\r\n\r\n" + good), 500 * MB, 0, BROKEN),
        Bomb("length.warc", "a record that says it has a terabyte", once(head + tail), 0, 1, BROKEN),
        Bomb("head.warc", "a head with no end", run(b"X-Key: value\r\n", b"WARC/1.0\r\nWARC-Type: response\r\n", tail), 60 * MB, 300_000, BROKEN),
        Bomb("heads.warc", "very many heads that say they are long", run(record(1, b"", length=30 * MB)[:-4]), 60 * MB, 300_000, BROKEN),
        Bomb("line-ends.warc", "60 MB of line ends between records", run(b"\r\n", good, good), 60 * MB, 300_000, BROKEN),
        Bomb("bare.warc", "very many heads without a block", run(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", good, good), 30 * MB, 300_000, BROKEN),
        Bomb("chunks.warc", "a page in chunks of a byte", once(record(1, http(b"1\r\na\r\n" * 300_000 + b"0\r\n\r\n", "text/html", "200 OK", "Transfer-Encoding: chunked")) + good), 0, 1, BROKEN | {"no-text"}),
        Bomb("chunk.warc", "a chunk that says it has 2 GB", once(record(1, http(b"7fffffff\r\n<p>Yes.</p>", "text/html", "200 OK", "Transfer-Encoding: chunked")) + good), 0, 1, BROKEN | {"no-text"}),
        Bomb("squeezed.warc", "a page of 500 MB that was sent as gzip", lambda n: iter([record(1, http(b"".join(_squeezed(b" ")(n)), "text/html", "200 OK", "Content-Encoding: gzip")) + good]), 500 * MB, 300_000, BROKEN | {"no-text"}),
        Bomb("twice.warc", "the same in chunks", lambda n: iter([_chunked(b"".join(_squeezed(b" ")(n))) + good]), 500 * MB, 300_000, BROKEN | {"no-text"}),
        Bomb("zeros.warc.gz", "a record of 4 GB in gzip", _squeezed(b"\0", record(2, b"", length=4_000 * MB)[:-4], b"\r\n\r\n" + good), 4_000 * MB, 300_000, BROKEN),
        Bomb("members.warc.gz", "very many empty members", run(gzip.compress(b"", mtime=0), packed([good]), packed([good])), 30 * MB, 300_000, BROKEN),
        Bomb("starts.warc.gz", "what looks like members, in a damaged file", run(b"\x1f\x8b\x08\0\0\0\0\0\0\xff\xff", packed([good])), 30 * MB, 100_000, BROKEN),
        Bomb("padded.warc.gz", "60 MB of zeros behind the end", run(b"\0", packed([good])), 60 * MB, 300_000, BROKEN),
        Bomb("zeros.txt.gz", "4 GB of zeros", _squeezed(b"\0"), 4_000 * MB, 300_000, BROKEN | {"unknown-format"}),
        Bomb("lines.jsonl.gz", "4 GB of empty lines", _squeezed(b"\n", b'{"text": "Yes."}\n'), 4_000 * MB, 300_000, BROKEN),
        Bomb("deep.gz", "gzip in gzip", _deep_gzip, 60, 20, DEEP),
        Bomb("deep.zip", "zip in zip", _deep, 60, 20, DEEP),
        Bomb("lapped.zip", "files that lie over each other", _lapped, 90_000, 900, zip_codes),
        Bomb("full.zip", "a file of 1 GB of zeros", _full, 1_000 * MB, 300_000, zip_codes | {"unknown-format"}),
        Bomb("names.zip", "more files than are read", lambda n: iter([zipped({f"{k}": b"" for k in range(n)}, zipfile.ZIP_STORED)]), 101_000, 20, zip_codes | {"no-text"}),
        Bomb("up.zip", "names that lead out of the folder", once(zipped({"../../up.txt": b"Yes, said Ana Venn.", "/etc/up.txt": b"No, said Jory Falk.", "c:\\up.txt": b"So, said Bo Ax."})), 0, 1, ANY),
        Bomb("laughs.rss", "entities in entities", once(rss(ITEM.replace("Short one.", "&i;")).replace(b"<rss ", laughs.encode() + b"<rss ")), 0, 1, BROKEN),
        Bomb("external.rss", "an entity that is a file of this machine", once(rss(ITEM.replace("Short one.", "&a;").replace("content:encoded", "x")).replace(b"<rss ", external.encode() + b"<rss ")), 0, 1, BROKEN),
        Bomb("entries.xml", "very many entries", many("<item><title>Gate {}</title></item>", "<rss><channel>", "</channel></rss>"), 200_000, 30, BROKEN | {"timeout"}),
        Bomb("open.xml", "elements that never close", run(b"<item><title>", b"<rss><channel>"), 3 * MB, 3_000, BROKEN | {"timeout", "no-text", "too-deep"}),
        Bomb("long.xml", "an entry of 15 MB", run(b"&lt;p&gt;Yes, said Ana.", b"<rss><channel><item><description>", b"</description></item></channel></rss>"), 15 * MB, 30_000, BROKEN | {"timeout"}),
        Bomb("quotes.json", "an article of very many quotations", many('{"pre": "a", "quote": "b {}", "post": "c"},', '{"quotes": [', '{"quote": "d"}]}'), 300_000, 300, BROKEN),
        Bomb("same.json", "quotations that repeat each other", lambda n: iter([json.dumps({"quotes": [{"pre": "a" * 3000, "quote": "a" * 3000, "post": "a" * 3000}] * n}).encode()]), 1_000, 20, ANY | LARGE),
    ]  # fmt: skip


def _chunked(body: bytes) -> bytes:
    block = http(
        b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n",
        "text/html",
        "200 OK",
        "Transfer-Encoding: chunked",
        "Content-Encoding: gzip",
    )
    return record(1, block)
