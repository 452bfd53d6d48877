"""What speaks for and against two speakers of two pages being one, each piece with its code and its points. Pure, symmetric.

Points are hundredths; ``ENOUGH`` of them make two speakers one. A full name that few bear is enough by itself; one that many
bear, a spelling that is only near, or a name of which the page leaves something out needs more: a role, others who are named
beside, the outlet, the time. Contradictions are not weighed: whoever is he here is not she there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.pile.people.profile import Profile
from sayso.pile.people.roles import held_alone

ENOUGH = 100
"""Every group that these points make on 1,187 pages (839 of American politics in one year, 348 of seven piles from 1989 to
2025) was read: none holds two people. 110 loses 49 of 438 groups' members; what 95 adds (38 groups) was right there too, but
by 95 the ministries of two countries whose pages name one visitor in one month would be one."""
NAME = {
    "full-name": 100, "spelling": 100, "middle-name": 80, "name-order": 80, "short-name": 70, "more-names": 60,
    "near-spelling": 60, "initial": 50, "body-name": 100, "acronym": 100, "acronym-shown": 100, "body-order": 100,
}  # fmt: skip
FURTHER = 15  # less for each further way in which the names differ
SHARED, LONGER = 40, 20  # less for a name that many bear, and for such a one of three parts or more
ROLE, TITLE = 40, 20  # words of a role beside its noun that both pages have; only the noun
COMPANIONS = (0, 20, 30, 40)  # nobody, one, two, three or more whom both pages name in full
MANY = 3  # others named in full on both pages, at whom two tellings of one office are taken for one
OUTLET = 15
NEAR, FAR = 15, -25  # pages of one month; of more than ten years
MONTH, SEASON, YEAR, LONG = 31, 92, 366, 3653  # days
OTHER_ROLE = -15  # both pages tell of roles, and no word of them is shared, a year or more apart
OTHER_TITLE = -10  # one noun and nothing else in common: lawyer of this, lawyer of that
OTHER_OFFICE = -20  # offices that are mostly one at a time: president of this, president of that
ONE_GENERATION, NO_ROLE = -15, -60  # "Jr" on one page only; and no title or role that both pages give
YOUNGER = 2  # years by which two pages' ages may differ
SORTS_SHARED = frozenset({"shared", "longer", "many", "half", "single"})


@dataclass(frozen=True, slots=True)
class Weight:
    """How two speakers stand: points, and the codes of what speaks for them, the name first, and against them.

    ``apart`` is the code of a contradiction; empty where there is none.
    """

    points: int
    codes: tuple[str, ...]
    apart: str = ""

    @property
    def enough(self) -> bool:
        """Whether the two are one as far as these two pages tell."""
        return not self.apart and self.points >= ENOUGH


def weigh(a: Profile, b: Profile, ways: Sequence[str], *, contested: bool = False) -> Weight:
    """How two speakers stand whose names may be one in ``ways`` (see ``spelling.how``; empty where they are two names).

    ``contested`` says that the pile has more than one body under this acronym.
    """
    apart = contradiction(a, b)
    if not ways or apart:
        return Weight(0, tuple(ways), apart or "other-name")
    points = min(NAME[way] for way in ways) - FURTHER * (len(ways) - 1)
    codes = list(ways)
    if SORTS_SHARED & {a.sort, b.sort}:
        points, codes = points - (LONGER if "longer" in (a.sort, b.sort) else SHARED), [*codes, "name-of-many"]
    elif contested:
        points, codes = points - SHARED, [*codes, "acronym-of-two"]
    for code, more in _beside(a, b):
        points, codes = points + more, [*codes, code]
    return Weight(points, tuple(codes))


def _beside(a: Profile, b: Profile) -> Iterator[tuple[str, int]]:
    """What stands beside the names: roles, others who are named, outlet, time."""
    days = abs(a.day - b.day) if a.day and b.day else None
    if a.roles & b.roles:
        yield "role", ROLE
    elif a.titles & b.titles:
        yield _title(a, b)
    elif a.roles and b.roles and (days is None or days > YEAR):
        yield "other-role", OTHER_ROLE
    both = min(len(a.companions & b.companions), len(COMPANIONS) - 1)
    if both:
        yield "companions", COMPANIONS[both]
    if a.outlet and a.outlet == b.outlet:
        yield "outlet", OUTLET
    if days is not None and days <= MONTH:
        yield "month", NEAR
    elif days is not None and days > LONG and (a.person or SORTS_SHARED & {a.sort, b.sort}):
        yield "years-apart", FAR
    if a.person and bool(a.generation) != bool(b.generation):
        yield "one-generation", ONE_GENERATION if a.roles & b.roles or a.titles & b.titles else NO_ROLE


def _title(a: Profile, b: Profile) -> tuple[str, int]:
    """What it says that both have one title: for them, or against them where it is of something else."""
    if not (a.roles and b.roles):
        return "title", TITLE
    return ("other-office", OTHER_OFFICE) if _other_office(a, b, alone=False) else ("other-title", OTHER_TITLE)


def contradiction(a: Profile, b: Profile) -> str:
    """The code of what two pages tell that cannot be of one speaker: gender, generation, age, office; "" for nothing."""
    if a.person != b.person:
        return "kind"
    if a.gender and b.gender and a.gender != b.gender:
        return "gender"
    if a.generation != b.generation and ((a.generation and b.generation) or a.two or b.two):
        return "generation"
    if a.born and b.born and abs(a.born - b.born) > YOUNGER:
        return "age"
    return "office" if _other_office(a, b, alone=True) and len(a.companions & b.companions) < MANY else ""


def _other_office(a: Profile, b: Profile, *, alone: bool) -> bool:
    """Whether both hold one office within a season, each for another place or body; a reshuffle takes longer to come in print."""
    if not (a.day and b.day and abs(a.day - b.day) <= SEASON):
        return False
    return any(
        noun == other and not of & whom
        for noun, of in a.offices
        for other, whom in b.offices
        if not any(again == noun and of & where for again, where in b.offices)
        if (noun in held_alone()) == alone
    )
