"""PDF → text with its paragraphs rebuilt from where the lines stand. Runs in the extractor process; pdfium is not thread-safe.

Lines keep their order and their hard breaks; a blank line stands where the gap between two lines is larger than the page's own
line spacing, where the letters change size, and between pages. Page numbers and running heads stay in the text: telling them
apart is the work of ``layout``. Letters that no reader sees are left out and reported (:mod:`sayso.ingest.pdfink`).
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from sayso.errors import InputError
from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.extracted import Extracted
from sayso.ingest.fields import tidy
from sayso.ingest.losses import hidden_in_pdf
from sayso.ingest.pdfink import SEEN, PageInk
from sayso.ingest.published import published_of
from sayso.records import Published

EXTRACTOR = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO.version}"
_GAP = 1.3  # of the page's usual line pitch; paragraphs are set 1.4 to 2 apart, lines of one vary by less than 1.1
_PITCH = 1.25  # of the letters' height: line pitch where a page has too few lines of a size to tell; printers use 1.15 to 1.35
_ENOUGH = 3  # lines of one size that tell its pitch
_FAR = 3.0  # of the letters' height; lines further apart have nothing to do with each other
_SIZE = 1.15  # ratio of letter heights at which a heading ends and its text begins
_LONGEST = 4_000  # characters of a title or a list of authors
_HYPHENS = {0xFFFE, 0x2}  # pdfium's own marks for a hyphen at the end of a line
_STAMP = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?(?:(\d{2})(\d{2})(?:\d{2})?)?(Z|[+-]\d{2}'?\d{0,2})?")
_PRODUCERS = re.compile(
    r"^(?:microsoft word|untitled|print|about:blank|slide 1)\b|\.(?:docx?|odt|indd|qxd|pdf|pages|rtf|html?)$", re.I
)
_ENCRYPTED = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}


@dataclass(slots=True)
class _Pages:
    """What has been read so far: the text of each page that has one, and the unseen words with the number of their page."""

    texts: list[str] = field(default_factory=list)
    hidden: list[tuple[int, str]] = field(default_factory=list)
    size: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its text, base line and height of its letters in points from the page's lower edge."""

    text: str
    base: float
    height: float


def extract_pdf(data: bytes, bounds: Bounds = BOUNDS) -> Extracted:
    """Text and metadata of one PDF.

    Raises InputError ``encrypted``, ``no-text``, ``no-text-layer``, ``too-large`` or ``extractor-failed``.
    """
    document = _open(data)
    try:
        pages = _pages(document, bounds, max(bounds.pdf_free_chars, bounds.pdf_chars_per_byte * len(data)))
        known = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    title = tidy(known.get("Title", "")[:_LONGEST])
    return Extracted(
        text="\n\n".join(pages.texts),
        extractor=EXTRACTOR,
        title="" if _PRODUCERS.search(title) else title,
        byline=tidy(known.get("Author", "")[:_LONGEST]),
        published=_published(known.get("CreationDate", "")),
        findings=hidden_in_pdf(pages.hidden),
    )


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in _ENCRYPTED:
            raise InputError(
                "encrypted", "The PDF is locked with a password. Unlock it, save it without one, and read it again."
            ) from None
        raise InputError(
            "extractor-failed",
            "The PDF is damaged or is none. Open it in a viewer and save it again, or give its text.",
        ) from None


def _pages(document: pypdfium2.PdfDocument, bounds: Bounds, limit: int) -> _Pages:
    """The text of all pages. Raises InputError."""
    if len(document) > bounds.pdf_pages:
        why = f"The PDF has {len(document):,} pages; the limit is {bounds.pdf_pages:,}. Split it."
        raise InputError("too-large", why)
    pages = _Pages()
    for number in range(len(document)):
        try:
            _read_page(document, number, pages)
        except pypdfium2.PdfiumError:
            why = f"Page {number + 1} of the PDF is damaged. Save the PDF again from a viewer, or give its text."
            raise InputError("extractor-failed", why) from None
        if pages.size > min(limit, bounds.text_chars):
            raise InputError("too-large", f"The PDF unpacks to more than {pages.size:,} characters of text. Split it.")
    if not pages.texts and pages.hidden:
        raise InputError(
            "no-text", "The PDF holds words and shows none of them on its pages. If they are meant, give its text."
        )
    if not pages.texts:
        raise InputError(
            "no-text-layer",
            "The PDF holds pictures of pages and no text. Run text recognition (OCR) over it and read the result.",
        )
    return pages


def _read_page(document: pypdfium2.PdfDocument, number: int, pages: _Pages) -> None:
    """Add one page to what has been read."""
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            flags = PageInk(page, text_page).flags()
            seen = page_text(list(_split(text_page, flags, True)))
            hidden = " ".join(line.text for line in _split(text_page, flags, False)) if any(flags) else ""
        finally:
            text_page.close()
    finally:
        page.close()
    pages.size += len(seen) + len(hidden)
    if seen:
        pages.texts.append(seen)
    if hidden:
        pages.hidden.append((number + 1, hidden))


def page_text(lines: list[Line]) -> str:
    """The lines of one page with a blank line between paragraphs."""
    pairs = list(pairwise(lines))
    pitches: dict[int, list[float]] = {}
    for above, below in pairs:
        if _follows(above, below):
            pitches.setdefault(round(above.height), []).append(above.base - below.base)
    usual = {size: median(found) for size, found in pitches.items() if len(found) >= _ENOUGH}
    out = lines[0].text if lines else ""
    for above, below in pairs:
        pitch = usual.get(round(above.height), _PITCH * above.height)
        together = _follows(above, below) and above.base - below.base <= _GAP * pitch
        out += ("\n" if together else "\n\n") + below.text
    return out


def _follows(above: Line, below: Line) -> bool:
    """Whether one line is set under the other in letters of the same size."""
    alike = max(above.height, below.height) <= _SIZE * min(above.height, below.height)
    return alike and 0 < above.base - below.base <= _FAR * above.height


def _split(text_page: pypdfium2.PdfTextPage, flags: bytearray, seen: bool) -> Iterator[Line]:
    """Lines out of pdfium's characters that are seen (or are not), which it parts by line breaks of its own."""
    raw = text_page.raw
    letters: list[str] = []
    bases: list[float] = []
    heights: list[float] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for index, flag in enumerate(flags):
        if (flag == SEEN) is not seen:
            continue
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (0x0A, 0x0D):
            yield from _line(letters, bases, heights)
            letters, bases, heights = [], [], []
            continue
        if not code:
            continue
        if code in _HYPHENS:  # pdfium runs the next line on after its mark
            yield from _line([*letters, "-"], bases, heights)
            letters, bases, heights = [], [], []
            continue
        letters.append(chr(code))
        if code > 0x20 and not pdfium.FPDFText_IsGenerated(raw, index):
            pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
            bases.append(y.value)
            heights.append(abs(pdfium.FPDFText_GetFontSize(raw, index)))
    yield from _line(letters, bases, heights)


def _line(letters: list[str], bases: list[float], heights: list[float]) -> Iterator[Line]:
    text = " ".join("".join(letters).encode("utf-16", "surrogatepass").decode("utf-16", "replace").split())
    if text:
        yield Line(text, median(bases) if bases else 0.0, median(heights) if heights else 0.0)


def _published(stamp: str) -> Published | None:
    """The day on which the file was made: a guess at when its text came out, and marked as one."""
    match = _STAMP.match(stamp)
    if match is None:
        return None
    return published_of("-".join(part for part in match.groups()[:3] if part), "inferred")
