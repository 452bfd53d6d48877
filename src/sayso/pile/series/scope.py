"""Scopes: which figures of one series count the same people, place and stretch of time, and what keeps others apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from sayso.pile.series.places import Within, lies_in
from sayso.pile.series.told import Names, Scope, Told


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of one series as a whole: which places lie in which."""

    within: Within


def framed(told: Sequence[Told]) -> tuple[list[Told], Frame]:
    """The figures with what each leaves open filled from the others, where the others agree on it."""
    within: Within = frozenset(pair for t in told for pair in t.within)
    out = _at_spots(_at_sites(_places(told)))
    starts = {t.scope.since for t in out if t.scope.since is not None}
    days = {t.scope.on for t in out if t.scope.on is not None}
    if len(starts) == 1 and not (days - {(day, day) for day in starts}) and not days:
        (start,) = starts
        out = [replace(t, scope=replace(t.scope, since=start)) if _may_run(t) else t for t in out]
    return out, Frame(within)


def _may_run(told: Told) -> bool:
    scope = told.scope
    return scope.since is None and scope.period != "daily" and scope.stretch is None and scope.on is None


def _places(told: Sequence[Told]) -> list[Told]:
    """Figures whose place is that of their page alone, under the place that most pages of the series name."""
    pages: dict[Names, set[str]] = defaultdict(set)
    for t in told:
        pages[t.scope.places].add(t.document)
    loose = {t.scope.places for t in told if not t.scope.places_told}
    ranked = sorted(pages, key=lambda p: (p not in loose, not p, -len(pages[p]), sorted(p)))
    named = [p for p in ranked if p]
    out = []
    for t in told:
        if not t.scope.places_told:
            near = t.anchors | t.scope.places
            found = next((p for p in ranked if p and p <= near), t.scope.places)
            if not found and len(named) == 1:
                found = named[0]
            out.append(replace(t, scope=replace(t.scope, places=found)))
        else:
            out.append(t)
    return out


def _at_sites(told: Sequence[Told]) -> list[Told]:
    """Figures of a site under the one place that it is told to stand in; a place that others lie in is no site."""
    stands: dict[str, set[str]] = defaultdict(set)
    for site, place in {pair for t in told for pair in t.sites}:
        stands[site].add(place)
    outer = {place for places in stands.values() for place in places} | {b for t in told for _, b in t.within}
    one = {site: next(iter(places)) for site, places in stands.items() if len(places) == 1 and site not in outer}
    return [
        replace(t, scope=replace(t.scope, places=frozenset(one.get(p, p) for p in t.scope.places)))
        if one.keys() & t.scope.places
        else t
        for t in told
    ]


def _at_spots(told: Sequence[Told]) -> list[Told]:
    """Bodies in one spot are a part where anybody tells a larger toll of the same; where nobody does they are the toll."""
    whole = max((_most(t) for t in told if not (t.scope.spot or t.scope.more)), default=-inf)
    return [replace(t, scope=replace(t.scope, part=True)) if t.scope.spot and _most(t) < whole else t for t in told]


def _most(told: Told) -> float:
    """The largest number that a figure names."""
    return max((value for value in (told.low, told.high) if value is not None), default=-inf)


def strand_of(told: Told) -> tuple[object, ...]:
    """What two figures of a series must have in common to be compared number by number."""
    s = told.scope
    daily = s.period == "daily"
    return (
        tuple(sorted(s.who)), tuple(sorted(s.marks)), told.figure if s.part or s.past or s.aside else "",
        (told.as_of.stretch or ()) if s.more else None, daily, s.stretch or (), -1 if s.since is None else s.since,
        tuple(sorted(s.places)),
    )  # fmt: skip


def gap(a: Told, b: Told, frame: Frame) -> str:
    """The code of what keeps two figures of one series apart; empty where they are of one scope. Symmetric."""
    one, other = a.scope, b.scope
    return _kind_gap(a, b) or _time_gap(one, other) or _place_gap(one, other, frame)


def _kind_gap(a: Told, b: Told) -> str:
    one, other = a.scope, b.scope
    if a.figure != b.figure and (one.part or other.part):
        return "part-of-whole"
    if a.figure != b.figure and (one.past or other.past or one.aside or other.aside):
        return "earlier-number" if one.past or other.past else "not-told"
    if one.more or other.more:
        return "" if strand_of(a) == strand_of(b) else "further-ones"
    if one.who != other.who:
        return "other-who"
    return "other-kind" if one.marks != other.marks else ""


def _time_gap(one: Scope, other: Scope) -> str:
    daily = (one.period == "daily", other.period == "daily")
    if daily[0] != daily[1]:
        return "other-period"
    if one.stretch != other.stretch:
        return "other-day" if all(daily) else "other-stretch"
    return "other-since" if one.since != other.since else ""


def _place_gap(one: Scope, other: Scope, frame: Frame) -> str:
    if one.places == other.places:
        return ""
    if lies_in(one.places, other.places, frame.within) or lies_in(other.places, one.places, frame.within):
        return "part-of-place"
    return "other-place"
