"""What does not add up on one page, said in one plain sentence each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.dates import Candidate, Found, contradicted, impossible_days, missing, weekday_mismatches
from sayso.findings.figures import disagreeing
from sayso.layout import Page
from sayso.quotes import Quotation
from sayso.records import Figure, Finding, Published, Statement
from sayso.speakers import Resolution
from sayso.speakers.names import parse

LEAST_SAID = 4  # words
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


def dated(page: Page, dates: Sequence[Found], told: Sequence[Candidate]) -> list[Finding]:
    """What does not add up about the dates of a page; spans of ``dates`` and ``told`` are those of the document."""
    text = page.document.text
    told = [replace(c, published=_placed(c.published, told)) for c in told]
    doubts = (
        *missing(told), *contradicted(text, dates, told), *weekday_mismatches(text, dates), *impossible_days(text, dates),
    )  # fmt: skip
    return [Finding(doubt.code, doubt.message, doubt.spans) for doubt in doubts]


def _placed(published: Published, told: Sequence[Candidate]) -> Published:
    """A date from the metadata with the place where the page says it too."""
    if published.span is not None:
        return published
    same = (c.published.span for c in told if c.published.span and c.published.date[:10] == published.date[:10])
    return replace(published, span=next(same, None))


def named(page: Page, resolution: Resolution) -> list[Finding]:
    """Names spelled in several ways, and pronouns that cannot be who is meant."""
    found = []
    for v in resolution.variants:
        spellings = ", ".join(spelling for spelling, _ in v.spellings)
        message = f"one person's name is spelled in {len(v.spellings)} ways: {spellings}"
        found.append(Finding("name-variants", message, tuple(page.view.back(*span) for _, span in v.spellings)))
    for m in resolution.mismatches:
        word = " ".join(page.view.text[slice(*m.pronoun)].split())
        message = f"“{word}” could only be {m.name}, who is “{m.called}” elsewhere or by the name"
        found.append(Finding("pronoun-mismatch", message, (page.view.back(*m.pronoun), page.view.back(*m.named))))
    return found


def publishing(page: Page, resolution: Resolution, statements: Sequence[Statement], speakers: Sequence[str | None]) -> list[Finding]:
    """Speakers that are the outlet itself: a body's own page, or a paper that quotes itself. ``speakers`` are the ids."""
    outlet = _plain(page.document.outlet)
    text = page.document.text
    said = {s.speaker: s.source for s in reversed(statements) if s.act == "say" and s.source and _says(text, s)}
    found = []
    for speaker, identity in zip(resolution.named, speakers, strict=True):
        if outlet and _plain(speaker.name) == outlet and identity in said:
            message = f"{speaker.name} speaks on a page that it publishes itself"
            found.append(Finding("speaker-is-publisher", message, said[identity]))
    return found


def _plain(name: str) -> tuple[str, ...]:
    return tuple(part for part in parse(name).key if part != "the")


def _says(text: str, statement: Statement) -> bool:
    """Whether a statement says something in so many words; "the Post's request for comment on it" does not."""
    words = " ".join(text[start:end] for start, end in statement.content).split()
    source = "".join(text[start:end] for start, end in statement.source)
    return len(words) >= LEAST_SAID and not source.endswith(("'s", "’s", "s'", "s’"))


def findings_of(
    page: Page, marks: Sequence[Quotation], dates: Sequence[Found], told: Sequence[Candidate]
) -> tuple[Finding, ...]:
    """The findings of one page that need no statements: what ingest and layout noticed, then marks and dates.

    ``marks`` count in the view, ``dates`` and ``told`` (what the page says of its date) in the document.
    """
    return (*page.document.findings, *page.findings, *unclosed(page, marks), *dated(page, dates, told))


def findings_of_statements(
    page: Page,
    resolution: Resolution,
    speakers: Sequence[str | None],
    figures: Sequence[Figure],
    statements: Sequence[Statement],
) -> tuple[Finding, ...]:
    """The findings of one page that rest on its statements, whose spans and those of ``figures`` are the document's.

    ``speakers``: the ids of the named ones of ``resolution``.
    """
    return (
        *named(page, resolution),
        *publishing(page, resolution, statements, speakers),
        *disagreeing(page.document, figures, statements),
    )
