"""Accounts of one event put together by place and date: the least and the most that each originator tells.

A place that is not told to be another's is another place: its accounts are an incident of their own, shown beside the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sayso.pile.incidents.victims import Victim
from sayso.pile.series.ranges import range_of
from sayso.pile.series.scope import framed
from sayso.pile.series.subjects import subjects_of
from sayso.pile.series.told import Names, Stretch, Told, many

EVENTS = ("killed", "injured", "missing", "casualties", "detained", "displaced")
"""What befell people, in the order in which it is shown; never mixed."""
NAMED = 0.2
"""Share of its pages that must name a class of happening, so that the incident is of it: one page of ten may say "battle" of a
quarrel."""


@dataclass(frozen=True, slots=True)
class ByOriginator:
    """The least and the most that one originator tells; None: that end is open. ``latest`` is its figure as of last."""

    key: str
    name: str
    basis: str
    low: float | None
    high: float | None
    least: float
    most: float
    latest: Told
    pages: int


@dataclass(frozen=True, slots=True)
class Count:
    """What the originators tell of one event and one group of people (``who`` empty: people at large)."""

    event: str
    who: Names
    by: tuple[ByOriginator, ...]
    low: float | None
    high: float | None
    least: float
    most: float

    @property
    def originators(self) -> int:
        """How many originators are known."""
        return many(each.latest.origin for each in self.by)


@dataclass(frozen=True, slots=True)
class Incident:
    """One event at one place: its date where pages give it, what is told, the names of the dead, and the pages.

    ``beside`` are the ids of incidents that pages tell together with it: other places of one event.
    """

    id: str
    places: Names
    date: Stretch | None
    kinds: Names
    counts: tuple[Count, ...]
    told: tuple[Told, ...]
    names: tuple[tuple[str, Victim], ...] = ()
    beside: tuple[str, ...] = field(default=())

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the pages that tell of it, in order."""
        return tuple(sorted({t.document for t in self.told}))


def incidents_of(told: Iterable[Told], victims: Mapping[str, Sequence[Victim]] = {}) -> list[Incident]:
    """Every incident of these figures, by date and place, whatever their order; ``victims``: by the id of their page."""
    out: list[Incident] = []
    for subject in subjects_of([t for t in told if t.thing.event]):
        out += _of_subject(subject)
    out = _named(out, victims)
    return sorted(out, key=lambda each: (each.date or (10**7, 0), sorted(each.places), each.id))


def _of_subject(subject: Sequence[Told]) -> list[Incident]:
    filled, _ = framed(sorted(subject, key=lambda t: t.order))
    places: dict[Names, list[Told]] = defaultdict(list)
    for each in filled:
        if _is_of_incident(each):
            places[each.scope.places].append(each)
    made = [_incident(names, accounts) for names, accounts in places.items()]
    made = [each for each in made if each.counts]
    return [_beside(each, made) for each in made]


def _is_of_incident(told: Told) -> bool:
    """Whether a figure counts a whole event: no day's or month's count, no count from a start on that runs on, no part."""
    scope = told.scope
    running = scope.since is not None and told.start is not None and told.start[0] != scope.since
    return not (
        scope.period == "daily" or scope.stretch is not None or scope.more or scope.past or scope.part or running
    )


def _incident(places: Names, told: Sequence[Told]) -> Incident:
    counts = [_count(event, who, told) for event in EVENTS for who in _groups(told, event)]
    starts = {t.start for t in told if t.start is not None}
    days = {start for start in starts if start[0] == start[1]} or starts
    key = sha256("\n".join(sorted(t.figure for t in told)).encode()).hexdigest()[:32]
    kinds = frozenset(_kinds(told))
    ordered = tuple(sorted(told, key=lambda t: (EVENTS.index(t.thing.event), t.order)))
    return Incident(key, places, days.pop() if len(days) == 1 else None, kinds, tuple(c for c in counts if c), ordered)


def _kinds(told: Sequence[Told]) -> Iterator[str]:
    """The classes of happening that enough of the pages name: one that a single page has in passing is none."""
    pages: dict[str, set[str]] = defaultdict(set)
    for each in told:
        for kind in each.kinds:
            pages[kind].add(each.document)
    least = len({t.document for t in told}) * NAMED
    return (kind for kind, documents in pages.items() if len(documents) >= least)


def _groups(told: Sequence[Told], event: str) -> list[Names]:
    groups = {t.scope.who for t in told if t.thing.event == event and t.numbered}
    return sorted(groups, key=lambda who: (len(who), sorted(who)))


def _count(event: str, who: Names, told: Sequence[Told]) -> Count | None:
    members = [t for t in told if t.thing.event == event and t.scope.who == who and t.numbered]
    sources: dict[str, list[Told]] = defaultdict(list)
    for each in _first_of_page(members):
        sources[each.origin.key].append(each)
    if not sources:
        return None
    by = tuple(_by(sources[key]) for key in sorted(sources, key=lambda key: _rank(sources[key])))
    whole = range_of([t for each in sources.values() for t in each])
    return Count(event, who, by, whole.low, whole.high, whole.least, whole.most)


def _first_of_page(told: Sequence[Told]) -> list[Told]:
    """Figures without those of which their page has another before, of the same originator, that they cannot be with."""
    first: dict[tuple[str, str, object], Told] = {}
    out = []
    for each in sorted(told, key=lambda t: (t.document, t.part != "text", t.span)):
        kept = first.setdefault((each.document, each.origin.key, each.as_of), each)
        if range_of([kept]).holds(each) or range_of([each]).holds(kept):
            out.append(each)
    return sorted(out, key=lambda t: t.order)


def _rank(told: Sequence[Told]) -> tuple[bool, int, str]:
    """Whoever is known first, then those of most pages."""
    return not told[0].origin.known, -len({t.document for t in told}), told[0].origin.key


def _by(told: Sequence[Told]) -> ByOriginator:
    whole, origin = range_of(told), told[0].origin
    pages = len({t.document for t in told})
    latest = [t for t in told if t.as_of.stretch is not None] or told
    return ByOriginator(
        origin.key, origin.name, origin.basis, whole.low, whole.high, whole.least, whole.most, latest[-1], pages
    )


def _beside(each: Incident, made: Sequence[Incident]) -> Incident:
    others = tuple(sorted(other.id for other in made if other.id != each.id))
    return Incident(each.id, each.places, each.date, each.kinds, each.counts, each.told, each.names, others)


def _named(made: Sequence[Incident], victims: Mapping[str, Sequence[Victim]]) -> list[Incident]:
    """Incidents with the names that their pages give; a page that tells of more than one gives none."""
    pages: dict[str, int] = defaultdict(int)
    for each in made:
        for document in each.documents:
            pages[document] += 1
    out = []
    for each in made:
        dead = any(count.event in ("killed", "casualties") for count in each.counts)
        sole = [document for document in each.documents if pages[document] == 1] if dead else []
        names = tuple((document, victim) for document in sole for victim in victims.get(document, ()))
        out.append(Incident(each.id, each.places, each.date, each.kinds, each.counts, each.told, names, each.beside))
    return out
