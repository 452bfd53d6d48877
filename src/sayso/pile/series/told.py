"""The values of figure series: a figure as one page tells it, with what it counts, in which scope, as of when, by whom.

Days are counted as whole numbers (``date.toordinal``), so that stretches of time compare; a stretch holds both its ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from sayso.records import Figure, Reading, Span

Stretch = tuple[int, int]
"""From a day to a day, both counted in."""
Period = Literal["daily", "cumulative", ""]
Names = frozenset[str]


UNKNOWN = frozenset({"unknown", "nameless"})
"""Bases of originators of whom nothing is known that tells them from others."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who vouches for a figure. Two figures have one originator where their keys are equal; ``basis`` says how it is known."""

    key: str
    name: str
    basis: str = "speaker"
    may_be: str = ""
    """What it is counted as: two that may be one ("officials" of two outlets) are never counted as two."""

    family: str = ""
    """The surname of a person who is called by no more."""
    families: tuple[str, ...] = ()
    """The names that a person named in full may be called by alone."""

    def may_be_one(self, other: Origin) -> bool:
        """Whether nothing tells two originators apart: called alike, or one by the surname of the other."""
        if self.counted == other.counted:
            return True
        return bool(self.family in other.families or other.family in self.families)

    @property
    def counted(self) -> str:
        """The key that it is counted under among independent originators."""
        return self.may_be or self.key

    @property
    def known(self) -> bool:
        """Whether anybody is told who vouches."""
        return self.basis not in UNKNOWN


def many(origins: Iterable[Origin]) -> int:
    """How many originators are known among these; a bare surname is the one person named in full who has it."""
    known = {each.counted: each for each in origins if each.known}
    return sum(
        not (each.family and sum(each.family in other.families for other in known.values()) == 1)
        for each in known.values()
    )


class Originating(Protocol):
    """Who vouches for a figure of a page: through chains and copies, as far as the caller knows them."""

    def __call__(self, reading: Reading, figure: Figure) -> Origin:
        """The originator of one figure; pure."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The time a number speaks of: ``stated`` on the page, at the latest that of its publication, or ``open``."""

    stretch: Stretch | None
    basis: Literal["stated", "published", "open"]


@dataclass(frozen=True, slots=True)
class Thing:
    """What is counted: an event that befell people, or a noun with the names and words that tell it from others."""

    unit: str
    currency: str = ""
    event: str = ""
    noun: str = ""
    names: Names = frozenset()
    words: Names = frozenset()
    course: str = ""
    """``gained``, ``lost`` or nothing: jobs created are not jobs cut."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Of whom, where, and from when to when. ``places_told``: in the figure's own sentence, not only on its page."""

    who: Names = frozenset()
    places: Names = frozenset()
    places_told: bool = False
    period: Period = ""
    stretch: Stretch | None = None
    """The stretch of time in which what is counted happened, where the number is one of a stretch."""
    since: int | None = None
    on: Stretch | None = None
    """The day, or few days, on which the sentence says that it happened."""
    part: bool = False
    spot: bool = False
    """Bodies in one spot of a scene ("three bodies inside a van")."""
    more: bool = False
    past: bool = False
    """Told as the number before another ("rose FROM 35 to 41")."""
    aside: bool = False
    """Its page gives another number of the same originator, and what sets the two apart is not told."""
    marks: Names = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of one page, ready to be compared. ``part`` is ``text`` or ``headline``, where ``span`` counts."""

    document: str
    figure: str
    span: Span
    part: str
    outlet: str
    page: str
    published: Stretch | None
    minute: str
    low: float | None
    high: float | None
    qualifier: str
    words: str
    counted: str
    thing: Thing
    scope: Scope
    as_of: AsOf
    origin: Origin
    anchors: Names
    """Names of the page that a figure without names of its own may belong to."""
    kinds: Names = frozenset()
    """Classes of happening that the figure's sentence or the top of its page names."""
    start: Stretch | None = None
    """When the happening began or was, where the figure or its page says so."""
    within: frozenset[tuple[str, str]] = frozenset()
    """Places that the page puts inside others: (inner, outer)."""
    sites: frozenset[tuple[str, str]] = frozenset()
    """Sites ("the Brannock works") that the page puts in places: (site, place)."""
    corrected: bool = False
    """Whether its sentence says that a number was corrected."""
    printed: Stretch | None = None
    """When its page was published, where it counts with the day (``published``) of the page that it came from."""

    @property
    def numbered(self) -> bool:
        """Whether it has a number at all ("dozens" has none)."""
        return self.low is not None or self.high is not None

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands in a series: by as-of, publication, originator, page and place; no two are equal."""
        never = (10**7, 10**7)
        end, start = (self.as_of.stretch or never)[::-1]
        page = (self.published or never, self.minute, self.printed or (0, 0))
        return (end, start, *page, self.origin.key, self.document, self.part, self.span)
