"""What hangs together by relations, and the parts of it that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from sayso.pile.forest import Forest
from sayso.pile.question import Item, Name, Pair, Parting, Question


def components(question: Question, pairs: Sequence[Pair], item: Callable[[Name], Item]) -> list[tuple[Name, ...]]:
    """Groups of two or more, each in order; parted by the question's ``part`` where it has one."""
    forest = Forest[Name]()
    for pair in pairs:
        forest.join(pair.a, pair.b)
    together: defaultdict[Name, list[Pair]] = defaultdict(list)
    for pair in pairs:
        together[forest.find(pair.a)].append(pair)
    groups: list[tuple[Name, ...]] = []
    for within in together.values():
        names = sorted({name for pair in within for name in (pair.a, pair.b)})
        parts: Iterable[Iterable[Name]] = [names]
        if isinstance(question, Parting):
            parts = question.part([item(name) for name in names], within)
        groups.extend(tuple(sorted(part)) for part in map(set, parts) if len(part) > 1)
    return sorted(groups)
