"""A reading as rows: which tables there are, and what of a reading goes into which.

Every string is escaped here on its way in (see ``escapes``); keys are ``base + place`` (see ``keys``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from sayso.decisions.page import speaker_part
from sayso.ledger.escapes import is_odd, kept
from sayso.records import Document, Figure, Finding, MadeBy, Reading, Span, Speaker, Statement

Value = str | int | float | None
Row = tuple[Value, ...]

DOCUMENT_COLUMNS: Final = (
    "name", "title", "byline", "language",
    "published", "published_granularity", "published_basis", "published_start", "published_end",
    "media_type", "path", "sha256", "bytes", "extractor", "extra",
)  # fmt: skip
"""The columns of ``documents`` that are not part of a document's identity, so that two readings may differ in them."""
TEXT_COLUMNS: Final = ("key", "id", "outlet", "url", "words", "escaped", "text_id", "text")
MADE_COLUMNS: Final = ("contract", "sayso", "model", "runtime", "extractor", "code")
"""What made a reading."""
READING_COLUMNS: Final = (
    "key", "id", "document", "current", *MADE_COLUMNS, "headline", "page_then", "place", "base",
)  # fmt: skip

TABLES: Final[dict[str, tuple[str, ...]]] = {
    "blocks": ("reading", "position", "kind", "start", "end"),
    "speakers": ("key", "reading", "id", "part", "name", "kind"),
    "mentions": ("speaker", "position", "start", "end", "words"),
    "roles": ("speaker", "position", "text", "start", "end"),
    "statements": (
        "key", "reading", "id", "part", "kind", "act", "speaker", "speaker_reason", "stance", "within",
        "confidence", "speaker_confidence", "decided",
    ),
    "joint_speakers": ("statement", "position", "speaker"),
    "statement_spans": ("statement", "role", "position", "start", "end", "words"),
    "chain": ("statement", "position", "name", "kind", "start", "end"),
    "figures": (
        "key", "reading", "id", "part", "start", "end", "words", "low", "high",
        "qualifier", "qualifier_start", "qualifier_end", "counted", "counted_start", "counted_end",
        "unit", "currency", "event", "who", "place", "period", "since",
        "as_of", "as_of_start", "as_of_end", "share_of", "statement",
    ),
    "dates": ("reading", "position", "start", "end", "value", "granularity"),
    "findings": ("key", "reading", "code", "message", "at_reading", "at_ingest"),
    "finding_spans": ("finding", "position", "start", "end"),
    "dropped": ("reading", "position", "code", "start", "end", "reason"),
    "voices": ("reading", "position", "voice", "start", "end"),
}  # fmt: skip
"""The tables that hold what was read, parents first; the first column of each is a key made from the reading's."""

KEYS: Final = {"key", "reading", "speaker", "statement", "within", "finding"}
"""Columns that hold keys."""


def insert(table: str, columns: tuple[str, ...]) -> str:
    """The statement that adds one row."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


INSERTS: Final = {table: insert(table, columns) for table, columns in TABLES.items()}


def extra_json(extra: tuple[tuple[str, str], ...]) -> str:
    """The user's columns as a JSON object, or as a list of pairs where one name comes twice."""
    pairs = dict(extra)
    return json.dumps(pairs if len(pairs) == len(extra) else list(extra), ensure_ascii=False)


def extra_of(text: str) -> tuple[tuple[str, str], ...]:
    """The user's columns back from :func:`extra_json`."""
    found = json.loads(text, strict=False)
    return tuple((str(name), str(value)) for name, value in (found.items() if isinstance(found, dict) else found))


def page_columns(document: Document) -> dict[str, Value]:
    """The values of ``DOCUMENT_COLUMNS``, not escaped."""
    p, f = document.published, document.file
    start, end = _edges(p.span if p else None)
    published: tuple[Value, ...] = (p.date, p.granularity, p.basis, start, end) if p else (None,) * 5
    file: tuple[Value, ...] = (f.media_type, f.path, f.sha256, f.bytes) if f else (None,) * 4
    values: tuple[Value, ...] = (
        document.name, document.title, document.byline, document.language,
        *published, *file, document.extractor, extra_json(document.extra),
    )  # fmt: skip
    return dict(zip(DOCUMENT_COLUMNS, values, strict=True))


def text_columns(reading: Reading, key: int) -> dict[str, Value]:
    """The values of ``TEXT_COLUMNS``, not escaped."""
    d = reading.document
    values: tuple[Value, ...] = (
        key, reading.id, d.outlet, d.url, len(d.text.split()), int(is_odd(d.text)), reading.text_id, d.text,
    )  # fmt: skip
    return dict(zip(TEXT_COLUMNS, values, strict=True))


def made_columns(made_by: MadeBy) -> Row:
    """The values of ``MADE_COLUMNS``, escaped."""
    made = (made_by.sayso, made_by.model, made_by.runtime, made_by.extractor, made_by.code)
    return escaped((made_by.contract, *made))


def escaped(row: Iterable[Value]) -> Row:
    """The row with every string as the ledger keeps it."""
    return tuple([kept(value) if isinstance(value, str) else value for value in row])


