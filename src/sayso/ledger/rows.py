"""What may be asked of a ledger and what it answers: filters and rows, frozen.

Dates in filters are ISO and may be short (``2031``, ``2031-04``); a page whose date is known less exactly than the
filter is in when it may be meant. A page without a date, or without a year in it, is left out as soon as ``since`` or
``until`` is given. ``limit=None`` means all rows. An empty string means "any".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from math import isfinite
from typing import Any, TypeVar, cast

from sayso.records import Span, Spans

Row = TypeVar("Row")
_HELD: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "str | None": (str, type(None)),
    "tuple[str, ...]": (tuple,),
    "Spans": (tuple,),
    "float | None": (float, int, type(None)),
    "Span | None": (tuple, type(None)),
    "Span": (tuple,),
}
"""The Python types of each kind of field. A ledger that another hand wrote may hold anything in any column."""


@cache
def _types(kind: Any) -> tuple[tuple[type, ...], ...]:
    return tuple(_HELD[str(field.type)] for field in fields(kind))


def fitting(kind: type[Row], values: Iterable[Any]) -> Row:
    """A row from the values of its fields. Raises ValueError where one is not what its field holds."""
    given = tuple(values)
    for value, types in zip(given, _types(cast(Any, kind)), strict=False):  # fields with a default may be left out
        if not isinstance(value, types) or (isinstance(value, float) and not isfinite(value)):
            raise ValueError(f"a value of a {kind.__name__} is {value!r:.60}")
        if (
            isinstance(value, tuple)
            and types is _HELD["tuple[str, ...]"]
            and not all(isinstance(v, str) for v in value)
        ):
            raise ValueError(f"a value of a {kind.__name__} is no list of words")
    return kind(*given)


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents. ``outlet`` is a part of the name, in any case; ``words`` are searched in title and text; ``id`` is whole."""

    outlet: str = ""
    since: str = ""
    until: str = ""
    words: str = ""
    language: str = ""
    limit: int | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements.

    ``speaker`` is a part of the name of the speaker or of a joint speaker, ``outlet`` one of the outlet's, in any case;
    ``words`` are searched in the content; ``act=""`` takes said, thought and wanted alike; ``document`` is an id, a name
    or a place, or a clear part of one; ``id`` is a statement's id or the beginning of one. ``label`` is on the statement, a
    speaker of it or the outlet; ``others`` (each the id of a page and a speaker's, a blank between) count as bearing it, too.
    ``newest`` leaves out earlier versions of pages, but for the ``document`` that is named.
    """

    speaker: str = ""
    words: str = ""
    outlet: str = ""
    kind: str = ""
    act: str = "say"
    since: str = ""
    until: str = ""
    document: str = ""
    id: str = ""
    limit: int | None = None
    label: str = ""
    others: tuple[str, ...] = ()
    newest: bool = False


@dataclass(frozen=True, slots=True)
class SpeakerFilter:
    """Which speakers. ``name`` is a part of the name in any case; ``document`` and ``label`` as in :class:`StatementFilter`."""

    name: str = ""
    kind: str = ""
    document: str = ""
    limit: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings: one code, one document."""

    code: str = ""
    document: str = ""
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """Which figures.

    ``speaker`` and ``outlet`` are parts of names, ``words`` of what is counted or of the figure itself, in any case;
    ``unit`` and ``event`` as the contract has them; ``own`` takes only what is surely the outlet's own word; ``label``,
    ``others`` and ``newest`` as in :class:`StatementFilter`.
    """

    speaker: str = ""
    outlet: str = ""
    unit: str = ""
    event: str = ""
    words: str = ""
    document: str = ""
    since: str = ""
    until: str = ""
    own: bool = False
    limit: int | None = None
    label: str = ""
    others: tuple[str, ...] = ()
    newest: bool = False


@dataclass(frozen=True, slots=True)
class DroppedFilter:
    """Which dropped parts: one code, one document."""

    code: str = ""
    document: str = ""
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document with its counts. ``words`` counts words of the text, ``statements`` what was said (not thought)."""

    id: str
    name: str
    title: str
    outlet: str
    published: str
    language: str
    words: int
    statements: int
    speakers: int
    findings: int
    url: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement in words. Fragments are joined by " … "; ``start`` and ``end`` bound the content.

    ``part`` is ``text`` or ``headline``: offsets count in that one. ``speaker`` is empty where it was left open;
    ``joint`` names those who speak with the first. ``chain`` runs from the speaker outwards. ``decided`` are the ids of
    the decisions of people that the statement rests on. ``labels`` are the user's, on the statement itself, on its first
    speaker and on the outlet.
    """

    id: str
    document: str
    document_id: str
    outlet: str
    published: str
    speaker: str
    speaker_kind: str
    source: str
    cue: str
    content: str
    kind: str
    act: str
    stance: str | None
    chain: tuple[str, ...]
    confidence: float
    speaker_confidence: float
    start: int
    end: int
    part: str = "text"
    joint: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    speaker_labels: tuple[str, ...] = ()
    outlet_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """Speakers of exactly one name and kind, put together for display: no claim that they are one person.

    ``documents`` and ``statements`` (said, alone or jointly) are counts; ``roles`` and ``spellings`` are as worded,
    each once and sorted; ``ids`` are the speakers' ids, sorted; ``labels`` those that any of them bears.
    """

    name: str
    kind: str
    documents: int
    statements: int
    roles: tuple[str, ...]
    spellings: tuple[str, ...]
    ids: tuple[str, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with the words at its places."""

    document: str
    document_id: str
    code: str
    message: str
    spans: Spans
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure with whose word it is. From ``id`` on the fields are those of the contract.

    ``words`` are the figure's own; ``part`` is ``text`` or ``headline``: the spans count in that one. ``voice`` is
    ``statement``, ``quoted``, ``unsure`` or ``own``. ``speaker`` is empty outside of statements, and in those that leave
    open who speaks or tell what somebody wants; ``joint`` names those who speak with the first.
    """

    document: str
    document_id: str
    outlet: str
    published: str
    part: str
    words: str
    voice: str
    speaker: str
    speaker_kind: str
    joint: tuple[str, ...]
    id: str
    span: Span
    low: float | None
    high: float | None
    qualifier: str
    qualifier_span: Span | None
    counted: str
    counted_span: Span | None
    unit: str
    currency: str
    event: str
    who: str
    place: str
    period: str
    since: str
    as_of: str
    as_of_span: Span | None
    share_of: str | None
    statement: str | None


@dataclass(frozen=True, slots=True)
class DroppedRow:
    """One part that was seen and not read, with its words."""

    document: str
    document_id: str
    code: str
    reason: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much stands in a ledger.

    ``statements`` were said, ``thoughts`` thought or wanted; ``speakers`` differ in name or kind; ``dropped`` holds
    (code, number) pairs, sorted; ``unreadable`` documents are not among ``documents``; ``outlets`` differ in name.
    """

    documents: int
    statements: int
    thoughts: int
    speakers: int
    findings: int
    dropped: tuple[tuple[str, int], ...]
    unreadable: int
    outlets: int
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """What :meth:`Ledger.check` proved, in sentences with counts, and every fault it found."""

    proved: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One difference between an earlier reading of a page and a later one.

    ``change`` is gained, lost, speaker (re-attributed), words (cut otherwise), kind or decision (one that leads
    elsewhere now; ``content`` says so in words). Speakers and contents before and after are words; the statements ids; the
    kinds are direct, indirect or mixed. Where two pages were compared, ``before`` is the name of the first, ``before_id`` its id.
    """

    document: str
    document_id: str
    change: str
    speaker_before: str
    speaker: str
    content_before: str
    content: str
    statement_before: str
    statement: str
    decision: str = ""
    kind_before: str = ""
    kind: str = ""
    before: str = ""
    before_id: str = ""


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """Which decisions: of one action, state (stands, lost, undone), reviewer or document."""

    action: str = ""
    state: str = ""
    reviewer: str = ""
    document: str = ""
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision and what became of it on one page.

    ``words`` are those it is about, ``said`` what was decided, in words. ``state`` is stands, lost or undone, with the
    ``reason``; ``statement`` the id that it leads to now. A decision about several versions of a page has a row for each, and
    ``version`` tells which of how many that is, the oldest first ("2 of 3"); else it is empty.
    """

    id: str
    action: str
    state: str
    reason: str
    words: str
    said: str
    reviewer: str
    at: str
    note: str
    document: str
    document_id: str
    statement: str
    undoes: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What stays of a page that was forgotten: hashes, reason, who and when (UTC)."""

    id: str
    text_id: str
    sha256: str
    reason: str
    reviewer: str
    at: str
