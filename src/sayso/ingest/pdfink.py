"""Which letters of a PDF page a reader can see. Runs in the extractor process, as all that touches pdfium does.

Unseen are letters that are set invisible (text render modes 3 and 7), clear or white on a page that nothing is painted on, smaller
than a point, or outside the page's box. The one use of invisible letters that is honest is text recognition laid over the
picture of a page: there they are the page's text, and stay.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from math import hypot, inf

import pypdfium2
import pypdfium2.raw as pdfium

SEEN, INVISIBLE, HIDDEN = 0, 1, 2
_OBJECTS = 5_000  # painted things of a page that are looked at; pages of news have some hundreds, maps 100,000
_FORMS = 2  # forms in forms that are looked into
_DUST = 1.0  # points; the smallest print of a page has 4
_WHITE = 250  # of red, green and blue each, of 255
_MARGIN = 2.0  # points that a letter's origin may lie outside the page and still be seen in part
_LARGEST = 1e6  # points; the format ends at 14,400, with its own unit at a hundred times that
_SCANNED = 0.5  # of the page that pictures cover where it is the picture of a page; scans cover nearly all of it
_STAMPED = 0.5  # seen letters for each invisible one: a scanned page may bear a stamp or a running head of its own

Box = tuple[float, float, float, float]  # left, bottom, right, top


class PageInk:
    """The letters of one page by whether they are seen."""

    def __init__(self, page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> None:
        self.page, self.raw = page, text_page.raw

    def flags(self) -> bytearray:
        """For each of pdfium's characters SEEN or HIDDEN; blanks that it adds itself go with the letter before."""
        flags = bytearray(pdfium.FPDFText_CountChars(self.raw))
        if not self._is_suspect():
            return flags
        known: dict[int, tuple[int, bool]] = {}
        last = SEEN
        for index in range(len(flags)):
            if not pdfium.FPDFText_IsGenerated(self.raw, index):
                last = self._flag(index, known)
            flags[index] = last
        invisible, seen = flags.count(INVISIBLE), flags.count(SEEN)
        if invisible:
            kept = SEEN if self._is_scanned(seen, invisible) else HIDDEN
            flags = flags.replace(bytes((INVISIBLE,)), bytes((kept,)))
        return flags

    def _is_suspect(self) -> bool:
        """Whether any stretch of text may hold letters that are not seen: a look at each stretch spares one at each letter."""
        left, bottom, right, top = self.box
        count = 0
        for text in self.page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=_FORMS):
            count += 1
            try:
                x, b, r, t = _upright(text.get_bounds())
            except pypdfium2.PdfiumError:
                return True
            outside = x < left - _MARGIN or b < bottom - _MARGIN or r > right + _MARGIN or t > top + _MARGIN
            if count > _OBJECTS or outside or _of_object(text.raw) != (SEEN, False):
                return True
        return not count  # text in deeper forms

    def _flag(self, index: int, known: dict[int, tuple[int, bool]]) -> int:
        found = pdfium.FPDFText_GetTextObject(self.raw, index)
        key = ctypes.cast(found, ctypes.c_void_p).value or 0
        if key not in known:
            known[key] = _of_object(found) if key else (SEEN, False)
        flag, white = known[key]
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.raw, index, x, y)
        if not _is_inside(x.value, y.value, self.box, _MARGIN):
            return HIDDEN
        if white and not any(_is_inside(x.value, y.value, painted, _MARGIN) for painted in self.painted):
            return HIDDEN
        return flag

    @cached_property
    def box(self) -> Box:
        """The part of the page that is shown; everything where the page has no box that can be."""
        media, crop = (_upright(box) for box in (self.page.get_mediabox(), self.page.get_cropbox()))
        left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
        right, top = min(media[2], crop[2]), min(media[3], crop[3])
        if not (left < right and bottom < top):
            left, bottom, right, top = media
        sane = 0 < right - left <= _LARGEST and 0 < top - bottom <= _LARGEST
        return (left, bottom, right, top) if sane else (-inf, -inf, inf, inf)

    @cached_property
    def painted(self) -> tuple[Box, ...]:
        """Where pictures stand and where something other than white is painted."""
        return tuple(box for box, _ in self._things())

    def _is_scanned(self, seen: int, invisible: int) -> bool:
        """Whether the page is the picture of a page, so that its invisible letters are what was recognised in it."""
        if seen > _STAMPED * invisible:
            return False
        if not seen and self.painted:
            return True
        left, bottom, right, top = self.box
        if right - left > _LARGEST:
            return False
        covered = sum(
            max(0.0, min(r, right) - max(x, left)) * max(0.0, min(t, top) - max(b, bottom))
            for (x, b, r, t), is_picture in self._things()
            if is_picture
        )
        return covered >= _SCANNED * (right - left) * (top - bottom)

    def _things(self) -> Iterator[tuple[Box, bool]]:
        """The boxes of what is painted, and whether each is a picture."""
        wanted = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
        for thing in islice(self.page.get_objects(filter=wanted, max_depth=_FORMS), _OBJECTS):
            if thing.type != pdfium.FPDF_PAGEOBJ_PATH or _is_filled(thing.raw):
                try:
                    yield _upright(thing.get_bounds()), thing.type == pdfium.FPDF_PAGEOBJ_IMAGE
                except pypdfium2.PdfiumError:
                    continue


def _of_object(text: object) -> tuple[int, bool]:
    """How the letters of one text object are set, and whether they are white."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text)
    if mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP):
        return INVISIBLE, False
    if _height(text) < _DUST:
        return HIDDEN, False
    if mode in (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP):
        return SEEN, False
    colour = _fill(text)
    return (HIDDEN if colour is not None and not colour[3] else SEEN), colour is not None and min(colour[:3]) >= _WHITE


def _height(text: object) -> float:
    """Height of the letters in points; infinite where pdfium does not say."""
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    if not pdfium.FPDFTextObj_GetFontSize(text, size) or not pdfium.FPDFPageObj_GetMatrix(text, matrix):
        return float("inf")
    return abs(size.value) * hypot(matrix.c, matrix.d)


def _fill(thing: object) -> tuple[int, int, int, int] | None:
    """Red, green, blue and alpha of what fills a thing."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(thing, *parts):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _is_filled(path: object) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, mode, stroke) or not mode.value:
        return False
    colour = _fill(path)
    return colour is None or (colour[3] > 0 and min(colour[:3]) < _WHITE)


def _is_inside(x: float, y: float, box: Box, margin: float) -> bool:
    return box[0] - margin <= x <= box[2] + margin and box[1] - margin <= y <= box[3] + margin


def _upright(box: Box) -> Box:
    left, bottom, right, top = box
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