def number(value: float | None) -> Value:
    """A figure's bound as SQLite can hold it: whole numbers beyond 64 bits become floats."""
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
        return float(value)
    return value


def _edges(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else span


class ReadingRows:
    """The rows of one reading whose key is ``base``: ``rows[table]`` for each of ``TABLES``, escaped.

    The reading must be sound (see ``soundness``): ids are unique and all that is referred to is there.
    """

    def __init__(self, reading: Reading, base: int) -> None:
        self.reading, self.base = reading, base
        head = reading.headline
        self.texts = {"text": reading.document.text, "headline": head.text if head else ""}
        self.statements = [("text", s) for s in reading.statements] + [
            ("headline", s) for s in (head.statements if head else ())
        ]
        self.figures = [("text", f) for f in reading.figures] + [
            ("headline", f) for f in (head.figures if head else ())
        ]
        self.statement_keys = {s.id: base + place for place, (_, s) in enumerate(self.statements)}
        self.speaker_keys = {s.id: base + place for place, s in enumerate(reading.speakers)}
        self.rows: dict[str, list[Row]] = {table: [] for table in TABLES}

    def fill(self) -> dict[str, list[Row]]:
        """Give all rows, by table."""
        r, base = self.reading, self.base
        self._put("blocks", [(base, i, b.kind, *b.span) for i, b in enumerate(r.document.blocks)])
        for speaker in r.speakers:
            self._speaker(speaker)
        for part, statement in self.statements:
            self._statement(part, statement)
        self._put("figures", [self._figure(base + i, part, f) for i, (part, f) in enumerate(self.figures)])
        self._put("dates", [(base, i, *d.span, d.value, d.granularity) for i, d in enumerate(r.dates)])
        self._findings(r.findings, r.document.findings)
        self._put("dropped", [(base, i, d.code, *d.span, d.reason) for i, d in enumerate(r.dropped)])
        self._put("voices", [(base, i, voice, *span) for i, (voice, span) in enumerate(r.voices)])
        for table, rows in self.rows.items():
            if is_odd("".join([value for row in rows for value in row if isinstance(value, str)])):
                self.rows[table] = [escaped(row) for row in rows]
        return self.rows

    def _put(self, table: str, rows: Iterable[Row]) -> None:
        self.rows[table] += rows

    def _speaker(self, s: Speaker) -> None:
        key, part = self.speaker_keys[s.id], speaker_part(self.reading, s)
        text = self.texts[part]
        self._put("speakers", [(key, self.base, s.id, part, s.name, s.kind)])
        self._put("mentions", [(key, i, start, end, text[start:end]) for i, (start, end) in enumerate(s.mentions)])
        self._put("roles", [(key, i, role.text, *role.span) for i, role in enumerate(s.roles)])

    def _statement(self, part: str, s: Statement) -> None:
        key, text = self.statement_keys[s.id], self.texts[part]
        speaker = None if s.speaker is None else self.speaker_keys[s.speaker]
        within = None if s.within is None else self.statement_keys[s.within]
        row: Row = (
            key, self.base, s.id, part, s.kind, s.act, speaker, s.speaker_reason, s.stance, within,
            s.confidence, s.speaker_confidence, " ".join(s.decided),
        )  # fmt: skip
        self._put("statements", [row])
        self._put("joint_speakers", [(key, i, self.speaker_keys[other]) for i, other in enumerate(s.joint)])
        for role, spans in (("source", s.source), ("cue", s.cue), ("content", s.content)):
            self._put("statement_spans", [(key, role, i, a, b, text[a:b]) for i, (a, b) in enumerate(spans)])
        self._put("chain", [(key, i, hop.name, hop.kind, *hop.span) for i, hop in enumerate(s.chain)])

    def _figure(self, key: int, part: str, f: Figure) -> Row:
        start, end = f.span
        statement = None if f.statement is None else self.statement_keys[f.statement]
        return (
            key, self.base, f.id, part, start, end, self.texts[part][start:end], number(f.low), number(f.high),
            f.qualifier, *_edges(f.qualifier_span), f.counted, *_edges(f.counted_span),
            f.unit, f.currency, f.event, f.who, f.place, f.period, f.since,
            f.as_of, *_edges(f.as_of_span), f.share_of, statement,
        )  # fmt: skip

    def _findings(self, read: tuple[Finding, ...], ingested: tuple[Finding, ...]) -> None:
        """One row for each finding; one that both lists hold is one row with both places."""
        places: list[tuple[Finding, int | None, int | None]] = []
        left = dict(enumerate(ingested))
        for place, finding in enumerate(read):
            same = next((other for other, there in left.items() if there == finding), None)
            if same is not None:
                del left[same]
            places.append((finding, place, same))
        places += [(finding, None, place) for place, finding in left.items()]
        for i, (finding, at_reading, at_ingest) in enumerate(places):
            key = self.base + i
            self._put("findings", [(key, self.base, finding.code, finding.message, at_reading, at_ingest)])
            self._put("finding_spans", [(key, place, *span) for place, span in enumerate(finding.spans)])
