"""Bombs of PDF, written by hand: streams that swell, structures that lead round in circles, numbers that lie."""

# ruff: noqa: E501

from __future__ import annotations

import zlib

from inputs_shelf import MB, Bomb, Maker, once

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
WORDS = b"BT /F1 11 Tf 72 700 Td (The gates stay closed, said Ana Venn.) Tj ET\n"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> %s >> /MediaBox [0 0 595 842] /Contents 5 0 R >>"
)
SOUND = frozenset({"document", "no-text-layer", "no-text", "too-large", "timeout", "extractor-failed", "encrypted"})


def stream(data: bytes, entries: bytes = b"", length: int | None = None) -> bytes:
    """A stream object with its dictionary."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data) if length is None else length, entries, data)


def flate(data: bytes, times: int = 1) -> bytes:
    """A stream deflated so many times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [" + b"/FlateDecode " * times + b"]")


def pdf(objects: list[bytes], trailer: bytes = b"", start: int | None = None) -> bytes:
    """A file with the objects numbered from 1 and a table of their places."""
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % (at if start is None else start)


def document(
    content: bytes, *more: bytes, page: bytes = b"", pages: bytes = b"/Kids [4 0 R] /Count 1", trailer: bytes = b""
) -> bytes:
    """A file of one page: catalogue, pages, font, page, content, and more objects from number 6 on."""
    tree = b"<< /Type /Pages " + pages + b" >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", tree, FONT, PAGE % page, content, *more]
    return pdf(objects, trailer)


def pdf_bombs() -> list[Bomb]:
    """Every one of them."""
    return [*_streams(), *_structures(), *_contents(), *_lies()]


def _bomb(name: str, why: str, make: Maker, full: int = 0, quick: int = 1) -> Bomb:
    return Bomb(f"{name}.pdf", why, make, full, quick, SOUND)


