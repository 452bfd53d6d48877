"""When: whether a date beside a figure is the time of the count, the day of saying it, or the day it happened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.figures.line import Line
from sayso.pile.series.page import Page, happened, kinds_of, said_beside, stretch_of
from sayso.pile.series.told import AsOf, Period, Stretch
from sayso.pile.series.words import words_of
from sayso.records import Figure
from sayso.tables import load

AROUND = 5
"""Words before a figure that may say that it is a state: "the number of dead in the flood STOOD at 38"."""
LONG = 31
"""Days of the longest stretch that may be the date of one happening ("last month's flood")."""


@dataclass(frozen=True, slots=True)
class Timing:
    """As of when a figure is, when what it counts happened, and the stretch that it is confined to."""

    as_of: AsOf
    start: Stretch | None = None
    stretch: Stretch | None = None
    since: int | None = None
    on: Stretch | None = None


@cache
def _stock() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in load("series")["time"]["stock"])


def timing(figure: Figure, event: str, line: Line, page: Page) -> Timing:
    """The times of one figure; ``event`` is what befell those it counts, empty for a count of things."""
    bound = AsOf(page.published, "published") if page.published else AsOf(None, "open")
    since = stretch_of(figure.since) if figure.since[:1].isdecimal() else None
    told = stretch_of(figure.as_of)
    period: Period = "daily" if figure.period == "daily" else ""
    if period:
        return Timing(bound, stretch=told or page.published, since=None)
    if told is not None and page.published is not None and told[0] > page.published[1] + 1:
        told = None  # no count is of a day to come
    if told is None or figure.as_of_span is None:
        return Timing(bound, since=since[0] if since else None, start=since or _start(event, line, page))
    first = line.tokens(figure.as_of_span)[0]
    if "since" in line.words[max(0, first - 2) : first]:
        return Timing(bound, since=told[0], start=told)
    role = _role(line, figure, event)
    if role == "state" and (told[0] == told[1] or _is_stock(line)):
        return Timing(AsOf(told, "stated"), since=since[0] if since else None, start=since or _start(event, line, page))
    if role == "said" and told[0] == told[1]:
        return Timing(AsOf(told, "stated"), since=since[0] if since else None, start=since or _start(event, line, page))
    if event and told[1] - told[0] < LONG:
        return Timing(bound, start=_start(event, line, page) or told, on=told)
    return Timing(bound, stretch=told, since=since[0] if since else None)


def _start(event: str, line: Line, page: Page) -> Stretch | None:
    """The day that a sentence dates its happening by, apart from the figure: "the flood of MARCH 11 killed 38"."""
    day = happened(page, line) if event and kinds_of(line) else None
    return None if day is None else (day, day)


def _role(line: Line, figure: Figure, event: str) -> str:
    """``said``, ``state`` or ``happened``: what a date of the sentence has to do with a figure."""
    assert figure.as_of_span is not None
    first, last = line.tokens(figure.as_of_span)
    start, end = line.tokens(figure.span)
    if last <= first or start >= len(line):  # the date stands in a sentence before
        return (
            "state"
            if event in words_of("time", "standing") or _is_state(line.words[max(0, start - AROUND) : start])
            else "happened"
        )
    if said_beside(line, first, last) and not _within(first, start, end):
        return "said"
    if event in words_of("time", "standing"):
        return "state"
    between = line.words[end:first] if first >= end else line.words[last:start]
    near = line.words[max(0, start - AROUND) : start] if first >= end else ()
    behind = line.words[end : end + 2] if first < start else ()
    return "state" if line.at[first - 1] == "by" or _is_state((*between, *near, *behind)) else "happened"


def _within(first: int, start: int, end: int) -> bool:
    """Whether the date stands inside the figure's own words."""
    return start <= first < end


def _is_state(words: tuple[str, ...]) -> bool:
    return any(word in words_of("time", "state") for word in words)


def _is_stock(line: Line) -> bool:
    """Whether the sentence tells of a state at a time, not of a stretch in which something was counted."""
    return any(
        line.words[i : i + len(phrase)] == phrase for phrase in _stock() for i in range(len(line) - len(phrase) + 1)
    )
