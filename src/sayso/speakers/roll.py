"""Outcomes of the resolver: speakers before they have ids, and their numbers in the order in which they first speak."""

from __future__ import annotations

import re
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
class Weighed:
    """One of those who were weighed as the speaker: name, sum of the evidence, and each piece with its weight."""

    name: str
    total: float
    evidence: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The speaker of one draft: a number into the list of speakers, or None with the reason.

    ``weighed``: the best two of those who were weighed, the best first; empty where nobody was.
    """

    speaker: int | None
    reason: str
    confidence: float
    joint: tuple[int, ...] = ()
    weighed: tuple[Weighed, ...] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """An outcome before speakers are numbered: a member, or a description."""

    member: Member | None = None
    described: Named | None = None
    reason: str = ""
    confidence: float = 0.0
    stranger: bool = False  # whether the description brings in somebody new, though another may have had the same words
    joint: tuple[Member, ...] = ()
    weighed: tuple[Weighed, ...] = ()


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

    def described(self, named: Named, stranger: bool = False) -> int:
        """The number of a description; the same words again are the same speaker, but of "a guest" and "a guest" each is new."""
        place = f" {named.mentions[0][0]}" if stranger and named.mentions else ""
        number = self._number((named.kind, named.name.casefold() + place), named)
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
            return Resolved(self.member(who.member), who.reason, confidence, joint, who.weighed)
        if who.described is not None:
            return Resolved(self.described(who.described, who.stranger), who.reason, confidence, joint)
        return Resolved(None, who.reason, 0.0, (), who.weighed)


def _named(evidence: Evidence, member: Member) -> Named:
    kind: SpeakerKind = "person" if member.kind == "person" else "organisation"
    last = fold(member.full.surname)
    if last in words("documents") and len(member.full.parts) > 1 and last not in ("post", "review", "index", "law"):
        kind = "document"
    spans = tuple(m.span for m in member.mentions)
    return Named(_printed(evidence.text, member), kind, spans, tuple(evidence.roles[member.number]))


def _printed(text: str, member: Member) -> str:
    """The fullest name, a body's with the marks that belong to it: the Dockhands' Union, Lodd & Marrin.

    Apostrophes are straight, so that a name is the same whatever the page prints them with.
    """
    if member.kind == "person" or member.fullest is None:
        return member.full.text
    words_ = text[slice(*member.fullest.span)].split()
    bare = [word.rstrip("'’´") for word in words_ if word != "&"]
    return re.sub("[’´]", "'", " ".join(words_)) if bare == member.full.text.split() else member.full.text
