"""The nouns of Sayso: what a page is, and what a reading of it holds.

Every value is frozen and slotted; a stage returns a new value and never changes one it was given. Spans are half-open
``(start, end)`` pairs of Unicode code points into ``Document.text``, which no stage ever changes. The JSON form of these
records (``sayso.contract``) is the project's public contract.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
Spans = tuple[Span, ...]

BlockKind = Literal[
    "title",
    "byline",
    "dateline",
    "paragraph",
    "heading",
    "caption",
    "list",
    "table",
    "quote",
    "turn",
    "furniture",
    "other",
]
StatementKind = Literal["direct", "indirect", "mixed"]
Act = Literal["say", "think", "want"]
HopKind = Literal["outlet", "platform", "document", "occasion"]
SpeakerKind = Literal["person", "organisation", "group", "anonymous", "document", "author"]
Voice = Literal["statement", "quoted", "unsure", "own"]


@dataclass(frozen=True, slots=True)
class Published:
    """When a page was published: ISO ``date`` (``XXXX-11-03`` where no year is given) and what says so."""

    date: str
    granularity: Literal["minute", "day", "month", "year"] = "day"
    basis: Literal["metadata", "dateline", "text", "inferred"] = "metadata"
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The original bytes a document came from."""

    path: str
    sha256: str
    bytes: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text with one function on the page."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Something on the page that does not add up, in one plain sentence, with the places it stands."""

    code: str
    message: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One page as it came in. ``text`` is never changed.

    ``name`` is how the user knows the page; ``blocks`` is filled by ingest only where the format itself tells them apart
    (HTML) and by ``layout`` otherwise; ``findings`` are what ingest noticed (``text-lost``, ``hidden-text``);
    ``extra`` keeps the user's own metadata columns.
    """

    name: str
    text: str
    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    published: Published | None = None
    file: SourceFile | None = None
    blocks: tuple[Block, ...] = ()
    findings: tuple[Finding, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that could not be read: which, the code of the reason, and a sentence with the way out."""

    name: str
    code: str
    message: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of the chain that carried a statement to the page."""

    name: str
    kind: HopKind
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """Words or thoughts that the page attributes to somebody. See the contract for the conventions of each field."""

    id: str
    kind: StatementKind
    source: Spans
    cue: Spans
    content: Spans
    act: Act = "say"
    speaker: str | None = None
    joint: tuple[str, ...] = ()
    speaker_reason: str = ""
    stance: str | None = None
    chain: tuple[Hop, ...] = ()
    within: str | None = None
    confidence: float = 0.0
    speaker_confidence: float = 0.0
    decided: tuple[str, ...] = ()
    """Ids of the decisions of people that this statement rests on; empty where the machine alone read it."""


@dataclass(frozen=True, slots=True)
class Role:
    """A title, office or description of a speaker, as worded."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody or something that statements of one document are attributed to."""

    id: str
    name: str
    kind: SpeakerKind
    mentions: Spans
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its bounds, what it counts and whose word it is."""

    id: str
    span: Span
    low: float | None
    high: float | None
    qualifier: str = ""
    qualifier_span: Span | None = None
    counted: str = ""
    counted_span: Span | None = None
    unit: str = "count"
    currency: str = ""
    event: str = ""
    who: str = ""
    place: str = ""
    period: str = ""
    since: str = ""
    as_of: str = ""
    as_of_span: Span | None = None
    share_of: str | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression in the text and its TimeML value."""

    span: Span
    value: str
    granularity: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was seen and not read, with the reason."""

    code: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What made a reading: contract and package version, digests of model and code, runtime and extractor."""

    sayso: str
    model: str
    runtime: str
    extractor: str = ""
    contract: int = 1
    code: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """A title that does not stand in the text, read on its own; offsets are into ``text``."""

    text: str
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read out of one document. ``voices`` covers the text: spans told apart by whose words they are."""

    id: str
    text_id: str
    document: Document
    made_by: MadeBy
    headline: Headline | None = None
    statements: tuple[Statement, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    findings: tuple[Finding, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    voices: tuple[tuple[Voice, Span], ...] = field(default=())
