"""Events by place and date: what each originator tells of the killed, injured and missing, and on which pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.pile.incidents.answers import CountRow, IncidentFilter, IncidentRow, NameRow, OriginatorRow, incidents
from sayso.web.answers import NoSuchError
from sayso.web.asked import Asked
from sayso.web.bars import Ranges, ranges_of
from sayso.web.desk import Desk
from sayso.web.kept import Choice
from sayso.web.pages.facts import EVENTS
from sayso.web.standing import Entry, Standing, part_of


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """What one originator tells of one event and group, as a line of a table."""

    incident: IncidentRow
    count: CountRow
    by: OriginatorRow


@dataclass(frozen=True, slots=True)
class IncidentsPage:
    """Incidents by date and place. ``every``: also those of which neither is known. ``lines`` are the same as a table."""

    every: bool
    event: str
    found: int
    incidents: tuple[IncidentRow, ...]
    lines: tuple[IncidentLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class CountChart:
    """What is told of one event and group, with a chart where it has numbers to draw."""

    count: CountRow
    chart: Ranges | None


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """One incident: what is told of each event and group, the names of the dead, every account, and those told beside it."""

    row: IncidentRow
    counts: tuple[CountChart, ...]
    names: tuple[NameRow, ...]
    beside: tuple[IncidentRow, ...]


def _lines(rows: tuple[IncidentRow, ...]) -> Iterator[IncidentLine]:
    for row in rows:
        for count in row.counts:
            for by in count.by:
                yield IncidentLine(row, count, by)


def _entries(desk: Desk) -> Iterator[Entry]:
    for row in incidents(desk.pile, IncidentFilter(every=True)):
        events = " ".join(dict.fromkeys(count.event for count in row.counts))
        yield Entry(row, row.id, KNOWN if row.places or row.date else "", words=events)


KNOWN = "known"
"""The facet of incidents whose place or date is known."""
INCIDENTS = Standing("incidents", IncidentRow, _entries, "incidents")


def all_incidents(desk: Desk, asked: Asked) -> IncidentsPage:
    """Incidents; ``?event=`` with a count of it, ``?all=1`` also those of which neither place nor date is known."""
    every, event = asked.flag("all"), asked.choice("event", EVENTS)
    answer, choice = desk.answer(INCIDENTS), Choice("" if every else KNOWN, part=event)
    shown, cursor = part_of(answer, choice, asked)
    return IncidentsPage(every, event, answer.count(choice), shown, tuple(_lines(shown)), cursor)


def one_incident(desk: Desk, asked: Asked) -> IncidentPage:
    """One incident by its id."""
    answer = desk.answer(INCIDENTS)
    row = answer.one(asked.parts["id"])
    if row is None:
        raise NoSuchError(
            f"no incident has the id {asked.parts['id']!r:.80}: pages that came or went may have changed it"
        )
    counts = tuple(CountChart(count, ranges_of(count)) for count in row.counts)
    return IncidentPage(row, counts, row.names, tuple(r for each in row.beside if (r := answer.one(each))))