def _streams() -> list[Bomb]:
    line = b"(%s) Tj 0 -9 Td " % (b"na " * 300)

    def swelling(size: int) -> bytes:
        return document(flate(b"BT /F1 9 Tf 72 700 Td " + line * (size // len(line)) + b" ET"))

    def twice(size: int) -> bytes:
        return document(flate(b"BT /F1 9 Tf 72 700 Td (Yes) Tj ET" + b" " * size, 2))

    def image(size: int) -> bytes:
        data = zlib.compress(bytes(size), 9)
        entries = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode"
        return document(stream(b"/I Do " + WORDS), stream(data, entries), page=b"/XObject << /I 6 0 R >>")

    def contents(size: int) -> bytes:
        found = document(flate(WORDS * 2_000))
        return found.replace(b"/Contents 5 0 R", b"/Contents [" + b"5 0 R " * size + b"]", 1)

    return [
        _bomb("text", "50 MB of text in a small stream", lambda n: iter([swelling(n)]), 50 * MB, 60_000),
        _bomb("blanks", "1 GB of blanks, deflated twice", lambda n: iter([twice(n)]), 1_000 * MB, MB),
        _bomb("image", "a picture of 3.6 GB", lambda n: iter([image(n)]), 500 * MB, MB),
        _bomb("again", "one content 20,000 times", lambda n: iter([contents(n)]), 20_000, 3),
        _bomb("predictor", "a predictor with columns past all memory", once(document(stream(zlib.compress(WORDS), b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 32 /BitsPerComponent 16 >>")))),
        _bomb("run-length", "a stream of run lengths", lambda n: iter([document(stream(b"\x81 " * n + b"\x80", b"/Filter /RunLengthDecode"))]), 5 * MB, 3_000),
        _bomb("lzw", "a stream of LZW that is none", lambda n: iter([document(stream(b"\x80\x0b" * n, b"/Filter /LZWDecode"))]), 5 * MB, 3_000),
        _bomb("filters", "a thousand filters", once(document(stream(WORDS.hex().encode() + b">", b"/Filter [" + b"/ASCIIHexDecode " * 1000 + b"]")))),
    ]  # fmt: skip


def _structures() -> list[Bomb]:
    root = b"<< /Type /Catalog /Pages 2 0 R >>"
    loop = document(stream(WORDS)).replace(
        b"trailer\n<<", b"trailer\n<< /Prev %d " % document(stream(WORDS)).index(b"xref")
    )
    packed = b"7 0 8 20 " + b"<< /Type /Page >> << /A 1 >>"
    object_stream = stream(zlib.compress(packed), b"/Type /ObjStm /N 2 /First 9 /Extends 6 0 R /Filter /FlateDecode")
    ladder = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(6, 6_000)]

    def kids(size: int) -> bytes:
        return document(stream(WORDS), pages=b"/Kids [" + b"4 0 R " * size + b"] /Count %d" % size)

    def objects(size: int) -> bytes:
        return document(stream(WORDS), *[b"<< >>"] * size)

    return [
        _bomb("tree", "pages that hold themselves", once(document(stream(WORDS), pages=b"/Kids [2 0 R 4 0 R] /Count 9"))),
        _bomb("count", "two thousand million pages", once(document(stream(WORDS), pages=b"/Kids [4 0 R] /Count 2147483647"))),
        _bomb("minus", "less than no pages", once(document(stream(WORDS), pages=b"/Kids [4 0 R] /Count -5"))),
        _bomb("kids", "one page very often", lambda n: iter([kids(n)]), 300_000, 40),
        _bomb("pages", "2,900 times one page of text", lambda n: iter([kids(n)]), 2_900, 9),
        _bomb("ladder", "pages 6,000 deep", once(document(stream(WORDS), *ladder, PAGE % b"", pages=b"/Kids [6 0 R] /Count 1"))),
        _bomb("prev", "tables that lead round in a circle", once(loop)),
        _bomb("objects", "object streams that extend themselves", once(document(stream(WORDS), object_stream))),
        _bomb("many", "a million objects", lambda n: iter([objects(n)]), 500_000, 900),
        _bomb("self", "an object that is a reference to itself", once(document(b"5 0 R"))),
        _bomb("length-loop", "a length that is the stream itself", once(document(stream(WORDS).replace(b"/Length %d" % len(WORDS), b"/Length 5 0 R")))),
        _bomb("array", "arrays in arrays", lambda n: iter([pdf([root, b"[" * n + b"]" * n])]), 5 * MB, 3_000),
        _bomb("dictionary", "dictionaries in dictionaries", lambda n: iter([pdf([b"<< /A " * n + b">>" * n])]), 2 * MB, 3_000),
        _bomb("outline", "a title of 5 MB", lambda n: iter([document(stream(WORDS), b"<< /Title (%s) /Author (%s) >>" % (b"a - " * (n // 4), b"b" * n), trailer=b"/Info 6 0 R")]), 5 * MB, 30_000),
    ]  # fmt: skip


def _contents() -> list[Bomb]:
    form = stream(
        b"/X Do /X Do " + WORDS,
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
    )
    forms = [
        stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 900 900] /Resources << /XObject << /X %d 0 R >> >>" % (n + 1),
        )
        for n in range(6, 14)
    ]
    last = stream(WORDS, b"/Type /XObject /Subtype /Form /BBox [0 0 900 900] /Resources << /Font << /F1 3 0 R >> >>")
    wide = b"".join(b"<%02x> <%s>\n" % (n, b"0061" * 250) for n in range(100))
    table = b"/CIDInit /ProcSet findresource begin begincmap 100 beginbfchar\n" + wide + b"endbfchar endcmap end"
    swollen = FONT[:-2] + b"/ToUnicode 6 0 R >>"
    glyphs = document(stream(WORDS * 200), stream(table)).replace(FONT, swollen)

    def shows(size: int) -> bytes:
        return document(stream(b"BT /F1 1 Tf 72 700 Td " + b"(a) Tj " * size + b"ET"))

    return [
        _bomb("form", "a form that shows itself twice", once(document(stream(b"/X Do"), form, page=b"/XObject << /X 6 0 R >>")), 1, 0),
        _bomb("forms", "ten forms in each of ten forms, nine deep", once(document(stream(b"/X Do"), *forms, last, page=b"/XObject << /X 6 0 R >>")), 1, 0),
        _bomb("glyphs", "each letter stands for 250", once(glyphs)),
        _bomb("shows", "a million letters, each set alone", lambda n: iter([shows(n)]), MB, 900),
        _bomb("states", "states saved and never restored", lambda n: iter([document(stream(b"q " * n + WORDS))]), 5 * MB, 3_000),
        _bomb("operands", "operands without an operator", lambda n: iter([document(stream(b"1 " * n + WORDS))]), 20 * MB, 3_000),
        _bomb("string", "a string that never ends", lambda n: iter([document(stream(b"BT /F1 9 Tf (" + b"(" * n))]), 5 * MB, 3_000),
        _bomb("path", "a path of a million points", lambda n: iter([document(stream(b"0 0 m " + b"9 9 l " * n + b"S " + WORDS))]), MB, 3_000),
        _bomb("box", "a page larger than all paper", once(document(stream(WORDS)).replace(b"[0 0 595 842]", b"[-9e37 -9e37 9e37 9e37]"))),
        _bomb("sizes", "letters of no size and of all sizes", once(document(stream(WORDS.replace(b"11 Tf", b"1e38 Tf") + WORDS.replace(b"11 Tf", b"-0 Tf"))))),
    ]  # fmt: skip


def _lies() -> list[Bomb]:
    plain = document(stream(WORDS))
    return [
        _bomb("short", "a length that is too short", once(document(stream(WORDS, length=3)))),
        _bomb("long", "a length past the file", once(document(stream(WORDS, length=999_999_999)))),
        _bomb("below", "a length below nothing", once(document(stream(WORDS, length=-7)))),
        _bomb("huge", "a length past 64 bits", once(document(stream(WORDS, length=10**30)))),
        _bomb("place", "a table that is nowhere", once(plain.replace(b"startxref\n", b"startxref\n9999999999"))),
        _bomb("places", "a table of wrong places", once(plain.replace(b" 00000 n", b"9 00000 n"))),
        _bomb("size", "a table that says it has 2 ** 31 rows", once(plain.replace(b"xref\n0 6", b"xref\n0 2147483647"))),
        _bomb("cut", "the first half alone", once(plain[: len(plain) // 2])),
        _bomb("header", "a header and 60 MB of zeros", lambda n: iter([b"%PDF-1.7\n" + bytes(n)]), 60 * MB, 3_000),
        _bomb("headers", "headers and nothing else", lambda n: iter([b"%PDF-1.7\n1 0 obj\n" * n]), 2 * MB, 300),
        _bomb("locked", "locked with nonsense", once(document(stream(WORDS), b"<< /Filter /Standard /V 99 /R 99 /O (a) /U (b) /P 1 >>", trailer=b"/Encrypt 6 0 R"))),
        _bomb("stamp", "a date past all calendars", once(document(stream(WORDS), b"<< /CreationDate (D:99999999999999999999Z) >>", trailer=b"/Info 6 0 R"))),
    ]  # fmt: skip
