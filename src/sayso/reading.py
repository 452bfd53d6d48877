"""``read``: one document in, one reading out; the whole way on one page.

    document → layout → encoder → statements → speakers → voices, findings = Reading

Pure: the same document and model give the same reading, whatever was read before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from sayso.chains import Name, Said, chains_of
from sayso.dates import Candidate, Found, best, dates_of, told
from sayso.encoder.annotate import annotate
from sayso.encoder.annotations import Annotations
from sayso.encoder.session import ENGLISH, Encoder
from sayso.errors import InputError
from sayso.figures import figures_of
from sayso.findings import findings_of, findings_of_statements
from sayso.identity import document_id, figure_id, speaker_id, statement_id, text_id
from sayso.ingest import items, load
from sayso.layout import Page, lay_out
from sayso.quotes import Quotation, all_quotations
from sayso.reach import lay_out_within, within
from sayso.records import (
    DateMention,
    Document,
    Dropped,
    Figure,
    Headline,
    Hop,
    MadeBy,
    Published,
    Reading,
    Role,
    Span,
    Spans,
    Speaker,
    Statement,
    Unreadable,
    Voice,
)
from sayso.speakers import Named, Resolution, Resolved, Weighed, resolve
from sayso.speakers.names import covers, parse
from sayso.statements import Draft, Drafts, joined, nested, polled, stance_of, statements_of, withheld
from sayso.version import __version__, code_digest
from sayso.voices import dated_by, holders, voices_of


@dataclass(frozen=True, slots=True)
class Understood:
    """One page as drafts, the annotations they rest on, who speaks each draft, and the hops that carried each."""

    drafts: Drafts
    annotations: Annotations
    who: Resolution
    chains: tuple[tuple[Hop, ...], ...]


class Reader:
    """Reads documents with one model. Loads the model at the first document; not to be shared between threads.

    ``years`` are those that a pile is from: a date without year takes the one of them that its weekday allows.
    """

    def __init__(self, model: Path | None = None, years: range | None = None) -> None:
        self.encoder = Encoder(model or ENGLISH)
        self.years = years

    def read(self, document: Document) -> Reading:
        """Read one document."""
        page = within(lay_out_within(document), lambda word: self.encoder.vocabulary.cut(word))
        identity = document_id(document)
        page, when = self._dated(page)
        reading = Reading(identity, text_id(document.text), page.document, self.made_by(document))
        paragraphs = [p.span for p in page.paragraphs]
        marks = all_quotations(page.view.text, paragraphs)
        dates = dates_of(page.view.text, paragraphs, page.document.published, years=self.years)
        assembly = _Assembly(identity, page)
        findings = findings_of(page, marks, assembly.dates(dates), when)
        if not page.view.text.strip():
            return replace(reading, findings=findings, dropped=page.dropped)
        seen = self.understand(page, marks)
        drafts, annotations, who = seen.drafts, seen.annotations, seen.who
        speakers, ids = assembly.speakers(who.named)
        statements, doubtful = self._sure(assembly.statements(seen, ids, self.confidence))
        figures = assembly.figures(figures_of(page.view.text, paragraphs, dates), statements)
        headline = self._headline(page.document, identity, speakers)
        left = assembly.left(drafts)
        return replace(
            reading,
            headline=headline,
            statements=statements,
            speakers=_used(speakers, (*statements, *(headline.statements if headline else ()))),
            figures=figures,
            dates=tuple(DateMention(d.span, d.value, d.granularity) for d in assembly.dates(dates) if d.kind == "date"),
            findings=(*findings, *findings_of_statements(page, who, ids, figures, statements)),
            dropped=(*page.dropped, *doubtful, *left),
            voices=assembly.voices(statements, annotations, marks, [d.span for d in (*doubtful, *left) if d.code != "unsaid"]),
        )

    def weighed(self, reading: Reading) -> dict[str, tuple[Weighed, ...]]:
        """The best two of those who were weighed as speakers, by the id of the statement; the best first.

        The page is read once more. Empty where another model or other rules made the reading: those weighed otherwise.
        """
        made, ours = reading.made_by, self.made_by(reading.document)
        if (made.model, made.code) != (ours.model, ours.code):
            return {}
        page = within(lay_out_within(reading.document), lambda word: self.encoder.vocabulary.cut(word))
        if not page.view.text.strip():
            return {}
        seen = self.understand(page, all_quotations(page.view.text, [p.span for p in page.paragraphs]))
        assembly = _Assembly(reading.id, page)
        keys = (statement_id(reading.id, assembly.back(d.content), assembly.back(d.source), "") for d in seen.drafts.drafts)
        return {key: who.weighed for key, who in zip(keys, seen.who.resolved, strict=True) if who.weighed}

    def _dated(self, page: Page) -> tuple[Page, Sequence[Candidate]]:
        """The page with its date of publication, and all that it says of that."""
        document = page.document
        when = told(document.text, document.blocks, document.published, years=self.years)
        published = document.published or best(when)
        if document.published and document.published.date.startswith("XXXX"):
            published = best(when) or published
        return replace(page, document=replace(document, published=published)), when

    def made_by(self, document: Document) -> MadeBy:
        """What a reading of this document is made by; years stand behind the code, as others make another reading."""
        made = (__version__, self.encoder.digest, self.encoder.runtime, document.extractor)
        years = f"+{self.years[0]}-{self.years[-1]}" if self.years else ""
        return MadeBy(*made, code=code_digest() + years)

    def understand(
        self, page: Page, marks: Sequence[Quotation]
    ) -> Understood:
        """One page as drafts, the annotations they rest on, who speaks each draft and how it came to the page."""
        text, spans = page.view.text, [p.span for p in page.paragraphs]
        annotations = annotate(self.encoder, text, spans, marks)
        drafts = statements_of(page, annotations, marks)
        told = nested(text, drafts.drafts, partial(annotate, self.encoder))
        names = [Name(annotations.characters(m.words), m.kind) for m in annotations.names]
        drafts = replace(drafts, drafts=polled(text, spans, annotations, told, marks))
        who = resolve(text, spans, annotations, drafts.drafts, _author(_byline(page)))
        said = [_said(draft, each, who.named) for draft, each in zip(drafts.drafts, who.resolved, strict=True)]
        return Understood(drafts, annotations, who, chains_of(text, spans, said, names))

    def confidence(self, draft: Draft) -> float:
        """Probability that a draft is right with its source, by the calibration shipped with the model."""
        fitted = self.encoder.settings.get("calibration")
        if fitted is None:
            return round(math.prod(draft.strength) ** 0.5, 2)
        total = fitted["bias"] + sum(w * x for w, x in zip(fitted["weights"], features(draft), strict=True))
        return round(1 / (1 + math.exp(-total)), 2)

    def _sure(self, statements: Sequence[Statement]) -> tuple[tuple[Statement, ...], tuple[Dropped, ...]]:
        threshold = float(self.encoder.settings.get("threshold", 0.0))
        low = {s.id for s in statements if s.confidence < threshold}
        outer = {s.id: s.within for s in statements}

        def kept_outer(within: str | None) -> str | None:
            while within in low:
                within = outer[within]
            return within

        kept = tuple(replace(s, within=kept_outer(s.within)) for s in statements if s.id not in low)
        reason = "the encoder's attribution is too doubtful (confidence {:.2f}, shown from {:.2f})"
        return kept, tuple(
            Dropped("doubtful", (s.content[0][0], s.content[-1][1]), reason.format(s.confidence, threshold))
            for s in statements
            if s.id in low
        )

    def _headline(self, document: Document, identity: str, speakers: Sequence[Speaker]) -> Headline | None:
        title = document.title.strip()
        if not title or " ".join(title.split()).casefold() in " ".join(document.text.split()).casefold():
            return None
        page = lay_out(Document(document.name, title, language="en"))
        page = replace(page, findings=())
        marks = all_quotations(page.view.text, [p.span for p in page.paragraphs])
        if not page.view.text.strip():
            return Headline(title)
        seen = self.understand(page, marks)
        ids = [_same_speaker(n, speakers) for n in seen.who.named]
        assembly = _Assembly(identity, page, "headline")
        statements, _ = self._sure(assembly.statements(seen, ids, self.confidence))
        paragraphs = [p.span for p in page.paragraphs]
        dates = dates_of(page.view.text, paragraphs, document.published, years=self.years)
        figures = assembly.figures(figures_of(page.view.text, paragraphs, dates), statements)
        return Headline(title, statements, figures)


@cache
def _reader() -> Reader:
    return Reader()


def read_text(
    text: str,
    *,
    name: str = "-",
    title: str = "",
    outlet: str = "",
    byline: str = "",
    url: str = "",
    language: str = "",
    published: str = "",
) -> Reading:
    """Read a text with the shipped model, with what is known about it; ``published`` is an ISO date (YYYY-MM-DD)."""
    stamp = Published(published) if published else None
    return _reader().read(Document(name, text, title, outlet, byline, url, language, stamp))


def read_file(path: str | Path) -> Iterator[Reading]:
    """Read every document of a file or folder with the shipped model.

    Raises ``InputError`` at the first document that cannot be read; ``sayso.ingest`` goes on past it.
    """
    for item in items([str(path)]):
        document = load(item)
        if isinstance(document, Unreadable):
            raise InputError(document.code, document.message)  # type: ignore[arg-type]
        yield _reader().read(document)


def features(draft: Draft) -> list[float]:
    """What the calibration weighs, seven numbers.

    Log-odds of the four chances (content, cue link, source link, cue); then 0 or 1: no source, a continued quotation, a turn
    or headline.
    """
    chances = [min(max(p, 1e-3), 1 - 1e-3) for p in draft.strength]
    odds = [math.log(p / (1 - p)) for p in chances]
    return [
        *odds,
        float(not draft.source),
        float(draft.origin == "continued"),
        float(draft.origin in ("turn", "headline")),
    ]


def _said(draft: Draft, who: Resolved, named: Sequence[Named]) -> Said:
    speaker = None if who.speaker is None else str(who.speaker)
    document = who.speaker is not None and named[who.speaker].kind == "document"
    return Said(draft.source, draft.cue, draft.content, draft.kind, speaker, draft.inside, document)


def _byline(page: Page) -> str:
    """The byline of the metadata, else the first line of the page that is one."""
    lines = (page.document.text[slice(*b.span)] for b in page.document.blocks if b.kind == "byline")
    return page.document.byline or next(lines, "")


def _author(byline: str) -> str:
    """The one name of a byline, or nothing."""
    name = re.sub(r"(?i)^\s*by\s+", "", byline).split(",")[0].strip()
    return "" if " and " in name or not name else name


def _same_speaker(named: Named, speakers: Sequence[Speaker]) -> str | None:
    """The one speaker of the body whom a name in the headline can mean."""
    name = parse(named.name)
    found = [s.id for s in speakers if covers(parse(s.name), name) in ("equal", "spelling", "surname")]
    return found[0] if len(found) == 1 else None


def _used(speakers: Sequence[Speaker], statements: Sequence[Statement]) -> tuple[Speaker, ...]:
    used = {i for s in statements for i in (s.speaker, *s.joint)}
    return tuple(s for s in speakers if s.id in used)


class _Assembly:
    """Turns drafts with spans of the view into statements with spans of the document, and gives identities."""

    def __init__(self, identity: str, page: Page, part: str = "") -> None:
        self.identity, self.page, self.part = identity, page, part
        self.text = page.document.text

    def back(self, spans: Spans) -> Spans:
        """Spans of the view as spans of the document, cut where the view leaves something of the document out."""
        return joined((p for s, e in spans for p in self.page.view.pieces(s, e, self.text)), self.text)

    def speakers(self, named: Sequence[Named]) -> tuple[list[Speaker], list[str | None]]:
        """Speakers with their ids, and the id of each named one."""
        out: list[Speaker] = []
        ids: list[str | None] = []
        for n in named:
            mentions = tuple(s for m in n.mentions for s in self.back((m,)))
            roles = tuple(Role(text, spans[0]) for text, span in n.roles if (spans := self.back((span,))))
            key = speaker_id(self.identity, mentions[0] if mentions else None)
            if key in ids:
                key = speaker_id(self.identity, mentions[0] if mentions else None, n.name)
            out.append(Speaker(key, n.name, n.kind, mentions, roles))
            ids.append(key)
        return out, ids

    def statements(
        self, seen: Understood, ids: Sequence[str | None], confidence: Callable[[Draft], float]
    ) -> tuple[Statement, ...]:
        """Statements with ids; two with the same id (the same words of the same source) are one."""
        out: dict[str, Statement] = {}
        keys: list[str] = []
        for draft, who, chain in zip(seen.drafts.drafts, seen.who.resolved, seen.chains, strict=True):
            content, source = self.back(draft.content), self.back(draft.source)
            key = statement_id(self.identity, content, source, self.part)
            keys.append(key)
            speaker = None if who.speaker is None else ids[who.speaker]
            out.setdefault(
                key,
                Statement(
                    id=key,
                    kind=draft.kind,
                    source=source,
                    cue=self.back(draft.cue),
                    content=content,
                    act=draft.act,
                    speaker=speaker,
                    joint=tuple(i for n in who.joint if (i := ids[n])),
                    speaker_reason=who.reason if speaker or who.speaker is None else "no-candidate",
                    stance=self.stance(draft),
                    chain=tuple(hop for h in chain if (hop := self.hop(h))),
                    within=None if draft.inside is None else keys[draft.inside],
                    confidence=confidence(draft),
                    speaker_confidence=who.confidence if speaker else 0.0,
                ),
            )
        return tuple(s for s in out.values() if s.content)

    def stance(self, draft: Draft) -> str | None:
        """The stance of a draft's cue toward what is said; none where the cue says that it was not said."""
        text = self.page.view.text
        cue, content = " ".join(text[a:b] for a, b in draft.cue), text[slice(*draft.content[0])]
        return None if withheld(cue, content) else stance_of(cue, content, draft.act)

    def hop(self, hop: Hop) -> Hop | None:
        """A hop with its span of the document; none where that is empty."""
        spans = self.back((hop.span,))
        return replace(hop, span=(spans[0][0], spans[-1][1])) if spans else None

    def dates(self, dates: Sequence[Found]) -> list[Found]:
        """Time expressions with spans of the document."""
        return [replace(d, span=self.page.view.back(*d.span)) for d in dates]

    def figures(self, figures: Sequence[Figure], statements: Sequence[Statement]) -> tuple[Figure, ...]:
        """Figures with spans of the document, ids, and the innermost statement that holds each."""
        found: dict[str, Figure] = {}
        back = self.page.view.back
        told = {s.id: s for s in statements}
        for figure, held in zip(figures, holders([back(*f.span) for f in figures], statements), strict=True):
            span = back(*figure.span)
            inner = (figure.qualifier_span, figure.counted_span, figure.as_of_span)
            qualifier, counted, as_of = (s and back(*s) for s in inner)
            key = figure_id(self.identity, span, self.part)
            mapped = replace(
                figure, id=key, span=span, qualifier_span=qualifier, counted_span=counted, as_of_span=as_of, statement=held,
            )  # fmt: skip
            found.setdefault(key, mapped if dated_by(mapped, told) else replace(mapped, as_of="", as_of_span=None))
        return tuple(found.values())

    def left(self, drafts: Drafts) -> tuple[Dropped, ...]:
        """What was left out, with spans of the document."""
        return tuple(Dropped(x.code, spans[0], x.reason) for x in drafts.left if (spans := self.back((x.span,))))

    def voices(
        self,
        statements: Sequence[Statement],
        annotations: Annotations,
        marks: Sequence[Quotation],
        doubted: Sequence[Span],
    ) -> tuple[tuple[Voice, Span], ...]:
        """Whose words each stretch of the running text is; ``doubted``: what was seen as somebody's and not read."""
        paragraphs = [s for p in self.page.paragraphs for s in self.page.view.pieces(*p.span, self.text)]
        unsure = (*self.back(tuple(annotations.characters(w) for w in annotations.doubtful)), *doubted)
        quoted = self.back(tuple((q.start, q.end) for q in marks))
        return voices_of(paragraphs, [f for s in statements for f in s.content], quoted, unsure)
