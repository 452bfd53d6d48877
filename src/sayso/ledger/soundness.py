"""What a reading must keep to before it enters a ledger: every span on its text, every reference to something there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso import identity
from sayso.decisions.page import speaker_part
from sayso.errors import UnsoundReading
from sayso.ledger.keys import PLACES
from sayso.records import Figure, Reading, Span, Statement

COVERED = 64
"""So many times may the spans of one kind cover their text."""
FREE_CHARACTERS = 10_000
"""Characters that spans may cover however short the text is."""


def refuse_unsound(reading: Reading) -> None:
    """Raise UnsoundReading, naming the document and the first fault."""
    fault = next(faults(reading), None)
    if fault is not None:
        raise UnsoundReading(f"The reading of {reading.document.name!r} was not taken: {fault}.")


def faults(reading: Reading) -> Iterator[str]:
    """Every reason why the reading may not be kept, as the end of a sentence."""
    if reading.text_id != identity.text_id(reading.document.text):
        yield "its text_id is not the hash of its text"
    if reading.id != identity.document_id(reading.document):
        yield "its id is not that of its document"
    yield from _references(reading)
    yield from misplaced(reading)


def _all(reading: Reading) -> tuple[list[tuple[str, Statement]], list[tuple[str, Figure]]]:
    head = reading.headline
    statements = [("text", s) for s in reading.statements] + [
        ("headline", s) for s in (head.statements if head else ())
    ]
    figures = [("text", f) for f in reading.figures] + [("headline", f) for f in (head.figures if head else ())]
    return statements, figures


def _references(reading: Reading) -> Iterator[str]:
    statements, figures = _all(reading)
    speaker_ids = {s.id for s in reading.speakers}
    statement_ids = {s.id for _, s in statements}
    if len(speaker_ids) != len(reading.speakers):
        yield "two speakers have one id"
    if len(statement_ids) != len(statements):
        yield "two statements have one id"
    lists = (statements, figures, reading.speakers, reading.findings, reading.document.findings)
    if max(len(each) for each in lists) >= PLACES // 2:
        yield f"it holds more than {PLACES // 2 - 1} rows of one kind"
    for _, s in statements:
        if s.speaker is not None and s.speaker not in speaker_ids:
            yield f"statement {s.id} has a speaker that is not there ({s.speaker})"
        if any(other not in speaker_ids for other in s.joint):
            yield f"statement {s.id} has a joint speaker that is not there"
        if s.within is not None and s.within not in statement_ids:
            yield f"statement {s.id} stands within one that is not there ({s.within})"
    for _, f in figures:
        if f.statement is not None and f.statement not in statement_ids:
            yield f"figure {f.id} stands in a statement that is not there ({f.statement})"


def _covered(reading: Reading) -> Iterator[str]:
    """Spans that say the same text again and again would make a large answer of a small file."""
    statements, _ = _all(reading)
    head = reading.headline.text if reading.headline else ""
    most = COVERED * (len(reading.document.text) + len(head)) + FREE_CHARACTERS
    kinds = {
        "statements": (span for _, s in statements for span in (*s.source, *s.cue, *s.content)),
        "speakers": (span for x in reading.speakers for span in (*x.mentions, *(role.span for role in x.roles))),
        "findings": (span for f in (*reading.findings, *reading.document.findings) for span in f.spans),
        "dropped parts": (x.span for x in reading.dropped),
        "blocks": (b.span for b in reading.document.blocks),
    }
    for kind, spans in kinds.items():
        if sum(end - start for start, end in spans) > most:
            yield f"its {kind} cover its text more than {COVERED} times"


class Cutter:
    """A document's text, and how much may still be cut out of it: a hostile ledger asks for all of it again and again."""

    def __init__(self, text: str) -> None:
        self.text, self.left = text, COVERED * len(text) + FREE_CHARACTERS

    def words(self, start: int, end: int) -> str:
        """The words from ``start`` to ``end``. Raises ValueError where they are no offsets, or too much was asked for."""
        if not 0 <= start <= end:
            raise ValueError(f"a span ({start}, {end}) is none")
        words = self.text[start:end]
        self.left -= len(words)
        if self.left < 0:
            raise ValueError(f"its spans cover its text more than {COVERED} times")
        return words


def misplaced(reading: Reading) -> Iterator[str]:
    """Every span that does not lie in its text, and spans that say the same text again and again."""
    yield from _covered(reading)
    ends = {"text": len(reading.document.text), "headline": len(reading.headline.text) if reading.headline else 0}
    either = max(ends.values())  # hops, findings and dropped parts do not say whether they stand in the headline
    statements, figures = _all(reading)
    for part, s in statements:
        yield from _outside(f"statement {s.id}", (*s.source, *s.cue, *s.content), ends[part])
        yield from _outside(f"a hop of statement {s.id}", (hop.span for hop in s.chain), either)
    for part, f in figures:
        yield from _outside(f"figure {f.id}", (f.span,), ends[part])
        inner = (f.qualifier_span, f.counted_span, f.as_of_span)
        yield from _outside(f"figure {f.id}", (span for span in inner if span is not None), either)
    for speaker in reading.speakers:
        places = (*speaker.mentions, *(role.span for role in speaker.roles))
        yield from _outside(f"speaker {speaker.id}", places, ends[speaker_part(reading, speaker)])
    d = reading.document
    yield from _outside("a block", (b.span for b in d.blocks), ends["text"])
    yield from _outside("a voice", (span for _, span in reading.voices), ends["text"])
    yield from _outside("a date", (date.span for date in reading.dates), either)
    yield from _outside("a finding", (span for f in (*reading.findings, *d.findings) for span in f.spans), either)
    yield from _outside("a dropped part", (x.span for x in reading.dropped), either)
    if d.published and d.published.span:
        yield from _outside("the publication date", (d.published.span,), either)


def _outside(what: str, spans: Iterable[Span], end: int) -> Iterator[str]:
    for start, stop in spans:
        if not 0 <= start <= stop <= end:
            yield f"{what} has a span ({start}, {stop}) outside its text of {end} characters"
