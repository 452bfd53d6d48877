"""Which figures are about one happening, and which count one thing: the groups that series are made of.

Every step looks at the set of figures alone, never at an order of arrival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.pile.forest import Forest
from sayso.pile.hashing import key63
from sayso.pile.series.things import join_things, keys_of_thing
from sayso.pile.series.told import Names, Stretch, Told
from sayso.tables import load

WINDOW = 10
"""Days between two pages that may still tell of one happening where neither dates it. Of 198 stories, 5 days get 2 wrong, 10 to
40 none, 90 one; on 327 pages of the news 10 and 20 give the same five series of events."""
KEYS = 6
"""Words and names of a figure that it is looked up by, in the order of the alphabet: what most figures have in all."""
LONGEST = 400
"""Stretches of ``WINDOW`` days that a running count is looked for in: eleven years."""
RUNNING = frozenset({"fighting", "disease"})
"""Happenings that are counted over months, from a start on."""


@cache
def _pairs() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in load("series")["together"]["pairs"])


def together(a: Names, b: Names) -> bool:
    """Whether two sets of classes of happening may be of one event; none named may be any."""
    return not a or not b or any(x == y or frozenset((x, y)) in _pairs() for x in a for y in b)


def keys_of(told: Told) -> tuple[int, ...]:
    """What a figure is looked up by: two that could be of one series share one of these."""
    return tuple(sorted({key63(key) for key in _keys(told)}))


def _keys(told: Told) -> list[str]:
    if told.thing.event:
        near = told.anchors if told.kinds else frozenset()
        return [f"event\t{name}" for name in sorted(told.scope.places | near)]
    return keys_of_thing(told)


def subjects_of(told: Sequence[Told]) -> list[list[Told]]:
    """Figures about one happening or of one thing, put together; ``told`` in any order, the answer in one."""
    ordered = sorted(told, key=lambda t: t.order)
    forest = Forest[int]()
    events = [i for i, t in enumerate(ordered) if t.thing.event]
    _join_events(forest, ordered, events)
    join_things(forest, ordered, [i for i, t in enumerate(ordered) if not t.thing.event])
    return [[ordered[i] for i in group] for group in forest.groups(range(len(ordered)))]


# --- happenings ---


def _join_events(forest: Forest[int], told: Sequence[Told], members: Sequence[int]) -> None:
    bound = [i for i in members if (start := told[i].start) is not None and start[0] == start[1]]
    cells: dict[tuple[object, str], list[int]] = defaultdict(list)
    for i in bound:
        for key in _keys(told[i]):
            cells[told[i].start, key].append(i)
    for cell in cells.values():
        _join_kinds(forest, told, cell)
    days: dict[str, list[int]] = defaultdict(list)
    for i in bound:
        for key in _keys(told[i]):
            days[key].append(i)
    near = _by_block(forest, told, bound)
    dated = set(bound)
    coarse = [i for i in members if told[i].start is not None and i not in dated]
    placed = {i: _one_inside(forest, told, days, i) for i in coarse}
    loose = [i for i in members if told[i].start is None]
    pages: dict[str, set[int]] = defaultdict(set)
    for i in bound:
        pages[told[i].document].add(forest.find(i))
    placed |= {i: _one_near(forest, told[i], near, pages[told[i].document]) for i in loose}
    for i, root in placed.items():
        if root is not None:
            forest.join(i, root)
    _join_loose(forest, told, [i for i, root in placed.items() if root is None])


def _join_kinds(forest: Forest[int], told: Sequence[Told], cell: Sequence[int]) -> None:
    """Join those of a cell whose happenings may be one; each kind of happening is looked at once."""
    kinds: dict[Names, int] = {}
    for i in cell:
        first = kinds.setdefault(told[i].kinds, i)
        forest.join(first, i)
    seen = sorted(kinds.items(), key=lambda each: sorted(each[0]))
    for k, (one, i) in enumerate(seen):
        for other, j in seen[k + 1 :]:
            if one and other and together(one, other):
                forest.join(i, j)
    named = {forest.find(i) for kind, i in seen if kind}
    if frozenset() in kinds and len(named) == 1:
        forest.join(kinds[frozenset()], named.pop())


def _reach(told: Sequence[Told], group: Sequence[int]) -> Stretch:
    """From its first day to the last that pages without a date may still mean it."""
    start = min(t.start[0] for i in group if (t := told[i]).start)
    if any(told[i].scope.since is not None for i in group):
        return start, max([start, *(t.published[1] for i in group if (t := told[i]).published)]) + WINDOW
    end = start + WINDOW
    for day in sorted(t.published[1] for i in group if (t := told[i]).published):
        if day <= end:
            end = max(end, day + WINDOW)
    return start, end


def _one_inside(forest: Forest[int], told: Sequence[Told], days: dict[str, list[int]], i: int) -> int | None:
    """The one dated happening inside the longer stretch that a figure dates its own by."""
    start = told[i].start
    assert start is not None
    found = {
        forest.find(j)
        for key in _keys(told[i])
        for j in days.get(key, ())
        if (day := told[j].start) and start[0] <= day[0] <= start[1] and together(told[i].kinds, told[j].kinds)
    }
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class _Dated:
    """A dated happening as one figure tells it: its group, the days that it may be meant on, whether it is a running count."""

    root: int
    reach: Stretch
    kinds: Names
    runs: bool


Blocks = dict[tuple[str, int], set[_Dated]]


def _by_block(forest: Forest[int], told: Sequence[Told], bound: Sequence[int]) -> Blocks:
    """Dated happenings by key and by stretch of ``WINDOW`` days, so that a page looks at those of its time alone."""
    spans = {forest.find(group[0]): _reach(told, group) for group in forest.groups(bound)}
    out: Blocks = defaultdict(set)
    for i in bound:
        root, each = forest.find(i), told[i]
        made = _Dated(root, spans[root], each.kinds, each.scope.since is not None)
        first, last = (day // WINDOW for day in made.reach)
        for key in _keys(each):
            for block in range(first, min(last, first + LONGEST) + 1):
                out[key, block].add(made)
    return out


def _one_near(forest: Forest[int], here: Told, near: Blocks, own: set[int]) -> int | None:
    """The one dated happening that a page can mean without a date for its figure; ``own``: the groups it dates itself."""
    daily = here.scope.period == "daily"
    if here.published is None or (here.scope.stretch is not None and not daily):
        return None
    runs = daily or here.scope.period == "cumulative" or bool(here.kinds & RUNNING)
    blocks = range(
        here.published[0] // WINDOW, min(here.published[1] // WINDOW, here.published[0] // WINDOW + LONGEST) + 1
    )
    found: set[int] = set()
    for each in (each for key in _keys(here) for block in blocks for each in near.get((key, block), ())):
        meets = each.reach[0] <= here.published[1] and here.published[0] <= each.reach[1]
        if meets and (runs or not each.runs) and together(here.kinds, each.kinds):
            found.add(each.root)
    for few in (found & own, found):
        if len(few) == 1:
            return forest.find(next(iter(few)))
    return None


def _join_loose(forest: Forest[int], told: Sequence[Told], members: Sequence[int]) -> None:
    """Undated happenings: pages that follow one another within the window, with a name in common."""
    buckets: dict[str, list[int]] = defaultdict(list)
    pages: dict[str, list[int]] = defaultdict(list)
    for i in members:
        pages[told[i].document].append(i)
        for key in _keys(told[i]):
            buckets[key].append(i)
    for page in pages.values():
        _join_kinds(forest, told, page)
    for bucket in buckets.values():
        last: dict[Names, int] = {}
        dated = [i for i in bucket if told[i].published is not None]
        for i in sorted(dated, key=lambda i: (told[i].published, i)):
            for kinds, j in last.items():
                if _gap(told[j], told[i]) <= WINDOW and together(kinds, told[i].kinds):
                    forest.join(j, i)
            last[told[i].kinds] = i


def _gap(a: Told, b: Told) -> int:
    assert a.published is not None
    assert b.published is not None
    return b.published[0] - a.published[1]
