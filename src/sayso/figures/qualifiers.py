"""How a number is meant: words before and behind it that make it the least, the most, or about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.figures.heads import head_end
from sayso.figures.line import Line
from sayso.figures.phrases import Phrases, by_first, by_last, ends_at, starts_at
from sayso.tables import load

#: So many phrases may stand before one number ("no more than just about"); three were never seen.
CHAIN = 3


@dataclass(frozen=True, slots=True)
class Qualifier:
    """Tokens first..last and the bound they set: least, most, about."""

    first: int
    last: int
    bound: str


@cache
def _before() -> tuple[Phrases, dict[tuple[str, ...], str], frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    table = load("figures-qualifiers")
    bounds = {tuple(phrase.split()): bound for bound in ("about", "most", "least") for phrase in table[bound]}
    degree = frozenset(tuple(phrase.split()) for phrase in table["degree"])
    weak = frozenset(tuple(phrase.split()) for phrase in table["weak"])
    return by_last(" ".join(words) for words in {*bounds, *degree}), bounds, degree, weak


@cache
def _after() -> tuple[Phrases, dict[tuple[str, ...], str]]:
    table = load("figures-qualifiers")["after"]
    bounds = {tuple(phrase.split()): bound for bound in ("about", "most", "least") for phrase in table[bound]}
    return by_first(" ".join(words) for words in bounds), bounds


def before(line: Line, first: int, unit: str) -> Qualifier | None:
    """The qualifier that ends right before token ``first``; ``unit``: of the number behind it."""
    phrases, bounds, degree, weak = _before()
    start, bound = first, ""
    for _ in range(CHAIN):
        words = ends_at(line, start, phrases)
        if not words or (start < first and words not in degree and words not in bounds):
            break
        if _is_other(line, start, words, unit) or (
            words in weak and (start < first or (len(words) == 1 and words[0] not in ("slightly",)))
        ):
            break
        found = bounds.get(words, "")
        if not found and start == first:
            break
        if found in ("least", "most") and bound not in ("least", "most"):
            bound = found
        bound = bound or found
        start -= len(words)
    return Qualifier(start, first, bound or "about") if start < first else None


def _is_other(line: Line, start: int, words: tuple[str, ...], unit: str) -> bool:
    """Whether the words are no qualifier here: "over three days" says when, "within" and "inside" need a stretch of time."""
    if words in (("within",), ("inside",)):
        return unit != "duration"
    if words == ("over",) and unit == "duration":
        return line.at[start - 2] not in load("figures-qualifiers")["over_time"]
    return words == ("some",) and line.at[start - 2] in ("of", "the")


def behind(line: Line, last: int) -> Qualifier | None:
    """The qualifier that starts at token ``last``, right behind a number or its noun."""
    phrases, bounds = _after()
    size = starts_at(line, last, phrases)
    if not size:
        return None
    words = line.words[last : last + size]
    if words[-1] == "more" and line.at[last + size] == "than":
        return None
    if words == ("+",) and not line.joined(last):
        return None
    if words == ("plus",) and not head_end(line, last + 1):
        return None
    return Qualifier(last + (words[0] == "-"), last + size, bounds[words])
