"""What the reading of chains is given, and what it finds on the way."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.records import Hop, Span, Spans, StatementKind


@dataclass(frozen=True, slots=True)
class Said:
    """One statement. ``speaker`` is a key that is equal for equal speakers; ``inside`` the number of the statement around it.

    ``document``: the speaker is a document ("according to the audit"), which is then no hop of its own words.
    """

    source: Spans
    cue: Spans
    content: Spans
    kind: StatementKind
    speaker: str | None
    inside: int | None
    document: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A named mention that the encoder found. ``kind``: person, organisation, place or other."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """Something that carried words, with the frame that says so.

    ``rank`` orders the way outwards: 0 where the words were made (interview, letter, post), 1 who was told or printed them,
    2 who quoted, saw or carried them, 3 who reported them at the edge of the sentence. ``at`` is where the frame begins.
    ``told``: the frame names a listener, whatever the encoder made of it. ``again``: the phrase points back ("the same
    interview"). ``shared``: a place of many voices ("in the comments"). ``alone``: counts without another carrier beside it.
    """

    hop: Hop
    rank: int
    at: int
    told: bool = False
    again: bool = False
    shared: bool = False
    alone: bool = True
