"""Figures of all pages that count the same thing: the list of such series, and one with its chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.pile.series.answers import FigureLine, SeriesFilter, SeriesRow, series
from sayso.web.answers import NoSuchError
from sayso.web.asked import Asked
from sayso.web.charts import Chart, chart_of
from sayso.web.desk import Desk
from sayso.web.kept import Choice
from sayso.web.standing import Entry, Standing, part_of


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """One series in the list, with its first and last time."""

    id: str
    event: str
    counted: str
    unit: str
    currency: str
    places: tuple[str, ...]
    pages: int
    outlets: int
    originators: int
    figures: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class AllSeriesPage:
    """Every series, those of events first; ``every``: also those in which nobody differs and nothing changes."""

    every: bool
    series: tuple[SeriesLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """One series: its figures in order, the ranges over originators, and the chart where there is something to draw."""

    row: SeriesRow
    figures: tuple[FigureLine, ...]
    chart: Chart | None


def _entries(desk: Desk) -> Iterator[Entry]:
    for row in series(desk.pile, SeriesFilter(every=True)):
        kinds = {each.kind for f in row.figures for each in (f.relation, *f.others) if each}
        yield Entry(row, row.id, TELLS if row.event or kinds & {"supersedes", "disagrees"} else "")


TELLS = "tells"
"""The facet of series of events, and of those in which somebody differs or something changes."""
SERIES = Standing("series", SeriesRow, _entries, "series")


def _line(row: SeriesRow) -> SeriesLine:
    times = sorted(f.as_of.split("/")[-1] for f in row.figures if f.as_of)
    return SeriesLine(
        row.id, row.event, row.counted, row.unit, row.currency, row.places, row.pages, row.outlets, row.originators,
        len(row.figures), times[0] if times else "", times[-1] if times else "",
    )  # fmt: skip


def all_series(desk: Desk, asked: Asked) -> AllSeriesPage:
    """The series; ``?all=1`` for those in which nothing changes, too."""
    every = asked.flag("all")
    found, cursor = part_of(desk.answer(SERIES), Choice(facet="" if every else TELLS), asked)
    return AllSeriesPage(every, tuple(_line(row) for row in found), cursor)


def one_series(desk: Desk, asked: Asked) -> SeriesPage:
    """One series by its id."""
    wanted = asked.parts["id"]
    row = desk.answer(SERIES).one(wanted)
    if row is None:
        raise NoSuchError(f"no series has the id {wanted!r:.80}: pages that came or went may have changed it")
    return SeriesPage(row, row.figures, chart_of(row))
