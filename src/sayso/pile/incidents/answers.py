"""What the command tells of incidents: where, when, what each originator tells, the names of the dead, the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sayso.pile.incidents.incidents import Count, Incident, incidents_of
from sayso.pile.incidents.victims import victims_of
from sayso.pile.series.answers import day, origins_in, told_in
from sayso.pile.series.told import Originating, Told, many
from sayso.pile.store import Pile
from sayso.records import Span


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Which incidents. Words are parts in any case. ``since`` and ``until`` are the date of the incident (ISO, may be short).

    ``every``: also those of which neither place nor date is known.
    """

    event: str = ""
    place: str = ""
    outlet: str = ""
    document: str = ""
    since: str = ""
    until: str = ""
    pages: int = 1
    every: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class OriginatorRow:
    """What one originator tells: the least and the most, and its latest number with the time and place of it."""

    originator: str
    basis: str
    low: float | None
    high: float | None
    least: float
    most: float
    latest: str
    as_of: str
    as_of_basis: str
    pages: int


@dataclass(frozen=True, slots=True)
class CountRow:
    """What is told of one event and group of people; ``who`` empty: people at large. Null: that end is open."""

    event: str
    who: tuple[str, ...]
    low: float | None
    high: float | None
    least: float
    most: float
    originators: int
    by: tuple[OriginatorRow, ...]


@dataclass(frozen=True, slots=True)
class NameRow:
    """Somebody named among the dead, as worded, with the pages that do."""

    name: str
    age: int | None
    documents: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One figure of an incident where it stands."""

    id: str
    document: str
    document_id: str
    outlet: str
    published: str
    part: str
    span: Span
    event: str
    words: str
    originator: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident: ``date`` is empty where no page of it gives the day; ``beside`` are ids of those told together with it."""

    id: str
    date: str
    places: tuple[str, ...]
    kinds: tuple[str, ...]
    pages: int
    outlets: int
    originators: int
    counts: tuple[CountRow, ...]
    names: tuple[NameRow, ...]
    documents: tuple[str, ...]
    accounts: tuple[AccountRow, ...]
    beside: tuple[str, ...]


def incidents(
    pile: Pile, where: IncidentFilter = IncidentFilter(), origin: Originating | None = None
) -> Iterator[IncidentRow]:
    """The incidents of a pile that is up to date in the question of series, by date and place. Raises UnknownDocument."""
    page = pile.ledger.reading(where.document).id if where.document else ""
    told = [each for each in told_in(pile, origin or origins_in(pile)) if each.thing.event]
    victims = {document: victims_of(pile.reading(document)) for document in sorted({t.document for t in told})}
    found = (each for each in incidents_of(told, victims) if _wanted(each, where, page))
    return islice((row_of(each) for each in found), where.limit)


def _wanted(each: Incident, where: IncidentFilter, page: str) -> bool:
    if len(each.documents) < where.pages or (page and page not in each.documents):
        return False
    if not (where.every or each.places or each.date):
        return False
    if where.event and not any(count.event == where.event for count in each.counts):
        return False
    if where.place and not any(where.place.casefold() in place for place in each.places):
        return False
    if where.outlet and not any(where.outlet.casefold() in t.outlet.casefold() for t in each.told):
        return False
    return not (where.since or where.until) or _between(each, where)


def _between(each: Incident, where: IncidentFilter) -> bool:
    if each.date is None:
        return False
    first, last = (date.fromordinal(end).isoformat() for end in each.date)
    return last >= where.since and (not where.until or first[: len(where.until)] <= where.until)


def row_of(each: Incident) -> IncidentRow:
    """An incident in words."""
    outlets = {t.outlet.casefold() for t in each.told if t.outlet.strip()}
    return IncidentRow(
        each.id, day(each.date), tuple(sorted(each.places)), tuple(sorted(each.kinds)), len(each.documents), len(outlets),
        many(t.origin for t in each.told), tuple(map(_count, each.counts)), tuple(_names(each)), tuple(sorted({t.page for t in each.told})),
        tuple(map(_account, each.told)), each.beside,
    )  # fmt: skip


def _count(count: Count) -> CountRow:
    by = tuple(
        OriginatorRow(
            b.name, b.basis, b.low, b.high, b.least, b.most, b.latest.words, day(b.latest.as_of.stretch), b.latest.as_of.basis,
            b.pages,
        )
        for b in count.by
    )  # fmt: skip
    return CountRow(
        count.event, tuple(sorted(count.who)), count.low, count.high, count.least, count.most, count.originators, by
    )


def _names(each: Incident) -> Iterator[NameRow]:
    pages = {t.document: t.page for t in each.told}
    names: dict[str, list[tuple[str, str, int | None, Span]]] = {}
    for document, victim in each.names:
        row = (victim.name, pages[document], victim.age, victim.span)
        names.setdefault(" ".join(victim.name.casefold().split()), []).append(row)
    for rows in names.values():
        ages = {age for _, _, age, _ in rows if age is not None}
        yield NameRow(
            rows[0][0], ages.pop() if len(ages) == 1 else None, tuple(r[1] for r in rows), tuple(r[3] for r in rows)
        )


def _account(t: Told) -> AccountRow:
    return AccountRow(
        t.figure, t.page, t.document, t.outlet, day(t.printed or t.published), t.part, t.span, t.thing.event, t.words, t.origin.name
    )
