"""The one stream that every format is written from: pages of a ledger, one after the other, and what is on them.

A page holds the reading that is shown, people's decisions carried out, and only what was asked for. Where no words may be
given away, none are in it any more: see :func:`without_words`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from sayso.decisions import Decision
from sayso.decisions.page import speaker_part
from sayso.export.taken import by_page
from sayso.identity import text_id
from sayso.ledger import DocumentFilter, Ledger
from sayso.ledger.labelling import labels_on
from sayso.records import Figure, Finding, Reading, Span, Spans, Speaker, Statement

PART = " … "
"""Between the fragments of a statement, as in every table of the project."""
_SIGN, _WIDE = "x", "\U0001d431"
_PLAIN = re.compile(r"[^\s\U00010000-\U0010ffff]")
_SUPPLEMENTARY = re.compile(r"[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which pages, and what of them. Empty means any; dates and parts of names as in :mod:`sayso.ledger.rows`.

    With a ``speaker``, only pages where that one speaks, with those statements, their figures and speakers alone.
    ``all_acts`` takes what is thought and wanted too, not only what is said.
    """

    document: str = ""
    outlet: str = ""
    speaker: str = ""
    since: str = ""
    until: str = ""
    all_acts: bool = False


ALL = Filters()
"""Every page, with all that was said."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One text and what stands on it: that of the page (``part`` text), or a headline read on its own.

    Where words are not given, ``text`` holds a sign for each character: as long in code points and in UTF-16 units, with
    the white space where it was, so that offsets fit it.
    """

    part: str
    text: str
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is exported. ``digests`` holds SHA-256 of the words of each statement and figure, by id.

    ``words`` is false where none may be given: the reading holds none then, and ``texts`` are signs. ``decisions`` are those
    that were taken on it, in order; they quote the page, and come only where all of it does, in words. Where a whole ledger goes
    out, its first page has those on no page, too (labels on names and outlets). ``labels`` are the user's,
    by the id of the statement or speaker, and by the empty string those on the outlet.
    """

    reading: Reading
    words: bool
    texts: dict[str, str]
    digests: dict[str, str]
    decisions: tuple[Decision, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def sheets(self) -> Iterator[Sheet]:
        """The headline that was read on its own, where there is one, and the text; speakers where their mentions count."""
        r, head = self.reading, self.reading.headline
        apart = {s.id for s in r.speakers if speaker_part(r, s) == "headline"}
        if head is not None:
            there = tuple(s for s in r.speakers if s.id in apart)
            yield Sheet("headline", self.texts["headline"], head.statements, head.figures, there)
        here = tuple(s for s in r.speakers if s.id not in apart)
        yield Sheet("text", self.texts["text"], r.statements, r.figures, here)

    def statements(self) -> Iterator[tuple[str, Statement]]:
        """Every statement with the part that its offsets count in, the headline's first."""
        for sheet in self.sheets():
            for statement in sheet.statements:
                yield sheet.part, statement

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Every figure with the part that its offsets count in, the headline's first."""
        for sheet in self.sheets():
            for figure in sheet.figures:
                yield sheet.part, figure

    def cut(self, part: str, spans: Spans) -> str:
        """The words at spans, fragments joined by " … "; empty where no words are given."""
        return PART.join(self.texts[part][start:end] for start, end in spans) if self.words else ""

    def speaker(self, identity: str | None) -> Speaker | None:
        """The speaker with an id; None where it is left open."""
        return next((s for s in self.reading.speakers if s.id == identity), None)

    def names(self, statement: Statement) -> tuple[str, ...]:
        """The names of those who speak with the first."""
        return tuple(s.name for each in statement.joint if (s := self.speaker(each)) is not None)

    def labels_of(self, identity: str | None) -> tuple[str, ...]:
        """The user's labels on a statement or a speaker, by id; those on the outlet by the empty string."""
        return () if identity is None else self.labels.get(identity, ())

    def voice(self, part: str, figure: Figure) -> str:
        """Whose word a figure is: ``statement``, ``quoted``, ``unsure`` or ``own``, as in ``sayso figures``."""
        if figure.statement is not None:
            return "statement"
        start, end = figure.span
        over = {v for v, (a, b) in self.reading.voices if a < end and start < b} if part == "text" else set()
        return next((voice for voice in ("statement", "quoted", "unsure", "own") if voice in over), "unsure")

    @property
    def published(self) -> str:
        """The date of publication as the reading has it; empty where there is none."""
        stamp = self.reading.document.published
        return stamp.date if stamp else ""

    @property
    def file_name(self) -> str:
        """A name for files made from this page: plain letters, and the beginning of the page's id."""
        plain = re.sub(r"[^A-Za-z0-9]+", "-", self.reading.document.name[-80:]).strip("-")[:40].strip("-")
        return f"{plain}-{self.reading.id[:12]}" if plain else self.reading.id[:12]


def signs(text: str) -> str:
    """A sign in place of every character but white space, of the same width in UTF-16."""
    return _PLAIN.sub(_SIGN, _SUPPLEMENTARY.sub(_WIDE, text))


