"""What the command tells of figure series: each figure with how it stands to earlier ones, and the ranges, in words."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from sayso.pile.independence import known_of
from sayso.pile.series.originators import origin_of, originating
from sayso.pile.series.ranges import Range
from sayso.pile.series.reading import told_of
from sayso.pile.series.reprints import as_printed_first, reprints
from sayso.pile.series.series import Link, Member, Series, series_of
from sayso.pile.series.told import Originating, Stretch, Told
from sayso.pile.stamped import mended
from sayso.pile.store import Pile
from sayso.records import Span
from sayso.tables import load

NAME = "series"
"""The name of the question whose items are the figures."""


@dataclass(frozen=True, slots=True)
class SeriesFilter:
    """Which series. Words are parts in any case; an empty one means any.

    ``pages``: told by at least so many; ``every``: also those of things in which nobody differs and nothing changes. ``since``
    and ``until`` (ISO, may be short) are the time of a figure, of which one must lie between.
    """

    event: str = ""
    unit: str = ""
    words: str = ""
    place: str = ""
    outlet: str = ""
    originator: str = ""
    document: str = ""
    since: str = ""
    until: str = ""
    pages: int = 2
    every: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class RelationRow:
    """How a figure stands to an earlier one (``to``: its id): the kind, the rule that decided, and that in words."""

    kind: str
    rule: str
    why: str
    to: str
    to_words: str
    to_document: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure of a series. ``scope`` is the number of the scope that it counts in; ``others``: to other originators.

    ``as_of_basis``: stated, published (the page's day, at the latest) or open; ``originator_basis`` how it is known who
    vouches.
    """

    id: str
    document: str
    document_id: str
    outlet: str
    published: str
    part: str
    span: Span
    words: str
    low: float | None
    high: float | None
    unit: str
    qualifier: str
    counted: str
    scope: int
    as_of: str
    as_of_basis: str
    originator: str
    originator_basis: str
    relation: RelationRow | None
    others: tuple[RelationRow, ...]


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """What figures of a series count in common: whom, where, from when on, and on which stretch of time."""

    scope: int
    who: tuple[str, ...]
    places: tuple[str, ...]
    period: str
    since: str
    stretch: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RangeRow:
    """The smallest and largest number over the independent originators of a scope at a time. Null: that end is open.

    ``least`` and ``most`` are the numbers themselves. Nothing is summed.
    """

    scope: int
    as_of: str
    low: float | None
    high: float | None
    least: float
    most: float
    originators: int
    figures: int


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series: what it counts, how many pages, outlets and originators tell it, its figures in order, and the ranges."""

    id: str
    event: str
    counted: str
    unit: str
    currency: str
    places: tuple[str, ...]
    started: str
    pages: int
    outlets: int
    originators: int
    scopes: tuple[ScopeRow, ...]
    figures: tuple[FigureLine, ...]
    ranges: tuple[RangeRow, ...]


def day(stretch: Stretch | None) -> str:
    """A stretch of days as ISO, a whole month or year as such; empty where there is none."""
    if stretch is None:
        return ""
    first, last = (date.fromordinal(each) for each in stretch)
    if first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04}"
    if first.day == 1 and first.replace(day=monthrange(first.year, first.month)[1]) == last:
        return first.isoformat()[:7]
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


@cache
def _rules() -> dict[str, dict[str, str]]:
    return load("series-rules")


def why(kind: str, rule: str) -> str:
    """A rule in words."""
    return _rules()[kind][rule]


def origins_in(pile: Pile) -> Originating:
    """The originators that a pile knows, by who is who and what is a copy as far as it was asked about these."""
    return originating(known_of(pile).origins) if "people" in pile.questions else origin_of


def told_in(pile: Pile, origin: Originating, *, alone: bool = True) -> Iterator[Told]:
    """The figures of all pages; without ``alone`` only of pages that share something with another one.

    Pages are dated as the pile dates them, where it was asked about ``stamps``.
    """
    other = mended(pile)
    came = reprints(pile)
    for document in pile.documents() if alone else _shared(pile):
        told = told_of(other.get(document) or pile.reading(document), origin)
        if document in came and told:
            source = other.get(came[document]) or pile.reading(came[document])
            told = as_printed_first(told, pile.reading(document), source, origin)
        yield from told


def _shared(pile: Pile) -> list[str]:
    """Pages with a figure that could be of one series with a figure of another page."""
    first: dict[int, str] = {}
    shared: set[int] = set()
    for item in pile.items(NAME):
        for key in item.keys:
            if first.setdefault(key, item.document) != item.document:
                shared.add(key)
    first.clear()
    return sorted({item.document for item in pile.items(NAME) if not shared.isdisjoint(item.keys)})


def series(pile: Pile, where: SeriesFilter = SeriesFilter(), origin: Originating | None = None) -> Iterator[SeriesRow]:
    """The series of a pile that is up to date in this question, those of events first, then by how many pages tell them.

    ``origin`` gives the originators where they are not those of the pile. Raises UnknownDocument.
    """
    page = pile.ledger.reading(where.document).id if where.document else ""
    found = series_of(told_in(pile, origin or origins_in(pile), alone=where.pages < 2))
    kept = (each for each in found if _wanted(each, where, page))
    ordered = sorted(kept, key=lambda each: (not each.event, -each.pages, -len(each.members), each.id))
    return islice((row_of(each) for each in ordered), where.limit)


def _wanted(each: Series, where: SeriesFilter, page: str) -> bool:
    told = [member.told for member in each.members]
    if each.pages < where.pages or not any(t.numbered for t in told):
        return False
    if not where.every and not each.event and not _differs(each):
        return False
    if (where.event and each.event != where.event) or (where.unit and each.unit != where.unit):
        return False
    checks: list[tuple[str, Callable[[Told], str]]] = [
        (where.words, lambda t: f"{t.words} {t.counted} {' '.join(t.thing.names)}"),
        (where.place, lambda t: " ".join(t.scope.places)),
        (where.outlet, lambda t: t.outlet),
        (where.originator, lambda t: t.origin.name),
        (page, lambda t: t.document),
    ]
    if not all(any(wanted.casefold() in of(t).casefold() for t in told) for wanted, of in checks if wanted):
        return False
    return not (where.since or where.until) or any(_between(t, where) for t in told)


def _differs(each: Series) -> bool:
    """Whether a series has more to tell than one number again and again."""
    return any(link.kind in ("supersedes", "disagrees") for m in each.members for link in m.links)


def _between(told: Told, where: SeriesFilter) -> bool:
    stretch = told.as_of.stretch
    if stretch is None:
        return False
    first, last = (date.fromordinal(each).isoformat() for each in stretch)
    return last >= where.since and (not where.until or first[: len(where.until)] <= where.until)


def row_of(each: Series) -> SeriesRow:
    """A series in words."""
    told = [member.told for member in each.members]
    starts = {t.start for t in told if t.start and t.start[0] == t.start[1]}
    return SeriesRow(
        each.id, each.event, label_of(told), each.unit, each.currency, _places(told),
        day(min(starts)) if len(starts) == 1 else "", each.pages, each.outlets, each.originators,
        tuple(_scopes(each.members)), tuple(_line(each, member) for member in each.members),
        tuple(_range(r) for r in each.ranges),
    )  # fmt: skip


def label_of(told: Sequence[Told]) -> str:
    """What is counted, as the page worded it that is most like the others: the commonest wording, the shortest first."""
    words = Counter(t.counted or t.words for t in told)
    return min(words, key=lambda each: (-words[each], len(each), each))


def _places(told: Sequence[Told]) -> tuple[str, ...]:
    counts = Counter(place for t in told for place in t.scope.places)
    return tuple(sorted(counts, key=lambda place: (-counts[place], place)))


def _scopes(members: Sequence[Member]) -> Iterator[ScopeRow]:
    seen: set[int] = set()
    for member in members:
        if member.strand not in seen:
            seen.add(member.strand)
            s = member.told.scope
            kinds = [*sorted(s.marks), *(["part"] if s.part else []), *(["further"] if s.more else [])]
            kinds += (["earlier"] if s.past else []) + (["aside"] if s.aside else [])
            since = "" if s.since is None else date.fromordinal(s.since).isoformat()
            yield ScopeRow(
                member.strand,
                tuple(sorted(s.who)),
                tuple(sorted(s.places)),
                s.period,
                since,
                day(s.stretch),
                tuple(kinds),
            )


def _line(each: Series, member: Member) -> FigureLine:
    t = member.told
    rows = [_relation(each, link) for link in member.links]
    published = day(t.printed or t.published)
    return FigureLine(
        t.figure, t.page, t.document, t.outlet, published, t.part, t.span, t.words, t.low, t.high, t.thing.unit, t.qualifier, t.counted,
        member.strand, day(t.as_of.stretch), t.as_of.basis, t.origin.name, t.origin.basis, rows[0] if rows else None,
        tuple(rows[1:]),
    )  # fmt: skip


def _relation(each: Series, link: Link) -> RelationRow:
    to = each.told(link.to)
    return RelationRow(link.kind, link.rule, why(link.kind, link.rule), link.to, to.words, to.page)


def _range(each: Range) -> RangeRow:
    return RangeRow(
        each.strand, day(each.as_of), each.low, each.high, each.least, each.most, each.originators, each.figures
    )
