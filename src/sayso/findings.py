"""What does not add up on one page, said in one plain sentence each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.layout import Page
from sayso.quotes import Quotation
from sayso.records import Finding

_DATED = re.compile(
    r"\d|(?i:\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b)"
)
SHOWN = 60  # characters of the text that a message repeats


def unclosed(page: Page, marks: Sequence[Quotation]) -> list[Finding]:
    """Quotations that are opened and never closed, and do not run on into the next paragraph."""
    text = page.view.text
    starts = {p.span[0]: n for n, p in enumerate(page.paragraphs)}
    ends = {p.span[1]: n for n, p in enumerate(page.paragraphs)}
    opening = {starts[at] for q in marks for at in (q.start, q.start - 1) if at in starts}
    found = []
    for q in marks:
        n = ends.get(q.end)
        if q.closed or n is None or n + 1 in opening:
            continue
        words = " ".join(text[q.start : q.start + SHOWN].split())
        message = f"a quotation is opened and never closed: {words} …"
        found.append(Finding("quotation-unclosed", message, (page.view.back(q.start, q.end),)))
    return found


def dateless(page: Page) -> list[Finding]:
    """A page that says nowhere when it was published."""
    stamps = (page.document.text[slice(*b.span)] for b in page.document.blocks if b.kind in ("dateline", "byline"))
    if page.document.published or any(_DATED.search(stamp) for stamp in stamps):
        return []
    return [Finding("date-missing", "no date of publication was found in the metadata, a dateline or the byline")]


def findings_of(page: Page, marks: Sequence[Quotation]) -> tuple[Finding, ...]:
    """All findings of one page: what ingest and layout noticed, then what the text shows."""
    return (*page.document.findings, *page.findings, *unclosed(page, marks), *dateless(page))
