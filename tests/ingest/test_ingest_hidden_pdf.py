"""Letters of a PDF that no reader sees: left out and reported; text recognition over a scan is not among them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "soak"))
from inputs_pdfs import document, stream

from sayso.errors import InputError
from sayso.ingest.pdf import extract_pdf

SHOWN = b"BT /F1 11 Tf 72 700 Td (The gates stay closed, said Ana Venn.) Tj ET\n"
TEXT = "The gates stay closed, said Ana Venn."
IMAGE = stream(b"\0", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray")
SCAN = b"q 595 0 0 842 0 0 cm /I Do Q\n"
STAMP = b"q 60 0 0 60 0 0 cm /I Do Q\n"


def words(operators: bytes, place: bytes = b"72 600 Td") -> bytes:
    """Seven words, set by these operators."""
    return b"BT /F1 11 Tf %s %s (The chair has resigned from her post.) Tj ET\n" % (operators, place)


def read(content: bytes):
    return extract_pdf(document(stream(content), IMAGE, page=b"/XObject << /I 6 0 R >>"))


UNSEEN = [
    (SHOWN + words(b"3 Tr"), True, "set invisible"),
    (SHOWN + words(b"7 Tr"), True, "set to clip and nothing else"),
    (SHOWN + words(b"1 1 1 rg"), True, "white on an unpainted page"),
    (SHOWN + words(b"0.995 g"), True, "nearly white"),
    (SHOWN + words(b"0.2 0.3 0.5 rg"), False, "blue"),
    (SHOWN + b"0 0 0.5 rg 0 500 595 200 re f\n" + words(b"1 1 1 rg"), False, "white on a blue box"),
    (SHOWN + b"1 1 1 rg 0 500 595 200 re f\n" + words(b"1 1 1 rg"), True, "white on a white box"),
    (SHOWN + b"0 0 0.5 rg 0 0 595 200 re f\n" + words(b"1 1 1 rg"), True, "the box stands elsewhere"),
    (SHOWN + SCAN + words(b"1 1 1 rg"), False, "white on a picture"),
    (SHOWN + words(b"/F1 0.01 Tf"), True, "letters of no size"),
    (SHOWN + words(b"0.01 0 0 0.01 72 600 Tm", b"0 0 Td"), True, "made small by the matrix"),
    (SHOWN + words(b"/F1 1 Tf 11 0 0 11 72 600 Tm", b"0 0 Td"), False, "made large by the matrix"),
    (SHOWN + words(b"", b"900 600 Td"), True, "beside the page"),
    (SHOWN + words(b"", b"72 -400 Td"), True, "below the page"),
    (SHOWN * 3 + STAMP + words(b"3 Tr"), True, "invisible on a page with a small picture"),
]


@pytest.mark.parametrize(("content", "hidden", "reason"), UNSEEN, ids=[row[2] for row in UNSEEN])
def test_unseen(content: bytes, hidden: bool, reason: str):
    found = read(content)
    assert TEXT in found.text
    assert ("The chair has resigned" in found.text) is not hidden, reason
    assert [f.code for f in found.findings] == (["hidden-text"] if hidden else []), reason
    if hidden:
        assert "7 words" in found.findings[0].message
        assert "“The chair has" in found.findings[0].message


RECOGNISED = [
    (SCAN + words(b"3 Tr"), "a scanned page with its text over it"),
    (STAMP + words(b"3 Tr"), "the only text of a page with something on it"),
    (SCAN + words(b"3 Tr") * 3 + b"BT /F1 9 Tf 400 20 Td (Page 7) Tj ET\n", "a scanned page with a stamp of its own"),
]


@pytest.mark.parametrize(("content", "reason"), RECOGNISED, ids=[row[1] for row in RECOGNISED])
def test_text_recognition_is_kept(content: bytes, reason: str):
    found = read(content)
    assert "The chair has resigned from her post." in found.text, reason
    assert found.findings == (), reason


def test_words_on_a_scanned_page_that_is_mostly_print():
    """More letters are seen than not: the picture is a background, and the invisible words are nobody's to read."""
    found = read(SCAN + SHOWN * 3 + words(b"3 Tr"))
    assert "resigned" not in found.text
    assert [f.code for f in found.findings] == ["hidden-text"]


@pytest.mark.parametrize("box", [b"[-9e37 -9e37 9e37 9e37]", b"[0 0 0 0]", b"[595 842 0 0]", b"[]"])
def test_page_with_an_odd_box(box: bytes):
    """What is no box hides nothing; one that stands on its head is one."""
    assert extract_pdf(document(stream(SHOWN)).replace(b"[0 0 595 842]", box)).text == TEXT


def test_nothing_that_is_shown():
    with pytest.raises(InputError) as caught:
        read(words(b"3 Tr"))
    assert caught.value.code == "no-text"


def test_pages_are_judged_one_by_one_and_named():
    shown, hidden = document(stream(SHOWN)), stream(SHOWN + words(b"3 Tr"))
    second = b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 595 842] /Contents 7 0 R >>"
    assert shown
    found = extract_pdf(document(stream(SHOWN), second, hidden, pages=b"/Kids [4 0 R 6 0 R] /Count 2"))
    assert found.text == f"{TEXT}\n\n{TEXT}"
    assert "first on page 2" in found.findings[0].message