def pages(ledger: Ledger, filters: Filters, *, words: bool = True) -> Iterator[Page]:
    """The pages of a ledger by name, each with what was asked for. Raises UnknownDocument and errors of the ledger."""
    decided = by_page(ledger) if words and not filters.speaker else {}
    of_none = decided.get("", ()) if filters in (ALL, replace(ALL, all_acts=True)) else ()
    for reading in _readings(ledger, filters):
        page = page_of(reading, filters, words=words)
        if page is not None:
            taken, of_none = (*of_none, *decided.get(reading.id, ())), ()
            yield replace(page, decisions=taken, labels=labels_on(ledger, reading.id))


def _readings(ledger: Ledger, filters: Filters) -> Iterator[Reading]:
    only = ledger.reading(filters.document) if filters.document else None
    if only is not None and not (filters.outlet or filters.since or filters.until):
        yield only
        return
    for row in ledger.documents(DocumentFilter(outlet=filters.outlet, since=filters.since, until=filters.until)):
        if only is not None and row.id != only.id:
            continue
        yield ledger.reading(row.id)


def page_of(reading: Reading, filters: Filters = ALL, *, words: bool = True) -> Page | None:
    """One reading as a page to export; None where the speaker that was asked for does not speak on it."""
    chosen = _chosen(reading, filters)
    if filters.speaker and not any(chosen.statements) and not (chosen.headline and chosen.headline.statements):
        return None
    texts = {"text": reading.document.text, "headline": reading.headline.text if reading.headline else ""}
    page = Page(chosen, True, texts, {})
    found = {s.id: text_id(page.cut(part, s.content)) for part, s in page.statements()}
    found |= {f.id: text_id(page.cut(part, (f.span,))) for part, f in page.figures()}
    if words:
        return replace(page, digests=found)
    return Page(without_words(chosen), False, {part: signs(text) for part, text in texts.items()}, found)


def _chosen(reading: Reading, filters: Filters) -> Reading:
    head = reading.headline
    every = (*(head.statements if head else ()), *reading.statements)
    named = {s.id: s.name.casefold() for s in reading.speakers}
    wanted = filters.speaker.casefold()

    def speaks(s: Statement) -> bool:
        return not wanted or any(wanted in named.get(each, "") for each in (s.speaker or "", *s.joint))

    ours = {s.id: s for s in every if speaks(s)}
    kept = {i for i, s in ours.items() if filters.all_acts or s.act == "say"}
    outer = {s.id: s.within for s in every}

    def statements(given: tuple[Statement, ...]) -> tuple[Statement, ...]:
        return tuple(replace(s, within=_kept_around(s, outer, kept)) for s in given if s.id in kept)

    def figures(given: tuple[Figure, ...]) -> tuple[Figure, ...]:
        return tuple(f for f in given if not wanted or f.statement in ours)

    if head is not None:
        head = replace(head, statements=statements(head.statements), figures=figures(head.figures))
    speaking = {each for i in kept for each in (ours[i].speaker, *ours[i].joint)}
    return replace(
        reading,
        headline=head,
        statements=statements(reading.statements),
        figures=figures(reading.figures),
        speakers=tuple(s for s in reading.speakers if not wanted or s.id in speaking),
        findings=() if wanted else reading.findings,
        dropped=() if wanted else reading.dropped,
    )


def _kept_around(statement: Statement, outer: dict[str, str | None], kept: set[str]) -> str | None:
    """The nearest statement around this one that is exported."""
    around, seen = statement.within, {statement.id}
    while around is not None and around not in kept and around not in seen:
        seen.add(around)
        around = outer.get(around)
    return around if around in kept else None


def without_words(reading: Reading) -> Reading:
    """The reading without words of the page.

    What stays: ids, hashes, offsets, numbers, dates, the values that are ours (kinds, events, units, codes), and names:
    of the page, outlet, author (byline), speakers and carriers. What goes: text, headline, title, roles, the words of figures
    (qualifier, what is counted, who, where), messages of findings, reasons of what was dropped, the user's own columns.
    """
    head = reading.headline
    document = replace(reading.document, text="", title="", extra=(), findings=_mute(reading.document.findings))
    return replace(
        reading,
        document=document,
        headline=head and replace(head, text="", figures=tuple(map(_bare, head.figures))),
        figures=tuple(map(_bare, reading.figures)),
        speakers=tuple(replace(s, roles=tuple(replace(r, text="") for r in s.roles)) for s in reading.speakers),
        findings=_mute(reading.findings),
        dropped=tuple(replace(d, reason="") for d in reading.dropped),
    )


def _bare(figure: Figure) -> Figure:
    return replace(figure, qualifier="", counted="", who="", place="", since="")


def _mute(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(replace(f, message="") for f in findings)


def told(spans: Spans) -> str:
    """Spans as words of a table: ``31-90 95-100``."""
    return " ".join(f"{start}-{end}" for start, end in spans)


class Units:
    """Offsets of a text in UTF-16 units, as Java, JavaScript and UIMA count them, for offsets in code points.

    Characters above U+FFFF take two units. Made in one pass; each offset is then found by bisection.
    """

    __slots__ = ("_wide",)

    def __init__(self, text: str) -> None:
        self._wide = tuple(match.start() for match in _SUPPLEMENTARY.finditer(text))

    def __call__(self, offset: int) -> int:
        """The UTF-16 offset of a code point offset."""
        return offset + bisect_left(self._wide, offset)

    def span(self, span: Span) -> Span:
        """A span in UTF-16 units."""
        return self(span[0]), self(span[1])
