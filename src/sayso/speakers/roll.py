"""Outcomes of the resolver: speakers before they have ids, and their numbers in the order in which they first speak."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.records import Span, SpeakerKind
from sayso.speakers.cast import Member
from sayso.speakers.evidence import Evidence
from sayso.speakers.names import fold, words
from sayso.speakers.oddities import Mismatch, Variants


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker before it has an id; spans are characters of the view."""

    name: str
    kind: SpeakerKind
    mentions: tuple[Span, ...]
    roles: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The speaker of one draft: a number into the list of speakers, or None with the reason."""

    speaker: int | None
    reason: str
    confidence: float
    joint: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """An outcome before speakers are numbered: a member, or a description."""

    member: Member | None = None
    described: Named | None = None
    reason: str = ""
    confidence: float = 0.0
    joint: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The speakers of one text, who speaks each draft in the drafts' order, and what does not add up about names."""

    named: tuple[Named, ...]
    resolved: tuple[Resolved, ...]
    variants: tuple[Variants, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()


class Roll:
    """Numbers the speakers in the order in which they first speak."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.speakers: list[Named] = []
        self.numbers: dict[tuple[str, str], int] = {}
        self.mentions: dict[int, set[Span]] = {}

    def _number(self, key: tuple[str, str], named: Named) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.speakers)
            self.speakers.append(named)
        return self.numbers[key]

    def member(self, member: Member) -> int:
        """The number of a member of the cast."""
        return self._number(("member", str(member.number)), _named(self.evidence, member))

    def described(self, named: Named) -> int:
        """The number of a description; the same words again are the same speaker."""
        number = self._number((named.kind, named.name.casefold()), named)
        self.mentions.setdefault(number, set()).update(named.mentions)
        return number

    def all(self) -> tuple[Named, ...]:
        """The speakers, each with all its mentions."""
        return tuple(
            replace(named, mentions=tuple(sorted({*named.mentions, *self.mentions.get(n, ())})))
            for n, named in enumerate(self.speakers)
        )

    def resolved(self, who: Who) -> Resolved:
        """An outcome with its speaker's number."""
        joint = tuple(self.member(m) for m in who.joint)
        confidence = round(who.confidence, 2)
        if who.member is not None:
            return Resolved(self.member(who.member), who.reason, confidence, joint)
        if who.described is not None:
            return Resolved(self.described(who.described), who.reason, confidence, joint)
        return Resolved(None, who.reason, 0.0)


def _named(evidence: Evidence, member: Member) -> Named:
    kind: SpeakerKind = "person" if member.kind == "person" else "organisation"
    last = fold(member.full.surname)
    if last in words("documents") and len(member.full.parts) > 1 and last not in ("post", "review", "index", "law"):
        kind = "document"
    spans = tuple(m.span for m in member.mentions)
    return Named(member.full.text, kind, spans, tuple(evidence.roles[member.number]))
