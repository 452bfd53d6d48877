"""PDF: paragraphs out of where lines stand, in a process of their own; PDFs written here by hand, byte by byte."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.ingest import Bounds, items, load
from sayso.ingest.pdf import Line, extract_pdf, page_text
from sayso.records import Document, Unreadable

Set = tuple[float, float, str]  # size of the letters, height of the base line on the page, words


def pdf(pages: list[list[Set]], info: str = "", trailer: str = "") -> bytes:
    """A whole PDF with its table of places: one font, one content stream a page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        content = "".join(f"BT /F1 {size} Tf 72 {base} Td ({words}) Tj ET\n" for size, base, words in lines)
        resources = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 595 842]"
        bodies.append(f"<< /Type /Page /Parent 2 0 R {resources} /Contents {5 + 2 * number} 0 R >>")
        bodies.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}endstream")
    bodies.append(f"<< {info} >>")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info {len(bodies)} 0 R {trailer} >>\n"
    return out + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{end}startxref\n{len(out)}\n%%EOF\n".encode()


PAGE: list[Set] = [
    (9, 800, "The Norwick Courier"),
    (18, 760, "Harbour council delays"),
    (18, 738, "the bridge vote"),
    (11, 700, "The council put off its vote on Monday after engi-"),
    (11, 687, "neers said the price had risen to £41 million."),
    (11, 674, "“Not this year,” said Anders Dole."),
    (11, 650, "Ferries carried 4,200 people on those days, the"),
    (11, 637, "port authority said."),
    (9, 40, "Page 1"),
]
TEXT = (
    "The Norwick Courier\n\nHarbour council delays\nthe bridge vote\n\n"
    "The council put off its vote on Monday after engi-\nneers said the price had risen to £41 million.\n"
    "“Not this year,” said Anders Dole.\n\n"
    "Ferries carried 4,200 people on those days, the\nport authority said.\n\nPage 1"
)


def test_paragraphs_lines_and_what_stands_around_them():
    assert extract_pdf(pdf([PAGE])).text == TEXT


def test_pages_follow_each_other():
    found = extract_pdf(pdf([PAGE, [], PAGE[3:5]])).text
    assert found == TEXT + "\n\n" + "\n".join(TEXT.split("\n")[5:7])


def test_file_is_loaded_in_the_extractor_process(tmp_path: Path):
    (tmp_path / "report.txt").write_bytes(b"\n" + pdf([PAGE]))
    (item,) = items([str(tmp_path / "report.txt")])
    found = load(item)
    assert isinstance(found, Document), found
    assert found.text == TEXT
    assert found.file is not None
    assert found.file.media_type == "application/pdf"
    assert found.extractor.startswith("pypdfium2 ")
    assert found.blocks == ()


LINES = [
    ([("a", 700, 11), ("b", 687, 11), ("c", 674, 11)], "a\nb\nc", "one paragraph"),
    ([("a", 700, 11), ("b", 687, 11), ("c", 663, 11), ("d", 650, 11)], "a\nb\n\nc\nd", "a larger gap"),
    ([("a", 700, 11), ("b", 687, 14)], "a\n\nb", "larger letters"),
    ([("a", 100, 11), ("b", 700, 11)], "a\n\nb", "up again: the next column"),
    ([("a", 700, 11), ("b", 678, 11), ("c", 656, 11), ("d", 634, 11)], "a\nb\nc\nd", "double spacing throughout"),
    ([("a", 700, 11), ("b", 700, 11)], "a\n\nb", "side by side"),
    ([("a", 700, 11)], "a", "one line"),
    ([], "", "none"),
]


@pytest.mark.parametrize(("lines", "text", "reason"), LINES, ids=[row[2] for row in LINES])
def test_paragraphs(lines: list[tuple[str, float, float]], text: str, reason: str):
    assert page_text([Line(*line) for line in lines]) == text, reason


INFO = [
    ("/Title (Harbour  report) /Author (Port Authority)", "Harbour report", "Port Authority", "as written"),
    ("/Title (Microsoft Word - final2.doc)", "", "", "the name of a file is no title"),
    ("/Title (untitled)", "", "", "nor is this"),
    ("/Title (Print me if you can)", "", "", "browsers put this first"),
    ("/Title <FEFF00DC006200650072>", "Über", "", "in UTF-16"),
]


@pytest.mark.parametrize(
    ("info", "title", "author", "reason"), INFO[:3] + INFO[4:], ids=[r[3] for r in INFO[:3] + INFO[4:]]
)
def test_info(info: str, title: str, author: str, reason: str):
    found = extract_pdf(pdf([PAGE], info))
    assert (found.title, found.byline) == (title, author), reason


def test_date_of_the_file_is_a_guess_at_the_date_of_its_text():
    found = extract_pdf(pdf([PAGE], "/CreationDate (D:20231009123000+03'00')")).published
    assert found is not None
    assert (found.date, found.granularity, found.basis) == ("2023-10-09", "day", "inferred")


def refusal(data: bytes, bounds: Bounds) -> InputError:
    with pytest.raises(InputError) as caught:
        extract_pdf(data, bounds)
    return caught.value


LOCK = "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <{0}> /U <{0}> >> /ID [<00> <00>]".format(
    "41" * 32
)
STRANGE = "/Encrypt << /Filter /Nobody.Knows /V 4 >> /ID [<00> <00>]"
REFUSED = [
    (pdf([PAGE], trailer=LOCK), Bounds(), "encrypted", "password", "locked"),
    (pdf([PAGE], trailer=STRANGE), Bounds(), "encrypted", "password", "locked by other means"),
    (pdf([[], []]), Bounds(), "no-text-layer", "OCR", "pictures of pages"),
    (b"%PDF-1.4\n" + b"garbage " * 50, Bounds(), "extractor-failed", "damaged", "no PDF inside"),
    (pdf([PAGE] * 3), Bounds(pdf_pages=2), "too-large", "3 pages", "too many pages"),
    (pdf([PAGE] * 3), Bounds(text_chars=500), "too-large", "Split", "too much text"),
]


@pytest.mark.parametrize(("data", "bounds", "code", "words", "reason"), REFUSED, ids=[row[4] for row in REFUSED])
def test_refused(data: bytes, bounds: Bounds, code: str, words: str, reason: str):
    error = refusal(data, bounds)
    assert (error.code, words in str(error)) == (code, True), (reason, str(error))


def test_bomb():
    """Text a hundred times as large as its file."""
    content = zlib.compress(b"BT /F1 9 Tf 72 700 Td " + b"(%s) Tj 0 -9 Td " % (b"na " * 300) * 400 + b"ET")
    raw = pdf([[(9, 700, "x")]]).replace(b"/Length", b"/Filter /FlateDecode /Length", 1)
    head, _, tail = raw.partition(b"stream\n")
    data = (
        head.replace(b"/Length 37", b"/Length %d" % len(content))
        + b"stream\n"
        + content
        + tail[tail.index(b"endstream") - 1 :]
    )
    assert refusal(data, Bounds(pdf_free_chars=100, pdf_chars_per_byte=10)).code == "too-large"


def test_locked_file_is_one_unreadable(tmp_path: Path):
    (tmp_path / "locked.pdf").write_bytes(pdf([PAGE], trailer=LOCK))
    (tmp_path / "open.pdf").write_bytes(pdf([PAGE]))
    found = [load(item) for item in items([str(tmp_path)])]
    assert isinstance(found[0], Unreadable)
    assert (found[0].code, found[0].name) == ("encrypted", "locked.pdf")
    assert isinstance(found[1], Document)
