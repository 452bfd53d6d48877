"""What hangs together by relations, and the parts of it that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from sayso.pile.question import Item, Name, Pair, Parting, Question


def components(question: Question, pairs: Sequence[Pair], item: Callable[[Name], Item]) -> list[tuple[Name, ...]]:
    """Groups of two or more, each in order; parted by the question's ``part`` where it has one."""
    above: dict[Name, Name] = {}

    def root(name: Name) -> Name:
        while above.setdefault(name, name) != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    for pair in pairs:
        first, second = sorted((root(pair.a), root(pair.b)))
        above[second] = first
    together: defaultdict[Name, list[Pair]] = defaultdict(list)
    for pair in pairs:
        together[root(pair.a)].append(pair)
    groups: list[tuple[Name, ...]] = []
    for within in together.values():
        names = sorted({name for pair in within for name in (pair.a, pair.b)})
        parts: Iterable[Iterable[Name]] = [names]
        if isinstance(question, Parting):
            parts = question.part([item(name) for name in names], within)
        groups.extend(tuple(sorted(part)) for part in map(set, parts) if len(part) > 1)
    return sorted(groups)
