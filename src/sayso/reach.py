"""How far a text is read. What lies past that is kept and can be searched, and is named as dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sayso.encoder.words import WORD
from sayso.layout import Page, lay_out
from sayso.layout.view import View
from sayso.records import Block, Document, Dropped

READ_CHARS = 300_000
"""Characters that are laid out: 50,000 words of English. 250,000 took 14 s and 495 MB on one slow core."""
READ_PIECES = 60_000
"""Wordpieces that the encoder reads: 45,000 words of news. Texts of odd characters have a piece for each of them."""
CODE = "too-large"


def lay_out_within(document: Document) -> Page:
    """Lay out a document as far as it is read; its text stays whole."""
    text = document.text
    if len(text) <= READ_CHARS:
        return lay_out(document)
    end = text.rfind("\n", READ_CHARS // 2, READ_CHARS) + 1 or READ_CHARS
    blocks = tuple(Block(b.kind, (b.span[0], min(b.span[1], end))) for b in document.blocks if b.span[0] < end)
    page = lay_out(replace(document, text=text[:end], blocks=blocks))
    return replace(page, document=replace(page.document, text=text), dropped=(*page.dropped, _past(end, len(text))))


def within(page: Page, cut: Callable[[str], Sequence[int]]) -> Page:
    """The page up to the last paragraph that is read. ``cut`` gives the wordpieces of a word."""
    text = page.view.text
    if len(text) <= READ_PIECES:
        return page
    used = 0
    for match in WORD.finditer(text):
        used += len(cut(match[0])) or 1
        if used > READ_PIECES:
            return _up_to(page, match.start())
    return page


def _up_to(page: Page, end: int) -> Page:
    """The page without what comes behind a character of its running text, whole paragraphs where there are any."""
    whole = [p for p in page.paragraphs if p.span[1] <= end]
    end = whole[-1].span[1] if whole else end
    kept = whole or [replace(page.paragraphs[0], span=(page.paragraphs[0].span[0], end))]
    first = page.view.offsets[end]
    last = len(page.document.text) if any(d.code == CODE for d in page.dropped) else page.view.offsets[-1] + 1
    others = tuple(d for d in page.dropped if d.code != CODE)
    view = View(page.view.text[:end], page.view.offsets[:end])
    return replace(page, view=view, paragraphs=tuple(kept), dropped=(*others, _past(first, last)))


def _past(start: int, end: int) -> Dropped:
    reason = f"longer than is read at once: {end - start:,} characters from here on were not read. Split the text."
    return Dropped(CODE, (start, end), reason)
