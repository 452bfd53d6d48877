"""Krippendorff's alpha: agreement of any number of people beyond chance, from 1 (all agree) over 0 (as by chance) downwards.

For values that people gave to units: Krippendorff, *Computing Krippendorff's Alpha-Reliability* (Annenberg School, University
of Pennsylvania, 2011), also *Content Analysis* (3rd ed. 2013), chapter 12. Units that only one of them valued do not count.

For spans that people marked: alpha_U for unitising, Krippendorff, *Measuring the Reliability of Qualitative Text Analysis
Data*, Quality & Quantity 38 (2004) 787-800, after *On the Reliability of Unitizing Continuous Data*, Sociological Methodology
25 (1995) 47-76. The difference of two sections that overlap is the square of how far their beginnings lie apart and that of
their ends; a section in what another left blank differs by the square of its length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import permutations

from sayso.records import Span

Delta = Callable[[Hashable, Hashable], float]


def nominal(one: Hashable, other: Hashable) -> float:
    """Two values differ or not."""
    return float(one != other)


def interval(one: Hashable, other: Hashable) -> float:
    """The square of how far two numbers lie apart."""
    assert isinstance(one, int | float)
    assert isinstance(other, int | float)
    return float(one - other) ** 2


def alpha(units: Iterable[Sequence[Hashable]], delta: Delta = nominal) -> float | None:
    """Alpha of units, each with the values that people gave it; None where nobody can disagree: fewer than two values in all.

    Where every value is the same there is no chance to disagree either: None, as in the sources.
    """
    paired = [values for values in units if len(values) > 1]
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    totals: Counter[Hashable] = Counter()
    for values in paired:
        totals.update(values)
        for pair in permutations(values, 2):
            coincidences[pair] += 1 / (len(values) - 1)  # type: ignore[assignment]  # a Counter of floats
    number = sum(totals.values())
    observed = sum(weight * delta(*pair) for pair, weight in coincidences.items())
    expected = sum(
        a * b * delta(one, other) for one, a in totals.items() for other, b in totals.items() if one != other
    )
    return None if not expected else 1 - (number - 1) * observed / expected


def alpha_u(marked: Sequence[Sequence[Span]], length: int) -> float | None:
    """Alpha of spans that each of two people or more marked on one text of ``length`` characters.

    The spans of one person are in order and do not overlap. None where nobody marked anything.
    """
    people = [_sections(spans, length) for spans in marked]
    observed = sum(
        _apart(one, other) for n, mine in enumerate(people) for m, theirs in enumerate(people) if n != m
        for one in mine for other in theirs
    ) / (len(people) * (len(people) - 1) * length**2)  # fmt: skip
    expected = _expected(people, length)
    return None if not expected else 1 - observed / expected


Section = tuple[int, int, bool]
"""Where it begins, how long it is, and whether it was marked."""


def _sections(spans: Sequence[Span], length: int) -> list[Section]:
    """The text as marked sections and gaps between them."""
    found: list[Section] = []
    at = 0
    for start, end in spans:
        if not at <= start < end <= length:
            raise ValueError(f"the span ({start}, {end}) overlaps one before, or lies outside of {length} characters")
        found += [(at, start - at, False)] if start > at else []
        found.append((start, end - start, True))
        at = end
    return [*found, (at, length - at, False)] if at < length else found


def _apart(one: Section, other: Section) -> float:
    """The difference of two sections of different people (squared)."""
    (a, many, marked), (b, much, too) = one, other
    if marked and too and -many < a - b < much:
        return float((a - b) ** 2 + (a + many - b - much) ** 2)
    if marked and not too and b <= a and a + many <= b + much:
        return float(many**2)
    if too and not marked and a <= b and b + much <= a + many:
        return float(much**2)
    return 0.0


def _expected(people: Sequence[Sequence[Section]], length: int) -> float:
    """The difference that is to be expected of sections of these lengths, wherever they lie."""
    marked = [many for sections in people for _, many, held in sections if held]
    gaps = [many for sections in people for _, many, held in sections if not held]
    total = len(people) * length
    above = sum(
        (len(marked) - 1) / 3 * (2 * many**3 - 3 * many**2 + many)
        + many**2 * sum(gap - many + 1 for gap in gaps if gap >= many)
        for many in marked
    )
    below = total * (total - 1) - sum(many * (many - 1) for many in marked)
    return 2 / length * above / below if below else 0.0
