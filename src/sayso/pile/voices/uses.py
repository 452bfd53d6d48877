"""Where words are used, and in whose voice: every place of a term on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.pile.voices.carried import Carried
from sayso.pile.voices.forms import Finder
from sayso.pile.voices.negation import denied
from sayso.pile.voices.segments import Segment, Voice, headline_segments, segments, touching
from sayso.records import Reading, Span, Speaker
from sayso.sentences import sentences

WIDEST = 240
"""Characters to either side of a word that its sentence is shown with, whole words: nearly all sentences of the news are
shorter."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place of a term.

    ``span`` counts in the text of the document, or of its headline where ``part`` says so; ``sentence`` is the sentence
    around it, cut to ``WIDEST`` characters on each side; ``cut`` says whether it is, before and behind. ``title``: in the
    title of the page. ``source`` is who an own word was carried from (empty where that is unknown), ``source_document`` the
    page that had it first.
    """

    term: str
    words: str
    voice: Voice
    denied: bool
    title: bool
    speaker: str
    speaker_kind: str
    joint: tuple[str, ...]
    statement: str
    source: str
    source_document: str
    outlet: str
    published: str
    document: str
    document_id: str
    part: str
    span: Span
    sentence_span: Span
    sentence: str
    cut: tuple[bool, bool] = (False, False)
    speaker_id: str = ""


@dataclass(frozen=True, slots=True)
class PageVoices:
    """A page with its stretches of one voice: what words are counted in. Made by :func:`page_voices`."""

    reading: Reading
    parts: tuple[Segment, ...]
    starts: tuple[int, ...]
    headline: tuple[Segment, ...]
    headline_starts: tuple[int, ...]
    carried: tuple[Carried, ...]

    def segment(self, span: Span, part: str) -> Segment | None:
        """The segment whose words those at ``span`` are; None outside of what was read."""
        if part == "headline":
            return touching(self.headline, self.headline_starts, span)
        return touching(self.parts, self.starts, span)

    def source(self, span: Span) -> Carried | None:
        """What the words at ``span`` of the text were carried from; None where they were not."""
        held = [c for c in self.carried if c.span[0] <= span[0] and span[1] <= c.span[1]]
        return min(held, key=lambda c: (not c.source, c.basis != "credit", c.span, c.source, c.document), default=None)


def page_voices(reading: Reading, carried: Sequence[Carried] = ()) -> PageVoices:
    """A page made ready for counting. ``carried``: what it took from elsewhere."""
    parts, headline = segments(reading), headline_segments(reading)
    starts = tuple(part.span[0] for part in parts)
    return PageVoices(reading, parts, starts, headline, tuple(part.span[0] for part in headline), tuple(carried))


def uses(page: PageVoices, finder: Finder) -> Iterator[Use]:
    """Every place of the finder's terms on a page: those of a headline that stands apart, then the text's, in order."""
    reading = page.reading
    speakers = {speaker.id: speaker for speaker in reading.speakers}
    if reading.headline is not None:
        yield from _uses_in(page, finder, "headline", reading.headline.text, speakers)
    yield from _uses_in(page, finder, "text", reading.document.text, speakers)


def _uses_in(page: PageVoices, finder: Finder, part: str, text: str, speakers: dict[str, Speaker]) -> Iterator[Use]:
    bounds: list[Span] = []
    for number, span in finder.find(text):
        bounds = bounds or _sentences(page.reading, part, text)
        yield _use(page, finder.terms[number].name, part, text, span, bounds, speakers)


def _sentences(reading: Reading, part: str, text: str) -> list[Span]:
    if part == "headline":
        return [(0, len(text))]
    return sentences(text, [block.span for block in reading.document.blocks]) or [(0, len(text))]


def _around(bounds: Sequence[Span], span: Span, text: str) -> tuple[Span, tuple[bool, bool]]:
    """The sentence that a place stands in, at most ``WIDEST`` characters to either side; and whether it is cut there."""
    low, high = 0, len(bounds)
    while low < high:
        middle = (low + high) // 2
        if bounds[middle][1] <= span[0]:
            low = middle + 1
        else:
            high = middle
    start, end = bounds[low] if low < len(bounds) and bounds[low][0] <= span[0] else span
    first, last = max(start, span[0] - WIDEST), min(max(end, span[1]), span[1] + WIDEST, len(text))
    if first > start:
        first = text.find(" ", first, span[0]) + 1 or first
    if last < end:
        blank = text.rfind(" ", span[1], last)
        last = blank if blank >= 0 else last
    cut = (bool(text[max(start, first - 8) : first].strip()), bool(text[last : min(end, last + 8)].strip()))
    shown = text[first:last]
    return (last - len(shown.lstrip()), first + len(shown.rstrip())), cut


def _use(
    page: PageVoices, term: str, part: str, text: str, span: Span, bounds: Sequence[Span], speakers: dict[str, Speaker]
) -> Use:
    reading, document = page.reading, page.reading.document
    sentence, cut = _around(bounds, span, text)
    segment = page.segment(span, part)
    voice: Voice = "aside" if segment is None else segment.voice
    carried = page.source(span) if voice == "own" and part == "text" else None
    held = segment.statement if segment is not None and voice in ("direct", "indirect") else None
    speaker = speakers.get(held.speaker or "") if held is not None else None
    return Use(
        term=term,
        words=text[slice(*span)],
        voice="carried" if carried else voice,
        denied=denied(text, span),
        title=part == "headline" or (segment is not None and segment.title),
        speaker=speaker.name if speaker else "",
        speaker_kind=speaker.kind if speaker else "",
        joint=tuple(speakers[i].name for i in held.joint if i in speakers) if held else (),
        statement=held.id if held else "",
        source=carried.source if carried else "",
        source_document=carried.document if carried else "",
        outlet=document.outlet,
        published=document.published.date if document.published else "",
        document=document.name,
        document_id=reading.id,
        part=part,
        span=span,
        sentence_span=sentence,
        sentence=text[slice(*sentence)],
        cut=cut,
        speaker_id=speaker.id if speaker else "",
    )
