"""``read``: one document in, one reading out; the whole way on one page.

    document → layout → encoder → statements → speakers → voices, findings = Reading

Pure: the same document and model give the same reading, whatever was read before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from sayso.encoder.annotate import annotate
from sayso.encoder.annotations import Annotations
from sayso.encoder.session import ENGLISH, Encoder
from sayso.errors import InputError
from sayso.findings import findings_of
from sayso.identity import document_id, speaker_id, statement_id, text_id
from sayso.ingest import items, load
from sayso.layout import Page, lay_out
from sayso.quotes import Quotation, all_quotations
from sayso.records import (
    Document,
    Dropped,
    Headline,
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
from sayso.speakers import Named, Resolved, resolve
from sayso.speakers.names import covers, parse
from sayso.statements import Draft, Drafts, joined, statements_of
from sayso.version import __version__, code_digest
from sayso.voices import voices_of


class Reader:
    """Reads documents with one model. Loads the model at the first document; not to be shared between threads."""

    def __init__(self, model: Path | None = None) -> None:
        self.encoder = Encoder(model or ENGLISH)

    def read(self, document: Document) -> Reading:
        """Read one document."""
        page = lay_out(document)
        identity = document_id(document)
        reading = Reading(identity, text_id(document.text), page.document, self.made_by(document))
        marks = all_quotations(page.view.text, [p.span for p in page.paragraphs])
        findings = findings_of(page, marks)
        if not page.view.text.strip():
            return replace(reading, findings=findings, dropped=page.dropped)
        drafts, annotations, named, resolved = self.understand(page, marks)
        assembly = _Assembly(identity, page)
        speakers, ids = assembly.speakers(named)
        statements, doubtful = self._sure(assembly.statements(drafts.drafts, resolved, ids, self.confidence))
        headline = self._headline(document, identity, speakers)
        left = assembly.left(drafts)
        return replace(
            reading,
            headline=headline,
            statements=statements,
            speakers=_used(speakers, (*statements, *(headline.statements if headline else ()))),
            findings=findings,
            dropped=(*page.dropped, *doubtful, *left),
            voices=assembly.voices(statements, annotations, marks, [d.span for d in (*doubtful, *left)]),
        )

    def made_by(self, document: Document) -> MadeBy:
        """What a reading of this document is made by."""
        made = (__version__, self.encoder.digest, self.encoder.runtime, document.extractor)
        return MadeBy(*made, code=code_digest())

    def understand(
        self, page: Page, marks: Sequence[Quotation]
    ) -> tuple[Drafts, Annotations, tuple[Named, ...], tuple[Resolved, ...]]:
        """One page as drafts, the annotations they rest on, the speakers, and who speaks each draft."""
        text, spans = page.view.text, [p.span for p in page.paragraphs]
        annotations = annotate(self.encoder, text, spans, marks)
        drafts = statements_of(page, annotations, marks)
        named, resolved = resolve(text, spans, annotations, drafts.drafts, _author(page.document.byline))
        return drafts, annotations, named, resolved

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
        drafts, _, named, resolved = self.understand(page, marks)
        ids = [_same_speaker(n, speakers) for n in named]
        statements, _ = self._sure(
            _Assembly(identity, page, "headline").statements(drafts.drafts, resolved, ids, self.confidence)
        )
        return Headline(title, statements)


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
        self,
        drafts: Sequence[Draft],
        resolved: Sequence[Resolved],
        ids: Sequence[str | None],
        confidence: Callable[[Draft], float],
    ) -> tuple[Statement, ...]:
        """Statements with ids; two with the same id (the same words of the same source) are one."""
        out: dict[str, Statement] = {}
        keys: list[str] = []
        for draft, who in zip(drafts, resolved, strict=True):
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
                    within=None if draft.inside is None else keys[draft.inside],
                    confidence=confidence(draft),
                    speaker_confidence=who.confidence if speaker else 0.0,
                ),
            )
        return tuple(s for s in out.values() if s.content)

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
