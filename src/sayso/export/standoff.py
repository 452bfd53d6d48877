"""Marks on a text and links between them: what every annotation tool understands, in one form for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.export.pages import Page, Sheet
from sayso.records import Figure, Span, Spans, Statement

LABELS = ("Statement", "Source", "Cue", "Hop", "Speaker", "Figure")
"""What a mark may be. ``Speaker`` marks each place that names a speaker, ``Hop`` what carried a statement."""
LINKS = ("source", "cue", "hop", "speaker", "joint", "within", "in")
"""What a link may say: from a statement to its source, cue, hops, speakers and the one around it; from a figure to the
statement that it stands in."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, in fragments, with what is known of it; ``key`` is its own within the sheet."""

    key: str
    label: str
    spans: Spans
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One mark leads to another."""

    label: str
    one: str
    other: str


def _facts(**given: object) -> tuple[tuple[str, str], ...]:
    return tuple((key, str(value)) for key, value in given.items() if value not in ("", None))


def _statement(page: Page, s: Statement) -> Iterator[Mark]:
    speaker = page.speaker(s.speaker)
    facts = _facts(
        id=s.id, kind=s.kind, act=s.act, stance=s.stance, speaker=speaker.name if speaker else "",
        speaker_kind=speaker.kind if speaker else "", joint=" | ".join(page.names(s)), within=s.within,
        chain=" | ".join(h.name for h in s.chain), confidence=s.confidence, speaker_confidence=s.speaker_confidence,
        decided=" ".join(s.decided), sha256=page.digests[s.id],
    )  # fmt: skip
    yield Mark(s.id, "Statement", s.content, facts)
    for label, spans in (("Source", s.source), ("Cue", s.cue)):
        if spans:
            yield Mark(f"{s.id}/{label}", label, spans, (("of", s.id),))
    for n, hop in enumerate(s.chain):
        yield Mark(f"{s.id}/Hop{n}", "Hop", (hop.span,), _facts(of=s.id, name=hop.name, kind=hop.kind))


def _figure(page: Page, sheet: Sheet, f: Figure) -> Mark:
    facts = _facts(
        id=f.id, low=_number(f.low), high=_number(f.high), qualifier=f.qualifier, counted=f.counted, unit=f.unit,
        currency=f.currency, event=f.event, who=f.who, place=f.place, period=f.period, since=f.since, as_of=f.as_of,
        voice=page.voice(sheet.part, f), statement=f.statement,
    )  # fmt: skip
    return Mark(f"{f.id}/Figure", "Figure", (f.span,), facts)


def _number(value: float | None) -> str:
    return "" if value is None else format(value, ".15g")


def marks(page: Page, sheet: Sheet) -> Iterator[Mark]:
    """Every mark of a sheet: speakers where they are named, statements with source, cue and hops, figures."""
    for speaker in sheet.speakers:
        for n, mention in enumerate(speaker.mentions):
            facts = _facts(id=speaker.id, name=speaker.name, kind=speaker.kind)
            yield Mark(f"{speaker.id}/{n}", "Speaker", (mention,), facts)
    for statement in sheet.statements:
        yield from _statement(page, statement)
    for figure in sheet.figures:
        yield _figure(page, sheet, figure)


def links(sheet: Sheet) -> Iterator[Link]:
    """Every link between two marks of a sheet. A speaker is named by the first place that names it."""
    named = {s.id: f"{s.id}/0" for s in sheet.speakers if s.mentions}
    here = {s.id for s in sheet.statements}
    for s in sheet.statements:
        for label, spans in (("Source", s.source), ("Cue", s.cue)):
            if spans:
                yield Link(label.lower(), s.id, f"{s.id}/{label}")
        for n in range(len(s.chain)):
            yield Link("hop", s.id, f"{s.id}/Hop{n}")
        for label, speakers in (("speaker", (s.speaker,)), ("joint", s.joint)):
            for each in speakers:
                if each in named:
                    yield Link(label, s.id, named[each])
        if s.within in here:
            yield Link("within", s.id, str(s.within))
    for f in sheet.figures:
        if f.statement in here:
            yield Link("in", f"{f.id}/Figure", str(f.statement))


def sheet_name(page: Page, sheet: Sheet) -> str:
    """A file name, without ending, for what is made from a sheet."""
    return page.file_name + ("" if sheet.part == "text" else "-headline")


def hull(spans: Spans) -> Span:
    """The one span from the first fragment to the last."""
    return spans[0][0], spans[-1][1]
