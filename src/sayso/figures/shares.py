"""Parts of a whole as percent: "half of", "a third of", "two fifths", "one in five"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

from sayso.figures.amount import Amount, spelled
from sayso.figures.line import Line
from sayso.figures.numbers import Number, number_at
from sayso.figures.phrases import Phrases, by_first, starts_at, words
from sayso.figures.units import is_time, unit_behind
from sayso.tables import load

_NUMBERS = "figures-numbers"
_HALF = Decimal("0.5")


@cache
def _ratios() -> tuple[Phrases, frozenset[int]]:
    table = load(_NUMBERS)["ratio"]
    return by_first(table["links"]), frozenset(table["bases"])


def share_at(line: Line, i: int, number: Number | None) -> Amount | None:
    """The share in words that starts at token ``i``; ``number``: the number there, if any."""
    word, k, over = line.words[i], i, 1
    if word == "half":
        return _half(line, i)
    if word in ("a", "one"):
        k = i + 1
    elif number is not None and number.end == i + 1 and 1 <= number.value <= 9:
        over, k = int(number.value), i + 1
    else:
        return None
    if line.at[k] == "-" and line.joined(k) and line.joined(k + 1):
        k += 1
    part = line.at[k]
    size = load(_NUMBERS)["parts"].get(part, 0)
    if size < 3 or over >= size or (over == 1) == part.endswith("s") or not _is_share(line, i, k, over):
        return None
    return spelled("share", i, k + 1, Decimal(100) * over / size, "percent")


def _is_share(line: Line, i: int, k: int, over: int) -> bool:
    """Whether the words around tell a share from an ordinal ("a third party") or a clock ("a quarter to eight")."""
    behind = line.at[k + 1]
    if (behind in ("to", "past") and line.at[k].startswith("quarter")) or _of_time(line, k + 1):
        return False
    told = behind in words(_NUMBERS, "shares", "before") or not behind or behind in words(_NUMBERS, "shares", "ends")
    return told or over > 1 or line.at[i - 1] in words(_NUMBERS, "shares", "qualified")


def _of_time(line: Line, k: int) -> bool:
    """Whether "of" and a stretch of the calendar follow ("a quarter of last year", "half of 2024")."""
    after = line.at[k + 1]
    return line.at[k] == "of" and (
        is_time(after) or (len(after) == 4 and after.isdecimal()) or after in words(_NUMBERS, "shares", "of_time")
    )


def _half(line: Line, i: int) -> Amount | None:
    """Half of a unit ("half an hour") or fifty percent."""
    behind = line.at[i + 1]
    if behind in ("a", "an"):
        unit = unit_behind(line, i + 2, False)
        if unit is None or unit.compound:
            return None
        return replace(spelled("number", i, unit.end, _HALF * unit.factor, unit.unit, unit.currency), form="number")
    if line.at[i - 1] in words(_NUMBERS, "shares", "not_behind") or behind in words(_NUMBERS, "shares", "not_before"):
        return None
    if _of_time(line, i + 1):
        return None
    if behind in words(_NUMBERS, "shares", "before_half") or line.at[i - 1] in words(_NUMBERS, "shares", "qualified"):
        return spelled("share", i, i + 1, Decimal(50), "percent")
    return None


def ratio_at(line: Line, i: int, number: Number, dotted: bool) -> Amount | None:
    """A ratio as percent: "one in five", "nine out of ten"."""
    links, bases = _ratios()
    if number.scaled or not 1 <= number.value < 100 or number.value % 1:
        return None
    size = starts_at(line, number.end, links)
    if not size:
        return None
    base = number_at(line, number.end + size, dotted)
    if base is None or base.value <= number.value or base.value % 1 or int(base.value) not in bases:
        return None
    behind = line.at[base.end]
    if line.at[number.end] == "in" and (
        is_time(behind) or behind in ("%", "percent", "-") or base.digits > number.digits
    ):
        return None
    if line.joined(i) and line.at[i - 1] in (".", "-", "/", ":"):
        return None
    value = Decimal(100) * number.value / base.value
    return replace(spelled("ratio", i, base.end, value, "percent"), spelled=not number.digits)
